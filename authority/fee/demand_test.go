package fee_test

import (
	"fmt"

	"pgregory.net/rapid"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/money"
)

// openOf is what is left of an item.
func openOf(i fee.Item) money.Amount {
	return i.Amount - i.Recovered - i.Reversed - i.Paid - i.Invoiced
}

func (l *life) owed(c int64) (o fee.Owed) {
	l.read(func(r store.Reader) (err error) {
		o, err = l.fees.Owed(r, c, l.today)
		return err
	})
	if o.Demanded > o.Unpaid || o.Overdue > o.Unpaid || o.Overdue < 0 {
		l.rt.Fatalf("case %d: owed %+v", c, o)
	}
	return o
}

// demand asks for all that is open in a case, and nothing is late then.
func (l *life) demand(t *rapid.T) {
	c := l.caseOf(t)
	before := l.balance(c).Unpaid
	var asked money.Amount
	l.do(func(tx store.Tx) (err error) {
		asked, err = l.fees.Demand(tx, c, l.today, l.today.AddDays(21))
		return err
	})
	if got := l.owed(c).Demanded; asked < before || got != asked {
		l.rt.Fatalf("case %d: asked for %s where the respondent owed %s; demanded %s", c, asked, before, got)
	}
}

func (l *life) payDemanded(t *rapid.T) {
	c := l.caseOf(t)
	demanded := l.owed(c).Demanded
	part := min(amount(t), demanded)
	l.do(func(tx store.Tx) error { return l.fees.PayDemanded(tx, c, part, l.today, officer) })
	l.paid += part
	if got := l.owed(c).Demanded; got != demanded-part {
		l.rt.Fatalf("case %d: %s demanded, %s paid, %s left", c, demanded, part, got)
	}
	err := l.db.Do(l.Context(), func(tx store.Tx) error { return l.fees.PayDemanded(tx, c, demanded-part+1, l.today, officer) })
	if r, refused := service.RefusedAs(err); !refused || r.Code != "not_demanded" {
		l.rt.Fatalf("more than is demanded: %v", err)
	}
}

// exempt leaves nothing that the filer owes in a case.
func (l *life) exempt(t *rapid.T) {
	c := l.caseOf(t)
	before := l.balance(c)
	l.do(func(tx store.Tx) error {
		back, err := l.fees.Exempt(tx, c, l.today, officer)
		if back != before.Filer {
			return fmt.Errorf("took back %s of %s", back, before.Filer)
		}
		return err
	})
	if after := l.balance(c); after.Filer != 0 || after.Unpaid != before.Unpaid || l.owed(c) != (fee.Owed{}) {
		l.rt.Fatalf("case %d: %+v, then %+v", c, before, after)
	}
}

func (l *life) payAdvance(t *rapid.T) {
	part, code := amount(t), l.code(t)
	l.do(func(tx store.Tx) error { return l.fees.HoldAdvance(tx, code, "c", part, l.today, officer) })
	l.paid += part
}
