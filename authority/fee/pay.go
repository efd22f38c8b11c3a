package fee

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Payment is money that came in for an invoice.
type Payment struct {
	Reference string // the bank's own, which makes it one; required
	Invoice   string // number or payment reference (OCR)
	Amount    money.Amount
	Day       calendar.Day // on which it came in
	// HoldRest says that what is more than the invoice asks is held for the
	// payer, set off by Run and paid back by Refund; else such a payment is
	// refused, as it may be a slip of the pen.
	HoldRest bool
}

// Pay enters a payment. The same payment told twice counts once. By may be
// zero: payments come from the bank.
func (f *Fees) Pay(ctx context.Context, by service.Officer, p Payment) error {
	if p.Reference == "" || p.Amount <= 0 || p.Day.IsZero() {
		return service.Refuse("bad_payment", "Betalningen saknar bankens referens, belopp eller dag.",
			"The payment lacks the bank's reference, amount or day.")
	}
	return f.db.Do(ctx, func(tx store.Tx) error {
		return within(tx, p.Invoice, func(l *ledger, s *standing) error { return pay(l, s, p, by) })
	})
}

func pay(l *ledger, s *standing, p Payment, by service.Officer) error {
	known, err := paidBefore(l.tx, s.id, p)
	if err != nil || known {
		return err
	}
	if p.Amount > s.balance() && !p.HoldRest {
		return aboveInvoice(p.Amount, s)
	}
	_, err = l.tx.Exec(`INSERT INTO fee_payment (reference, code_id, invoice_id, amount, day) VALUES ($1, $2, $3, $4, $5)`,
		p.Reference, l.codeID, s.id, int64(p.Amount), p.Day)
	if err != nil {
		return fmt.Errorf("fee: enter payment %s: %w", p.Reference, err)
	}
	part := min(p.Amount, s.balance())
	if err := s.settle(l, Event{Day: p.Day, Kind: Paid, Amount: part, Reference: p.Reference, By: by}); err != nil {
		return err
	}
	l.credit += p.Amount - part
	return l.enter(Event{Day: p.Day, Kind: Overpaid, InvoiceID: s.id, Amount: p.Amount - part, Reference: p.Reference, By: by})
}

func aboveInvoice(amount money.Amount, s *standing) error {
	return service.Refuse("payment_above_invoice",
		fmt.Sprintf("Betalningen %s är mer än vad som återstår av fakturan %s, %s. Är den riktig: ange hold_rest=yes, så står resten betalaren tillgodo.",
			amount.Kronor(), s.number, s.balance().Kronor()),
		fmt.Sprintf("The payment %s is above what is left of the invoice %s, %s. If it is right: give hold_rest=yes, and the rest is held for the payer.",
			amount.Kronor(), s.number, s.balance().Kronor()))
}

// paidBefore tells whether the payment was entered before. Another payment
// under the same reference is refused.
func paidBefore(r store.Reader, invoiceID int64, p Payment) (bool, error) {
	var before Payment
	var invoice int64
	err := r.QueryRow(`SELECT invoice_id, amount, day FROM fee_payment WHERE reference = $1`, p.Reference).
		Scan(&invoice, &before.Amount, &before.Day)
	switch {
	case errors.Is(err, store.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("fee: look for payment %s: %w", p.Reference, err)
	case invoice != invoiceID || before.Amount != p.Amount || before.Day != p.Day:
		return false, service.Refuse("payment_twice",
			fmt.Sprintf("Betalningen %s är redan bokförd med andra uppgifter.", p.Reference),
			fmt.Sprintf("Payment %s is entered already, with other data.", p.Reference))
	}
	return true, nil
}

// settle lowers what the invoice asks by the event.
func (s *standing) settle(l *ledger, e Event) error {
	s.paid += e.Amount
	s.late = s.late || e.Amount > 0 && e.Day.After(s.due)
	e.InvoiceID = s.id
	return l.enter(e)
}

// Refund pays back what is held for a payer.
func (f *Fees) Refund(ctx context.Context, by service.Officer, codeID int64, amount money.Amount, day calendar.Day) error {
	return f.refund(ctx, by, amount, day, func(store.Reader) (int64, error) { return codeID, nil })
}

// RefundCode pays back what is held for whoever pays for a party code.
func (f *Fees) RefundCode(ctx context.Context, by service.Officer, code string, amount money.Amount, day calendar.Day) error {
	return f.refund(ctx, by, amount, day, func(r store.Reader) (int64, error) {
		c, found, err := f.parties.ByCode(r, code)
		if err == nil && !found {
			err = service.UnknownCode(code)
		}
		if err != nil {
			return 0, err
		}
		return f.PayerOfCode(r, c.ID)
	})
}

func (f *Fees) refund(ctx context.Context, by service.Officer, amount money.Amount, day calendar.Day, payer func(store.Reader) (int64, error)) error {
	if err := by.Check(); err != nil {
		return err
	}
	return f.db.Do(ctx, func(tx store.Tx) error {
		codeID, err := payer(tx)
		if err != nil {
			return err
		}
		l, err := openLedger(tx, codeID)
		if err != nil {
			return err
		}
		return l.refund(by, amount, day)
	})
}

func (l *ledger) refund(by service.Officer, amount money.Amount, day calendar.Day) error {
	if amount <= 0 || amount > l.credit {
		return service.Refuse("refund_amount",
			fmt.Sprintf("Tillgodo finns %s; %s kan inte betalas tillbaka.", l.credit.Kronor(), amount.Kronor()),
			fmt.Sprintf("%s is held; %s cannot be paid back.", l.credit.Kronor(), amount.Kronor()))
	}
	l.credit -= amount
	if err := l.enter(Event{Day: day, Kind: Refunded, Amount: amount, By: by}); err != nil {
		return err
	}
	return l.close()
}
