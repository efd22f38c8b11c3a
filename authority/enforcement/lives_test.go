package enforcement_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
	"filtjanst/money"
)

// world is a few debts that live at random, with what must hold of them.
type world struct {
	*bench
	rt      *rapid.T
	cases   []string
	debtors map[string]int
	paidIn  map[string]money.Amount // from the debtor of each case
	paidOut map[string]money.Amount // told by interim accounts
	finals  map[string]*filing.FinalAccount
	granted map[int64]money.Amount // by verdicts on one joint debt, of each part the most
	round   int
}

// Random lives: whatever happens, no öre appears or disappears, nobody gets
// more than the debt, and every final account adds up.
func TestRandomLives(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open(), enforcement.Config{})
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			w := &world{bench: b, rt: rt, debtors: map[string]int{}, paidIn: map[string]money.Amount{}, paidOut: map[string]money.Amount{},
				finals: map[string]*filing.FinalAccount{}, round: round}
			if rapid.IntRange(0, 2).Draw(rt, "by verdict") == 0 {
				w.granted = map[int64]money.Amount{}
				w.join(rt)
			} else {
				w.begin()
			}
			rt.Repeat(map[string]func(*rapid.T){
				"":         func(*rapid.T) { w.collect() },
				"receive":  w.receive,
				"amount":   w.lower,
				"deferral": w.grant,
				"sleep":    func(rt *rapid.T) { b.sleep(rapid.IntRange(1, 120).Draw(rt, "days")) },
				"year":     func(rt *rapid.T) { b.sleep(370) },
				"act":      w.act,
				"overturn": w.overturn,
				"join":     w.join,
				"end":      w.end,
			})
			w.close()
		})
	})
}

func (w *world) begin() {
	w.Helper()
	n := rapid.IntRange(1, 3).Draw(w.rt, "debtors")
	a := application(fmt.Sprintf("R%d", w.round), 1)
	a.Respondents = nil
	for i := range n {
		a.Respondents = append(a.Respondents, debtor(3*w.round+i))
	}
	a.Joint = rapid.Bool().Draw(w.rt, "joint")
	a.Debts[0].Amount = money.Amount(rapid.Int64Range(1_00, 3000_00).Draw(w.rt, "capital"))
	if rapid.Bool().Draw(w.rt, "by the act") {
		a.Debts[0].Interest.Kind, a.Debts[0].Interest.Rate = filing.InterestAct, 0
	}
	if rapid.Bool().Draw(w.rt, "unlodged") {
		a.Title.Kind = filing.TitleJudgment
	}
	w.open(a)
	for i, c := range w.find(a.Reference) {
		w.cases = append(w.cases, c.Number)
		w.debtors[c.Number] = 3*w.round + i
	}
}

// join lets another debtor get a verdict on a joint debt, if it is one.
func (w *world) join(rt *rapid.T) {
	if n := len(w.cases); w.granted == nil || n == 3 {
		return
	}
	debtor := 3*w.round + len(w.cases)
	v := ofJoint(fmt.Sprintf("%d", debtor), w.today(), money.Amount(rapid.Int64Range(1_00, 3000_00).Draw(rt, "capital")),
		money.Amount(rapid.Int64Range(0, 100_00).Draw(rt, "accrued")), debtor)
	v.Reference = fmt.Sprintf("R%d", w.round)
	if rapid.Bool().Draw(rt, "one part") {
		v.Parts = v.Parts[:1]
	}
	for _, p := range v.Parts {
		w.granted[p.Part] = max(w.granted[p.Part], p.Amount+p.Accrued)
	}
	number := w.enforce(v)[0][0]
	w.cases = append(w.cases, number)
	w.debtors[number] = debtor
}

func (w *world) some(rt *rapid.T) string { return rapid.SampledFrom(w.cases).Draw(rt, "case") }

// try passes over what the state of a case does not allow.
func (w *world) try(err error) bool {
	w.Helper()
	if _, refused := service.RefusedAs(err); refused {
		return false
	}
	w.must(err)
	return true
}

func (w *world) receive(rt *rapid.T) {
	number, amount := w.some(rt), money.Amount(rapid.Int64Range(1, 1500_00).Draw(rt, "amount"))
	if w.try(w.room.Receive(w.Context(), officer, number, amount, w.in(-rapid.IntRange(0, 5).Draw(rt, "days ago")), "")) {
		w.paidIn[number] += amount
	}
}

func (w *world) lower(rt *rapid.T) {
	w.change(amount(w.some(rt), rapid.Int64Range(0, 1500_00).Draw(rt, "new amount")))
}

func (w *world) grant(rt *rapid.T) {
	w.change(w.deferral(w.some(rt), rapid.IntRange(-1, 80).Draw(rt, "days")))
}

func (w *world) act(rt *rapid.T) {
	number := w.some(rt)
	who := person(w.debtors[number])
	acts := map[string]func() error{
		"start": func() error { return w.room.Start(w.Context(), officer, number) },
		"lodge": func() error { return w.room.Lodge(w.Context(), officer, number) },
		"order": func() error { return w.room.OrderCompletion(w.Context(), officer, number, enforcement.LacksTitle) },
		"investigate": func() error {
			return w.room.Investigate(w.Context(), officer, number, filing.AssetsMissing, w.in(40), "")
		},
		"resume": func() error { return w.room.Resume(w.Context(), officer, number) },
		"earnings": func() error {
			return w.room.AttachEarnings(w.Context(), officer, number, enforcement.EarningsDecision{
				EarningsAttachment: filing.EarningsAttachment{Kind: filing.EarningsNew, AllAboveReserve: true}})
		},
		"stay":    func() error { return w.room.OrderStay(w.Context(), officer, number) },
		"lift":    func() error { return w.room.LiftStayOf(w.Context(), officer, number) },
		"die":     func() error { return w.room.Died(w.Context(), officer, number) },
		"estate":  func() error { return w.room.EstateKnown(w.Context(), officer, number, filing.Party{}) },
		"account": func() error { return w.room.Account(w.Context(), officer, number) },
		"demand":  func() error { return w.room.DemandFees(w.Context(), officer, number) },
		"open":    func() error { w.do(w.room.RestructuringOpened(w.Context(), who, w.today())); return nil },
		"ended":   func() error { w.do(w.room.RestructuringEnded(w.Context(), who, w.today())); return nil },
	}
	names := []string{"start", "lodge", "order", "investigate", "resume", "earnings", "stay", "lift", "die", "estate", "account", "demand", "open", "ended"}
	w.try(acts[rapid.SampledFrom(names).Draw(rt, "act")]())
}

