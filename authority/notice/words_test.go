package notice

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestEveryLetterHasAnExampleOfEveryFact(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	for name, l := range examples(t, m) {
		e, _ := m.Entry(l.Message)
		for _, facts := range []map[string]FactKind{e.Facts, e.Optional} {
			for fact := range facts {
				if _, ok := l.Facts[fact]; !ok {
					t.Errorf("%s: there is no example of %s", name, fact)
				}
			}
		}
		if err := m.check(l); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every letter with all facts, and with the demanded ones alone, says the same
// in PDF and HTML.
func TestEveryLetterReadsTheSameInBothForms(t *testing.T) {
	t.Parallel()
	p := press(t)
	for name, l := range examples(t, p.matrix) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := p.matrix.Entry(l.Message)
			bare := l
			bare.Facts = maps.Clone(l.Facts)
			maps.DeleteFunc(bare.Facts, func(name string, _ Fact) bool { _, optional := e.Optional[name]; return optional })
			bare.Parties = nil
			for _, letter := range []Letter{l, bare, l.flipped()} {
				sameWords(t, p, letter)
			}
		})
	}
}

// flipped is the letter with every flag the other way.
func (l Letter) flipped() Letter {
	l.Facts = maps.Clone(l.Facts)
	for name, f := range l.Facts {
		f.Yes = !f.Yes
		l.Facts[name] = f
	}
	return l
}

func sameWords(t *testing.T, p *Press, l Letter) {
	t.Helper()
	it := Item{Letter: l, Attempt: 1}
	pdf, page := printed(t, p, it)
	for _, word := range strings.Fields(page) {
		if !strings.Contains(pdf, word) {
			t.Errorf("%q stands in the HTML and not in the PDF", word)
		}
	}
	sheets, err := p.sheets(it)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		for _, b := range append(s.Blocks, block{Text: s.Title}) {
			if !strings.Contains(pdf, flat(b.Text)) && len(sheetPages(pdf)) < 2 {
				t.Errorf("the PDF does not say %q", b.Text)
			}
			if !strings.Contains(page, flat(b.Text)) {
				t.Errorf("the HTML does not say %q", b.Text)
			}
		}
	}
	for _, fault := range []string{"<no value>", "map[", "%!", "\x1f", "{{"} {
		if strings.Contains(pdf+page, fault) {
			t.Errorf("the letter says %q", fault)
		}
	}
}

// sheetPages are the marks of the pages: text that goes over a page has the
// page's head within.
func sheetPages(pdf string) []string {
	return slices.DeleteFunc(strings.Split(pdf, "Sida "), func(s string) bool { return s == "" })[1:]
}

func TestALetterWithoutAFactIsRefused(t *testing.T) {
	t.Parallel()
	p := press(t)
	for name, l := range examples(t, p.matrix) {
		e, _ := p.matrix.Entry(l.Message)
		for fact, kind := range e.Facts {
			for what, spoil := range map[string]func(Facts){
				"missing":    func(f Facts) { delete(f, fact) },
				"other kind": func(f Facts) { f[fact] = Fact{Kind: "other"} },
				"empty":      func(f Facts) { f[fact] = Fact{Kind: kind} },
			} {
				if what == "empty" && (kind == KindAmount || kind == KindFlag) {
					continue
				}
				bad := l
				bad.Facts = maps.Clone(l.Facts)
				spoil(bad.Facts)
				if err := p.PDF(&bytes.Buffer{}, Item{Letter: bad}); err == nil || !strings.Contains(err.Error(), fact) {
					t.Errorf("%s with %s %s: %v", name, fact, what, err)
				}
			}
		}
	}
}

// What the law demands that a letter tells (law.md §§2.2, 5, 7).
func TestLettersTellWhatTheLawDemands(t *testing.T) {
	t.Parallel()
	p := press(t)
	all := examples(t, p.matrix)
	for name, demands := range map[string][]string{
		"bf.order_to_complete/applicant": {"kan vi komma att avvisa ansökan", "senast den 7 december 2026", "20 §"},
		"bf.order_to_answer/respondent": {"inom tio dagar från den dag då du fick del", "Om du inte svarar", "meddela utslag",
			"Utslaget kan sedan verkställas", "bestrider kravet", "Mottagningsbevis"},
		"bf.service_offer/applicant":       {"själva ordna delgivningen", "kan ansökan avvisas"},
		"bf.objection_notice/applicant":    {"senast den 4 januari 2027", "fyra veckor", "avskriver vi målet"},
		"bf.late_objection/respondent":     {"ansöka om återvinning"},
		"bf.verdict/applicant":             {"Utslaget verkställs utan att ni ansöker om det", "överklagandet ska ha kommit in"},
		"bf.verdict_respondent/respondent": {"Utslaget verkställs utan att sökanden ansöker", "inom en månad från dagen för utslaget", "skriftligen"},
		"bf.reopening_question/respondent": {"Om du inte svarar", "Utslaget gäller då som en dom"},
		"ve.order_to_complete/applicant":   {"kan vi komma att avvisa ansökan"},
		"ve.attachment_notice/debtor":      {"kan besluta om utmätning", "senast den 8 januari 2027"},
		"ve.fee_demand/applicant":          {"kan vi avskriva målet"},
		"ve.advance_demand/applicant":      {"kan vi avskriva målet", "2 500,00 kr"},
		"ve.new_fee/applicant":             {"behöver ni inte göra något", "inte har fakturerat förut", "Återkalla ansökan"},
		"ve.investigation/applicant":       {"Det här tänker vi göra senare"},
		"sc.creditor_call/creditor":        {"det konto som utbetalningar ska göras till", "Ni riskerar att förlora rätten till betalning"},
		"sc.payout_notice/creditor":        {"förlorar ni annars rätten till pengarna", "Varav ränta"},
		"sc.proposal/creditor":             {"Om ni inte svarar hindrar det inte"},
	} {
		l, ok := all[name]
		if !ok {
			t.Errorf("there is no example %s", name)
			continue
		}
		_, page := printed(t, p, Item{Letter: l})
		for _, demand := range demands {
			if !strings.Contains(strings.ToLower(page), strings.ToLower(demand)) {
				t.Errorf("%s does not say %q", name, demand)
			}
		}
	}
}

func TestTheSameLetterGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	first, second := press(t), press(t)
	for name, l := range examples(t, first.matrix) {
		if e, _ := first.matrix.Entry(l.Message); l.Recipient.Role != e.To[0] {
			continue // the roles differ in a few words
		}
		var a, b bytes.Buffer
		if first.PDF(&a, Item{Letter: l}) != nil || second.PDF(&b, Item{Letter: l}) != nil {
			t.Fatalf("%s was not drawn", name)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s differs from itself", name)
		}
	}
}

func TestAPrintAfterTheFirstIsMarked(t *testing.T) {
	t.Parallel()
	p := press(t)
	l := examples(t, p.matrix)["bf.verdict/filer"]
	for attempt, marked := range map[int64]bool{0: false, 1: false, 2: true, 3: true} {
		pdf, page := printed(t, p, Item{Letter: l, Attempt: attempt})
		sign := fmt.Sprintf("utskrift %d", attempt)
		if strings.Contains(pdf, sign) != marked || strings.Contains(page, sign) != marked {
			t.Errorf("attempt %d is marked as a later print: %t", attempt, !marked)
		}
	}
}
