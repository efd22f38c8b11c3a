package restructuring

import (
	"fmt"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// matters are those that some reports concern.
type matters struct {
	byNumber map[string]Matter
	byDebtor map[identity.Number]Matter // the last, which is the open one if any is
}

// of finds the matter of a report by its number, or by the debtor where it
// gives none.
func (m matters) of(report *filing.ClaimReport) (matter Matter, found bool) {
	if report.MatterNumber != "" {
		matter, found = m.byNumber[report.MatterNumber]
		return matter, found
	}
	matter, found = m.byDebtor[report.Debtor.Identity]
	return matter, found
}

// mattersOf finds the matters of reports.
func mattersOf(r store.Reader, reports []*filing.ClaimReport) (matters, error) {
	var numbers, debtors []string
	for _, report := range reports {
		switch {
		case report.MatterNumber != "":
			numbers = append(numbers, report.MatterNumber)
		case !report.Debtor.Identity.IsZero():
			debtors = append(debtors, store.Identity(report.Debtor.Identity))
		}
	}
	found := matters{map[string]Matter{}, map[identity.Number]Matter{}}
	byNumber, err := among(r, "number", numbers)
	if err != nil {
		return found, err
	}
	for _, matter := range byNumber {
		found.byNumber[matter.Number] = matter
	}
	byDebtor, err := among(r, "debtor", debtors)
	for _, matter := range byDebtor {
		found.byDebtor[matter.Debtor.Identity] = matter
	}
	return found, err
}

// among lists the matters that have one of the values in a column, the oldest
// first.
func among[T any](r store.Reader, column string, values []T) ([]Matter, error) {
	if len(values) == 0 {
		return nil, nil
	}
	places, args := store.Among(1, values)
	all, err := store.Collect(scanMatterRow)(r.Query(selectMatter+`WHERE `+column+` IN (`+places+`) ORDER BY id`, args...))
	if err != nil {
		return nil, fmt.Errorf("restructuring: find the matters of reports: %w", err)
	}
	return all, nil
}

// Undecided tells of whom, among some, a restructuring has been opened and is not
// decided on, with the day of the decision to initiate (SKSL §42, FSKS §44).
func (*Matters) Undecided(r store.Reader, debtors []identity.Number) (map[identity.Number]calendar.Day, error) {
	decided := map[identity.Number]calendar.Day{}
	for some := range store.Chunks(debtors) {
		numbers := make([]string, len(some))
		for i, n := range some {
			numbers[i] = store.Identity(n)
		}
		all, err := among(r, "debtor", numbers)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			if m.Open() && m.Granted.IsZero() {
				decided[m.Debtor.Identity] = m.Decided
			}
		}
	}
	return decided, nil
}

// lockMatters takes the guard rows of several matters in the order of their
// ids.
func lockMatters(tx store.Tx, ids []int64) (map[int64]Matter, error) {
	slices.Sort(ids)
	places, args := store.Among(1, ids)
	all, err := store.Collect(scanMatterRow)(tx.LockRows(selectMatter+`WHERE id IN (`+places+`) ORDER BY id`, args...))
	if err != nil {
		return nil, fmt.Errorf("restructuring: lock the matters of reports: %w", err)
	}
	locked := map[int64]Matter{}
	for _, matter := range all {
		locked[matter.ID] = matter
	}
	return locked, nil
}

func scanMatterRow(rows *store.Rows) (Matter, error) { return scanMatter(rows) }
