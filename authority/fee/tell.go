package fee

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Post makes ready to tell a payer of one invoice, credit note or reminder. It is called
// before the transaction, and what it returns within.
type Post func(context.Context) (Teller, error)

// Teller tells a payer of what the transaction has made.
type Teller func(store.Tx, Told) error

// Told is what a payer is told of.
type Told struct {
	Kind     EventKind // Issued or Reminded
	Document DocumentKind
	CodeID   int64  // the payer
	Number   string // of the document
	Day      calendar.Day
	Keep     calendar.Day // last day on which it says whose claims it concerns
	Unpaid   money.Amount // of a reminder: what it asks for
	PayBy    calendar.Day // of a reminder
}

// telling is ready to tell of one thing; without a post nobody is told.
func (f *Fees) telling(ctx context.Context) (Teller, error) {
	if f.config.Post == nil {
		return func(store.Tx, Told) error { return nil }, nil
	}
	return f.config.Post(ctx)
}

// KindSum is what the fees of one kind on an invoice add up to.
type KindSum struct {
	Kind   Kind
	Count  int64
	Amount money.Amount
}

// Specified reads an invoice or credit note by its number with its lines or,
// where those are more than most, with what they add up to by kind. One that
// does not exist is a *service.Refusal.
func (f *Fees) Specified(r store.Reader, number string, most int64) (Invoice, []KindSum, error) {
	i, err := f.Head(r, number)
	if err != nil {
		return i, nil, err
	}
	if i.Count <= most {
		i.Lines, err = linesOf(r, i)
		return i, nil, err
	}
	query := `SELECT kind, COUNT(*), CAST(SUM(invoiced) AS BIGINT) FROM fee_item WHERE invoice_id = $1 GROUP BY kind ORDER BY kind`
	if i.Kind == CreditNote {
		query = `SELECT t.kind, COUNT(*), CAST(SUM(c.amount) AS BIGINT) FROM fee_credit c JOIN fee_item t ON t.id = c.item_id
			WHERE c.note_id = $1 GROUP BY t.kind ORDER BY t.kind`
	}
	sums, err := store.Collect(scanKindSum)(r.Query(query, i.ID))
	if err != nil {
		return i, nil, fmt.Errorf("fee: add up the lines of %s: %w", i.Number, err)
	}
	return i, sums, nil
}

func scanKindSum(rows *store.Rows) (s KindSum, err error) {
	err = rows.Scan(&s.Kind, &s.Count, &s.Amount)
	return s, err
}
