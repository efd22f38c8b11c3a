package notice

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// traces are the pieces of an address, none of which may be left.
func traces(a Address) []string {
	return []string{a.Street, "Hemliga", "gränd", "1101", a.PostalCode, a.PostalCode[:3] + " " + a.PostalCode[3:], a.Town, a.CareOf}
}

// leaky puts the address of a person into every fact that takes words.
func leaky(facts Facts, a Address) Facts {
	spilled := Facts{}
	code := a.PostalCode[:3] + "\u00a0" + a.PostalCode[3:]
	for name, f := range facts {
		switch f.Kind {
		case KindText:
			f.Text += " (" + a.Street + ", " + code + " " + a.Town + ")"
		case KindQuote:
			f.Text += "\nBor på " + strings.ToUpper(a.Street) + " i " + a.Town + ", c/o " + a.CareOf + "."
		case KindList:
			f.Items = append([]string{"adress: Hemliga  gränd\u00a013, lgh 1101 " + a.PostalCode + " " + a.Town, "i " + a.Town}, f.Items...)
		case KindTable:
			f.Rows = append([]Row{{Label: "Hos " + a.CareOf, Value: a.Street + " " + code}}, f.Rows...)
		}
		spilled[name] = f
	}
	return spilled
}

// In no letter, to anybody, is there a trace of a protected person's address,
// whether it stands in its place or in what others have written.
func TestNoLetterShowsAProtectedAddress(t *testing.T) {
	t.Parallel()
	p := press(t)
	for name, l := range examples(t, p.matrix) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			person := Respondent.example(t)
			person.Protected = true
			l.Parties = append([]Person{person}, l.Parties...) // protected in one place is protected in all
			l.Facts = leaky(l.Facts, person.Address)
			l.Reference = person.Street
			pdf, page := printed(t, p, Item{Letter: l})
			for _, trace := range traces(person.Address) {
				if strings.Contains(strings.ToLower(pdf), strings.ToLower(trace)) {
					t.Errorf("the PDF shows %q", trace)
				}
				if strings.Contains(strings.ToLower(page), strings.ToLower(trace)) {
					t.Errorf("the HTML shows %q", trace)
				}
			}
			if !strings.Contains(page, person.Name) {
				t.Error("the letter does not name the person")
			}
		})
	}
}

// The same scan finds the address when nobody is protected: it can fail.
func TestTheScanFindsAnAddress(t *testing.T) {
	t.Parallel()
	p := press(t)
	l := examples(t, p.matrix)["bf.service_offer/applicant"]
	l.Facts = leaky(l.Facts, Respondent.example(t).Address)
	pdf, page := printed(t, p, Item{Letter: l})
	for _, trace := range traces(Respondent.example(t).Address) {
		if !strings.Contains(pdf, trace) || !strings.Contains(page, trace) {
			t.Errorf("an unprotected letter shows no %q", trace)
		}
	}
}

func TestLetterToAProtectedPersonIsForwarded(t *testing.T) {
	t.Parallel()
	p := press(t)
	l := examples(t, p.matrix)["bf.order_to_answer/respondent"]
	l.Recipient.Protected = true
	if l.Route() != Forwarded {
		t.Fatalf("the route is %s", l.Route())
	}
	sheets, err := p.sheets(Item{Letter: l})
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 2 {
		t.Fatalf("%d sheets", len(sheets))
	}
	cover, letter := sheets[0], sheets[1]
	if cover.Window[0] != forwarding.Name || len(letter.Window) != 1 || letter.Window[0] != l.Recipient.Name {
		t.Errorf("the windows show %v and %v", cover.Window, letter.Window)
	}
	for _, secret := range []string{l.CaseNumber, "föreläggande", "skuld"} {
		if strings.Contains(strings.ToLower(cover.plain()), strings.ToLower(secret)) {
			t.Errorf("the request to forward tells of %q", secret)
		}
	}
	if strings.Contains(cover.Foot, string(l.Message)) {
		t.Error("the foot of the request tells what the letter is")
	}
	pdf, _ := printed(t, p, Item{Letter: l})
	for _, part := range []string{forwarding.Name, forwarding.Address.Street, "förmedla", "900602-2397", "Sida 1 av 1", "Sida 3 av 3"} {
		if !strings.Contains(pdf, part) {
			t.Errorf("the PDF does not show %q", part)
		}
	}
}

