package sandbox

import (
	"fmt"
	"testing"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
)

// toCome is a day that no test reaches.
var toCome = calendar.MustDay("2029-01-31")

// orderCast is payment-order cases: some that have come to an end of their
// kind, one of another filer, and fresh ones.
func orderCast(t *testing.T, l lodger, fresh int) *cast {
	t.Helper()
	unenforced := owed("V2", debtor(silent, 2))
	unenforced.NoEnforcement = true
	ended := l.registered(t, filing.BFApplication, owed("V1", debtor(silent, 1)), unenforced, owed("E1", debtor(objects, 3)))
	advance(t, l.s, 90*24*time.Hour)
	other := lodgerOf(t, l.s, "DEF")
	foreign := other.registered(t, filing.BFApplication, owed("D1", debtor(silent, 4)))
	var docs []filing.Content
	for i := range fresh {
		docs = append(docs, owed(fmt.Sprintf("F%d", i), debtor(silent, 10+2*i), debtor(silent, 11+2*i)))
	}
	begun := l.registered(t, filing.BFApplication, docs...)
	c := &cast{known: map[string]string{"verdict": ended["V1"][0], "unenforced": ended["V2"][0], "ended": ended["E1"][0], "foreign": foreign["D1"][0]}}
	for i := range fresh {
		c.fresh = append(c.fresh, begun[fmt.Sprintf("F%d", i)][0])
	}
	return c
}

// with changes the key of a document.
func with(d filing.Content, change func(*filing.CaseKey)) filing.Content {
	change(d.(filing.Keyed).Key())
	return d
}

func nobody(k *filing.CaseKey)      { k.Respondent = debtor(silent, 900) }
func noApplicant(k *filing.CaseKey) { k.Applicant = filingtest.Number("16559999202") }
func onlyFile(k *filing.CaseKey)    { k.CaseNumber, k.Sequence = "", 7 }
func notThere(k *filing.CaseKey)    { k.CaseNumber, k.Sequence, k.Reference = "", 7, "F0" }

func paidOn(day calendar.Day, number string) *filing.Withdrawal {
	w := withdrawal(number)
	w.Paid = day
	return w
}

func against(w *filing.Withdrawal, respondent identity.Number) *filing.Withdrawal {
	w.OneRespondent, w.Respondent = true, respondent
	return w
}

func badWithdrawals() []refusedFile {
	of := func(reference string) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content { return []filing.Content{withdrawal(c.known[reference])} }
	}
	return []refusedFile{
		{"unknown number", docs(withdrawal("2026-9999999")), rejected("1 D401")},
		{"case of another filer", of("foreign"), rejected("1 D401")},
		{"verdict that is enforced", of("verdict"), rejected("1 D342")},
		{"verdict without enforcement", of("unenforced"), rejected("1 D343")},
		{"discontinued already", of("ended"), approved("1 already")},
		{"no number at all", docs(withdrawal("")), rejected("1 D601")},
		{"file without reference", docs(with(withdrawal(""), onlyFile)), rejected("1 D602")},
		{"reference in no file", docs(with(withdrawal(""), notThere)), rejected("1 D341")},
		{"one respondent, not told which", docs(against(withdrawal("2026-0000001"), identity.Number{})), rejected("1 D603")},
		{"another respondent", func(c *cast) []filing.Content { return []filing.Content{with(withdrawal(c.one()), nobody)} }, rejected("1 D347")},
		{"another applicant", func(c *cast) []filing.Content { return []filing.Content{with(withdrawal(c.one()), noApplicant)} }, rejected("1 D348")},
		{"paid in a day to come", func(c *cast) []filing.Content { return []filing.Content{paidOn(toCome, c.one())} }, rejected("1 D458")},
		{"good and bad", func(c *cast) []filing.Content {
			return []filing.Content{withdrawal(c.one()), withdrawal(c.known["verdict"]), withdrawal(c.known["foreign"]), withdrawal(c.one()), withdrawal(c.known["ended"])}
		}, partly([]string{"2 D342", "3 D401"}, []string{"1 applied", "4 applied", "5 already"})},
		{"line twice", func(c *cast) []filing.Content {
			number := c.one()
			return []filing.Content{withdrawal(number), withdrawal(c.one()), withdrawal(number)}
		}, partly([]string{"3 D350"}, []string{"1 applied", "2 applied"})},
		{"bad twice", docs(withdrawal("2026-9999999"), withdrawal("2026-9999999")), rejected("1 D401", "2 D401")},
	}
}

