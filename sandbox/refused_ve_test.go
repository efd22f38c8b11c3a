package sandbox

import (
	"fmt"
	"testing"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

// enforcementCast is cases in enforcement: one that has ended, one with
// earnings attached, one deferred twice, one of another filer, and fresh ones.
func enforcementCast(t *testing.T, l lodger, fresh int) *cast {
	t.Helper()
	old := l.registered(t, filing.VEApplication, titled("P1", debtor(pays, 1)), titled("W1", debtor(earns, 2)), titled("T1", debtor(silent, 3)))
	for range 2 {
		l.mustLodge(t, filing.VEChange, l.deferral(old["T1"][0], 10))
		advance(t, l.s, 20*24*time.Hour)
	}
	other := lodgerOf(t, l.s, "DEF")
	foreign := other.registered(t, filing.VEApplication, titled("D1", debtor(silent, 4)))
	var docs []filing.Content
	for i := range fresh {
		docs = append(docs, titled(fmt.Sprintf("F%d", i), debtor(silent, 10+i)))
	}
	docs = append(docs, titled("L1", debtor(silent, 6), debtor(silent, 7)), titled("L2", debtor(silent, 8), debtor(silent, 9)))
	begun := l.registered(t, filing.VEApplication, docs...)
	c := &cast{known: map[string]string{"ended": old["P1"][0], "earnings": old["W1"][0], "deferred": old["T1"][0],
		"foreign": foreign["D1"][0]}, linked: [][]string{begun["L1"], begun["L2"]}}
	for i := range fresh {
		c.fresh = append(c.fresh, begun[fmt.Sprintf("F%d", i)][0])
	}
	return c
}

// deferral is for a number of days from today.
func (l lodger) deferral(number string, days int) *filing.Change {
	c := changed(number, filing.ChangeDeferral)
	c.Until = calendar.Today(testWorld(l.s).Clock).AddDays(days)
	return c
}

// owing says what is left of the debt.
func owing(number string, kronor int64) *filing.Change {
	c := changed(number, filing.ChangeAmount)
	c.Amount = money.Amount(kronor) * money.Krona
	return c
}

func (l lodger) badChanges() []refusedFile {
	withdrawn := func(number string) filing.Content { return changed(number, filing.ChangeWithdrawal) }
	known := func(reference string, doc func(string) filing.Content) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content { return []filing.Content{doc(c.known[reference])} }
	}
	fresh := func(all ...func(string) filing.Content) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content {
			number := c.one()
			var docs []filing.Content
			for _, doc := range all {
				docs = append(docs, doc(number))
			}
			return docs
		}
	}
	to := func(kronor int64) func(string) filing.Content {
		return func(n string) filing.Content { return owing(n, kronor) }
	}
	pause := func(days int) func(string) filing.Content {
		return func(n string) filing.Content { return l.deferral(n, days) }
	}
	as := func(doc func(string) filing.Content, change func(*filing.Change)) func(string) filing.Content {
		return func(n string) filing.Content {
			d := doc(n).(*filing.Change)
			change(d)
			return d
		}
	}
	paidLater := func(c *filing.Change) { c.Paid = toCome }
	nothing := func(c *filing.Change) { c.Amount, c.Until = 0, 0 }
	otherParty := func(c *filing.Change) { nobody(&c.CaseKey) }
	otherApplicant := func(c *filing.Change) { noApplicant(&c.CaseKey) }
	alsoUntil := func(c *filing.Change) { c.Until = toCome }
	return []refusedFile{
		{"unknown number", docs(withdrawn("U-2026-9999999")), rejected("1 D401")},
		{"case of another filer", known("foreign", withdrawn), rejected("1 D401")},
		{"no number at all", docs(withdrawn("")), rejected("1 D601")},
		{"reference in no file", docs(with(withdrawn(""), notThere)), rejected("1 D341")},
		{"withdrawn when it has ended", known("ended", withdrawn), approved("1 already")},
		{"amount when it has ended", known("ended", to(100)), rejected("1 D451")},
		{"deferred when it has ended", known("ended", pause(20)), rejected("1 D451")},
		{"deferred in earnings attachment", known("earnings", pause(20)), rejected("1 D452")},
		{"amount above the debt", fresh(to(5000)), rejected("1 D453")},
		{"amount of the debt", fresh(to(1000)), rejected("1 D453")},
		{"deferral of three months", fresh(pause(92)), rejected("1 D454")},
		{"third deferral in a year", known("deferred", pause(10)), rejected("1 D455")},
		{"deferral that is past", fresh(pause(-1)), rejected("1 D461")},
		{"deferral until today", fresh(pause(0)), rejected("1 D461")},
		{"paid in a day to come", fresh(as(to(500), paidLater)), rejected("1 D458")},
		{"another respondent", fresh(as(to(500), otherParty)), rejected("1 D347")},
		{"another applicant", fresh(as(to(500), otherApplicant)), rejected("1 D348")},
		{"amount without amount", fresh(as(to(500), nothing)), rejected("1 D606")},
		{"deferral without day", fresh(as(pause(10), nothing)), rejected("1 D606")},
		{"amount with a day too", fresh(as(to(500), alsoUntil)), rejected("1 D607")},
		{"line twice", fresh(to(500), to(500)), partly([]string{"2 D350"}, []string{"1 applied"})},
		{"two amounts", fresh(to(500), to(400)), partly([]string{"2 D351"}, []string{"1 applied"})},
		{"withdrawn and deferred", fresh(withdrawn, pause(20)), partly([]string{"2 D351"}, []string{"1 applied"})},
		{"amount and deferral", fresh(to(500), pause(20)), approved("1 applied", "2 applied")},
		{"two amounts of a joint debt", func(c *cast) []filing.Content {
			joint := c.joint()
			return []filing.Content{owing(joint[0], 500), owing(joint[1], 400)}
		}, partly([]string{"2 D351"}, []string{"1 applied"})},
		{"good and bad", func(c *cast) []filing.Content {
			return []filing.Content{withdrawn(c.one()), withdrawn(c.known["foreign"]), owing(c.one(), 400), owing(c.one(), 4000)}
		}, partly([]string{"2 D401", "4 D453"}, []string{"1 applied", "3 applied"})},
	}
}

