package restructuring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// standing is how the claims of the matter stand, by own reference.
func (r *room) standing(matter string) (all []string) {
	r.Helper()
	for _, report := range r.reports(matter) {
		for _, c := range report.Claims {
			all = append(all, report.Reference+" "+string(c.State)+" "+c.CopyOf)
		}
	}
	return all
}

func (r *room) wantStanding(what, matter string, want ...string) {
	r.Helper()
	if diff := cmp.Diff(want, r.standing(matter)); diff != "" {
		r.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Reports that their filer has taken back before the evening come in withdrawn:
// with number and story, but in no one's way.
func TestStoppedReports(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.Context()
		m := r.open(r.opening())
		f, docs := r.file(claim(m, 1, 100), claim(m, 2, 200), claim(m, 3, 300))
		r.refused(r.matters.Stop(ctx, service.Officer{Name: "H1"}, f.ID), "no_reason")
		r.must(r.matters.Stop(ctx, officer, f.ID, "R-1", "R-3"))
		r.must(r.apply(f, docs))
		r.wantStanding("two lines", m.Number, "R-1 withdrawn ", "R-2 registered ", "R-3 withdrawn ")
		for _, e := range restructuring.ClaimStates().Edges {
			if e.Event == "report_stopped" && !r.happened(r.reports(m.Number)[0].ID, e) {
				r.Errorf("no event: %+v", e)
			}
		}
		r.refused(r.matters.Stop(ctx, officer, f.ID), "read_in")
		r.refused(r.matters.Stop(ctx, officer, f.ID, "R-2"), "read_in")

		g, all := r.file(claim(m, 1, 100), claim(m, 1, 100))
		all[1].Content.(*filing.ClaimReport).Reference = "R-4"
		r.must(r.matters.Stop(ctx, officer, g.ID))
		r.must(r.apply(g, all[:1]))
		r.must(r.apply(g, all[1:])) // in chunks, all of the file
		again := claim(m, 1, 100)
		again.Reference = "R-5"
		r.report(again)
		r.wantStanding("a whole file", m.Number, "R-1 withdrawn ", "R-2 registered ", "R-3 withdrawn ", "R-1 withdrawn ", "R-4 withdrawn ", "R-5 registered ")

		r.pass(m.LastDay.AddDays(1))
		r.must(r.matters.Propose(ctx, officer, m.Number, restructuring.Terms{Distributed: 150}))
		r.read(func(rd store.Reader) error {
			p, _, err := r.matters.Proposal(rd, r.matter(m.Number))
			if p.Claims != 300 || len(p.Lines) != 2 {
				r.Errorf("the proposal counts %+v", p)
			}
			return err
		})
	})
}

// A report that was registered by mistake is withdrawn, whole or by claim, in
// whatever states its claims are.
func TestWithdrawnReports(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.Context()
		m := r.open(r.opening())
		several := claim(m, 1, 100)
		several.Claims = append(several.Claims, filing.ReportedClaim{Amount: 200}, filing.ReportedClaim{Amount: 300})
		several.Total = 600
		r.report(several)
		number := r.reports(m.Number)[0].Number
		r.must(r.matters.WithdrawClaim(ctx, officer, number, 2))
		r.wantStanding("one claim", m.Number, "R-1 registered ", "R-1 withdrawn ", "R-1 registered ")
		r.refused(r.matters.WithdrawClaim(ctx, officer, number, 2), "wrong_state")
		r.must(r.matters.LeaveOut(ctx, officer, number, 3, restructuring.Unfounded))
		r.must(r.matters.WithdrawClaim(ctx, officer, number, 0))
		r.wantStanding("all that is left", m.Number, "R-1 withdrawn ", "R-1 withdrawn ", "R-1 withdrawn ")
		if status := r.reports(m.Number)[0].Status(); status != filing.ClaimWithdrawn {
			r.Errorf("the report is %s", status)
		}
	})
}
