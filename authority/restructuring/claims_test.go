package restructuring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// claimPlays are what brings about each event of a claim, in a matter that is
// in a state fit for it, with one claim in each state it can be in.
func (r *room) claimPlays() map[string]func(number, claim string) error {
	ctx := r.Context()
	return map[string]func(string, string) error{
		"dispute":        func(_, c string) error { return r.matters.Dispute(ctx, officer, c, 1) },
		"examine":        func(_, c string) error { return r.matters.Examine(ctx, officer, c, 1) },
		"leave_out":      func(_, c string) error { return r.matters.LeaveOut(ctx, officer, c, 0, restructuring.Unfounded) },
		"take_in":        func(_, c string) error { return r.matters.TakeIn(ctx, officer, c, 1) },
		"withdraw_claim": func(_, c string) error { return r.matters.WithdrawClaim(ctx, officer, c, 0) },
		"propose": func(n, _ string) error {
			return r.matters.Propose(ctx, officer, n, restructuring.Terms{Distributed: 10})
		},
		"withdraw_proposal": func(n, _ string) error { return r.matters.WithdrawProposal(ctx, officer, n) },
		"grant":             func(n, _ string) error { r.pass(r.today().AddDays(40)); return r.matters.Grant(ctx, officer, n, 0) },
		"close":             func(n, _ string) error { return r.matters.Close(ctx, officer, n, restructuring.CauseRejected) },
		"lapse":             func(n, _ string) error { return r.matters.Lapse(ctx, officer, n, restructuring.CauseBankruptcy) },
		"complete": func(n, _ string) error {
			r.pass(r.matter(n).PlanEnd.AddDays(1))
			return r.matters.PayOut(ctx, officer, n, restructuring.Collected{Received: 500})
		},
	}
}

// claimIn makes a matter in which a claim is in the state, ready for the event.
func (r *room) claimIn(state filing.ClaimStatus, event string) (matter, claimNumber string) {
	r.Helper()
	ctx := r.Context()
	stage := restructuring.Preparing
	switch {
	case state == filing.ClaimProposed:
		stage = restructuring.Proposed
	case state == filing.ClaimPlanned, event == "lapse", event == "complete":
		stage = restructuring.Plan
	}
	matter = r.reach(stage)
	all := r.reports(matter)
	if state == filing.ClaimRegistered && stage == restructuring.Plan {
		r.report(claim(r.matter(matter), 2, 7_000)) // after the proposal
		all = r.reports(matter)
	}
	claimNumber = all[len(all)-1].Number
	if state == filing.ClaimLeftOut {
		r.must(r.matters.LeaveOut(ctx, officer, claimNumber, 1, restructuring.Secured))
	}
	return matter, claimNumber
}

// TestClaimEdges plays every edge of a claim's table.
func TestClaimEdges(t *testing.T) {
	each(t, func(r *room) {
		plays := r.claimPlays()
		for _, e := range restructuring.ClaimStates().Edges {
			if e.From == "" {
				continue // TestLateReport, TestStoppedReports
			}
			play, known := plays[e.Event]
			if !known {
				r.Errorf("the edge %s by %s is not played", e.From, e.Event)
				continue
			}
			matter, number := r.claimIn(filing.ClaimStatus(e.From), e.Event)
			r.must(play(matter, number))
			if got := r.reportOf(number).Claims[0]; string(got.State) != e.To || got.Since != r.today() && e.From != e.To {
				r.Errorf("from %s by %s: %s since %s, want %s", e.From, e.Event, got.State, got.Since, e.To)
			}
		}
	})
}

func (r *room) reportOf(number string) (report restructuring.Report) {
	r.Helper()
	r.read(func(rd store.Reader) (err error) {
		report, _, err = r.matters.Report(rd, number)
		return err
	})
	return report
}

func TestClaimActsInOtherStatesAreRefused(t *testing.T) {
	each(t, func(r *room) {
		plays := r.claimPlays()
		_, out := r.claimIn(filing.ClaimLeftOut, "")
		for _, act := range []string{"dispute", "examine", "leave_out"} {
			r.refused(plays[act]("", out), "wrong_state")
		}
		_, planned := r.claimIn(filing.ClaimPlanned, "")
		for _, act := range []string{"dispute", "examine", "leave_out", "take_in", "withdraw_claim"} {
			r.refused(plays[act]("", planned), "wrong_state")
		}
		proposal, proposed := r.claimIn(filing.ClaimProposed, "")
		r.refused(plays["withdraw_claim"]("", proposed), "wrong_state")
		r.must(plays["withdraw_proposal"](proposal, ""))
		r.must(plays["withdraw_claim"]("", proposed))
		for _, act := range []string{"dispute", "examine", "leave_out", "take_in", "withdraw_claim"} {
			r.refused(plays[act]("", proposed), "wrong_state")
		}
		r.refused(plays["propose"](proposal, ""), "no_claims")
		r.refused(r.matters.Examine(r.Context(), officer, planned, 2), "unknown_position")
		r.refused(r.matters.Examine(r.Context(), officer, "CLM-2026-999999", 1), "unknown_claim")
		r.refused(r.matters.LeaveOut(r.Context(), officer, planned, 1, "boring"), "unknown_reason")
		r.refused(r.matters.Examine(r.Context(), service.Officer{Name: "H1"}, planned, 1), "no_reason")
	})
}

