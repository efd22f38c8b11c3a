package enforcement_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/fee"
	"filtjanst/authority/party"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// registered enters the party code of the tests, which pays its fees.
func (b *bench) registered() {
	b.Helper()
	g := party.New(b.db)
	b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
		if _, found, err := g.ByID(tx, 7); found || err != nil {
			return err
		}
		if err := g.AddOrganisation(tx, party.Organisation{Number: "5560000167", Name: "Inkasso AB"}); err != nil {
			return err
		}
		return g.AddCode(tx, party.Code{ID: 7, MainID: 7, Code: "ABC", Organisation: "5560000167", Name: "Inkasso AB"})
	}))
}

func (b *bench) heldForPayer() (held money.Amount) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		held, err = b.fees.Credit(r, 7)
		return err
	})
	return held
}

func (s *scene) payFees(amount money.Amount) error {
	return s.room.PayFees(s.Context(), officer, s.number, amount, s.today())
}

func (s *scene) payAdvance(amount money.Amount) error {
	return s.room.PayAdvance(s.Context(), officer, s.number, amount, s.today())
}

func (s *scene) askAdvance(amount money.Amount) error {
	return s.room.AskAdvance(s.Context(), officer, s.number, amount)
}

func (s *scene) discontinue() error {
	return s.room.DiscontinueUnpaid(s.Context(), officer, s.number)
}

func (s *scene) exempt(ground enforcement.Exemption) error {
	return s.room.Exempt(s.Context(), officer, s.number, ground)
}

// playFeeUnpaid lets the time to pay a demanded fee pass, and brings the case to
// where the edge begins.
func playFeeUnpaid(s *scene) {
	s.begin(false)
	s.plainAct((*enforcement.Enforcements).DemandFees)
	s.sleep(7)
	s.bring(s.from())
	s.must(s.discontinue())
}

// playFeesPaid leaves a linked case open, so that the fees are not settled.
func playFeesPaid(s *scene) {
	s.begin(true)
	s.plainAct((*enforcement.Enforcements).DemandFees)
	s.bring(s.from())
	s.must(s.payFees(600_00))
}

func playAdvancePaid(s *scene) {
	s.registered()
	s.at()
	s.must(s.askAdvance(100_00))
	s.must(s.payAdvance(40_00))
}

func playUnadvanced(s *scene) {
	s.begin(false)
	s.must(s.askAdvance(100_00))
	s.sleep(7)
	s.bring(s.from())
	s.plainAct((*enforcement.Enforcements).EndUnadvanced)
}

// The applicant is told what it has to pay, may pay it in the case, and the case
// is not discontinued before its time has run out (UB 17:2).
func TestTheFeeIsDemandedOfTheApplicant(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		p.came()
		p.wantRefusal("before the demand", p.discontinue(), "no_demand")
		p.must(p.room.DemandFees(p.Context(), officer, p.number))
		words := p.wantLetters("the demand", "ve.fee_demand applicant post")
		p.wantWords(words, "Provbolaget AB", "600,00 kr", "23 mars 2026", "bankgiro 991-2346", p.number, "kan vi avskriva målet")
		p.wantRefusal("in time", p.discontinue(), "fee_not_due")
		p.wantRefusal("too much", p.payFees(600_01), "paid_amount")
		p.must(p.payFees(250_00))
		p.sleep(21)
		p.wantRefusal("on the last day", p.discontinue(), "fee_not_due")
		p.sleep(1)
		if kinds := p.told(p.number); !slices.Contains(kinds, "fee_overdue") {
			p.Errorf("the case tells %v", kinds)
		}
		p.must(p.payFees(350_00))
		p.wantRefusal("paid late", p.discontinue(), "no_demand")
		p.wantRefusal("paid already", p.room.DemandFees(p.Context(), officer, p.number), "no_fee")
		if diff := cmp.Diff(fee.Balance{Charged: 600_00, Filer: 600_00}, p.balance(p.number)); diff != "" {
			p.Error(diff)
		}
	})
}

// What is demanded is not invoiced before its time has run out; then it is, and
// paying the invoice pays it.
func TestADemandedFeeIsInvoicedWhenItIsNotPaid(t *testing.T) {
	each(t, func(b *bench) {
		b.registered()
		s := &scene{bench: b, number: b.started("A", 1)}
		b.sleep(26)
		b.must(b.room.DemandFees(b.Context(), officer, s.number)) // to 20 April
		invoices := func() (all []fee.Invoice) {
			_, err := b.fees.Run(b.Context(), b.today())
			b.must(err)
			b.read(func(r store.Reader) (err error) {
				all, err = b.fees.Invoices(r, 7, b.in(-90), b.today())
				return err
			})
			return all
		}
		b.sleep(10)
		if all := invoices(); len(all) != 0 {
			b.Fatalf("invoiced in time: %+v", all)
		}
		b.sleep(30)
		all := invoices()
		if len(all) != 1 || all[0].Total != 600_00 {
			b.Fatalf("invoiced late: %+v", all)
		}
		b.wantRefusal("in the case", s.payFees(600_00), "paid_amount")
		b.must(b.fees.Pay(b.Context(), officer, fee.Payment{Reference: "1", Invoice: all[0].Number, Amount: 600_00, Day: b.today()}))
		b.wantRefusal("paid by invoice", s.discontinue(), "no_demand")
	})
}

