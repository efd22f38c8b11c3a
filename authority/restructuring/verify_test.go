package restructuring_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

func TestVerify(t *testing.T) {
	each(t, func(r *room) {
		m, ended := r.open(r.opening()), r.open(r.opening())
		r.must(r.matters.Close(r.Context(), officer, ended.Number, restructuring.CauseRejected))
		edit := func(fn func(c *filing.ClaimReport)) *filing.ClaimReport {
			c := claim(m, 1, 100)
			fn(c)
			return c
		}
		_, docs := r.file(
			claim(m, 1, 100),
			edit(func(c *filing.ClaimReport) { c.MatterNumber = "SKS-1999-000001" }),
			edit(func(c *filing.ClaimReport) { c.Debtor.Identity = person(700) }),
			edit(func(c *filing.ClaimReport) { c.MatterNumber = "" }),
			edit(func(c *filing.ClaimReport) { c.MatterNumber, c.Debtor.Identity = "", person(700) }),
			claim(ended, 1, 100),
		)
		r.pass(m.LastDay.AddDays(10)) // a late report is no fault
		var got map[int]filing.Code
		r.read(func(rd store.Reader) error {
			judgement, err := r.matters.Verify(rd, service.File{Arrived: r.clock.Now()}, docs)
			if w := judgement.Warnings; len(w) != 2 || w[0].Code != "W421" || w[0].Document != 1 || w[1].Document != 4 {
				r.Errorf("warnings: %+v", w)
			}
			if j, err := r.matters.Verify(rd, service.File{Arrived: m.LastDay.At(23, 59)}, docs); err != nil || len(j.Warnings) > 0 {
				r.Errorf("on the last day: %+v, %v", j.Warnings, err)
			}
			got = map[int]filing.Code{}
			for _, e := range judgement.Errors {
				got[e.Document] = e.Code
				if e.Field != "" {
					r.Errorf("%s names the field %q, which no file has", e.Code, e.Field)
				}
			}
			return err
		})
		if diff := cmp.Diff(map[int]filing.Code{2: "D421", 3: "D422", 5: "D422", 6: "D423"}, got); diff != "" {
			r.Errorf("faults (-want +got):\n%s", diff)
		}
		r.read(func(rd store.Reader) error {
			if _, err := r.matters.Verify(rd, service.File{}, []service.Document{{Number: 1, Content: &filing.Application{}}}); err == nil {
				r.Error("an application is taken as a claim report")
			}
			return nil
		})
	})
}

// A claim with the number of a case that the filer has not, be it another's or
// nobody's, is warned of once in its report.
func TestClaimOfUnknownCaseIsWarnedOf(t *testing.T) {
	each(t, func(r *room) {
		r.cases = map[int64][]string{1: {"U-2026-0000001"}, 2: {"U-2026-0000002"}}
		m := r.open(r.opening())
		in := func(numbers ...string) *filing.ClaimReport {
			c := claim(m, 1, 100)
			first := c.Claims[0]
			c.Claims = nil
			for _, number := range numbers {
				first.CaseNumber = number
				c.Claims = append(c.Claims, first)
			}
			return c
		}
		f, docs := r.file(in(""), in("U-2026-0000001", ""), in("U-2026-0000002", "U-2026-0000002"), in("U-2026-0000009", "U-2026-0000001"))
		r.read(func(rd store.Reader) error {
			j, err := r.matters.Verify(rd, f, docs)
			var warned []string
			for _, w := range j.Warnings {
				warned = append(warned, fmt.Sprint(w.Document, " ", w.Code, " ", w.Value))
			}
			if diff := cmp.Diff([]string{"3 W422 U-2026-0000002", "4 W422 U-2026-0000009"}, warned); diff != "" || len(j.Errors) > 0 {
				r.Errorf("errors %+v, warnings %s", j.Errors, diff)
			}
			return err
		})
	})
}

// Only its own code is told of a report.
func TestStatusOf(t *testing.T) {
	each(t, func(r *room) {
		number := r.reach(restructuring.Plan)
		report := r.reports(number)[0]
		r.read(func(rd store.Reader) error {
			for _, tt := range []struct {
				code   int64
				number string
				found  bool
			}{{1, report.Number, true}, {2, report.Number, false}, {1, "CLM-1999-000001", false}} {
				if _, found, err := r.matters.StatusOf(rd, tt.code, tt.number); err != nil || found != tt.found {
					r.Errorf("%d asks for %s: %t, %v", tt.code, tt.number, found, err)
				}
			}
			got, err := r.matters.StatusesOf(rd, 1, report.Reference)
			want := []restructuring.Status{{
				ConfirmedClaim: filing.ConfirmedClaim{
					Reference: "R-1", ClaimNumber: report.Number, MatterNumber: number, Registered: begun,
					Status: filing.ClaimPlanned, Sum: 100_000,
				},
				Matter: restructuring.Plan,
				Claims: []restructuring.ClaimStanding{{Position: 1, Status: filing.ClaimPlanned, Since: r.today(), Share: 40_000}},
			}}
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				r.Errorf("%v (-want +got):\n%s", err, diff)
			}
			return nil
		})
	})
}

func TestCaseStatuses(t *testing.T) {
	each(t, func(r *room) {
		n := r.planned(40_00, 60_00, 40_00)
		r.must(r.matters.PayOut(r.Context(), officer, n, restructuring.Collected{Received: yearlyFee + 10_00}))
		status := func(reference, number string, claimed, share, paid money.Amount) filing.CaseStatus {
			return filing.CaseStatus{
				Service: filing.Restructuring, Reference: reference, CaseNumber: number, State: "in_plan", Since: r.today(), Registered: begun,
				Respondent: filing.Person{Identity: r.matter(n).Debtor.Identity, Name: "Gäldenären"},
				Claimed:    claimed, Received: paid, PaidOut: paid, Remaining: share - paid,
			}
		}
		want := []filing.CaseStatus{
			status("R-1", "CLM-2026-000001", 60_00, 24_00, 6_00), status("R-2", "CLM-2026-000002", 40_00, 16_00, 4_00),
		}
		r.read(func(rd store.Reader) error {
			var got []filing.CaseStatus
			for after := int64(0); ; {
				some, next, err := r.matters.CaseStatuses(rd, service.CasesOf{CodeID: 1, After: after, Limit: 1})
				if err != nil {
					return err
				}
				got = append(got, some...)
				if after = next; next == 0 {
					break
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				r.Errorf("(-want +got):\n%s", diff)
			}
			for reference, want := range map[string][]filing.CaseStatus{"R-2": want[1:], "R-3": nil} {
				got, _, err := r.matters.CaseStatuses(rd, service.CasesOf{CodeID: 1, Reference: reference, Limit: 10})
				if diff := cmp.Diff(want, got); diff != "" || err != nil {
					r.Errorf("own reference %s: %v\n%s", reference, err, diff)
				}
			}
			if other, _, err := r.matters.CaseStatuses(rd, service.CasesOf{CodeID: 2, Limit: 10}); err != nil || len(other) != 0 {
				r.Errorf("another code is told of %v, %v", other, err)
			}
			return nil
		})
	})
}