// TestRefusedWithdrawals: a bad line is refused by itself (R43).
func TestRefusedWithdrawals(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	l.play(t, filing.BFWithdrawal, orderCast(t, l, 20), badWithdrawals())
}

func badReductions() []refusedFile {
	one := func(kind filing.ReductionKind, kronor int64, change func(*filing.Reduction)) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content {
			r := lowered(c.one(), kind, kronor)
			change(r)
			return []filing.Content{r}
		}
	}
	as := func(*filing.Reduction) {}
	whole := func(r *filing.Reduction) { r.Part = 0 }
	of := func(reference string) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content {
			return []filing.Content{lowered(c.known[reference], filing.ReduceTo, 500)}
		}
	}
	two := func(a, b func(number string) *filing.Reduction) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content {
			number := c.one()
			return []filing.Content{a(number), b(number)}
		}
	}
	to := func(kronor int64) func(string) *filing.Reduction {
		return func(number string) *filing.Reduction { return lowered(number, filing.ReduceTo, kronor) }
	}
	by := func(kronor int64) func(string) *filing.Reduction {
		return func(number string) *filing.Reduction { return lowered(number, filing.ReduceBy, kronor) }
	}
	return []refusedFile{
		{"unknown number", docs(lowered("2026-9999999", filing.ReduceTo, 5)), rejected("1 D401")},
		{"case of another filer", of("foreign"), rejected("1 D401")},
		{"verdict that is enforced", of("verdict"), rejected("1 D342")},
		{"verdict without enforcement", of("unenforced"), rejected("1 D343")},
		{"discontinued already", of("ended"), rejected("1 D352")},
		{"to more than is claimed", one(filing.ReduceTo, 1001, as), rejected("1 D344")},
		{"to what is claimed", one(filing.ReduceTo, 1000, as), rejected("1 D344")},
		{"by more than is claimed", one(filing.ReduceBy, 1001, as), rejected("1 D345")},
		{"whole claim to nothing", one(filing.ReduceTo, 0, whole), rejected("1 D346")},
		{"whole claim by all of it", one(filing.ReduceBy, 1300, whole), rejected("1 D346")},
		{"a part to nothing", one(filing.ReduceTo, 0, as), approved("1 applied")},
		{"by nothing", one(filing.ReduceBy, 0, as), rejected("1 D356")},
		{"a part that is not there", one(filing.ReduceTo, 5, func(r *filing.Reduction) { r.Part = 9 }), rejected("1 D349")},
		{"paid in a day to come", one(filing.ReduceTo, 5, func(r *filing.Reduction) { r.Paid = toCome }), rejected("1 D458")},
		{"another respondent", one(filing.ReduceTo, 5, func(r *filing.Reduction) { nobody(&r.CaseKey) }), rejected("1 D347")},
		{"reference in no file", docs(with(lowered("", filing.ReduceTo, 5), notThere)), rejected("1 D341")},
		{"line twice", two(by(100), by(100)), partly([]string{"2 D350"}, []string{"1 applied"})},
		{"two new amounts", two(to(500), to(400)), partly([]string{"2 D351"}, []string{"1 applied"})},
		{"one after the other, together too much", two(by(600), by(601)), partly([]string{"2 D345"}, []string{"1 applied"})},
		{"bad before good of one case", two(to(2000), to(400)), partly([]string{"1 D344"}, []string{"2 applied"})},
	}
}

// TestRefusedReductions: nothing is lowered to more, or by more than there is.
func TestRefusedReductions(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	l.play(t, filing.BFReduction, orderCast(t, l, 40), badReductions())
}
