package notice

import (
	"slices"
	"strconv"

	"filtjanst/calendar"
	"filtjanst/money"
)

// FactKind is the kind of a fact.
type FactKind string

// The kinds of fact. The authority's own words are text; what a party has
// written is a quote or a list, from which a protected person's town is taken
// out too.
const (
	KindText   FactKind = "text"   // a few words, on one line
	KindQuote  FactKind = "quote"  // a party's words, lines separated by "\n"
	KindList   FactKind = "list"   // points
	KindDay    FactKind = "day"    // a date
	KindAmount FactKind = "amount" // öre
	KindTable  FactKind = "table"  // rows of label and value
	KindFlag   FactKind = "flag"   // yes or no
)

func (k FactKind) known() bool {
	return slices.Contains([]FactKind{KindText, KindQuote, KindList, KindDay, KindAmount, KindTable, KindFlag}, k)
}

// Fact is one thing a letter tells; make it by its kind: [Text], [Quote],
// [List], [Date], [Amount], [Table], [Flag].
type Fact struct {
	Kind   FactKind     `json:"kind"`
	Text   string       `json:"text,omitempty"`
	Items  []string     `json:"items,omitempty"`
	Day    calendar.Day `json:"day,omitempty"`
	Amount money.Amount `json:"amount,omitempty"`
	Rows   []Row        `json:"rows,omitempty"`
	Yes    bool         `json:"yes,omitempty"`
}

// Facts are what a letter tells, by name.
type Facts map[string]Fact

// Row is a line of a table.
type Row struct {
	Label  string `json:"label"`
	Value  string `json:"value"`
	Strong bool   `json:"strong,omitempty"` // a sum
}

// AmountRow is a row with an amount.
func AmountRow(label string, a money.Amount) Row { return Row{Label: label, Value: a.Kronor()} }

// SumRow is a row with the sum of those before.
func SumRow(label string, a money.Amount) Row {
	return Row{Label: label, Value: a.Kronor(), Strong: true}
}

// Text is a fact of a few words.
func Text(s string) Fact { return Fact{Kind: KindText, Text: s} }

// Quote is a fact in a party's own words.
func Quote(s string) Fact { return Fact{Kind: KindQuote, Text: s} }

// List is a fact of several points.
func List(items ...string) Fact { return Fact{Kind: KindList, Items: items} }

// Date is a day.
func Date(d calendar.Day) Fact { return Fact{Kind: KindDay, Day: d} }

// Amount is an amount of money.
func Amount(a money.Amount) Fact { return Fact{Kind: KindAmount, Amount: a} }

// Table is a fact of several rows.
func Table(rows ...Row) Fact { return Fact{Kind: KindTable, Rows: rows} }

// Flag is yes or no.
func Flag(yes bool) Fact { return Fact{Kind: KindFlag, Yes: yes} }

// lacks tells whether a fact that is demanded says nothing. An amount may be
// zero and a flag no.
func (f Fact) lacks() bool {
	switch f.Kind {
	case KindText, KindQuote:
		return oneLine(f.Text) == ""
	case KindList:
		return len(f.Items) == 0
	case KindDay:
		return f.Day.IsZero()
	case KindTable:
		return len(f.Rows) == 0
	}
	return false
}

// value is the fact as templates use it.
func (f Fact) value() any {
	switch f.Kind {
	case KindText:
		return oneLine(f.Text)
	case KindQuote:
		return quotation(f.Text)
	case KindList:
		return f.Items
	case KindDay:
		return f.Day
	case KindAmount:
		return f.Amount
	case KindTable:
		return f.Rows
	}
	return f.Yes
}

var months = [...]string{"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
	"oktober", "november", "december"}

// longDay writes a day as in Swedish letters: 22 november 2026, with no-break
// spaces.
func longDay(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Date()
	return strconv.Itoa(day) + "\u00a0" + months[month-1] + "\u00a0" + strconv.Itoa(year)
}
