package paymentorder_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

// edgeName names an edge as the file of rows does.
func edgeName(e service.Edge) string {
	from := e.From
	if from == "" {
		from = "-"
	}
	return from + " " + e.Event + " " + e.To
}

// Each row of files.md §8.2 stands in the table.
func TestTableHoldsEveryRowOfTheFlows(t *testing.T) {
	t.Parallel()
	there := map[string]bool{}
	for _, e := range paymentorder.States().Edges {
		there[edgeName(e)] = true
	}
	rows, err := os.Open("testdata/edges.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for lines := bufio.NewScanner(rows); lines.Scan(); {
		row := strings.TrimSpace(lines.Text())
		if row == "" || row[0] == '#' {
			continue
		}
		if n++; !there[row] {
			t.Errorf("the table has no edge %q", row)
		}
	}
	if n < 40 {
		t.Errorf("only %d rows were read", n)
	}
}

func TestTableIsWhole(t *testing.T) {
	t.Parallel()
	table := paymentorder.States()
	known, left, reached := map[string]bool{"": true}, map[string]bool{}, map[string]bool{}
	for _, s := range table.States {
		known[s.Name] = true
		if s.Swedish == "" || s.English == "" {
			t.Errorf("state %s has no words", s.Name)
		}
	}
	seen := map[[2]string]bool{}
	for _, e := range table.Edges {
		if !known[e.From] || !known[e.To] || e.Swedish == "" || e.English == "" || e.Basis == "" {
			t.Errorf("edge %+v is not whole", e)
		}
		if at := [2]string{e.From, e.Event}; seen[at] {
			t.Errorf("%s leads to two states from %s", e.Event, e.From)
		} else {
			seen[at] = true
		}
		reached[e.To] = true
		notedLate := edgeName(e) == "legal_force reopening_requested reopening" // it came before the end
		left[e.From] = left[e.From] || e.From != e.To && !notedLate
	}
	for _, s := range table.States {
		if !reached[s.Name] || s.Closed == left[s.Name] {
			t.Errorf("state %s: reached %t, closed %t, left %t", s.Name, reached[s.Name], s.Closed, left[s.Name])
		}
	}
}

// Each edge of the table is played by a scenario, which leaves its row in the
// story of a case.
func TestEveryEdgeIsPlayed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		all := scenarios()
		for _, e := range paymentorder.States().Edges {
			name := edgeName(e)
			play, there := all[name]
			if !there {
				t.Errorf("no scenario plays %q", name)
				continue
			}
			delete(all, name)
			b := newBench(t, db, "")
			b.files = b.count(`SELECT COALESCE(MAX(file), 0) FROM paymentorder_file`)
			number := play(b)
			if !happened(b.story(number), e) {
				t.Errorf("%s: the story is %+v", name, b.story(number))
			}
			b.checkDeadlines()
		}
		for name := range all {
			t.Errorf("the scenario %q plays no edge", name)
		}
	})
}

func happened(story []service.Event, e service.Edge) bool {
	for _, s := range story {
		if s.Kind == e.Event && s.From == e.From && s.To == e.To {
			return true
		}
	}
	return false
}

// scenarios play the edges, by name. Each returns the number of its case.
func scenarios() map[string]func(*bench) string {
	all := map[string]func(*bench) string{
		"- read_in registered":                       func(b *bench) string { return b.lodge(claim(1)) },
		"- withdrawn_before_read_in discontinued":    withdrawnBefore,
		"registered presumed_unfounded contested":    func(b *bench) string { a := claim(1); a.Parts[1].Amount = 200_00; return b.lodge(a) },
		"registered order ordered":                   func(b *bench) string { return b.ordered(claim(1)) },
		"ordered served served":                      func(b *bench) string { return b.served(claim(1)) },
		"served no_objection verdict":                func(b *bench) string { return b.decided(claim(1)) },
		"verdict enforcement verdict":                func(b *bench) string { return b.decided(claim(2)) },
		"served objection contested":                 func(b *bench) string { return b.contested(claim(1)) },
		"contested no_transfer_request discontinued": func(b *bench) string { n := b.contested(claim(1)); b.pass(40); return n },
		"verdict reopening_requested reopening":      func(b *bench) string { return b.reopened(claim(1)) },
		"verdict time_for_reopening_over legal_force": func(b *bench) string {
			n := b.decided(claim(1))
			b.pass(40)
			return n
		},
	}
	for name, play := range officerScenarios() {
		all[name] = play
	}
	for state, reach := range reachOpen(minor) {
		all[state+" guardian_told "+state] = func(b *bench) string { n := reach(b); b.must(b.tellGuardian(n, 1)); return n }
	}
	for state, reach := range reachOpen(claim) {
		all[state+" withdrawal discontinued"] = func(b *bench) string { n := reach(b); b.withdraw(n); return n }
		all[state+" reduction "+state] = func(b *bench) string { n := reach(b); b.reduceBy(n, 1, 100_00); return n }
	}
	return all
}

// reachOpen brings a case with one respondent to each open state.
func reachOpen(made func(respondents int) filing.Application) map[string]func(*bench) string {
	return map[string]func(*bench) string{
		"registered":           func(b *bench) string { return b.lodge(made(1)) },
		"completion_requested": func(b *bench) string { return b.incompleteOf(made(1)) },
		"ordered":              func(b *bench) string { return b.ordered(made(1)) },
		"served":               func(b *bench) string { return b.served(made(1)) },
		"contested":            func(b *bench) string { return b.contested(made(1)) },
		"awaiting_estate":      func(b *bench) string { return b.dead(b.lodge(made(1))) },
	}
}

func (b *bench) incomplete() string {
	b.Helper()
	return b.incompleteOf(claim(1))
}

func (b *bench) incompleteOf(a filing.Application) string {
	b.Helper()
	n := b.lodge(a)
	b.must(b.orders.OrderToComplete(b.Context(), by, n, []string{"grunden är oklar"}, 0))
	return n
}

func (b *bench) dead(number string) string {
	b.Helper()
	b.must(b.orders.NoteDeath(b.Context(), by, number, 1))
	return number
}

func withdrawnBefore(b *bench) string {
	b.files++
	f, docs := b.fileOf(b.files, claim(1))
	j := b.settle(filing.BFWithdrawal, []service.Document{{Number: 1, Unread: f.ID, Content: &filing.Withdrawal{
		CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: filed(docs[0]).Reference}}}})
	if j.Notes[1].Effect != service.Held {
		b.Errorf("not held: %+v", j)
	}
	b.must(b.apply(f, docs))
	_, _, lines := b.confirmation(f)
	if lines[0].State != filing.StateDiscontinued || lines[0].Fee != 300_00 {
		b.Errorf("confirmed as %+v", lines[0])
	}
	return lines[0].CaseNumber
}