// A report on the last day of the period is in time, on the day after it is
// late; both are registered.
func TestLateReport(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		for i, tt := range []struct {
			on   string
			late bool
			kind string
		}{{"2026-04-02", false, "report"}, {"2026-04-03", true, "report_late"}} {
			r.clock.Set(evening(tt.on))
			r.report(claim(m, i+1, 100))
			report := r.reports(m.Number)[i]
			if report.Late != tt.late || report.Status() != filing.ClaimRegistered || report.Registered != day(tt.on) {
				r.Errorf("reported %s: late %t, %s", tt.on, report.Late, report.Status())
			}
			if !r.happened(report.ID, service.Edge{Event: tt.kind, To: string(filing.ClaimRegistered)}) {
				r.Errorf("reported %s: no event %s", tt.on, tt.kind)
			}
		}
	})
}

// What counts is when the file arrived, not when it is read in.
func TestReportReadInAfterThePeriodIsInTime(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		r.clock.Set(m.LastDay.At(23, 59))
		f, docs := r.file(claim(m, 1, 100))
		r.pass(m.LastDay.AddDays(1))
		r.must(r.apply(f, docs))
		if got := r.reports(m.Number)[0]; got.Late || r.matter(m.Number).State != restructuring.Preparing {
			r.Errorf("late %t in %s", got.Late, r.matter(m.Number).State)
		}
	})
}

// A matter that ended between approval and read-in takes the report all the
// same; it stands as the others.
func TestReportInAMatterThatEnded(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		f, docs := r.file(claim(m, 1, 100))
		r.must(r.matters.Close(r.Context(), officer, m.Number, restructuring.CauseWithdrawn))
		r.must(r.apply(f, docs))
		if got := r.reports(m.Number)[0].Status(); got != filing.ClaimEnded {
			r.Errorf("the report is %s", got)
		}
	})
}

func TestCopiesAreFlagged(t *testing.T) {
	each(t, func(r *room) {
		m, other := r.open(r.opening()), r.open(r.opening())
		first := claim(m, 1, 100)
		r.report(first)
		again, elsewhere, more := claim(m, 1, 100), claim(other, 1, 100), claim(m, 1, 101)
		again.Reference, elsewhere.Reference, more.Reference = "R-2", "R-3", "R-4"
		third := claim(m, 1, 100)
		third.Reference = "R-5"
		third.Claims = append(third.Claims, filing.ReportedClaim{Amount: 5})
		r.report(again, elsewhere, more, third)
		var got []string
		for _, report := range append(r.reports(m.Number), r.reports(other.Number)...) {
			for _, c := range report.Claims {
				got = append(got, report.Reference+" "+c.CopyOf)
			}
		}
		number := r.reports(m.Number)[0].Number
		want := []string{"R-1 ", "R-2 " + number, "R-4 ", "R-5 " + number, "R-5 ", "R-3 "}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("copies (-want +got):\n%s", diff)
		}
	})
}

// Documents of a file get ids and numbers in file order without gaps, however
// the file is cut into chunks; work that runs twice gives the same rows.
func TestNumbersFollowTheFile(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		f, docs := r.file(claim(m, 1, 1), claim(m, 2, 2), claim(m, 3, 3))
		r.must(r.apply(f, docs[:2]))
		work, err := r.matters.Apply(r.Context(), f, docs[2:])
		r.must(err)
		failed := r.db.Do(r.Context(), func(tx store.Tx) error {
			r.must(work(tx))
			return store.ErrNoRows
		})
		if failed == nil {
			r.Error("the work was kept")
		}
		r.must(r.db.Do(r.Context(), work))
		var got []string
		for _, report := range r.reports(m.Number) {
			got = append(got, report.Number+" "+report.Reference)
		}
		want := []string{"CLM-2026-000001 R-1", "CLM-2026-000002 R-2", "CLM-2026-000003 R-3"}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Error(diff)
		}
	})
}
