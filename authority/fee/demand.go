package fee

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Owed is what the filer owes of the fees of an enforcement case: not what the
// respondent bears, what is paid, or what is disputed.
type Owed struct {
	Demanded money.Amount // in the case, and not invoiced
	Unpaid   money.Amount // in all
	Overdue  money.Amount // not paid in time, in the case or by its invoice
}

// Demand asks the filer in an enforcement case for what is open of its fees,
// also what the respondent bore (UB 17:2, 17:5). The filer may pay in the case
// to the day given; what is left then stands on its next invoice. It returns how
// much is asked.
func (f *Fees) Demand(tx store.Tx, caseID int64, day, payBy calendar.Day) (money.Amount, error) {
	var all money.Amount
	err := f.eachOf(tx, filing.Enforcement, caseID, func(i held) error {
		if i.open() == 0 {
			return nil
		}
		all += i.open()
		i.Bearer, i.PayBy, i.ChargeDay = Filer, payBy, payBy.AddDays(1)
		return i.moved(tx, movement{kind: moveDemanded, amount: i.open(), day: day})
	})
	return all, err
}

// PayDemanded enters what the filer has paid in an enforcement case of what was
// demanded there, the oldest first. More than is demanded is refused, also when
// an invoice has taken it since Owed was asked.
func (f *Fees) PayDemanded(tx store.Tx, caseID int64, amount money.Amount, day calendar.Day, by service.Officer) error {
	left := amount
	err := f.eachOf(tx, filing.Enforcement, caseID, func(i held) error {
		part := min(left, i.demanded())
		if part <= 0 {
			return nil
		}
		left -= part
		i.Paid += part
		return i.moved(tx, movement{kind: movePaid, amount: part, day: day, by: by})
	})
	if err == nil && left != 0 {
		err = service.Refuse("not_demanded",
			fmt.Sprintf("Av de begärda avgifterna kan %s betalas i målet; resten har betalats eller står på en faktura.", (amount-left).Kronor()),
			fmt.Sprintf("Of the demanded fees %s can be paid in the case; the rest has been paid or stands on an invoice.", (amount-left).Kronor()))
	}
	return err
}

// demanded is what of an item may be paid in the case.
func (i Item) demanded() money.Amount {
	if i.PayBy.IsZero() {
		return 0
	}
	return i.open()
}

// Owed tells what the filer owes today of the fees of an enforcement case.
func (f *Fees) Owed(r store.Reader, caseID int64, today calendar.Day) (o Owed, err error) {
	items, err := f.OfCase(r, caseID, filing.Enforcement)
	if err != nil {
		return o, err
	}
	for _, i := range items {
		if i.Bearer != Filer {
			continue
		}
		unpaid, due, err := f.owedOf(r, i)
		if err != nil {
			return o, err
		}
		o.Demanded += i.demanded()
		o.Unpaid += unpaid
		if !due.IsZero() && due < today {
			o.Overdue += unpaid
		}
	}
	return o, nil
}

// owedOf is what the filer owes of an item, and the last day to pay it; zero if
// that is not settled yet.
func (f *Fees) owedOf(r store.Reader, i Item) (unpaid money.Amount, due calendar.Day, err error) {
	if i.InvoiceID == 0 {
		return i.open(), i.PayBy, nil
	}
	s, err := readInvoice(r, i.InvoiceID)
	left := i.Invoiced - i.Credited
	if err != nil || i.Disputed {
		return 0, 0, err
	}
	if s.state != stateIssued {
		return left, i.PayBy, nil
	}
	disputed, err := disputedAmount(r, s)
	if due = i.PayBy; due.IsZero() {
		due = s.due.AddDays(f.config.GraceDays)
	}
	return min(left, s.balance()-disputed), due, err
}

func readInvoice(r store.Reader, id int64) (s standing, err error) {
	if err = r.QueryRow(selectStanding+`WHERE id = $1`, id).Scan(s.fields()...); err != nil {
		err = fmt.Errorf("fee: read invoice %d: %w", id, err)
	}
	return s, err
}

// payBack gives back to the payer what was paid of an item in its case, now that
// the item is taken back: it is held for the payer, as what is overpaid.
func (f *Fees) payBack(tx store.Tx, i held, day calendar.Day, by service.Officer) (money.Amount, error) {
	paid := i.Paid
	if paid == 0 {
		return 0, nil
	}
	payer, err := f.PayerOfCode(tx, i.CodeID)
	if err != nil {
		return 0, err
	}
	i.Paid, i.Reversed = 0, i.Reversed+paid
	if err := i.moved(tx, movement{kind: movePaidBack, amount: paid, day: day, by: by}); err != nil {
		return 0, err
	}
	return paid, holdFor(tx, payer, Event{Day: day, Kind: Released, ItemID: i.ID, Amount: paid, By: by})
}

// holdFor enters money that is held for a payer.
func holdFor(tx store.Tx, payer int64, e Event) error {
	l, err := openLedger(tx, payer)
	if err != nil {
		return err
	}
	l.credit += e.Amount
	if err := l.enter(e); err != nil {
		return err
	}
	return l.close()
}

// Exempt takes back what the filer has been asked for of the fees of an
// enforcement case, now that it answers for none (AvgF §15): what it has paid in
// the case is held for the payer, what was invoiced is credited. What the
// respondent bears stands. It returns how much was taken back.
func (f *Fees) Exempt(tx store.Tx, caseID int64, day calendar.Day, by service.Officer) (all money.Amount, err error) {
	err = f.eachOf(tx, filing.Enforcement, caseID, func(i held) error {
		if i.Bearer != Filer {
			return nil
		}
		n, err := f.reverse(tx, i, day, by)
		all += n
		return err
	})
	return all, err
}

// HoldAdvance enters what was paid in advance in a case: it is held for who pays
// for the code, set off by Run and paid back by Refund.
func (f *Fees) HoldAdvance(tx store.Tx, codeID int64, caseNumber string, amount money.Amount, day calendar.Day, by service.Officer) error {
	payer, err := f.PayerOfCode(tx, codeID)
	if err != nil {
		return err
	}
	return holdFor(tx, payer, Event{Day: day, Kind: Advanced, Amount: amount, Reference: caseNumber, By: by})
}