// An invoice that is not paid in time lets the case be discontinued too, unless
// it is disputed.
func TestDiscontinuedForAnInvoice(t *testing.T) {
	each(t, func(b *bench) {
		b.registered()
		s := &scene{bench: b, number: b.started("A", 1, 2)}
		b.must(b.room.Withdraw(b.Context(), officer, b.find("A")[1].Number))
		b.sleep(365)
		b.wantRefusal("passed on, not invoiced", s.discontinue(), "fee_not_due")
		b.sleep(40)
		_, err := b.fees.Run(b.Context(), b.today())
		b.must(err)
		var number string
		b.read(func(r store.Reader) error {
			all, err := b.fees.Invoices(r, 7, b.today(), b.today())
			if err == nil {
				number = all[0].Number
			}
			return err
		})
		b.wantRefusal("invoiced", s.discontinue(), "fee_not_due")
		b.sleep(36)
		b.must(b.fees.Dispute(b.Context(), officer, number, nil, b.today()))
		b.wantRefusal("disputed", s.discontinue(), "no_demand")
		b.must(b.fees.EndDispute(b.Context(), officer, number, nil, b.today()))
		b.must(s.discontinue())
	})
}

// An applicant that answers for no fees is asked for none, and gets back what it
// was asked for or has paid; the state bears what the debtor does not (AvgF §15).
func TestAnExemptApplicant(t *testing.T) {
	grounds := map[string]struct {
		before func(s *scene)
		credit money.Amount
	}{
		"before any demand": {func(*scene) {}, 0},
		"demanded":          {func(s *scene) { s.plainAct((*enforcement.Enforcements).DemandFees) }, 0},
		"partly paid": {func(s *scene) {
			s.plainAct((*enforcement.Enforcements).DemandFees)
			s.must(s.payFees(200_00))
		}, 200_00},
		"closed": {func(s *scene) { s.plainAct((*enforcement.Enforcements).Withdraw) }, 200_00},
	}
	each(t, func(b *bench) {
		b.registered()
		for _, name := range []string{"before any demand", "demanded", "partly paid", "closed"} {
			s := &scene{bench: b, number: b.started(name, 1)}
			grounds[name].before(s)
			b.must(s.exempt(enforcement.CrimeDamages))
			b.wantRefusal(name+": again", s.exempt(enforcement.SocialServices), "exempt")
			if got := b.heldForPayer(); got != grounds[name].credit {
				b.Errorf("%s: %s is held", name, got)
			}
			if name != "closed" {
				b.wantRefusal(name+": a demand", b.room.DemandFees(b.Context(), officer, s.number), "exempt")
				b.wantRefusal(name+": an advance", s.askAdvance(1_00), "exempt")
				b.wantRefusal(name+": an end", s.discontinue(), "maintenance")
				b.must(b.room.Withdraw(b.Context(), officer, s.number))
			}
			if diff := cmp.Diff(fee.Balance{Charged: 600_00, Reversed: 600_00}, b.balance(s.number)); diff != "" {
				b.Errorf("%s: %s", name, diff)
			}
		}
	})
}

// The debtor of an exempt applicant still pays the fees, year after year, and
// what he owes is not passed on.
func TestTheDebtorPaysTheFeesOfAnExemptApplicant(t *testing.T) {
	each(t, func(b *bench) {
		a := application("A", 1)
		a.Title.Kind, a.Title.Lodged = filing.TitleMaintenance, true
		b.open(a)
		s := &scene{bench: b, number: b.one("A").Number}
		b.must(b.room.Start(b.Context(), officer, s.number))
		s.receive(400_00)
		b.sleep(400)
		if diff := cmp.Diff(fee.Balance{Charged: 1200_00, Recovered: 400_00, Unpaid: 800_00}, b.balance(s.number)); diff != "" {
			b.Error(diff)
		}
		b.must(b.room.Withdraw(b.Context(), officer, s.number))
		if diff := cmp.Diff(fee.Balance{Charged: 1200_00, Recovered: 400_00, Reversed: 800_00}, b.balance(s.number)); diff != "" {
			b.Error(diff)
		}
	})
}

// An advance is asked for, held for the payer, and where it is not paid the case
// ends: without a fee if nothing was done (AvgF §§3, 4).
func TestAnAdvance(t *testing.T) {
	eachPost(t, func(p *post) {
		p.registered()
		for name, test := range map[string]struct {
			before func()
			want   fee.Balance
		}{
			"nothing done": {func() {}, fee.Balance{Charged: 600_00, Reversed: 600_00}},
			"investigated": {func() {
				p.must(p.room.Investigate(p.Context(), officer, p.number, filing.AssetsMissing, 0, ""))
			}, fee.Balance{Charged: 600_00, Filer: 600_00}},
		} {
			p.started(application(name, 1))
			test.before()
			p.came()
			held := p.heldForPayer()
			p.wantRefusal("nothing", p.askAdvance(0), "bad_amount")
			p.wantRefusal("not asked", p.payAdvance(1_00), "paid_amount")
			p.wantRefusal("not asked", p.room.EndUnadvanced(p.Context(), officer, p.number), "no_advance")
			p.must(p.askAdvance(2500_00))
			p.wantWords(p.wantLetters("asked", "ve.advance_demand applicant post"), "2 500,00 kr", "bankgiro 991-2346", p.number)
			p.must(p.payAdvance(1000_00))
			if got := p.heldForPayer() - held; got != 1000_00 {
				p.Errorf("%s: %s is held", name, got)
			}
			p.sleep(21)
			p.wantRefusal("on the last day", p.room.EndUnadvanced(p.Context(), officer, p.number), "advance_not_due")
			p.sleep(1)
			if kinds := p.told(p.number); !slices.Contains(kinds, "advance_overdue") {
				p.Errorf("the case tells %v", kinds)
			}
			p.must(p.room.EndUnadvanced(p.Context(), officer, p.number))
			if got := p.state(p.number); got != enforcement.Discontinued {
				p.Errorf("the case is %s", got)
			}
			if diff := cmp.Diff(test.want, p.balance(p.number)); diff != "" {
				p.Errorf("%s: %s", name, diff)
			}
			p.came()
		}
	})
}
