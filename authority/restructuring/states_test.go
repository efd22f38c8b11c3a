package restructuring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// reach brings a new matter with one claim of 1 000 kr to a state.
func (r *room) reach(state restructuring.State) string {
	r.Helper()
	r.clock.Set(begun.At(19, 0))
	m := r.open(r.opening())
	r.report(claim(m, 1, 100_000))
	n, ctx := m.Number, r.Context()
	steps := []struct {
		state restructuring.State
		do    func()
	}{
		{restructuring.ClaimPeriod, func() {}},
		{restructuring.Preparing, func() { r.pass(m.LastDay.AddDays(1)) }},
		{restructuring.Proposed, func() { r.must(r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: 40_000})) }},
		{restructuring.Ready, func() { r.pass(day("2026-05-02")) }},
		{restructuring.Plan, func() { r.must(r.matters.Grant(ctx, officer, n, 0)) }},
		{restructuring.PlanOver, func() { r.pass(r.matter(n).PlanEnd.AddDays(1)) }},
		{restructuring.AwaitingAccounts, func() {
			r.must(r.matters.AccountFailed(ctx, officer, r.reports(n)[0].Number))
			r.must(r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: yearlyFee + 10_000}))
		}},
	}
	for _, s := range steps {
		s.do()
		if got := r.matter(n).State; got != s.state {
			r.Fatalf("on the way to %s: %s, want %s", state, got, s.state)
		}
		if s.state == state {
			return n
		}
	}
	r.Fatalf("no way to %s", state)
	return ""
}

// plays are what brings about each event of a matter.
func (r *room) plays() map[string]func(number string) error {
	ctx := r.Context()
	first := func(n string) string { return r.reports(n)[0].Number }
	passing := func(days int) func(string) error {
		return func(string) error { r.pass(r.today().AddDays(days)); return nil }
	}
	pay := func(n string) error {
		return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: yearlyFee + 10_000, Interest: 100})
	}
	return map[string]func(string) error{
		"call":               func(n string) error { return r.matters.Call(ctx, officer, n, creditor(77)) },
		"call_due":           passing(8),
		"extend":             func(n string) error { return r.matters.Extend(ctx, officer, n) },
		"claim_period_ended": passing(70),
		"propose": func(n string) error {
			return r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: 50_000})
		},
		"comment":            func(n string) error { return r.matters.Comment(ctx, officer, first(n), "tack") },
		"withdraw_proposal":  func(n string) error { return r.matters.WithdrawProposal(ctx, officer, n) },
		"comment_time_ended": passing(40),
		"grant":              func(n string) error { return r.matters.Grant(ctx, officer, n, 0) },
		"close":              func(n string) error { return r.matters.Close(ctx, officer, n, restructuring.CauseRejected) },
		"payout_due":         passing(370),
		"pay_out":            pay,
		"late_payment": func(n string) error {
			return r.matters.LatePayment(ctx, officer, n, restructuring.Delay{DueDay: r.today().AddDays(-20), Due: 200_000, Paid: 50_000})
		},
		"review":       func(n string) error { return r.matters.Review(ctx, officer, n, r.today().AddDays(400)) },
		"plan_ended":   passing(2000),
		"lapse":        func(n string) error { return r.matters.Lapse(ctx, officer, n, restructuring.CauseDeath) },
		"final_payout": pay,
		"final_payout_held": func(n string) error {
			r.must(r.matters.AccountFailed(ctx, officer, first(n)))
			return pay(n)
		},
		"accounts_complete": func(n string) error {
			return r.matters.SetAccount(ctx, officer, first(n), filing.Payee{Kind: filing.PayToPlusgiro, Account: "42"})
		},
		"account_time_ended": passing(100),
	}
}

