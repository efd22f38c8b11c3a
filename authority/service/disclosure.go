package service

import (
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// Disclosure tells those who have extracts about persons, within the
// transaction and at once, what has begun or ceased to be withheld of them (UF
// 4:6). It is called with the day in Stockholm, once the rows are written.
type Disclosure func(tx store.Tx, day calendar.Day, persons ...identity.Number) error

// Tell calls it, unless no extracts are given here.
func (d Disclosure) Tell(tx store.Tx, day calendar.Day, persons ...identity.Number) error {
	if d == nil {
		return nil
	}
	return d(tx, day, persons...)
}
