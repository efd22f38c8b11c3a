package sandbox

import (
	"fmt"
	"testing"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const protected = 989

// partyCast is cases of both services, some that have ended and one with a
// protected respondent.
func partyCast(t *testing.T, l lodger, fresh int) *cast {
	t.Helper()
	old := l.registered(t, filing.BFApplication, owed("E1", debtor(objects, 1)))
	done := l.registered(t, filing.VEApplication, titled("X1", debtor(pays, 3)))
	advance(t, l.s, 60*24*time.Hour)
	hidden := l.registered(t, filing.BFApplication, owed("P1", debtor(protected, 2)))
	advance(t, l.s, 5*24*time.Hour)
	foreign := lodgerOf(t, l.s, "DEF").registered(t, filing.BFApplication, owed("D1", debtor(silent, 4)))
	c := &cast{known: map[string]string{"ended": old["E1"][0], "protected": hidden["P1"][0], "over": done["X1"][0], "foreign": foreign["D1"][0]}}
	var orders, enforced []filing.Content
	for i := range fresh {
		orders = append(orders, owed(fmt.Sprintf("F%d", i), debtor(silent, 10)))
		enforced = append(enforced, titled(fmt.Sprintf("G%d", i), debtor(silent, 10)))
	}
	bf, ve := l.registered(t, filing.BFApplication, orders...), l.registered(t, filing.VEApplication, enforced...)
	for i := range fresh {
		c.fresh = append(c.fresh, bf[fmt.Sprintf("F%d", i)][0], ve[fmt.Sprintf("G%d", i)][0])
	}
	return c
}

// assigned passes the claim on; from is the one who held it.
func assigned(number string, day calendar.Day, change func(*filing.PartyChange)) *filing.PartyChange {
	to := filing.Party{Identity: filingtest.Number("16559999303"), Name: "Nyfordran AB", Street: "Provgatan 3", PostalCode: "12345", Town: "Provköping"}
	c := &filing.PartyChange{
		CaseKey: filing.CaseKey{CaseNumber: number}, Kind: filing.ChangedCreditor, NewCreditor: &to,
		Assignment: &filing.Assignment{From: filing.Person{Identity: creditor, Name: "Testinkasso AB"}, Date: day, Deposited: "DEP-1",
			To: filing.Person{Identity: to.Identity, Name: to.Name}},
	}
	change(c)
	return c
}

// elsewhere is a move to another address.
func elsewhere(c *filing.PartyChange) *filing.PartyChange {
	c.Party.Street = "Andra gatan 3"
	return c
}

func badPartyChanges() []refusedFile {
	known := func(reference string, serial, n int) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content {
			return []filing.Content{relocated(c.known[reference], debtor(serial, n))}
		}
	}
	// each form gets one payment order and one case in enforcement
	both := func(doc func(number string) filing.Content) func(*cast) []filing.Content {
		return func(c *cast) []filing.Content { return []filing.Content{doc(c.one()), doc(c.one())} }
	}
	as := func(*filing.PartyChange) {}
	address := func(n string) *filing.PartyChange { return relocated(n, debtor(silent, 10)) }
	return []refusedFile{
		{"unknown number", docs(relocated("2026-9999999", debtor(silent, 1))), rejected("1 D401")},
		{"case of another filer", known("foreign", silent, 4), rejected("1 D401")},
		{"no number at all", docs(relocated("", debtor(silent, 1))), rejected("1 D601")},
		{"reference in no file", docs(with(relocated("", debtor(silent, 1)), notThere)), rejected("1 D341")},
		{"case that has ended", known("ended", objects, 1), rejected("1 D353")},
		{"enforcement that has ended", known("over", pays, 3), rejected("1 D451")},
		{"protected respondent", known("protected", protected, 2), rejected("1 D359")},
		{"another respondent", both(func(n string) filing.Content { return relocated(n, debtor(silent, 99)) }), rejected("1 D347", "2 D347")},
		{"another applicant", both(func(n string) filing.Content { return with(address(n), noApplicant) }), rejected("1 D348", "2 D348")},
		{"address without an address", both(func(n string) filing.Content {
			c := address(n)
			c.Party = nil
			return c
		}), rejected("1 D357", "2 D357")},
		{"assigned in a day to come", both(func(n string) filing.Content { return assigned(n, toCome, as) }), rejected("1 D619", "2 D619")},
		{"assigned by another", both(func(n string) filing.Content {
			return assigned(n, filingtest.Today-5, func(c *filing.PartyChange) { c.Assignment.From.Identity = filingtest.Number("16559999404") })
		}), rejected("1 D358", "2 D358")},
		{"line twice", func(c *cast) []filing.Content {
			bf, ve := c.one(), c.one()
			return []filing.Content{address(bf), address(ve), address(bf), address(ve)}
		}, partly([]string{"3 D350", "4 D350"}, []string{"1 applied", "2 applied"})},
		{"two addresses", func(c *cast) []filing.Content {
			bf, ve := c.one(), c.one()
			return []filing.Content{address(bf), address(ve), elsewhere(address(bf)), elsewhere(address(ve))}
		}, partly([]string{"3 D351", "4 D351"}, []string{"1 applied", "2 applied"})},
		{"bad before good of one case", func(c *cast) []filing.Content {
			bf, ve := c.one(), c.one()
			return []filing.Content{with(elsewhere(address(bf)), nobody), with(elsewhere(address(ve)), nobody), address(bf), address(ve)}
		}, partly([]string{"1 D347", "2 D347"}, []string{"3 applied", "4 applied"})},
		{"good and bad", func(c *cast) []filing.Content {
			return []filing.Content{address(c.one()), address(c.known["foreign"]), address(c.one())}
		}, partly([]string{"2 D401"}, []string{"1 applied", "3 applied"})},
	}
}

// TestRefusedPartyChanges: whatever the service of the case, a bad change is
// refused by itself.
func TestRefusedPartyChanges(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	l.play(t, filing.XXPartyChange, partyCast(t, l, 18), badPartyChanges())
}
