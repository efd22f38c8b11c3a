package service

import (
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// Disclosure reaches those who have extracts about persons, within the
// transaction that changes what they may have. The zero Disclosure reaches
// nobody.
type Disclosure struct {
	// AtOnce tells them what has begun or ceased to be withheld of persons (UF
	// 4:6). It is called with the day in Stockholm.
	AtOnce func(tx store.Tx, day calendar.Day, persons ...identity.Number) error
	// Unnamed notes that rows were deleted of which a view told, and no view
	// tells any longer of whom.
	Unnamed func(tx store.Tx) error
}

// Tell tells at once of persons, after the rows are written.
func (d Disclosure) Tell(tx store.Tx, day calendar.Day, persons ...identity.Number) error {
	if d.AtOnce == nil {
		return nil
	}
	return d.AtOnce(tx, day, persons...)
}

// Deleted is called by who has deleted rows of which a view for extracts told.
func (d Disclosure) Deleted(tx store.Tx) error {
	if d.Unnamed == nil {
		return nil
	}
	return d.Unnamed(tx)
}
