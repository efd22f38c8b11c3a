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

func TestPayouts(t *testing.T) {
	each(t, func(r *room) {
		ctx, n := r.Context(), r.planned(90, 100, 100, 100)
		pay := func(received, interest money.Amount) error {
			return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: received, Interest: interest})
		}
		r.refused(pay(10, 11), "bad_amount")
		r.refused(pay(10, -1), "bad_amount")
		r.must(pay(100, 10))
		r.refused(pay(100, 0), "paid_this_year")
		r.pass(day("2027-05-10"))
		r.must(pay(1000, 100)) // more than is owed
		var got [][]money.Amount
		for _, p := range r.payouts(n) {
			row := []money.Amount{p.Rest}
			for _, l := range p.Lines {
				row = append(row, l.Amount, l.Interest)
			}
			got = append(got, row)
		}
		want := [][]money.Amount{{0, 34, 4, 33, 3, 33, 3}, {800, 66, 6, 67, 7, 67, 7}}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("(-want +got):\n%s", diff)
		}
		if sent := r.sent(notice.PayoutNotice, n); sent != 6 {
			r.Errorf("%d notices", sent)
		}
	})
}

// heldAtTheEnd is a matter whose last payout holds the first creditor's part.
func (r *room) heldAtTheEnd() (matter, report string) {
	r.Helper()
	matter = r.planned(90, 100, 100)
	report = r.reports(matter)[0].Number
	r.must(r.matters.PayOut(r.Context(), officer, matter, restructuring.Collected{Received: 20}))
	r.must(r.matters.AccountFailed(r.Context(), officer, report))
	r.pass(r.matter(matter).PlanEnd.AddDays(1))
	r.must(r.matters.PayOut(r.Context(), officer, matter, restructuring.Collected{Received: 30}))
	return matter, report
}

func (r *room) inState(matter string, s restructuring.LineState) (sum money.Amount) {
	for _, p := range r.payouts(matter) {
		for _, l := range p.Lines {
			if l.State == s {
				sum += l.Amount
			}
		}
	}
	return sum
}

// Without a usable account the right to the money is lost three months after
// the last payout, not before.
func TestMoneyIsLostAfterThreeMonths(t *testing.T) {
	each(t, func(r *room) {
		n, _ := r.heldAtTheEnd()
		last := r.today() // 28 February 2031
		r.pass(last.AddMonths(3))
		if m := r.matter(n); m.State != restructuring.AwaitingAccounts || r.inState(n, restructuring.Held) != 25 {
			r.Errorf("on %s: %s, %s held", r.today(), m.State, r.inState(n, restructuring.Held))
		}
		r.pass(last.AddMonths(3).AddDays(1))
		m := r.matter(n)
		if m.State != restructuring.Completed || r.inState(n, restructuring.Lost) != 25 || r.inState(n, restructuring.Paid) != 25 {
			r.Errorf("on %s: %s, %s lost, %s paid", r.today(), m.State, r.inState(n, restructuring.Lost), r.inState(n, restructuring.Paid))
		}
		r.refused(r.matters.SetAccount(r.Context(), officer, r.reports(n)[0].Number, filing.Payee{Kind: filing.PayToPlusgiro, Account: "42"}), "wrong_state")
	})
}

// An account in time gets everything that was held.
func TestAccountInTime(t *testing.T) {
	each(t, func(r *room) {
		n, report := r.heldAtTheEnd()
		for _, bad := range []filing.Payee{{}, {Kind: filing.PayToBankgiro, Account: "9912345"}, {Kind: filing.PayToAccount}, {Kind: "swish", Account: "1"}} {
			r.refused(r.matters.SetAccount(r.Context(), officer, report, bad), "bad_account")
		}
		r.must(r.matters.SetAccount(r.Context(), officer, report, filing.Payee{Kind: filing.PayToAccount, Account: "8000 123"}))
		if m := r.matter(n); m.State != restructuring.Completed || r.inState(n, restructuring.Paid) != 50 {
			r.Errorf("%s, %s paid", m.State, r.inState(n, restructuring.Paid))
		}
		for _, report := range r.reports(n) {
			if report.Status() != filing.ClaimDischarged {
				r.Errorf("%s is %s", report.Number, report.Status())
			}
		}
		if left := r.count(`SELECT COUNT(*) FROM service_deadline`); left != 0 {
			r.Errorf("%d deadlines are left", left)
		}
	})
}

// A creditor without account is warned in each payout notice.
func TestWarningOfLostMoney(t *testing.T) {
	each(t, func(r *room) {
		n, _ := r.heldAtTheEnd()
		var warned []string
		r.read(func(rd store.Reader) error {
			items, _, err := r.letters.List(rd, notice.Filter{Case: n})
			for _, i := range items {
				if f, ok := i.Facts["forfeited"]; ok && i.Message == notice.PayoutNotice {
					warned = append(warned, i.Reference+" "+f.Day.String())
				}
			}
			return err
		})
		if diff := cmp.Diff([]string{"R-1 2031-05-28"}, warned); diff != "" {
			r.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// A matter is kept for its time after the year in which it ended, and then
// nothing of it is left (KFD 2:18).
func TestPurge(t *testing.T) {
	each(t, func(r *room) {
		for _, tt := range []struct {
			make     func() string
			kept     string
			business bool
		}{
			{make: func() string {
				n := r.reach(restructuring.Proposed)
				r.must(r.matters.Close(r.Context(), officer, n, restructuring.CauseRejected))
				return n
			}, kept: "2031-12-31"},
			{make: func() string {
				n := r.planned(40, 100)
				r.must(r.matters.Lapse(r.Context(), officer, n, restructuring.CauseDeath))
				return n
			}, kept: "2033-12-31"},
		} {
			n := tt.make()
			id := r.matter(n).ID
			for _, purge := range []struct {
				day  calendar.Day
				gone int64
			}{{day(tt.kept), 0}, {day(tt.kept).AddDays(1), 1}} {
				if gone, err := r.matters.Purge(r.Context(), purge.day); err != nil || gone != purge.gone {
					r.Errorf("%s on %s: %d gone, %v", n, purge.day, gone, err)
				}
			}
			left := r.count(`SELECT (SELECT COUNT(*) FROM restructuring_report) + (SELECT COUNT(*) FROM restructuring_share) +
				(SELECT COUNT(*) FROM restructuring_file) + (SELECT COUNT(*) FROM service_event WHERE case_id = $1)`, id)
			if left != 0 {
				r.Errorf("%s: %d rows are left", n, left)
			}
		}
	})
}
