package restructuring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/notice"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// prepared is a matter in preparation with a plain claim of each amount.
func (r *room) prepared(amounts ...money.Amount) string {
	r.Helper()
	r.clock.Set(begun.At(19, 0))
	m := r.open(r.opening())
	for i, a := range amounts {
		r.report(claim(m, i+1, a))
	}
	r.pass(m.LastDay.AddDays(1))
	return m.Number
}

// planned is a matter with a running plan.
func (r *room) planned(distributed money.Amount, amounts ...money.Amount) string {
	r.Helper()
	n := r.prepared(amounts...)
	r.must(r.matters.Propose(r.Context(), officer, n, restructuring.Terms{Distributed: distributed}))
	r.pass(r.today().AddDays(30))
	r.must(r.matters.Grant(r.Context(), officer, n, 0))
	return n
}

func (r *room) proposal(number string) (p restructuring.Proposal) {
	r.Helper()
	r.read(func(rd store.Reader) (err error) {
		p, _, err = r.matters.Proposal(rd, r.matter(number))
		return err
	})
	return p
}

func (r *room) payouts(number string) (all []restructuring.Payout) {
	r.Helper()
	r.read(func(rd store.Reader) (err error) {
		all, err = r.matters.Payouts(rd, r.matter(number).ID)
		return err
	})
	return all
}

func shares(p restructuring.Proposal) (all []money.Amount) {
	for _, l := range p.Lines {
		all = append(all, l.Share)
	}
	return all
}

func TestSharesAddUp(t *testing.T) {
	each(t, func(r *room) {
		n := r.prepared(100, 100, 100)
		r.must(r.matters.Propose(r.Context(), officer, n, restructuring.Terms{Distributed: 100}))
		p := r.proposal(n)
		if diff := cmp.Diff([]money.Amount{34, 33, 33}, shares(p)); diff != "" || p.Claims != 300 || p.CommentBy != day("2026-04-17") {
			r.Errorf("%+v\n%s", p, diff)
		}
		if sent := r.sent(notice.RestructuringProposal, n); sent != 3 {
			r.Errorf("%d proposals sent", sent)
		}
	})
}

// A proposal counts interest, leaves the secured part and what is left out, and
// waits until every flag is decided upon.
func TestFlagsMustBeDecided(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		edit := func(n int, fn func(c *filing.ReportedClaim)) *filing.ClaimReport {
			report := claim(m, n, 100_00)
			fn(&report.Claims[0])
			return report
		}
		r.report(
			claim(m, 1, 100_00),
			edit(2, func(c *filing.ReportedClaim) { c.Interest, c.Security, c.SecurityAmount = 10_00, "pant", 60_00 }),
			edit(3, func(c *filing.ReportedClaim) { c.Disputed = true }),
			edit(4, func(c *filing.ReportedClaim) { c.Condition = "om" }),
			edit(5, func(c *filing.ReportedClaim) { c.NotDue = true }),
			edit(6, func(c *filing.ReportedClaim) { c.NotDue, c.CounterPerformance = true, true }),
			edit(7, func(c *filing.ReportedClaim) { c.Security = "pant" }),
			edit(8, func(c *filing.ReportedClaim) { c.Origin = m.Decided.AddDays(1) }),
			edit(9, func(c *filing.ReportedClaim) { c.Security, c.SecurityAmount = "pant", 100_00 }),
			edit(10, func(c *filing.ReportedClaim) { c.Guarantor.Name = "Borgensman" }),
		)
		r.pass(m.LastDay.AddDays(1))
		ctx, all := r.Context(), r.reports(m.Number)
		propose := func() error {
			return r.matters.Propose(ctx, officer, m.Number, restructuring.Terms{Distributed: 10_00})
		}
		for i, report := range all {
			flagged := i >= 2 && i <= 8
			if got := len(report.Claims[0].Flags(m)); (got > 0) != flagged {
				r.Errorf("report %d has %d flags", i+1, got)
			}
			if !flagged {
				continue
			}
			r.refused(propose(), "undecided_claims")
			if i%2 == 0 {
				r.must(r.matters.Examine(ctx, officer, report.Number, 1))
			} else {
				r.must(r.matters.LeaveOut(ctx, officer, report.Number, 1, restructuring.IsDisputed))
			}
		}
		r.must(propose())
		var counted []money.Amount
		for _, l := range r.proposal(m.Number).Lines {
			counted = append(counted, l.Claim)
		}
		if diff := cmp.Diff([]money.Amount{100_00, 50_00, 100_00, 100_00, 100_00, 0, 100_00}, counted); diff != "" {
			r.Errorf("counted (-want +got):\n%s", diff)
		}
	})
}

// A dispute that comes after the examination is decided upon again.
func TestDisputeAfterExamination(t *testing.T) {
	each(t, func(r *room) {
		n := r.prepared(100)
		number := r.reports(n)[0].Number
		r.must(r.matters.Examine(r.Context(), officer, number, 0))
		r.must(r.matters.Dispute(r.Context(), officer, number, 0))
		r.refused(r.matters.Propose(r.Context(), officer, n, restructuring.Terms{}), "undecided_claims")
	})
}

