package sandbox

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
)

// byReference names an application by the number of its file and its own
// reference (R70).
func byReference(sequence int64, reference string) func(*filing.CaseKey) {
	return func(k *filing.CaseKey) { k.CaseNumber, k.Sequence, k.Reference = "", sequence, reference }
}

// TestBeforeReadIn: what is withdrawn before the evening is held, by the right
// reference in the right file alone, and becomes no open case (R70).
func TestBeforeReadIn(t *testing.T) {
	t.Parallel()
	for _, form := range forms {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			l := lodgerOf(t, opened(t), "ABC")
			l.mustLodge(t, filing.BFApplication, owed("A1", debtor(silent, 1)), owed("A2", debtor(silent, 2)))
			other := lodgerOf(t, l.s, "DEF")
			other.mustLodge(t, filing.BFApplication, owed("X1", debtor(silent, 3)))
			key := func(sequence int64, reference string) filing.Content {
				return with(withdrawal(""), byReference(sequence, reference))
			}
			for _, f := range []struct {
				name string
				doc  filing.Content
				want said
			}{
				{"wrong reference", key(1, "A3"), rejected("1 D341")},
				{"wrong number", key(2, "A1"), rejected("1 D341")},
				{"of another filer", key(1, "X1"), rejected("1 D341")},
				{"right", key(1, "A1"), said{Outcome: filing.Approved, Applied: []string{"1 held"}}},
				{"again", key(1, "A1"), said{Outcome: filing.Approved, Applied: []string{"1 already"}}},
			} {
				number := l.next(t, filing.BFWithdrawal)
				t.Log(f.name)
				l.sayings(t, l.lodge(t, filing.BFWithdrawal, form, f.doc), number, f.want)
			}
			evening(t, l.s)
			cases := l.confirmed(t)
			l.inState(t, cases["A1"][0], "discontinued")
			l.inState(t, cases["A2"][0], "registered", "ordered")
			number := l.next(t, filing.BFWithdrawal)
			l.sayings(t, l.lodge(t, filing.BFWithdrawal, form, key(1, "A2"), key(1, "A1")), number, approved("1 applied", "2 already"))
			l.inState(t, cases["A2"][0], "discontinued")
		})
	}
}

