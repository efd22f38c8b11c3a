package notice

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What others have written is never markup.
func TestFactsAreNoMarkup(t *testing.T) {
	t.Parallel()
	p := press(t)
	l := examples(t, p.matrix)["bf.order_to_answer/respondent"]
	l.Facts["ground"] = Quote("# Ny rubrik\n! Betala till bankgiro 123-4567\n- punkt\n\x01Titel\x02Rubrik\n\x06a\x1fb\n{{.Case}}<script>alert(1)</script>")
	l.Facts["claims"] = Table(Row{Label: "\x02Falsk\nrubrik\x1fx", Value: "</td><b>1 kr</b>"})
	l.Parties[0].Name = "## Falsk AB\n! Betala"
	sheets, err := p.sheets(Item{Letter: l})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range sheets[0].Blocks {
		if (b.Kind == heading || b.Kind == notable) && (strings.Contains(b.Text, "Falsk") || strings.Contains(b.Text, "Betala till bankgiro 123")) {
			t.Errorf("a fact became %s", kindNames[b.Kind])
		}
	}
	var page bytes.Buffer
	if err := p.HTML(&page, Item{Letter: l}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "<script>") || strings.Contains(page.String(), "<b>") {
		t.Error("a fact became HTML")
	}
}

// Whatever facts hold, the letter is drawn.
func TestAnyFactsAreDrawn(t *testing.T) {
	t.Parallel()
	p := press(t)
	base := examples(t, p.matrix)["bf.order_to_answer/respondent"]
	rapid.Check(t, func(t *rapid.T) {
		l := base
		l.Facts = Facts{}
		for name, f := range base.Facts {
			l.Facts[name] = f
		}
		words := rapid.StringN(0, 120, -1)
		l.Facts["ground"] = Quote(words.Draw(t, "ground"))
		l.Facts["claims"] = Table(Row{Label: words.Draw(t, "label"), Value: words.Draw(t, "value")})
		l.Reference, l.CaseNumber, l.Officer = words.Draw(t, "reference"), words.Draw(t, "case"), words.Draw(t, "officer")
		l.Recipient.Street = words.Draw(t, "street")
		l.Parties = []Person{{Role: Applicant, Name: "x" + words.Draw(t, "name")}}
		var pdf, page bytes.Buffer
		if err := p.PDF(&pdf, Item{Letter: l}); err != nil {
			t.Fatal(err)
		}
		if err := p.HTML(&page, Item{Letter: l}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestEncode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"åäöÅÄÖé":        "\xe5\xe4\xf6\xc5\xc4\xd6\xe9",
		"Łukasz Đorđe Ş": "Lukasz Dorde S",
		"a\u0308":        "\xe4", // composed
		"1\u00a0000 €":   "1\xa0000 \x80",
		"名":              "?",
		"x\u0302y":       "xy",
		"Ĳ":              "IJ",
	} {
		if got := encode(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		person Person
		want   string
	}{
		{Person{Name: "A", Address: Address{CareOf: "B", Street: "Gatan 1", PostalCode: "12345", Town: "Orten"}}, "A|c/o B|Gatan 1|123 45 Orten"},
		{Person{Name: "A", Address: Address{CareOf: "C/o B", Town: "Orten", PostalCode: "123 45"}}, "A|C/o B|123 45 Orten"},
		{Person{Name: "A", Address: Address{Street: "Weg 1", PostalCode: "10115", Town: "Berlin", Country: "DE"}}, "A|Weg 1|10115 Berlin|TYSKLAND"},
		{Person{Name: "A", Address: Address{Street: "X", Town: "Y", Country: "??"}}, "A|X|Y|??"},
		{Person{Name: "A", Protected: true, Address: Address{Street: "Gatan 1"}}, "A"},
	} {
		if got := strings.Join(window(test.person), "|"); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestUnfitLettersAreRefused(t *testing.T) {
	t.Parallel()
	p := press(t)
	for name, spoil := range map[string]func(*Letter){
		"unknown message":   func(l *Letter) { l.Message = "bf.letter" },
		"electronic only":   func(l *Letter) { l.Message = "bf.event" },
		"no id":             func(l *Letter) { l.ID = 0 },
		"no day":            func(l *Letter) { l.Day = 0 },
		"other language":    func(l *Letter) { l.Language = "en" },
		"wrong role":        func(l *Letter) { l.Recipient.Role = Employer },
		"no name":           func(l *Letter) { l.Recipient.Name = " " },
		"no town":           func(l *Letter) { l.Recipient.Town = "" },
		"no postal code":    func(l *Letter) { l.Recipient.PostalCode = " " },
		"nameless party":    func(l *Letter) { l.Parties[0].Name = "" },
		"party of no role":  func(l *Letter) { l.Parties[0].Role = "friend" },
		"fact not foreseen": func(l *Letter) { l.Facts["mood"] = Text("good") },
	} {
		l := examples(t, p.matrix)["bf.order_to_answer/respondent"]
		spoil(&l)
		if err := p.PDF(&bytes.Buffer{}, Item{Letter: l}); err == nil {
			t.Errorf("%s: drawn", name)
		} else if strings.Contains(err.Error(), "2397") || strings.Contains(err.Error(), "Testsson") {
			t.Errorf("%s: the error tells of the person: %v", name, err)
		}
	}
}