// TestEdges plays every edge of a matter's table, and checks the state it leads
// to and the event it leaves.
func TestEdges(t *testing.T) {
	each(t, func(r *room) {
		plays := r.plays()
		for _, e := range restructuring.States().Edges {
			if e.From == "" {
				continue // every other edge begins with it
			}
			play, known := plays[e.Event]
			if !known {
				r.Errorf("the edge %s by %s is not played", e.From, e.Event)
				continue
			}
			number := r.reach(restructuring.State(e.From))
			r.must(play(number))
			m := r.matter(number)
			if !r.happened(m.ID, e) {
				r.Errorf("from %s by %s: no such event, matter is %s", e.From, e.Event, m.State)
			}
			if string(m.State) != e.To {
				r.Errorf("from %s by %s: %s, want %s", e.From, e.Event, m.State, e.To)
			}
		}
	})
}

// happened tells whether the story of a matter or report holds the edge.
func (r *room) happened(id int64, e service.Edge) (found bool) {
	r.Helper()
	r.read(func(rd store.Reader) error {
		story, err := r.matters.Events(rd, id)
		for _, event := range story {
			found = found || event.Kind == e.Event && event.From == e.From && event.To == e.To
		}
		return err
	})
	return found
}

// TestOtherEventsAreRefused tries every act in every state that has no edge for
// it: it is refused and changes nothing.
func TestOtherEventsAreRefused(t *testing.T) {
	each(t, func(r *room) {
		allowed := map[[2]string]bool{}
		for _, e := range restructuring.States().Edges {
			allowed[[2]string{e.From, e.Event}] = true
		}
		plays := r.plays()
		states := []restructuring.State{restructuring.ClaimPeriod, restructuring.Preparing, restructuring.Proposed,
			restructuring.Ready, restructuring.Plan, restructuring.PlanOver, restructuring.AwaitingAccounts}
		for _, state := range states {
			number := r.reach(state)
			before := r.matter(number)
			for _, act := range []string{"extend", "propose", "comment", "withdraw_proposal", "grant", "close", "late_payment", "review", "lapse", "pay_out"} {
				if allowed[[2]string{string(state), act}] || act == "pay_out" && state == restructuring.PlanOver {
					continue
				}
				r.refused(plays[act](number), "wrong_state")
			}
			if after := r.matter(number); after != before {
				r.Errorf("%s: %+v became %+v", state, before, after)
			}
		}
	})
}

// Every state but the ends has a way out, every one but the first a way in.
func TestStatesAreConnected(t *testing.T) {
	t.Parallel()
	for _, table := range []service.States{restructuring.States(), restructuring.ClaimStates()} {
		in, out := map[string]bool{}, map[string]bool{}
		for _, e := range table.Edges {
			in[e.To] = true
			out[e.From] = true
			if e.Swedish == "" || e.English == "" || e.Basis == "" {
				t.Errorf("the edge %s by %s lacks words or basis", e.From, e.Event)
			}
		}
		for _, s := range table.States {
			if !in[s.Name] || s.Closed == out[s.Name] && s.Name != string(filing.ClaimDischarged) {
				t.Errorf("%s: in %t, out %t, closed %t", s.Name, in[s.Name], out[s.Name], s.Closed)
			}
		}
	}
}

// Enforcement waits from the decision to initiate until there is a restructuring or
// none (SKSL §42).
func TestUndecided(t *testing.T) {
	each(t, func(r *room) {
		var numbers []string
		for _, s := range []restructuring.State{restructuring.Plan, restructuring.Ready, restructuring.Proposed, restructuring.Preparing, restructuring.ClaimPeriod} {
			numbers = append(numbers, r.reach(s))
		}
		closed := r.open(r.opening())
		r.must(r.matters.Close(r.Context(), officer, closed.Number, restructuring.CauseWithdrawn))
		debtors, want := []identity.Number{closed.Debtor.Identity}, map[identity.Number]calendar.Day{}
		for i, number := range numbers {
			m := r.matter(number)
			if debtors = append(debtors, m.Debtor.Identity); i > 0 {
				want[m.Debtor.Identity] = m.Decided
			}
		}
		var got map[identity.Number]calendar.Day
		r.read(func(rd store.Reader) (err error) {
			got, err = r.matters.Undecided(rd, debtors)
			return err
		})
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("undecided (-want +got):\n%s", diff)
		}
	})
}
