package filer

import (
	"cmp"
	"slices"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// ownAgainst holds the own list against the report, or the book. A row without case
// number is of all cases of its reference, of which the amount and state of one
// must agree; cases that have ended and are not in the own list are no
// difference.
func (done *Reconciled) ownAgainst(between string, own []claimlist.Own, reported []filing.CaseStatus, claimed bool) {
	if own == nil {
		return
	}
	at := byReference(reported)
	found := map[string]bool{}
	seen := map[string]int{}
	for _, o := range own {
		key := firstOf(o.CaseNumber, "/"+o.Reference)
		if first, again := seen[key]; again {
			done.add(Difference{Kind: Twice, Between: between, Reference: o.Reference, Case: o.CaseNumber, Row: o.Row, Ours: count(int64(first))})
			continue
		}
		seen[key] = o.Row
		cases := at[key]
		for _, s := range cases {
			found[s.CaseNumber] = true
		}
		if len(cases) == 0 {
			if !o.Ended() {
				done.add(Difference{Kind: Missing, Between: between, Reference: o.Reference, Case: o.CaseNumber, Row: o.Row, Ours: o.State})
			}
			continue
		}
		done.ownRow(between, o, cases, claimed)
	}
	for _, s := range reported {
		if !found[s.CaseNumber] && !ended(s.State) {
			done.add(Difference{Kind: Extra, Between: between, Service: s.Service, Reference: s.Reference, Case: s.CaseNumber, Theirs: s.State})
		}
	}
}

// byReference finds the cases of a report by number and by "/" and reference.
func byReference(reported []filing.CaseStatus) map[string][]filing.CaseStatus {
	at := make(map[string][]filing.CaseStatus, 2*len(reported))
	for _, s := range reported {
		at[s.CaseNumber] = append(at[s.CaseNumber], s)
		if s.Reference != "" {
			at["/"+s.Reference] = append(at["/"+s.Reference], s)
		}
	}
	return at
}

func (done *Reconciled) ownRow(between string, o claimlist.Own, cases []filing.CaseStatus, claimed bool) {
	amountOf := func(s filing.CaseStatus) money.Amount {
		if claimed {
			return s.Claimed
		}
		return s.Remaining
	}
	latest := latestOf(cases)
	x := Difference{Between: between, Service: latest.Service, Reference: firstOf(o.Reference, latest.Reference), Case: latest.CaseNumber, Row: o.Row}
	if o.Amount != nil && !slices.ContainsFunc(cases, func(s filing.CaseStatus) bool { return amountOf(s) == *o.Amount }) {
		x.Kind, x.Ours, x.Theirs = OtherAmount, o.Amount.String(), amountOf(latest).String()
		done.add(x)
	}
	if o.State != "" && !slices.ContainsFunc(cases, func(s filing.CaseStatus) bool { return sameState(o.State, s.State) }) {
		x.Kind, x.Ours, x.Theirs = OtherState, o.State, latest.State
		done.add(x)
	}
}

// latestOf is the case that an own row means most likely: one that goes on, of
// enforcement before the payment order that it came of.
func latestOf(cases []filing.CaseStatus) filing.CaseStatus {
	return slices.MaxFunc(cases, func(a, b filing.CaseStatus) int {
		rank := func(s filing.CaseStatus) int {
			n := 0
			if !ended(s.State) {
				n += 2
			}
			if s.Service == filing.Enforcement {
				n++
			}
			return n
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Since, b.Since))
	})
}

// sameState compares a filer's word for a state with the report's: the symbol,
// either of its words, or open and closed for all that go on and have ended.
func sameState(ours, theirs string) bool {
	w := StateWords(theirs)
	for _, name := range []string{theirs, w.Swedish, w.English} {
		if claimlist.SameWord(ours, name) {
			return true
		}
	}
	if claimlist.OpenWord(ours) {
		return !ended(theirs)
	}
	return claimlist.EndedWord(ours) && ended(theirs)
}

// bookAgainstReport holds what the book knows on the day of the report against
// it.
func (done *Reconciled) bookAgainstReport(book map[string]ledger.Case, reported []filing.CaseStatus, f filing.FileFacts) {
	const between = bookReport
	found := map[string]bool{}
	for _, s := range reported {
		if found[s.CaseNumber] {
			done.add(Difference{Kind: Twice, Between: between, Service: s.Service, Reference: s.Reference, Case: s.CaseNumber})
			continue
		}
		found[s.CaseNumber] = true
		c, known := book[s.CaseNumber]
		x := Difference{Between: between, Service: s.Service, Reference: firstOf(c.Reference, s.Reference), Case: s.CaseNumber, Ours: c.State, Theirs: s.State}
		switch {
		case !known:
			x.Kind = Extra
			done.add(x)
			continue
		case c.Since > f.PeriodTo: // the book is newer
			continue
		case c.State != s.State && c.Open == !ended(s.State) && !told(c.State):
			// the book has not been told of the steps between
		case c.State != s.State && !(c.State == stateWithdrawn && s.State == stateClosed):
			x.Kind = OtherState
			done.add(x)
		}
		done.amounts(x, c, s)
	}
	for number, c := range book {
		if !found[number] && c.Open && c.Registered <= f.PeriodTo && c.Service != filing.Restructuring {
			done.add(Difference{Kind: Missing, Between: between, Service: c.Service, Reference: c.Reference, Case: number, Ours: c.State})
		}
	}
}

// told tells whether a state is one of which answers tell without extensions:
// what happens between registration and verdict stands in bf.event alone.
func told(state string) bool {
	switch state {
	case stateRegistered, stateInProgress:
		return false
	}
	return true
}

func (done *Reconciled) amounts(x Difference, c ledger.Case, s filing.CaseStatus) {
	for _, pair := range []struct {
		name         string
		ours, theirs money.Amount
	}{
		{"reduced", c.Reduced, s.Reduced}, {"received", c.Received, s.Received}, {"paid_out", c.PaidOut, s.PaidOut},
	} {
		if pair.ours != pair.theirs {
			x.Kind, x.Ours, x.Theirs = OtherAmount, pair.name+" "+pair.ours.String(), pair.name+" "+pair.theirs.String()
			done.add(x)
		}
	}
}
