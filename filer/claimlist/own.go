package claimlist

import (
	"io"
	"strings"

	"filtjanst/money"
)

// Own is one row of the filer's own list of its cases.
type Own struct {
	Row        int
	Reference  string
	CaseNumber string
	Amount     *money.Amount // nil where the row has none
	State      string        // in the filer's own words
}

// OwnList is the filer's own list, and a report of the rows that cannot be used.
type OwnList struct {
	Rows   []Own
	Report Report
}

// ReadOwn reads the filer's own list of cases: reference or case number, amount
// and state.
func ReadOwn(r io.Reader, json bool, o Options) (*OwnList, error) {
	b, err := o.begin(r, json)
	if err != nil {
		return nil, err
	}
	list := &OwnList{}
	for _, r := range b.table.rows {
		if summing(r) && r.cells[Reference] == "" && r.cells[CaseNumber] == "" {
			continue
		}
		c := b.reading(r)
		one := Own{Row: r.number, Reference: c.text(r, Reference), CaseNumber: c.text(r, CaseNumber), State: r.cells[StateWord]}
		if r.cells[ActAmount] != "" {
			amount := c.amount(r, ActAmount)
			one.Amount = &amount
		}
		if one.Reference == "" && one.CaseNumber == "" {
			c.report(Refused, r, Reference, "ange egen referens eller målnummer", "give an own reference or a case number")
		}
		b.report.Cases++
		b.report.add(c.problems...)
		if c.refused() {
			b.report.Refused++
			continue
		}
		b.report.Made++
		list.Rows = append(list.Rows, one)
	}
	list.Report = *b.report
	return list, nil
}

// Ended tells whether the row says of itself that the case has ended.
func (o Own) Ended() bool { return EndedWord(o.State) }

// OpenWord tells whether a filer's word means that a case goes on, whatever its
// state.
func OpenWord(word string) bool {
	return oneOf(word, "öppet", "öppen", "open", "pågår", "aktiv", "active")
}

// EndedWord tells whether a filer's word means that a case has ended, whatever
// the reason.
func EndedWord(word string) bool {
	return oneOf(word, "stängt", "stängd", "avslutat", "avslutad", "closed", "ended", "klar", "klart", "återkallat", "återkallad", "withdrawn",
		"discontinued", "avskrivet", "avskriven")
}

func oneOf(word string, words ...string) bool {
	for _, w := range words {
		if SameWord(word, w) {
			return true
		}
	}
	return false
}

// SameWord compares without regard to case, blanks and underscores.
func SameWord(a, b string) bool {
	plain := strings.NewReplacer("_", "", " ", "", "-", "")
	return strings.EqualFold(plain.Replace(a), plain.Replace(b))
}
