package restructuring_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Random lives: reports, officers' acts, payments and the clock in any order.
// At every step no öre appears or disappears, nobody gets more than its claim,
// a refused act changes nothing, and what has ended has a deadline left only while money waits for an account.
func TestRandomLives(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		r := newRoom(t, open())
		most := 20
		if r.db.Engine() == store.Postgres { // the same paths, at more a step
			most = 9
		}
		rapid.Check(t, func(rt *rapid.T) {
			r.clock.Set(begun.At(19, 0))
			number := r.open(r.opening()).Number
			for range rapid.IntRange(8, most).Draw(rt, "steps") {
				r.step(rt, number)
				r.checkMatter(rt, number)
			}
			r.sweep() // the next life begins earlier
		})
	})
}

// sweep takes the deadlines away that would come in the next life.
func (r *room) sweep() {
	r.must(r.db.Do(r.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM service_deadline WHERE subject > 0`)
		return err
	}))
}

func (r *room) step(rt *rapid.T, number string) {
	r.Helper()
	act := r.forward(rt, r.matter(number))
	before := r.matter(number)
	if act == nil || rapid.IntRange(0, 3).Draw(rt, "stray") == 0 {
		act = rapid.SampledFrom(r.randomActs(rt, before)).Draw(rt, "act")
	}
	err := act()
	_, refused := service.RefusedAs(err)
	switch {
	case err != nil && !refused:
		rt.Fatal(err)
	case refused && r.matter(number) != before:
		rt.Fatalf("refused (%v), and yet %+v became %+v", err, before, r.matter(number))
	}
}

// forward is the act that takes a matter on towards its end, nil at the end.
func (r *room) forward(rt *rapid.T, m restructuring.Matter) func() error {
	ctx, n := r.Context(), m.Number
	later := func(day calendar.Day) func() error {
		return func() error { r.pass(max(day, r.today()).AddDays(1)); return nil }
	}
	switch m.State {
	case restructuring.ClaimPeriod:
		if len(r.reports(n)) > 2 {
			return later(m.LastDay)
		}
		return func() error { r.report(r.randomReport(rt, m, 5_000)); return nil }
	case restructuring.Preparing:
		return func() error { return r.proposeAll(n) }
	case restructuring.Proposed:
		return later(r.today().AddDays(40))
	case restructuring.Ready:
		return func() error { return r.matters.Grant(ctx, officer, n, 0) }
	case restructuring.Plan, restructuring.PlanOver:
		r.pass(r.today().AddDays(rapid.IntRange(0, 1500).Draw(rt, "wait")))
		return func() error {
			received := money.Amount(rapid.Int64Range(0, int64(yearlyFee)+9_000).Draw(rt, "received"))
			return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: received, Interest: received / 9})
		}
	case restructuring.AwaitingAccounts:
		return later(r.today().AddDays(rapid.IntRange(1, 60).Draw(rt, "wait")))
	}
	return nil
}

// proposeAll examines all claims and proposes a fifth of them.
func (r *room) proposeAll(n string) error {
	for _, report := range r.reports(n) {
		for i, c := range report.Claims {
			if c.State == filing.ClaimRegistered && !c.Examined {
				r.must(r.matters.Examine(r.Context(), officer, report.Number, int64(i+1)))
			}
		}
	}
	return r.matters.Propose(r.Context(), officer, n, restructuring.Terms{Distributed: 1_001})
}

func (r *room) randomActs(rt *rapid.T, m restructuring.Matter) []func() error {
	ctx, n := r.Context(), m.Number
	amount := func() money.Amount { return money.Amount(rapid.Int64Range(0, 200_000).Draw(rt, "amount")) }
	onClaim := func(do func(claim string) error) func() error {
		return func() error {
			all := r.reports(n)
			if len(all) == 0 {
				return nil
			}
			return do(rapid.SampledFrom(all).Draw(rt, "report").Number)
		}
	}
	report := func() error {
		if !m.Open() {
			return nil
		}
		r.report(r.randomReport(rt, m, amount()))
		return nil
	}
	return []func() error{
		report, report, report,
		func() error { r.pass(r.today().AddDays(rapid.IntRange(1, 500).Draw(rt, "days"))); return nil },
		func() error { r.pass(r.today().AddDays(rapid.IntRange(1, 40).Draw(rt, "days"))); return nil },
		func() error { return r.matters.Extend(ctx, officer, n) },
		func() error { return r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: amount()}) },
		func() error {
			return r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: amount() / 50})
		},
		func() error { return r.matters.WithdrawProposal(ctx, officer, n) },
		func() error { return r.matters.Grant(ctx, officer, n, 0) },
		func() error { return r.matters.Grant(ctx, officer, n, 0) },
		func() error {
			received := amount()
			return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: received, Interest: received / 7})
		},
		func() error {
			return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: amount() / 20})
		},
		func() error { return r.matters.Lapse(ctx, officer, n, restructuring.CauseDeath) },
		func() error { return r.matters.Block(ctx, officer, n, rapid.Bool().Draw(rt, "blocked")) },
		onClaim(func(c string) error { return r.matters.LeaveOut(ctx, officer, c, 0, restructuring.Unfounded) }),
		onClaim(func(c string) error { return r.matters.TakeIn(ctx, officer, c, 0) }),
		onClaim(func(c string) error { return r.matters.Examine(ctx, officer, c, 0) }),
		onClaim(func(c string) error { return r.matters.AccountFailed(ctx, officer, c) }),
		onClaim(func(c string) error {
			return r.matters.SetAccount(ctx, officer, c, filing.Payee{Kind: filing.PayToPlusgiro, Account: "42"})
		}),
	}
}

func (r *room) randomReport(rt *rapid.T, m restructuring.Matter, amount money.Amount) *filing.ClaimReport {
	report := claim(m, rapid.IntRange(1, 5).Draw(rt, "creditor"), amount)
	for range rapid.IntRange(0, 2).Draw(rt, "more claims") {
		report.Claims = append(report.Claims, filing.ReportedClaim{
			Amount: money.Amount(rapid.Int64Range(0, 1000).Draw(rt, "claim")), Interest: money.Amount(rapid.Int64Range(0, 99).Draw(rt, "interest")),
			NotDue: rapid.Bool().Draw(rt, "not due"),
		})
	}
	if rapid.Bool().Draw(rt, "no account") {
		report.Payee = filing.Payee{}
	}
	return report
}

// claimID names one claim of a matter.
type claimID struct{ report, position int64 }

func (r *room) checkMatter(rt *rapid.T, number string) {
	r.Helper()
	m, p := r.matter(number), r.proposal(number)
	counted := map[claimID]money.Amount{}
	var claims, distributed money.Amount
	for _, l := range p.Lines {
		counted[claimID{l.ReportID, l.Position}] = l.Claim
		claims += l.Claim
		distributed += l.Share
		if l.Share > l.Claim {
			rt.Fatalf("claim %d of %s has the share %s of %s", l.Position, l.Report, l.Share, l.Claim)
		}
	}
	if claims != p.Claims || distributed != p.Distributed {
		rt.Fatalf("claims %s and shares %s, in the proposal %s and %s", claims, distributed, p.Claims, p.Distributed)
	}
	r.checkPayouts(rt, number, counted)
	deadlines := r.count(`SELECT COUNT(*) FROM service_deadline WHERE subject = $1`, m.ID)
	waits := r.inState(number, restructuring.Held) > 0 // for an account
	if m.Open() != m.Closed.IsZero() || !m.Open() && (deadlines > 0) != waits {
		rt.Fatalf("%s, closed %s, %d deadlines", m.State, m.Closed, deadlines)
	}
	r.checkClaims(rt, m)
}

func (r *room) checkPayouts(rt *rapid.T, number string, counted map[claimID]money.Amount) {
	r.Helper()
	given := map[claimID]money.Amount{}
	for _, payout := range r.payouts(number) {
		sum, interest := payout.Fee+payout.Rest, money.Amount(0)
		for _, l := range payout.Lines {
			given[claimID{l.ReportID, l.Position}] += l.Amount
			sum += l.Amount
			interest += l.Interest
			if l.Interest < 0 || l.Interest > l.Amount || l.Amount <= 0 {
				rt.Fatalf("a line of %s, of which interest %s", l.Amount, l.Interest)
			}
		}
		left := min(payout.Interest, payout.Received-payout.Fee)
		if sum != payout.Received || interest > left || payout.Rest == 0 && interest != left {
			rt.Fatalf("payout of %s with interest %s: fee, lines and rest %s, interest %s", payout.Received, payout.Interest, sum, interest)
		}
	}
	for id, amount := range given {
		if amount > counted[id] {
			rt.Fatalf("claim %d of report %d is %s and got %s", id.position, id.report, counted[id], amount)
		}
	}
}

// checkClaims holds the states of claims against that of their matter.
func (r *room) checkClaims(rt *rapid.T, m restructuring.Matter) {
	r.Helper()
	left, registered := filing.ClaimLeftOut, filing.ClaimRegistered
	fits := map[restructuring.State][]filing.ClaimStatus{
		restructuring.ClaimPeriod: {left, registered}, restructuring.Preparing: {left, registered},
		restructuring.Proposed: {left, registered, filing.ClaimProposed}, restructuring.Ready: {left, registered, filing.ClaimProposed},
		restructuring.Plan: {left, registered, filing.ClaimPlanned}, restructuring.PlanOver: {left, registered, filing.ClaimPlanned},
		restructuring.AwaitingAccounts: {left, registered, filing.ClaimPlanned},
		restructuring.Completed:        {left, filing.ClaimDischarged}, restructuring.Lapsed: {left, filing.ClaimLapsed},
	}
	for _, report := range r.reports(m.Number) {
		for _, c := range report.Claims {
			if !slices.Contains(fits[m.State], c.State) {
				rt.Fatalf("a claim is %s in a matter that is %s", c.State, m.State)
			}
		}
	}
}
