package fee

import (
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// standing is what changes of an invoice once it is issued.
type standing struct {
	id        int64
	number    string
	codeID    int64
	state     string
	due       calendar.Day
	total     money.Amount
	bearing   money.Amount // of total, bears late interest
	paid      money.Amount
	credited  money.Amount
	late      bool // something was paid late, and its interest is not decided
	disputed  bool
	reminders int
	reminded  calendar.Day

	paidBefore, creditedBefore money.Amount
}

const selectStanding = `SELECT id, COALESCE(number, ''), code_id, state, due, total, bearing, paid, credited, late, disputed, reminders, reminded
	FROM fee_invoice `

func (s *standing) fields() []any {
	return []any{&s.id, &s.number, &s.codeID, &s.state, &s.due, &s.total, &s.bearing, &s.paid, &s.credited, &s.late,
		&s.disputed, &s.reminders, &s.reminded}
}

func scanStanding(rows *store.Rows) (s standing, err error) {
	err = rows.Scan(s.fields()...)
	s.paidBefore, s.creditedBefore = s.paid, s.credited
	return s, err
}

func (s standing) balance() money.Amount { return s.total - s.paid - s.credited }

// lockInvoice reads an invoice within its payer's ledger.
func lockInvoice(tx store.Tx, id int64) (s standing, err error) {
	if err = tx.LockRow(selectStanding+`WHERE id = $1`, id).Scan(s.fields()...); err != nil {
		return s, fmt.Errorf("fee: read invoice %d: %w", id, err)
	}
	s.paidBefore, s.creditedBefore = s.paid, s.credited
	return s, nil
}

// save stores what changed, if paid and credited are as they were read.
func (s standing) save(tx store.Tx) error {
	err := store.One(errChanged)(tx.Exec(`UPDATE fee_invoice SET bearing = $1, paid = $2, credited = $3, late = $4, disputed = $5, reminders = $6, reminded = $7
		WHERE id = $8 AND paid = $9 AND credited = $10`, int64(s.bearing), int64(s.paid), int64(s.credited), s.late,
		s.disputed, s.reminders, s.reminded, s.id, int64(s.paidBefore), int64(s.creditedBefore)))
	if err != nil {
		return fmt.Errorf("fee: keep invoice %s: %w", s.number, err)
	}
	return nil
}

// invoiceNamed finds an issued invoice by its number or its payment reference,
// and says whose it is.
func invoiceNamed(r store.Reader, name string) (id, codeID int64, err error) {
	err = r.QueryRow(`SELECT id, code_id FROM fee_invoice WHERE kind = 'invoice' AND (number = $1 OR payment_reference = $1)`, name).
		Scan(&id, &codeID)
	if errors.Is(err, store.ErrNoRows) {
		return 0, 0, service.Refuse("unknown_invoice",
			fmt.Sprintf("Fakturan %s finns inte.", name), fmt.Sprintf("There is no invoice %s.", name))
	}
	if err != nil {
		return 0, 0, fmt.Errorf("fee: find invoice %s: %w", name, err)
	}
	return id, codeID, nil
}

// within calls fn with the payer's ledger and the invoice, and keeps both.
func within(tx store.Tx, name string, fn func(l *ledger, s *standing) error) error {
	id, codeID, err := invoiceNamed(tx, name)
	if err != nil {
		return err
	}
	return withinID(tx, id, codeID, fn)
}

func withinID(tx store.Tx, id, codeID int64, fn func(l *ledger, s *standing) error) error {
	l, err := openLedger(tx, codeID)
	if err != nil {
		return err
	}
	s, err := lockInvoice(tx, id)
	if err != nil {
		return err
	}
	if err := fn(l, &s); err != nil {
		return err
	}
	if err := s.save(tx); err != nil {
		return err
	}
	return l.close()
}