// overturn lets a court set a part of what is owed aside.
func (w *world) overturn(rt *rapid.T) {
	parts := int64(2)
	if w.granted != nil {
		parts = 1
	}
	part := enforcement.OverturnedPart{Part: rapid.Int64Range(1, parts).Draw(rt, "part"),
		Amount: money.Amount(rapid.Int64Range(1, 300_00).Draw(rt, "of the principal")), Accrued: 1_00}
	w.do(w.room.SetAside(w.Context(), officer, []enforcement.Overturned{{Case: w.some(rt), Parts: []enforcement.OverturnedPart{part}}}))
}

func (w *world) end(rt *rapid.T) {
	number := w.some(rt)
	switch rapid.IntRange(0, 9).Draw(rt, "end") {
	case 0:
		w.try(w.room.Withdraw(w.Context(), officer, number))
	case 1:
		w.try(setAside(w.room, w.Context(), officer, number))
	case 2:
		w.try(w.room.End(w.Context(), officer, number, filing.FinalBankruptcy))
	case 3:
		w.try(w.room.DiscontinueUnpaid(w.Context(), officer, number))
	case 4:
		w.do(w.room.RestructuringGranted(w.Context(), person(w.debtors[number]), w.today()))
	}
}

// collect reads what has been told, and holds it against what went in.
func (w *world) collect() {
	w.Helper()
	for tx, lines := range w.sent() {
		for _, l := range lines {
			switch l := l.(type) {
			case *filing.EnforcementReport:
				w.interim(l)
			case *filing.FinalAccount:
				w.final(l)
			case *filing.NewFee:
				if most := 600_00 * money.Amount(len(w.cases)); l.Fee%600_00 != 0 || l.Fee > most || l.Unpaid < 0 || l.Unpaid > most {
					w.Errorf("%s: %+v", tx, l)
				}
			}
		}
	}
}

func (w *world) interim(r *filing.EnforcementReport) {
	w.Helper()
	if r.Account == nil {
		return
	}
	a := r.Account
	if a.Interest+a.Costs+a.Capital+a.Fees != a.Received+a.Linked || a.Remaining < 0 || a.PaidOut < 0 {
		w.Errorf("interim account %+v of %s", a, r.CaseNumber)
	}
	w.paidOut[r.CaseNumber] += a.PaidOut
}

func (w *world) final(f *filing.FinalAccount) {
	w.Helper()
	w.addsUp(f)
	if f.Received != w.paidIn[f.CaseNumber] {
		w.Errorf("%s came in, but %+v", w.paidIn[f.CaseNumber], f)
	}
	if f.PaidOut+f.TakenBack < w.paidOut[f.CaseNumber] {
		w.Errorf("interim accounts tell of %s, but %+v", w.paidOut[f.CaseNumber], f)
	}
	if before := w.finals[f.CaseNumber]; before != nil && f.Reason != filing.FinalTitleSetAside && f.TakenBack+f.Returned <= before.TakenBack+before.Returned {
		w.Errorf("a second final account that gives nothing back: %+v", f)
	}
	w.finals[f.CaseNumber] = f
}

// close ends every case, and holds all of them against the debt and the fees.
func (w *world) close() {
	w.Helper()
	for _, number := range w.cases {
		w.try(w.room.Withdraw(w.Context(), officer, number))
	}
	w.collect()
	var out, debt, interest, feesTaken money.Amount
	for _, number := range w.cases {
		f := w.finals[number]
		if f == nil {
			w.Fatalf("case %s has no final account", number)
		}
		out, feesTaken = out+f.PaidOut, feesTaken+f.Fees
		interest += f.Interest // one case may tell its beginning, another its end
		if w.caseOf(number).LinkGroup == "" {
			debt += f.Claimed + f.Interest
		} else {
			debt = max(debt, f.Claimed+f.Interest)
		}
	}
	if w.granted != nil {
		debt = interest
		for _, most := range w.granted {
			debt += most
		}
	}
	if out > debt {
		w.Errorf("the applicant got %s for a debt of %s", out, debt)
	}
	w.feesAgree(feesTaken)
}

// feesAgree holds what was taken for fees against the room for fees.
func (w *world) feesAgree(taken money.Amount) {
	w.Helper()
	var recovered, unpaid money.Amount
	w.read(func(r store.Reader) error {
		recovered, unpaid = 0, 0
		for _, number := range w.cases {
			b, err := w.fees.CaseBalance(r, w.caseOf(number).ID)
			if err != nil {
				return err
			}
			recovered, unpaid = recovered+b.Recovered, unpaid+b.Unpaid
		}
		return nil
	})
	if recovered != taken || unpaid != 0 {
		w.Errorf("%s was taken for fees, %s recovered, %s left with debtors", taken, recovered, unpaid)
	}
}