func TestProposeRefuses(t *testing.T) {
	each(t, func(r *room) {
		ctx, n := r.Context(), r.prepared(100, 100)
		r.refused(r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: 201}), "bad_distribution")
		r.refused(r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: -1}), "bad_distribution")
		r.refused(r.matters.Propose(ctx, officer, n, restructuring.Terms{CommentBy: r.today()}), "bad_days")
		r.refused(r.matters.Propose(ctx, officer, r.prepared(), restructuring.Terms{}), "no_claims")
		r.refused(r.matters.Propose(ctx, officer, "SKS-1999-000001", restructuring.Terms{}), "unknown_matter")
		r.must(r.matters.Propose(ctx, officer, n, restructuring.Terms{})) // a plan may pay nothing
	})
}

func TestPlanEnd(t *testing.T) {
	each(t, func(r *room) {
		for name, tt := range map[string]struct {
			business bool
			until    calendar.Day
			want     calendar.Day
			code     string
		}{
			"five years from the opening":      {false, 0, day("2031-02-27"), ""},
			"three of a business":              {true, 0, day("2029-02-27"), ""},
			"shorter for reasons":              {false, day("2029-12-31"), day("2029-12-31"), ""},
			"longer is refused":                {false, day("2031-02-28"), 0, "bad_plan_end"},
			"one that has passed is refused":   {false, day("2026-01-01"), 0, "bad_plan_end"},
			"longer than a business's refused": {true, day("2029-02-28"), 0, "bad_plan_end"},
		} {
			r.clock.Set(begun.At(19, 0))
			o := r.opening()
			o.Business = tt.business
			m := r.open(o)
			r.report(claim(m, 1, 100))
			r.pass(m.LastDay.AddDays(1))
			r.must(r.matters.Propose(r.Context(), officer, m.Number, restructuring.Terms{Distributed: 40}))
			r.pass(r.today().AddDays(30))
			err := r.matters.Grant(r.Context(), officer, m.Number, tt.until)
			if tt.code != "" {
				r.refused(err, tt.code)
				continue
			}
			r.must(err)
			if got := r.matter(m.Number); got.PlanEnd != tt.want || got.Granted != r.today() || r.sent(notice.RestructuringDecision, m.Number) != 1 {
				r.Errorf("%s: %+v", name, got)
			}
		}
	})
}

// Each year tells that a payout is due, until the plan ends.
func TestPayoutIsDueEachYear(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(40, 100)
		r.pass(r.matter(n).PlanEnd.AddDays(1))
		if due := r.count(`SELECT COUNT(*) FROM service_event WHERE kind = 'payout_due'`); due != 4 {
			r.Errorf("due %d times", due)
		}
		if left := r.count(`SELECT COUNT(*) FROM service_deadline`); left != 0 {
			r.Errorf("%d deadlines are left", left)
		}
	})
}

func TestReview(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(40, 100)
		r.refused(r.matters.Review(r.Context(), officer, n, day("2033-02-28")), "bad_plan_end")
		r.refused(r.matters.Review(r.Context(), officer, n, r.today()), "bad_plan_end")
		r.must(r.matters.Review(r.Context(), officer, n, day("2033-02-27"))) // seven years
		r.pass(day("2032-01-01"))
		if m := r.matter(n); m.State != restructuring.Plan || m.PlanEnd != day("2033-02-27") {
			r.Errorf("%+v", m)
		}
	})
}

func TestLatePayment(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(40, 100, 100)
		late := func(d restructuring.Delay) error { return r.matters.LatePayment(r.Context(), officer, n, d) }
		r.refused(late(restructuring.Delay{DueDay: r.today().AddDays(-14), Due: 1000_00}), "not_late")
		r.refused(late(restructuring.Delay{Due: 1000_00}), "not_late")
		r.refused(late(restructuring.Delay{DueDay: r.today().AddDays(-15), Due: 1000_00, Paid: 900_00}), "trivial")
		r.must(late(restructuring.Delay{DueDay: r.today().AddDays(-15), Due: 1000_00, Paid: 899_99}))
		if sent := r.sent(notice.DelayNotice, n); sent != 2 {
			r.Errorf("%d notices", sent)
		}
	})
}

// A plan that is made longer in its last year is paid out on in the years that
// were added.
func TestLongerPlanIsPaidOut(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(90, 100, 100)
		r.pass(r.matter(n).PlanEnd.AddDays(-20))
		const due = `SELECT COUNT(*) FROM service_event WHERE service = 'sc' AND kind = 'payout_due'`
		before := r.count(due)
		r.must(r.matters.Review(r.Context(), officer, n, r.matter(n).PlanEnd.AddMonths(24)))
		r.pass(r.matter(n).PlanEnd.AddDays(-1))
		if got := r.count(due) - before; got != 2 {
			r.Errorf("%d payouts fell due in two more years", got)
		}
	})
}
