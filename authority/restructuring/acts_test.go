package restructuring_test

import (
	"testing"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// Every act of the table does what its method does.
func TestActs(t *testing.T) {
	each(t, func(r *room) {
		for _, tt := range []struct {
			act    string
			from   restructuring.State
			claim  bool
			values map[string]string
			to     restructuring.State
		}{
			{"call", restructuring.ClaimPeriod, false, map[string]string{"name": "B", "postal_code": "11122", "town": "Ort"}, restructuring.ClaimPeriod},
			{"extend", restructuring.ClaimPeriod, false, nil, restructuring.ClaimPeriod},
			{"propose", restructuring.Preparing, false, map[string]string{"distributed": "400,00", "comment_by": "2026-06-30"}, restructuring.Proposed},
			{"withdraw_proposal", restructuring.Proposed, false, nil, restructuring.Preparing},
			{"comment", restructuring.Proposed, true, map[string]string{"text": "tack"}, restructuring.Proposed},
			{"grant", restructuring.Ready, false, map[string]string{"until": "2030-01-01"}, restructuring.Plan},
			{"review", restructuring.Plan, false, map[string]string{"until": "2030-01-01"}, restructuring.Plan},
			{"pay_out", restructuring.Plan, false, map[string]string{"received": "100", "interest": "1"}, restructuring.Plan},
			{"late_payment", restructuring.Plan, false, map[string]string{"due_day": "2026-01-01", "due": "1000"}, restructuring.Plan},
			{"close", restructuring.Ready, false, map[string]string{"cause": "death"}, restructuring.Closed},
			{"lapse", restructuring.Plan, false, map[string]string{"cause": "bankruptcy"}, restructuring.Lapsed},
			{"examine", restructuring.Preparing, true, nil, restructuring.Preparing},
			{"dispute", restructuring.Preparing, true, map[string]string{"position": "1"}, restructuring.Preparing},
			{"leave_out", restructuring.Preparing, true, map[string]string{"why": "unfounded"}, restructuring.Preparing},
			{"account", restructuring.Plan, true, map[string]string{"kind": "plusgiro", "account": "4-2"}, restructuring.Plan},
			{"account_failed", restructuring.Plan, true, nil, restructuring.Plan},
		} {
			number := r.reach(tt.from)
			subject := number
			if tt.claim {
				subject = r.reports(number)[0].Number
			}
			r.must(r.act(tt.act, subject, tt.values))
			if m := r.matter(number); m.State != tt.to {
				r.Errorf("%s from %s: %s", tt.act, tt.from, m.State)
			}
		}
		for _, a := range r.matters.Acts() {
			if a.Swedish == "" || a.English == "" || a.Basis == "" {
				r.Errorf("the act %s lacks words or basis", a.Name)
			}
		}
		_, out := r.claimIn(filing.ClaimLeftOut, "")
		r.must(r.act("take_in", out, nil))
		r.must(r.act("open", "SKS-X", map[string]string{
			"debtor": "19811218-9876", "name": "Gäldenär", "decided": "2026-03-01", "announced": "2026-03-02", "business": "yes",
		}))
		if !r.matter("SKS-X").Business {
			r.Error("not registered as a business's")
		}
		r.refused(r.act("propose", "SKS-X", map[string]string{"distributed": "mycket"}), "bad_parameter")
	})
}

func (r *room) act(name, number string, given map[string]string) error {
	r.Helper()
	for _, a := range r.matters.Acts() {
		if a.Name != name {
			continue
		}
		v, err := service.NewValues(a, given, r.today())
		if err != nil {
			return err
		}
		_, err = a.Run(r.Context(), officer, number, v)
		return err
	}
	r.Fatalf("there is no act %s", name)
	return nil
}
