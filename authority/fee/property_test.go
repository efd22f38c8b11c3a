package fee_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Whatever happens in whatever order, amounts add up: no öre appears or
// disappears, no fee stands on two invoices, and the balance of an invoice is
// what was invoiced less what was paid and credited.
func TestAmountsAddUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		d := newDesk(t, open(), fee.Config{ChargeSmallInterest: true, Reminders: fee.Reminders{Most: 3}})
		var base int64 // one life follows the other, in time too
		today := day("2026-01-05")
		rapid.Check(t, func(rt *rapid.T) {
			if base += 4; base > 4*40 && d.db.Engine() == store.Postgres {
				return // fewer lives where each statement is a round trip
			}
			l := &life{desk: d, rt: rt, base: base, today: today}
			defer func() { today = l.today }()
			d.register(base)
			rt.Repeat(map[string]func(*rapid.T){
				"charge": l.charge, "recover": l.recover, "pass on": l.passOn, "reverse": l.reverse, "run": l.run,
				"pay": l.pay, "credit": l.credit, "dispute": l.dispute, "refund": l.refund, "wait": l.wait,
				"demand": l.demand, "pay in the case": l.payDemanded, "exempt": l.exempt, "pay in advance": l.payAdvance,
				"check": l.check,
			})
			l.end()
		})
	})
}

// life is what one filer goes through. Codes are base+1 to base+4; cases have
// the number of their code and up to three of them.
type life struct {
	*desk
	rt       *rapid.T
	base     int64
	today    calendar.Day
	payments int
	paid     money.Amount // all that came in
	refunded money.Amount
}

func (l *life) code(t *rapid.T) int64 { return l.base + rapid.Int64Range(1, 4).Draw(t, "code") }

func (l *life) caseOf(t *rapid.T) int64 { return l.base*10 + rapid.Int64Range(1, 3).Draw(t, "case") }

func amount(t *rapid.T) money.Amount {
	return money.Amount(rapid.Int64Range(1, 700_00).Draw(t, "amount"))
}

// may lets a refusal pass and stops at any other error.
func (l *life) may(err error) bool {
	l.rt.Helper()
	if _, refused := service.RefusedAs(err); err != nil && !refused {
		l.rt.Fatal(err)
	}
	return err == nil
}

func (l *life) charge(t *rapid.T) {
	i := fee.Item{CodeID: l.code(t), CaseID: l.caseOf(t), Reference: "r", Kind: fee.BasicFee, Amount: amount(t), Day: l.today, Bearer: fee.Debtor}
	if rapid.Bool().Draw(t, "filer") {
		i.Kind, i.Bearer = fee.ApplicationFee, fee.Filer
	}
	l.enter(i)
}

func (l *life) recover(t *rapid.T) {
	c := l.caseOf(t)
	part := min(amount(t), l.balance(c).Unpaid)
	l.do(func(tx store.Tx) error { return l.fees.Recover(tx, c, part, l.today) })
}

func (l *life) passOn(t *rapid.T) {
	c := l.caseOf(t)
	unpaid := l.balance(c).Unpaid
	l.do(func(tx store.Tx) error {
		passed, err := l.fees.PassOn(tx, c, l.today)
		if passed != unpaid {
			return fmt.Errorf("passed on %s of %s", passed, unpaid)
		}
		return err
	})
}

func (l *life) reverse(t *rapid.T) {
	if all := l.items(); len(all) > 0 {
		i := rapid.SampledFrom(all).Draw(t, "item")
		l.may(l.db.Do(context.Background(), func(tx store.Tx) error { return l.fees.Reverse(tx, i.ID, amount(t), l.today, officer) }))
	}
}

func (l *life) run(*rapid.T) {
	_, err := l.fees.Run(context.Background(), l.today)
	l.may(err)
	again, err := l.fees.Run(context.Background(), l.today)
	if l.may(err) && again != (fee.Report{}) {
		l.rt.Fatalf("ran again: %+v", again)
	}
}

func (l *life) wait(t *rapid.T) { l.today = l.today.AddDays(rapid.IntRange(1, 40).Draw(t, "days")) }

// invoice picks one; ok is false if there is none.
func (l *life) invoice(t *rapid.T) (i fee.Invoice, ok bool) {
	all := slices.DeleteFunc(l.documents(), func(i fee.Invoice) bool { return i.Kind == fee.CreditNote })
	if len(all) == 0 {
		return i, false
	}
	return rapid.SampledFrom(all).Draw(t, "invoice"), true
}

func (l *life) pay(t *rapid.T) {
	i, ok := l.invoice(t)
	if !ok {
		return
	}
	l.payments++
	part := amount(t)
	for range rapid.IntRange(1, 2).Draw(t, "times") {
		l.must(l.transfer(i, part))
	}
	l.paid += part
}

