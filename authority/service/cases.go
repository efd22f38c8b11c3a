package service

import "filtjanst/calendar"

// CasesOf asks how the cases of a party code stand, in order of id, at most Limit
// of those after the id After; 0 begins.
type CasesOf struct {
	CodeID    int64
	Reference string       // only those with this own reference; "" for all
	Day       calendar.Day // to which interest is counted
	After     int64
	Limit     int
}
