package notice

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

var sender = Sender{
	Name:    "Exempelmyndigheten",
	Address: Address{Street: "Box 100", PostalCode: "17221", Town: "Provköping"},
	Phone:   "010-000 00 00", Web: "www.example.se",
}

var forwarding = Office{
	Name:    "Förmedlingsuppdrag",
	Address: Address{Street: "Box 200", PostalCode: "17222", Town: "Provköping"},
}

func press(t testing.TB) *Press {
	t.Helper()
	m, err := NewMatrix()
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPress(m, sender, forwarding)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parsed(t testing.TB, full string) identity.Number {
	t.Helper()
	n, err := identity.Parse12(full)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// examples are a letter for every message of the matrix that has one, to each
// role it is for, by "message/role".
func examples(t testing.TB, m *Matrix) map[string]Letter {
	t.Helper()
	text, err := os.ReadFile("testdata/examples.toml")
	if err != nil {
		t.Fatal(err)
	}
	var given map[Message]map[string]any
	if err := toml.Unmarshal(text, &given); err != nil {
		t.Fatal(err)
	}
	all := map[string]Letter{}
	id := int64(0)
	for _, e := range m.Entries() {
		if !e.HasLetter() {
			continue
		}
		facts := Facts{}
		for name, value := range given[e.ID] {
			kind, ok := e.Facts[name]
			if !ok {
				kind = e.Optional[name]
			}
			facts[name] = exampleFact(t, kind, value)
		}
		for _, role := range e.To {
			id++
			all[string(e.ID)+"/"+string(role)] = example(t, e, id, role, facts)
		}
	}
	return all
}

func exampleFact(t testing.TB, kind FactKind, value any) Fact {
	t.Helper()
	switch kind {
	case KindText:
		return Text(value.(string))
	case KindQuote:
		return Quote(value.(string))
	case KindDay:
		return Date(calendar.MustDay(value.(string)))
	case KindAmount:
		return Amount(money.Amount(value.(int64)))
	case KindFlag:
		return Flag(value.(bool))
	case KindList:
		var items []string
		for _, item := range value.([]any) {
			items = append(items, item.(string))
		}
		return List(items...)
	case KindTable:
		var rows []Row
		for _, row := range value.([]any) {
			cells := row.([]any)
			rows = append(rows, Row{Label: cells[0].(string), Value: cells[1].(string)})
		}
		return Table(rows...)
	}
	t.Fatalf("the kind %q of %v is unknown", kind, value)
	return Fact{}
}

// The persons of the examples. Addresses are told apart by their streets.
func (r Role) example(t testing.TB) Person {
	t.Helper()
	person := Person{Role: r, Name: "Exempelfordran AB", Identity: parsed(t, "165560000167"),
		Address: Address{Street: "Fordringsvägen 7", PostalCode: "11122", Town: "Exempelstad"}}
	switch r {
	case Respondent, Debtor, Estate:
		person = Person{Role: r, Name: "Test Testsson", Identity: parsed(t, "199006022397"),
			Address: Address{CareOf: "Provsson", Street: "Hemliga gränd 13 lgh 1101", PostalCode: "98765", Town: "Gömby"}}
	case LegalRepresentative, Representative, Employer, ChiefGuardian:
		person.Name = "Exempel " + r.title()
		person.Identity = identity.Number{}
		person.Street = "Ombudsgatan 3"
	}
	return person
}

func example(t testing.TB, e Entry, id int64, to Role, facts Facts) Letter {
	t.Helper()
	l := Letter{
		ID: id, Message: e.ID, CaseNumber: "BF-26-0000017", Reference: "A-20418", Recipient: to.example(t),
		Day: calendar.MustDay("2026-12-07"), Facts: facts,
	}
	switch e.ID[:3] {
	case "bf.":
		l.Parties = []Person{Applicant.example(t), Respondent.example(t)}
	case "ve.":
		l.CaseNumber = "VE-26-0000003"
		l.Parties = []Person{Applicant.example(t), Debtor.example(t)}
	case "sc.":
		l.CaseNumber = "SK-26-0000009"
		l.Parties = []Person{Debtor.example(t)}
	default:
		l.CaseNumber, l.Reference = "", ""
	}
	return l
}

// TestShow writes the letters where one can look at them, some of them to a
// protected person or long.
func TestShow(t *testing.T) {
	dir := os.Getenv("FILTJANST_TEST_LETTERS")
	if dir == "" {
		t.Skip("FILTJANST_TEST_LETTERS names no directory")
	}
	p := press(t)
	all := examples(t, p.matrix)
	protected := all["bf.order_to_answer/respondent"]
	protected.Recipient.Protected = true
	all["protected"] = protected
	all["long"] = long(all["fee.invoice/filer"])
	for name, l := range all {
		var pdf, page bytes.Buffer
		if err := p.PDF(&pdf, Item{Letter: l}); err != nil {
			t.Error(err)
		}
		if err := p.HTML(&page, Item{Letter: l}); err != nil {
			t.Error(err)
		}
		base := filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
		if os.WriteFile(base+".pdf", pdf.Bytes(), 0o600) != nil || os.WriteFile(base+".html", page.Bytes(), 0o600) != nil {
			t.Errorf("%s was not written", name)
		}
	}
}

// long is an invoice of several pages, with words that are hard to break.
func long(l Letter) Letter {
	var rows []Row
	for i := range 60 {
		rows = append(rows, AmountRow(fmt.Sprintf("Ansökningsavgift, mål BF-26-%07d, er referens A-%d/mycket-lång-beteckning-utan-blanksteg", i, i), 300_00))
	}
	l.Facts = maps.Clone(l.Facts)
	l.Facts["lines"] = Table(rows...)
	l.Officer = "Handläggare vid enheten för avgifter och samlingsfakturor"
	l.CaseNumber = "FA-26-0000000000000012"
	l.Recipient.Name = "Exempelfordran i Västra Provköping Förvaltningsaktiebolag (publ)"
	return l
}
