package service

import (
	"strings"
)

// Officer is who acts in a case at the authority, and why. Both are kept with
// what was done.
type Officer struct {
	Name   string // who, as the authority knows its officers
	Reason string // why, in the officer's words
}

// Check refuses an act of which it would not be known who did it and why.
func (o Officer) Check() error {
	if strings.TrimSpace(o.Name) == "" {
		return Refuse("no_officer", "Uppgift saknas om vem som handlar.", "It is not told who acts.")
	}
	if strings.TrimSpace(o.Reason) == "" {
		return Refuse("no_reason", "Skäl saknas.", "No reason is given.")
	}
	return nil
}
