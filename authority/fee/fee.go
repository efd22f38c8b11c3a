// Package fee keeps what a party code owes the authority: fee items as they
// arise, grouped by code for the collective invoice (samlingsfaktura, R16).
//
// It must not know why a fee is due; the services say what and how much.
package fee

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Kind names a fee.
type Kind string

// The kinds of fee of this edition.
const (
	ApplicationFee Kind = "application_fee" // ansökningsavgift
)

// Item is one fee charged to a party code.
type Item struct {
	ID        int64
	CodeID    int64  // party code that pays
	CaseID    int64  // 0 if no case
	Reference string // case number or other text for the invoice
	Kind      Kind
	Amount    money.Amount // more than zero
	Day       calendar.Day // day on which it arose
}

// Fees charges and sums fee items.
type Fees struct{ ids *store.IDs }

// New returns the room over its table.
func New(db *store.DB) *Fees { return &Fees{ids: db.IDs("fee_item")} }

// NewIDs returns the first of n item ids in a row. It is called before the
// transaction that charges them.
func (f *Fees) NewIDs(ctx context.Context, n int) (int64, error) { return f.ids.Next(ctx, n) }

// Charge enters items within the transaction of what gave rise to them.
func (*Fees) Charge(tx store.Tx, items ...Item) error {
	for _, i := range items {
		if i.Amount <= 0 || i.Kind == "" || i.Day.IsZero() {
			return fmt.Errorf("fee: item %d for %q lacks amount, kind or day", i.ID, i.Reference)
		}
	}
	columns := []string{"id", "code_id", "case_id", "reference", "kind", "amount", "day"}
	_, err := tx.CopyIn("fee_item", columns, func(yield func([]any) bool) {
		for _, i := range items {
			if !yield([]any{i.ID, i.CodeID, i.CaseID, i.Reference, string(i.Kind), int64(i.Amount), i.Day.String()}) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("fee: charge %d items: %w", len(items), err)
	}
	return nil
}

// Sum is what a code was charged of one kind.
type Sum struct {
	Kind   Kind
	Count  int64
	Amount money.Amount
}

// Sums adds up what the code was charged from the first to the last day, both
// included, by kind.
func (*Fees) Sums(r store.Reader, codeID int64, first, last calendar.Day) ([]Sum, error) {
	all, err := store.Collect(scanSum)(r.Query(`SELECT kind, COUNT(*), CAST(SUM(amount) AS BIGINT) FROM fee_item
		WHERE code_id = $1 AND day >= $2 AND day <= $3 GROUP BY kind ORDER BY kind`, codeID, first, last))
	if err != nil {
		return nil, fmt.Errorf("fee: sum the fees of code %d from %s to %s: %w", codeID, first, last, err)
	}
	return all, nil
}

func scanSum(rows *store.Rows) (s Sum, err error) {
	var amount int64
	err = rows.Scan(&s.Kind, &s.Count, &amount)
	s.Amount = money.Amount(amount)
	return s, err
}

// OfCase lists the items of a case by id.
func (*Fees) OfCase(r store.Reader, caseID int64) ([]Item, error) {
	all, err := store.Collect(scanItem)(r.Query(`SELECT id, code_id, case_id, reference, kind, amount, day FROM fee_item
		WHERE case_id = $1 ORDER BY id`, caseID))
	if err != nil {
		return nil, fmt.Errorf("fee: list the fees of case %d: %w", caseID, err)
	}
	return all, nil
}

func scanItem(rows *store.Rows) (i Item, err error) {
	var amount int64
	err = rows.Scan(&i.ID, &i.CodeID, &i.CaseID, &i.Reference, &i.Kind, &amount, &i.Day)
	i.Amount = money.Amount(amount)
	return i, err
}
