package notice

import (
	"encoding/json"
	"fmt"
	"iter"

	"filtjanst/authority/store"
)

var (
	letterColumns = []string{"id", "message", "role", "case_number", "reference", "officer", "language", "day", "route",
		"facts", "state", "attempts", "offered_until", "reason", "purge_after"}
	personColumns = []string{"letter", "position", "role", "identity", "acts_for", "name", "care_of", "street", "postal_code", "town",
		"country", "protected"}
)

// Put enters letters to be printed, within the transaction of what gave rise to
// them; it asks nothing of the choice of channel, see [Matrix.Choose]. A letter
// whose message is unknown or that lacks a fact is an error of the caller. Here,
// and nowhere else, the register of protected persons is asked; their addresses
// are not kept.
func (l *Letters) Put(tx store.Tx, letters ...Letter) error {
	if len(letters) == 0 {
		return nil
	}
	kept := make([]Letter, len(letters))
	facts := make([]string, len(letters))
	protected, err := protections(tx, peopleOf(letters))
	if err != nil {
		return err
	}
	for i, given := range letters {
		given = given.protecting(protected)
		if err := l.check(given); err != nil {
			return err
		}
		kept[i] = withhold(given)
		text, err := json.Marshal(kept[i].Facts)
		if err != nil {
			return fmt.Errorf("notice: write the facts of letter %d: %w", given.ID, err)
		}
		facts[i] = string(text)
	}
	if _, err := tx.CopyIn("notice_letter", letterColumns, letterRows(kept, facts)); err != nil {
		return fmt.Errorf("notice: put %d letters: %w", len(kept), err)
	}
	if _, err := tx.CopyIn("notice_person", personColumns, personRows(kept)); err != nil {
		return fmt.Errorf("notice: put the persons of %d letters: %w", len(kept), err)
	}
	return nil
}

func letterRows(letters []Letter, facts []string) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, l := range letters {
			if !yield([]any{l.ID, string(l.Message), string(l.Recipient.Role), l.CaseNumber, l.Reference, l.Officer, Swedish,
				l.Day.String(), string(l.Route()), facts[i], string(Queued), int64(0), int64(0), "", l.PurgeAfter}) {
				return
			}
		}
	}
}

func personRows(letters []Letter) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, l := range letters {
			for position, p := range l.persons() {
				if !yield([]any{l.ID, int64(position), string(p.Role), store.Identity(p.Identity), store.Identity(p.actsFor()), p.Name, p.CareOf, p.Street,
					p.PostalCode, p.Town, p.Country, p.Protected}) {
					return
				}
			}
		}
	}
}
