package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/filing"
)

// creditLaw are rules of what a credit extract may tell, each with a person of
// its own, by position, of whom it decides.
var creditLaw = []struct {
	rule           string
	cases          []row
	restructurings []cell
	want           string // numbers told
}{
	{rule: "KUL §7 a: went on after notice and time", cases: []row{{}}, want: "A0"},
	{rule: "KUL §7 a: notice was unnecessary", cases: []row{{"notice": "unnecessary", "notice_day": ""}}, want: "A0"},
	{rule: "KUL §7 a: no notice", cases: []row{{"notice": "", "notice_day": ""}}},
	{rule: "KUL §7 a: the time after notice runs", cases: []row{{"notice_day": "2026-02-17"}}},
	{rule: "KUL §7 a: ended within that time", cases: []row{{"ended": "2026-01-26"}, {"registered": "2026-01-30", "notice": "", "notice_day": ""}}},
	{rule: "OSL 34:1: closed, and another obligation sought", cases: []row{{"ended": "2026-01-27"},
		{"registered": "2026-01-30", "notice": "", "notice_day": ""}}, want: "A0"},
	{rule: "OSL 34:1: closed, and nothing else sought", cases: []row{{"ended": "2026-01-27"}}},
	{rule: "KUL §8: three years", cases: []row{{"registered": "2023-03-02"}}},
	{rule: "KUL §8: restructuring, five years", restructurings: []cell{{"business": false, "opened": "2021-03-03", "plan_end": "2026-03-01"}}, want: "S0"},
	{rule: "KUL §8: restructuring, weeded", restructurings: []cell{{"business": false, "opened": "2021-03-02", "plan_end": "2026-03-01"}}},
	{rule: "KUL §8: a plan that ends later", restructurings: []cell{{"opened": "2021-03-02", "plan_end": "2027-03-01"}}, want: "S0"},
	{rule: "KUL §8: a plan that would have ended later, but lapsed", restructurings: []cell{
		{"opened": "2021-03-02", "plan_end": "2027-03-01", "stage": "ended", "date": "2024-03-01"}}},
}

// Each rule holds, of its person and of no other.
func TestLawOfCreditExtracts(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		var cases []row
		var matters []cell
		for person, l := range creditLaw {
			for i, c := range l.cases {
				cases = append(cases, whole(fmt.Sprintf("A%d/%d", i, person), person, c))
			}
			for i, c := range l.restructurings {
				matters = append(matters, restructuring(fmt.Sprintf("S%d/%d", i, person), person, c))
			}
		}
		b.load(extract.PublicCases, cases...)
		b.private("restructuring_persons", matters...)
		told := map[string]string{}
		for _, line := range linesOf[*filing.CreditLine](b, filing.CEExtract) {
			number, _, _ := strings.Cut(line.ID, "/")
			told[line.Identity.Full()] += number
		}
		for person, l := range creditLaw {
			if got := told[extracttest.Person(person).Full()]; got != l.want {
				b.Errorf("%s: told %q, want %q", l.rule, got, l.want)
			}
		}
	})
}

// The name of a person with protected data is told to nobody, whichever
// register knows of the protection, while it holds.
func TestNamesOfProtectedPersons(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		guarded := func(person int, more cell) cell {
			return with(cell{"identity": extracttest.Person(person).Full(), "from_day": "2026-01-01", "holds": true, "noted": 1}, more)
		}
		b.private("notice_protected", guarded(2, nil), guarded(3, cell{"holds": false}), guarded(4, cell{"until_day": "2026-03-02"}),
			guarded(5, cell{"until_day": "2026-03-01"}), guarded(6, cell{"from_day": "2026-03-03"}))
		want, got := []string{"", "", "N", "", "N", "N"}, []string{}
		for person := range want {
			protected := "no"
			if person == 0 {
				protected = "yes"
			}
			b.load(extract.Persons, row{"identity": extracttest.Person(person + 1).Full(), "name": "N", "protected": protected})
			b.load(extract.PublicCases, whole(fmt.Sprintf("A-%d", person), person+1, nil))
		}
		for _, line := range linesOf[*filing.CreditLine](b, filing.CEExtract) {
			got = append(got, line.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			b.Errorf("names (-want +got):\n%s", diff)
		}
	})
}
