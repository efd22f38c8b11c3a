package fee

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// seal gives an invoice its number, dates and sums; one without lines goes.
// One that was begun on an earlier day keeps its time to pay.
func (f *Fees) seal(ctx context.Context, d draftRow, today calendar.Day) (sealed bool, err error) {
	d.due, d.day = d.due.AddDays(today.Sub(d.day)), today
	told := Told{Kind: Issued, Document: InvoiceDocument, CodeID: d.codeID, Day: today, Keep: f.keep(today)}
	tell, err := f.telling(ctx)
	if err != nil {
		return false, err
	}
	err = f.db.Do(ctx, func(tx store.Tx) (err error) {
		told.Number, err = sealWithin(tx, d, told.Keep)
		if sealed = told.Number != ""; !sealed || err != nil {
			return err
		}
		return tell(tx, told)
	})
	if err != nil {
		return false, fmt.Errorf("fee: seal invoice %d: %w", d.id, err)
	}
	return sealed, nil
}

// sealWithin returns the number, "" if nothing was sealed.
func sealWithin(tx store.Tx, d draftRow, keep calendar.Day) (string, error) {
	l, err := openLedger(tx, d.codeID)
	if err != nil {
		return "", err
	}
	s, err := lockInvoice(tx, d.id)
	if err != nil || s.state != stateClosing {
		return "", err
	}
	sum, err := sumOf(tx, d.id)
	if err != nil {
		return "", err
	}
	if sum.lines == 0 {
		_, err := tx.Exec(`DELETE FROM fee_invoice WHERE id = $1 AND state = 'closing'`, d.id)
		return "", err
	}
	number, err := nextNumber(tx, d.day)
	if err != nil {
		return "", err
	}
	err = store.One(errChanged)(tx.Exec(`UPDATE fee_invoice SET state = 'issued', number = $1, payment_reference = $2, day = $3, due = $4,
		lines = $5, total = $6, bearing = $7, credited = $8, purge_after = $9 WHERE id = $10 AND state = 'closing'`, number, withCheckDigit(number),
		d.day, d.due, sum.lines, int64(sum.total), int64(sum.bearing), int64(sum.credited), keep, d.id))
	if err != nil {
		return "", err
	}
	for _, e := range []Event{{Kind: Issued, Amount: sum.total}, {Kind: CreditedItem, Amount: sum.credited}} {
		e.Day, e.InvoiceID = d.day, d.id
		if err := l.enter(e); err != nil {
			return "", err
		}
	}
	return number, l.close()
}

// sums are what the lines of an invoice add up to.
type sums struct {
	lines                    int64
	total, bearing, credited money.Amount
}

func sumOf(r store.Reader, invoiceID int64) (all sums, err error) {
	rows, err := r.Query(`SELECT kind, COUNT(*), CAST(SUM(invoiced) AS BIGINT), CAST(SUM(credited) AS BIGINT)
		FROM fee_item WHERE invoice_id = $1 GROUP BY kind`, invoiceID)
	for rows, err := range store.Each(rows, err) {
		if err != nil {
			return sums{}, err
		}
		var kind Kind
		var one sums
		if err := rows.Scan(&kind, &one.lines, &one.total, &one.credited); err != nil {
			return sums{}, err
		}
		if info, _ := kind.Info(); info.Bears {
			all.bearing += one.total - one.credited
		}
		all.lines, all.total, all.credited = all.lines+one.lines, all.total+one.total, all.credited+one.credited
	}
	return all, nil
}

// nextNumber takes the next number of the year's series: year and at least six
// digits. Invoices and credit notes share the series, which has no gaps.
func nextNumber(tx store.Tx, day calendar.Day) (string, error) {
	year := fmt.Sprintf("%04d", day.Year())
	var next int64
	err := tx.QueryRow(`INSERT INTO fee_series (name, next) VALUES ($1, 2)
		ON CONFLICT (name) DO UPDATE SET next = fee_series.next + 1 RETURNING next`, year).Scan(&next)
	if err != nil {
		return "", fmt.Errorf("fee: take an invoice number of %s: %w", year, err)
	}
	return year + fmt.Sprintf("%06d", next-1), nil
}

// withCheckDigit appends the modulus-10 check digit to digits: the payment
// reference (OCR) of an invoice number.
func withCheckDigit(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}

// checks tells whether the text is digits that end in their check digit.
func checks(text string) bool {
	if len(text) < 2 || strings.Trim(text, "0123456789") != "" {
		return false
	}
	return withCheckDigit(text[:len(text)-1]) == text
}