func TestThoseWhoLiveWithAProtectedPerson(t *testing.T) {
	t.Parallel()
	protected := Respondent.example(t)
	protected.Protected = true
	same := Representative.example(t)
	same.Address = protected.Address
	same.Street = strings.ToUpper(same.Street)
	l := withhold(Letter{Recipient: same, Parties: []Person{protected, same, Applicant.example(t)}})
	if l.Recipient.Street == "" {
		t.Error("a recipient who is not protected lost its own address")
	}
	if l.Parties[1].Address != (Address{}) {
		t.Error("a party at the same address is shown with it")
	}
	if l.Parties[2].Street == "" {
		t.Error("a party at another address lost it")
	}
}

func TestWithholdLeavesTheRest(t *testing.T) {
	t.Parallel()
	p := press(t)
	for name, l := range examples(t, p.matrix) {
		var before, after bytes.Buffer
		if p.HTML(&before, Item{Letter: l}) != nil || p.HTML(&after, Item{Letter: withhold(l)}) != nil {
			t.Fatalf("%s was not drawn", name)
		}
		if before.String() != after.String() {
			t.Errorf("%s changed though nobody is protected", name)
		}
	}
}

func TestNumbersAreNoPostalCodes(t *testing.T) {
	t.Parallel()
	hidden := secretsOf([]Person{{Protected: true, Address: Address{PostalCode: "98765", Town: "Gömby"}}})
	for text, want := range map[string]string{
		"98\u00a0765,00\u00a0kr":  "98\u00a0765,00\u00a0kr",
		"1 198 765,00 kr":         "1 198 765,00 kr",
		"mål BF-26-0098765":       "mål BF-26-0098765",
		"987 654,00 kr":           "987 654,00 kr",
		"98765":                   withheld,
		"98765gömby":              withheld,
		"(987 65 Gömby)":          "(" + withheld + ")",
		"987\u00a065,  GÖMBY, nu": withheld + ", nu",
	} {
		if got := hidden.strike(text); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}

// However an address is spaced, cased and broken, it is struck.
func TestAnyWritingOfAnAddressIsStruck(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[A-ZÅÄÖ][a-zåäö]{3,8}`)
	gaps := rapid.SampledFrom([]string{" ", "  ", "\u00a0", "\n", ", ", ". "})
	rapid.Check(t, func(t *rapid.T) {
		first, second := word.Draw(t, "first"), word.Draw(t, "second")
		number := rapid.StringMatching(`[1-9][0-9]?[A-D]?`).Draw(t, "number")
		a := Address{Street: first + " " + second + " " + number, PostalCode: rapid.StringMatching(`[1-9][0-9]{4}`).Draw(t, "code"), Town: "Gömby"}
		hidden := secretsOf([]Person{{Protected: true, Address: a}})
		gap := gaps.Draw(t, "gap")
		written := first + gap + second + gap + number
		if rapid.Bool().Draw(t, "upper") {
			written = strings.ToUpper(written)
		}
		text := "bor på " + written + gap + a.PostalCode[:3] + rapid.SampledFrom([]string{"", " ", "\u00a0"}).Draw(t, "blank") + a.PostalCode[3:] + gap + "GÖMBY nu"
		struck := strings.ToLower(strings.ReplaceAll(hidden.strikeAll(text), withheld, "-"))
		for _, trace := range []string{first, second, a.PostalCode[3:] + gap, "gömby"} {
			if strings.Contains(struck, strings.ToLower(trace)) {
				t.Errorf("%q became %q, which shows %q", text, struck, trace)
			}
		}
	})
}
