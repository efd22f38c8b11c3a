package restructuring

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/statute"
)

// Watched is a debtor on a filer's list.
type Watched struct {
	Identity  identity.Number
	Reference string // own reference, at most 30 characters
}

// maxReference is how long an own reference may be.
const maxReference = 30

// Watch lodges the list of debtors that a filer stands for, in place of its
// earlier one. Debtors whose claim period runs are matched at once. A list that
// is not lodged anew is kept as long as other data (KFD 1:7).
func (m *Matters) Watch(ctx context.Context, by service.Officer, codeID int64, list []Watched) error {
	if err := checkWatch(by, list); err != nil {
		return err
	}
	at := m.clock.Now()
	keep, _, err := m.period(statute.KeepOther, calendar.Of(at))
	if err != nil {
		return err
	}
	until := keep.From(calendar.Of(at))
	err = m.db.Do(ctx, func(tx store.Tx) error {
		if err := replaceWatch(tx, codeID, list, calendar.Of(at), until); err != nil {
			return err
		}
		for _, w := range list {
			if err := m.matchWatched(tx, act{room: m, tx: tx, by: by, at: at, day: calendar.Of(at)}, codeID, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("restructuring: lodge the list of code %d: %w", codeID, err)
	}
	return nil
}

func checkWatch(by service.Officer, list []Watched) error {
	if err := by.Check(); err != nil {
		return err
	}
	for i, w := range list {
		if w.Identity.IsZero() || w.Reference == "" || len([]rune(w.Reference)) > maxReference {
			return service.Refuse("bad_watch", fmt.Sprintf("Rad %d saknar nummer eller egen referens.", i+1),
				fmt.Sprintf("Line %d has no number or no own reference.", i+1))
		}
	}
	return nil
}

func replaceWatch(tx store.Tx, codeID int64, list []Watched, day, until calendar.Day) error {
	if _, err := tx.Exec(`DELETE FROM restructuring_watch WHERE code_id = $1`, codeID); err != nil {
		return err
	}
	seen := map[Watched]bool{}
	_, err := tx.CopyIn("restructuring_watch", []string{"code_id", "identity", "reference", "lodged", "purge_after"}, func(yield func([]any) bool) {
		for _, w := range list {
			if seen[w] {
				continue
			}
			seen[w] = true
			if !yield([]any{codeID, store.Identity(w.Identity), w.Reference, day.String(), until.String()}) {
				return
			}
		}
	})
	return err
}

func (m *Matters) matchWatched(tx store.Tx, a act, codeID int64, w Watched) error {
	matters, err := m.OfDebtor(tx, w.Identity)
	if err != nil {
		return err
	}
	for _, matter := range matters {
		if matter.State != ClaimPeriod {
			continue
		}
		a.Matter = matter
		if err := a.keepMatches([]Match{{CodeID: codeID, Reference: w.Reference}}); err != nil {
			return err
		}
	}
	return nil
}