// TestRefusedChanges: a change that cannot be made is refused by itself.
func TestRefusedChanges(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	c := enforcementCast(t, l, 50)
	l.play(t, filing.VEChange, c, l.badChanges())
}

func badEnforcementApplications() []refusedFile {
	one := beside(titled)
	tomorrow := filingtest.Today.AddDays(1)
	return []refusedFile{
		{"reference twice", one(func(a *filing.EnforcementApplication) { a.Reference = "B1" }), rejected("2 D301")},
		{"total that does not add up", one(func(a *filing.EnforcementApplication) { a.Total++ }), rejected("2 D302")},
		{"nothing owed", one(func(a *filing.EnforcementApplication) { a.Debts[0].Amount, a.Total = 0, 0 }), rejected("2 D330", "2 D610")},
		{"repossession of nothing", one(func(a *filing.EnforcementApplication) { a.Measure = filing.Repossession }), rejected("2 D608")},
		{"title of tomorrow", one(func(a *filing.EnforcementApplication) { a.Title.Date, a.Title.LegalForce = tomorrow, 0 }), rejected("2 D619")},
		{"in force before its day", one(func(a *filing.EnforcementApplication) { a.Title.LegalForce = a.Title.Date - 1 }), rejected("2 D612")},
		{"in force tomorrow", one(func(a *filing.EnforcementApplication) { a.Title.LegalForce = tomorrow }), rejected("2 D619")},
		{"no number of the title", one(func(a *filing.EnforcementApplication) { a.Title.Number = "" }), rejected("2 D609")},
		{"no ground", one(func(a *filing.EnforcementApplication) { a.Ground = "" }), rejected("2 D611")},
		{"the applicant owes", one(func(a *filing.EnforcementApplication) { a.Respondents[0].Identity = creditor }), rejected("2 D328")},
		{"one debtor twice", one(func(a *filing.EnforcementApplication) {
			a.Respondents, a.Joint = append(a.Respondents, a.Respondents[0]), true
		}), rejected("2 D329")},
		{"period that ends before it begins", one(func(a *filing.EnforcementApplication) {
			a.Debts[0].PeriodFrom, a.Debts[0].PeriodTo = filingtest.Today-10, filingtest.Today-20
		}), rejected("2 D613")},
	}
}

func TestRefusedEnforcementApplications(t *testing.T) {
	t.Parallel()
	lodgerOf(t, opened(t), "ABC").holdsBack(t, filing.VEApplication, badEnforcementApplications(), titled("B1", debtor(silent, 1)), "W452",
		said{Outcome: filing.Approved, Warnings: []string{"1 W452"}})
}