// inState sees that all of the case is in one of the states.
func (l lodger) inState(t testing.TB, number string, states ...string) {
	t.Helper()
	view, err := testWorld(l.s).Case(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	found := []string{view.State}
	if len(view.Pairs) > 0 {
		found = found[:0]
	}
	for _, p := range view.Pairs {
		found = append(found, p.State)
	}
	for _, s := range found {
		if !slices.Contains(states, s) {
			t.Errorf("case %s is %v, want %v", number, found, states)
		}
	}
}

// TestHeldTogether: of lines that are held for one application those that
// repeat or contradict are told like those of a case.
func TestHeldTogether(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	l.mustLodge(t, filing.BFApplication, owed("A1", debtor(silent, 1)), owed("A2", debtor(silent, 2)), owed("A3", debtor(silent, 3)), owed("A4", debtor(silent, 4)))
	l.mustLodge(t, filing.VEApplication, titled("B1", debtor(silent, 5)), titled("B2", debtor(silent, 6)))
	held := func(d filing.Content, reference string) filing.Content { return with(d, byReference(1, reference)) }
	for _, f := range []struct {
		tx   filing.Transaction
		docs []filing.Content
		want said
	}{
		{filing.BFWithdrawal, []filing.Content{held(withdrawal(""), "A1"), held(withdrawal(""), "A1"), held(withdrawal(""), "A0")},
			partly([]string{"2 D350", "3 D341"}, []string{"1 held"})},
		{filing.BFReduction, []filing.Content{held(lowered("", filing.ReduceTo, 500), "A1"), held(lowered("", filing.ReduceTo, 500), "A2"),
			held(lowered("", filing.ReduceTo, 400), "A2"), held(lowered("", filing.ReduceTo, 5000), "A3")},
			partly([]string{"1 D352", "3 D351"}, []string{"2 held", "4 held"})},
		{filing.VEChange, []filing.Content{held(changed("", filing.ChangeWithdrawal), "B1"), held(deferred("", 20), "B1"), held(deferred("", 90), "B2")},
			partly([]string{"2 D351", "3 D454"}, []string{"1 held"})},
		{filing.VEChange, []filing.Content{held(changed("", filing.ChangeWithdrawal), "B1"), held(changed("", filing.ChangeWithdrawal), "B1")},
			partly([]string{"2 D350"}, []string{"1 already"})},
		{filing.XXPartyChange, []filing.Content{held(relocated("", debtor(silent, 4)), "A4"), held(relocated("", debtor(silent, 4)), "A4"),
			held(relocated("", debtor(silent, 6)), "B2"), held(relocated("", debtor(silent, 6)), "B0"), held(relocated("", debtor(silent, 5)), "B1")},
			partly([]string{"2 D350", "4 D341", "5 D352"}, []string{"1 held", "3 held"})},
	} {
		number := l.next(t, f.tx)
		l.sayings(t, l.lodge(t, f.tx, filing.XMLForm, f.docs...), number, f.want)
	}
	evening(t, l.s)
	cases := l.confirmed(t)
	l.inState(t, cases["A1"][0], "discontinued")
	l.inState(t, cases["B1"][0], "closed")
	l.inState(t, cases["A3"][0], "registered", "ordered")
	for _, reference := range []string{"A4", "B2"} {
		if story := l.state(t, cases[reference][0]); !strings.Contains(story, "address_changed") {
			t.Errorf("nothing is told of the new address in the case of %s: %s", reference, story)
		}
	}
}

// TestOthersAreUnknown: of a case of another filer the answer is byte for byte
// that of an unknown one but for the number.
func TestOthersAreUnknown(t *testing.T) {
	t.Parallel()
	s := opened(t)
	l, other := lodgerOf(t, s, "ABC"), lodgerOf(t, s, "DEF")
	bf := other.registered(t, filing.BFApplication, owed("X1", debtor(silent, 1)))["X1"][0]
	ve := other.registered(t, filing.VEApplication, titled("Y1", debtor(silent, 2)))["Y1"][0]
	address := func(number string) filing.Content { return relocated(number, debtor(silent, 1)) }
	for _, c := range []struct {
		tx    filing.Transaction
		known string
		doc   func(number string) filing.Content
	}{
		{filing.BFWithdrawal, bf, func(n string) filing.Content { return withdrawal(n) }},
		{filing.BFWithdrawal, ve, func(n string) filing.Content { return withdrawal(n) }},
		{filing.BFReduction, bf, func(n string) filing.Content { return lowered(n, filing.ReduceTo, 500) }},
		{filing.VEChange, ve, func(n string) filing.Content { return changed(n, filing.ChangeWithdrawal) }},
		{filing.VEChange, ve, func(n string) filing.Content { return deferred(n, 20) }},
		{filing.VEChange, bf, func(n string) filing.Content { return changed(n, filing.ChangeWithdrawal) }},
		{filing.XXPartyChange, bf, address},
		{filing.XXPartyChange, ve, address},
	} {
		for _, form := range forms {
			t.Run(fmt.Sprint(c.tx, " ", form, " ", c.known), func(t *testing.T) {
				unknown := strings.Replace(c.known, "0001", "0777", 1)
				var told [2]string
				for i, number := range []string{c.known, unknown} {
					before := other.state(t, c.known)
					r := l.lodge(t, c.tx, form, c.doc(number))
					told[i] = strings.ReplaceAll(masked(t, form, r), number, "?")
					if after := other.state(t, c.known); after != before {
						t.Errorf("the case was touched:\n%s\n%s", before, after)
					}
				}
				if diff := cmp.Diff(told[1], told[0]); diff != "" {
					t.Errorf("the case is told from one that is not there (-unknown +other's):\n%s", diff)
				}
			})
		}
	}
}

// masked is a receipt without what tells one receipt from another.
func masked(t testing.TB, f filing.Form, r answer) string {
	t.Helper()
	r.TransactionID, r.Digest, r.Event, r.EventDigest, r.Arrived = "-", "-", "-", "-", time.Unix(0, 0)
	var out bytes.Buffer
	if err := filing.WriteReceipt(&out, filing.Own(), f, r.Receipt); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
