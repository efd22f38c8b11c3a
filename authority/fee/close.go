package fee

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// The states of an invoice.
const (
	stateClosing = "closing" // being made, has no number
	stateIssued  = "issued"
)

// claimChunk is how many fees one transaction puts on an invoice.
const claimChunk = 500

// Period is a span of days, both included.
type Period struct{ First, Last calendar.Day }

// Close makes the collective invoices of a period, dated today: one for each
// payer that has fees to pay from the last day of the period or earlier. A
// payer that has its invoice gets no second one; what came too late stands on
// the next. It may be called again after it was interrupted, and returns how
// many invoices were issued. What is wrong with one payer does not keep the
// others from their invoices.
func (f *Fees) Close(ctx context.Context, p Period, today calendar.Day) (int, error) {
	if p.First.IsZero() || p.Last.Before(p.First) || !today.After(p.Last) {
		return 0, fmt.Errorf("fee: close %s to %s on %s: a period is closed after its last day", p.First, p.Last, today)
	}
	var payers []invoiced
	var fault error
	err := f.db.Read(ctx, func(r store.Reader) error {
		codes, err := openCodes(r, p.Last)
		if err != nil {
			return err
		}
		payers, fault = f.grouped(r, codes)
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, payer := range payers {
		fault = errors.Join(fault, f.draft(ctx, payer, p, today))
	}
	n, err := f.finish(ctx, payers, p.Last, today)
	if err = errors.Join(fault, err); err != nil {
		return n, err
	}
	return n, f.closed(ctx, p, today)
}

// openCodes lists the codes that have something to be invoiced.
func openCodes(r store.Reader, last calendar.Day) ([]int64, error) {
	all, err := store.Collect(store.Only[int64])(r.Query(`SELECT DISTINCT code_id FROM fee_item
		WHERE invoice_id IS NULL AND charge_day IS NOT NULL AND charge_day <= $1 AND amount > recovered + reversed + paid ORDER BY code_id`, last))
	if err != nil {
		return nil, fmt.Errorf("fee: list the codes to invoice: %w", err)
	}
	return all, nil
}

// draft enters the invoice of a payer, if it has none for the period.
func (f *Fees) draft(ctx context.Context, p invoiced, period Period, today calendar.Day) error {
	id, err := f.invoices.Next(ctx, 1)
	if err != nil {
		return err
	}
	due := today.AddDays(cmp.Or(p.payer.TermsDays, f.config.TermsDays))
	endpoint := p.payer.Endpoint
	if endpoint == (Endpoint{}) {
		endpoint = Endpoint{swedishOrganisation, p.code.Organisation}
	}
	err = f.db.Do(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`INSERT INTO fee_invoice (id, kind, state, code_id, main_id, code, name, organisation, street, postal_code, town,
			edi_scheme, edi_id, buyer_reference, first_day, last_day, day, due, lines, total, bearing, paid, credited, late, disputed, reminders)
			VALUES ($1, 'invoice', 'closing', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, 0, 0, 0, FALSE, FALSE, 0)
			ON CONFLICT DO NOTHING`, id, p.code.ID, p.code.MainID, p.code.Code, p.code.Name, p.code.Organisation,
			p.code.Street, p.code.PostalCode, p.code.Town, endpoint.Scheme, endpoint.ID, cmp.Or(p.payer.BuyerReference, p.code.Code),
			period.First, period.Last, today, due)
		return err
	})
	if err != nil {
		return fmt.Errorf("fee: begin the invoice of code %s: %w", p.code.Code, err)
	}
	return nil
}

// finish fills and seals every invoice that is being made, also of an earlier
// period that was interrupted.
func (f *Fees) finish(ctx context.Context, payers []invoiced, last, today calendar.Day) (n int, err error) {
	var drafts []draftRow
	err = f.db.Read(ctx, func(r store.Reader) (err error) {
		drafts, err = store.Collect(scanDraft)(r.Query(`SELECT id, code_id, last_day, day, due FROM fee_invoice
			WHERE state = 'closing' AND last_day <= $1 ORDER BY last_day, code_id`, last))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("fee: list the invoices that are being made: %w", err)
	}
	for _, d := range drafts {
		for _, p := range payers {
			if p.code.ID == d.codeID {
				err = errors.Join(err, f.fill(ctx, d, p.codes))
			}
		}
		sealed, fault := f.seal(ctx, d, today)
		err = errors.Join(err, fault)
		if sealed {
			n++
		}
	}
	return n, err
}

type draftRow struct {
	id, codeID int64
	last       calendar.Day
	day, due   calendar.Day
}

func scanDraft(rows *store.Rows) (d draftRow, err error) {
	err = rows.Scan(&d.id, &d.codeID, &d.last, &d.day, &d.due)
	return d, err
}

// fill puts the fees of the codes on the invoice, a chunk a transaction.
func (f *Fees) fill(ctx context.Context, d draftRow, codes []int64) error {
	for _, code := range codes {
		for more := true; more; {
			err := f.db.DoLast(ctx, func(tx store.Tx) (err error) {
				more, err = claim(tx, d, code)
				return err
			})
			if err != nil {
				return fmt.Errorf("fee: put the fees of code %d on invoice %d: %w", code, d.id, err)
			}
		}
	}
	return nil
}

// claim puts some fees of a code on the invoice; more is false when none was
// left, or the invoice is no longer being made.
func claim(tx store.Tx, d draftRow, code int64) (more bool, err error) {
	s, err := lockInvoice(tx, d.id)
	if err != nil || s.state != stateClosing {
		return false, err
	}
	var lines int64
	if err := tx.QueryRow(`SELECT COALESCE(MAX(line), 0) FROM fee_item WHERE invoice_id = $1`, d.id).Scan(&lines); err != nil {
		return false, err
	}
	n, err := store.Changed(tx.Exec(`UPDATE fee_item SET invoice_id = $1, line = $2 + n.place, invoiced = amount - recovered - reversed - paid, changes = changes + 1
		FROM (SELECT item, ROW_NUMBER() OVER (ORDER BY item) AS place FROM (SELECT id AS item FROM fee_item
			WHERE code_id = $3 AND invoice_id IS NULL AND charge_day IS NOT NULL AND charge_day <= $4 AND amount > recovered + reversed + paid
			ORDER BY id LIMIT $5) c) n
		WHERE id = n.item AND invoice_id IS NULL AND amount > recovered + reversed + paid`, d.id, lines, code, d.last, claimChunk))
	return n > 0, err
}

func (f *Fees) closed(ctx context.Context, p Period, today calendar.Day) error {
	return f.db.Do(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`INSERT INTO fee_period (last_day, first_day, closed) VALUES ($1, $2, $3) ON CONFLICT (last_day) DO NOTHING`,
			p.Last, p.First, today)
		return err
	})
}