func (l *life) credit(t *rapid.T) {
	i, ok := l.invoice(t)
	if !ok {
		return
	}
	line := rapid.SampledFrom(i.Lines).Draw(t, "line")
	l.may(l.fees.CreditInvoice(context.Background(), officer, i.Number, []fee.CreditLine{{ItemID: line.ItemID, Amount: amount(t)}}, l.today))
}

func (l *life) dispute(t *rapid.T) {
	i, ok := l.invoice(t)
	if !ok {
		return
	}
	var items []int64
	if rapid.Bool().Draw(t, "a line") {
		items = []int64{i.Lines[0].ItemID}
	}
	act := l.fees.Dispute
	if rapid.Bool().Draw(t, "end") {
		act = l.fees.EndDispute
	}
	l.may(act(context.Background(), officer, i.Number, items, l.today))
}

func (l *life) refund(t *rapid.T) {
	part := amount(t)
	if l.may(l.fees.Refund(context.Background(), officer, l.code(t), part, l.today)) {
		l.refunded += part
	}
}

// items are all of the cases; reminders and interest belong to none.
func (l *life) items() (all []fee.Item) {
	l.read(func(r store.Reader) error {
		for _, c := range []int64{l.base*10 + 1, l.base*10 + 2, l.base*10 + 3} {
			some, err := l.fees.OfCase(r, c)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	return all
}

func (l *life) documents() (all []fee.Invoice) {
	for code := l.base + 1; code <= l.base+4; code++ {
		all = append(all, l.invoices(code)...)
	}
	return all
}

func (l *life) check(*rapid.T) {
	seen, met := map[int64]fee.Item{}, map[int64]bool{}
	var paid, held money.Amount
	for _, i := range l.items() {
		seen[i.ID] = i
		paid += i.Paid
		if open := openOf(i); open < 0 || i.Credited > i.Invoiced || (i.InvoiceID != 0 && open != 0) {
			l.rt.Fatalf("item %+v", i)
		}
	}
	for _, i := range l.documents() {
		paid += l.checkInvoice(i, seen, met)
	}
	for code := l.base + 1; code <= l.base+4; code++ {
		held += l.held(code)
	}
	if l.paid != paid+held+l.refunded {
		l.rt.Fatalf("came in %s; on invoices and in cases %s, held %s, paid back %s", l.paid, paid, held, l.refunded)
	}
}

// checkInvoice holds an invoice against the items and notes those it meets.
func (l *life) checkInvoice(i fee.Invoice, items map[int64]fee.Item, met map[int64]bool) (paid money.Amount) {
	var total, credited money.Amount
	for _, line := range i.Lines {
		total, credited = total+line.Amount, credited+line.Credited
		if i.Kind == fee.CreditNote {
			continue
		}
		item, ofCase := items[line.ItemID]
		if met[line.ItemID] || ofCase && (item.Invoiced != line.Amount || item.InvoiceID != i.ID) {
			l.rt.Fatalf("line %+v of %s is item %+v", line, i.Number, item)
		}
		met[line.ItemID] = true
	}
	switch {
	case i.Total != total || i.Count != int64(len(i.Lines)):
		l.rt.Fatalf("the lines of %s add up to %s: %+v", i.Number, total, i)
	case i.Kind == fee.InvoiceDocument && (i.Credited != credited || i.Balance != i.Total-i.Paid-i.Credited || i.Balance < 0):
		l.rt.Fatalf("the balance of %s: %+v", i.Number, i)
	}
	return i.Paid
}

// end closes everything: then no fee of the filer is left off an invoice, and
// each credit stands on a credit note.
func (l *life) end() {
	l.today = l.today.AddDays(70)
	l.run(nil)
	l.check(nil)
	for _, i := range l.items() {
		if i.Bearer == fee.Filer && openOf(i) > 0 && i.ChargeDay < l.today.AddDays(-31) {
			l.rt.Fatalf("left off: %+v", i)
		}
	}
	var credited, noted money.Amount
	for _, i := range l.documents() {
		if i.Kind == fee.CreditNote {
			noted += i.Total
		}
		credited += i.Credited
	}
	if credited != noted {
		l.rt.Fatalf("credited %s, by credit notes %s", credited, noted)
	}
	l.leave()
}

// leave pays what is left, so that later lives have nothing to do with it.
func (l *life) leave() {
	for range 3 {
		for _, i := range l.documents() {
			if i.Balance > 0 {
				l.payments++
				l.must(l.transfer(i, i.Balance))
				l.paid += i.Balance
			}
		}
		l.today = l.today.AddDays(35)
		l.run(nil)
	}
	l.check(nil)
}

func (l *life) transfer(i fee.Invoice, amount money.Amount) error {
	return l.fees.Pay(context.Background(), service.Officer{}, fee.Payment{HoldRest: true,
		Reference: fmt.Sprintf("%d-%d", l.base, l.payments), Invoice: i.Number, Amount: amount, Day: l.today})
}
