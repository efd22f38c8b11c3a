package fee

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Overdue is an invoice that counts as unpaid.
type Overdue struct {
	Number  string       `json:"number"`
	CodeID  int64        `json:"-"` // the payer
	Code    string       `json:"party_code"`
	Due     calendar.Day `json:"due"`
	Balance money.Amount `json:"balance_ore"`
	Unpaid  money.Amount `json:"unpaid_ore"` // balance less what is disputed
	Days    int          `json:"days"`       // since the due day
}

// Unpaid lists the invoices that a filer has not paid, by due day, and their
// sum: past due, with the days of grace, as far as they are not disputed (R18,
// R65). A main code answers for its sub-codes (R62).
func (f *Fees) Unpaid(r store.Reader, codeID int64, today calendar.Day) ([]Overdue, money.Amount, error) {
	late, err := store.Collect(scanOverdue)(r.Query(`SELECT id, number, code_id, state, due, total, bearing, paid, credited, late,
		disputed, reminders, reminded, code FROM fee_invoice
		WHERE (main_id = $1 OR code_id = $1) AND due < $2 AND kind = 'invoice' AND state = 'issued' AND paid + credited < total
		ORDER BY due, number`, codeID, today.AddDays(-f.config.GraceDays)))
	if err != nil {
		return nil, 0, fmt.Errorf("fee: list the unpaid invoices of code %d: %w", codeID, err)
	}
	var all []Overdue
	var sum money.Amount
	for _, s := range late {
		disputed, err := disputedAmount(r, s.standing)
		if err != nil {
			return nil, 0, err
		}
		unpaid := s.balance() - disputed
		if unpaid == 0 {
			continue
		}
		sum += unpaid
		all = append(all, Overdue{s.number, s.codeID, s.code, s.due, s.balance(), unpaid, today.Sub(s.due)})
	}
	return all, sum, nil
}

type overdueRow struct {
	standing
	code string
}

func scanOverdue(rows *store.Rows) (o overdueRow, err error) {
	err = rows.Scan(append(o.fields(), &o.code)...)
	return o, err
}
