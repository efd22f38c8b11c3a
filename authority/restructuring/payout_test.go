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

// yearlyFee is the debtor's (SKSF §12).
const yearlyFee money.Amount = 500_00

func TestPayouts(t *testing.T) {
	each(t, func(r *room) {
		ctx, n := r.Context(), r.planned(90, 100, 100, 100)
		pay := func(received, interest money.Amount) error {
			return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: received, Interest: interest})
		}
		r.refused(pay(10, 11), "bad_amount")
		r.refused(pay(10, -1), "bad_amount")
		r.must(pay(yearlyFee+100, 10))
		r.refused(pay(100, 0), "paid_this_year")
		r.pass(day("2027-05-10"))
		r.must(pay(yearlyFee+1000, 100)) // more than is owed
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

// The notices of the last payout are kept as long as the matter that it
// completes.
func TestLettersOfCompletedMatter(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(90, 100, 100)
		r.pass(r.matter(n).PlanEnd.AddDays(1))
		r.must(r.matters.PayOut(r.Context(), officer, n, restructuring.Collected{Received: yearlyFee + 20}))
		if m := r.matter(n); m.State != restructuring.Completed {
			r.Fatalf("the matter is %s", m.State)
		}
		if left := r.count(`SELECT COUNT(*) FROM notice_letter WHERE case_number = $1 AND purge_after IS NULL`, n); left != 0 {
			r.Errorf("%d letters are kept for ever", left)
		}
	})
}

// heldAtTheEnd is a matter whose last payout holds the first creditor's part.
func (r *room) heldAtTheEnd() (matter, report string) {
	r.Helper()
	matter = r.planned(90, 100, 100)
	report = r.reports(matter)[0].Number
	r.must(r.matters.PayOut(r.Context(), officer, matter, restructuring.Collected{Received: yearlyFee + 20}))
	r.must(r.matters.AccountFailed(r.Context(), officer, report))
	r.pass(r.matter(matter).PlanEnd.AddDays(1))
	r.must(r.matters.PayOut(r.Context(), officer, matter, restructuring.Collected{Received: yearlyFee + 30}))
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
				r.unnamed = 0
				gone, err := r.matters.Purge(r.Context(), purge.day)
				if err != nil || gone != purge.gone || (r.unnamed > 0) != (gone > 0) {
					r.Errorf("%s on %s: %d gone, told %d times, %v", n, purge.day, gone, r.unnamed, err)
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

// The fee of the year goes before the creditors, what a year lacks of it is
// taken in the next, and each notice tells what was taken and what is left.
func TestYearlyFee(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(90_000, 100_000)
		for i, received := range []money.Amount{0, 70_000, 100_000} {
			r.pass(begun.AddDays(300 + 365*i))
			r.must(r.matters.PayOut(r.Context(), officer, n, restructuring.Collected{Received: received, Interest: received / 2}))
		}
		var got [][4]money.Amount
		for _, p := range r.payouts(n) {
			interest := money.Amount(0)
			for _, l := range p.Lines {
				interest += l.Interest
			}
			got = append(got, [4]money.Amount{p.Fee, p.PaidOut(), interest, p.Rest})
		}
		want := [][4]money.Amount{{0, 0, 0, 0}, {70_000, 0, 0, 0}, {80_000, 20_000, 20_000, 0}}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("fee, paid out, of it interest, rest (-want +got):\n%s", diff)
		}
		var told [][2]money.Amount
		r.read(func(rd store.Reader) error {
			items, _, err := r.letters.List(rd, notice.Filter{Case: n})
			for _, i := range items {
				if i.Message == notice.PayoutNotice {
					told = append(told, [2]money.Amount{i.Facts["fee"].Amount, i.Facts["total"].Amount})
				}
			}
			return err
		})
		if diff := cmp.Diff([][2]money.Amount{{0, 0}, {70_000, 0}, {80_000, 20_000}}, told); diff != "" {
			r.Errorf("fee and total in the notices (-want +got):\n%s", diff)
		}
	})
}

// What is held when a restructuring lapses is still the creditor's, until
// three months after the day on which the plan would have ended, and no longer.
func TestHeldMoneyAfterLapse(t *testing.T) {
	each(t, func(r *room) {
		for _, tt := range []struct {
			late       int // days past the time in which an account can be given
			paid, lost money.Amount
		}{{0, 20, 0}, {1, 10, 10}} {
			r.clock.Set(begun.At(19, 0))
			n := r.planned(90, 100, 100)
			report := r.reports(n)[0].Number
			r.must(r.matters.PayOut(r.Context(), officer, n, restructuring.Collected{Received: yearlyFee + 20}))
			r.must(r.matters.AccountFailed(r.Context(), officer, report))
			r.must(r.matters.Lapse(r.Context(), officer, n, restructuring.CauseDeath))
			r.pass(r.matter(n).PlanEnd.AddMonths(3).AddDays(tt.late))
			if held, lost := r.inState(n, restructuring.Held), r.inState(n, restructuring.Lost); held+lost != 10 || lost != tt.lost {
				r.Errorf("%d days late: %s held, %s lost", tt.late, held, lost)
			}
			err := r.matters.SetAccount(r.Context(), officer, report, filing.Payee{Kind: filing.PayToPlusgiro, Account: "42"})
			if tt.late > 0 {
				r.refused(err, "wrong_state")
			} else {
				r.must(err)
			}
			if m := r.matter(n); m.State != restructuring.Lapsed || r.inState(n, restructuring.Paid) != tt.paid {
				r.Errorf("%d days late: %s, %s paid", tt.late, m.State, r.inState(n, restructuring.Paid))
			}
			if left := r.count(`SELECT COUNT(*) FROM service_deadline`); left != 0 {
				r.Errorf("%d days late: %d deadlines are left", tt.late, left)
			}
		}
	})
}

// The last payout may bounce after it has completed the matter: then it is
// held, for three months from the payout.
func TestLastPayoutBounces(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(90, 100, 100)
		report := r.reports(n)[0].Number
		r.pass(r.matter(n).PlanEnd.AddDays(1))
		r.must(r.matters.PayOut(r.Context(), officer, n, restructuring.Collected{Received: yearlyFee + 20}))
		last := r.today().AddMonths(3)
		r.must(r.matters.AccountFailed(r.Context(), officer, report))
		if m := r.matter(n); m.State != restructuring.Completed || r.inState(n, restructuring.Held) != 10 {
			r.Errorf("%s, %s held", m.State, r.inState(n, restructuring.Held))
		}
		r.pass(last)
		r.must(r.matters.SetAccount(r.Context(), officer, report, filing.Payee{Kind: filing.PayToPlusgiro, Account: "42"}))
		r.pass(last.AddDays(1))
		r.refused(r.matters.AccountFailed(r.Context(), officer, report), "wrong_state")
		if r.inState(n, restructuring.Paid) != 20 {
			r.Errorf("%s paid", r.inState(n, restructuring.Paid))
		}
	})
}
