package sandbox

import (
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/permit"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
)

// asked is a question for a debt extract about person n.
func asked(n int) *filing.ExtractRequest {
	return &filing.ExtractRequest{Reference: fmt.Sprintf("Q%d", n), Identity: debtor(silent, n), Purpose: filing.PurposeCollection, UnderCollection: true}
}

// procured is a question for a procurement extract about a company.
func procured(n int) *filing.ExtractRequest {
	return &filing.ExtractRequest{
		Reference: fmt.Sprintf("Q%d", n), Identity: filingtest.Number(fmt.Sprintf("165599%05d", 99200+n)), Procurement: "Upphandling 7/26",
		PeriodFrom: filingtest.Today - 30, PeriodTo: filingtest.Today + 30,
	}
}

func badQuestions(good func(int) *filing.ExtractRequest, bad map[string]func(*filing.ExtractRequest), codes map[string]string) (all []refusedFile) {
	for name, change := range bad {
		all = append(all, refusedFile{name, func(*cast) []filing.Content {
			q := good(2)
			change(q)
			return []filing.Content{good(1), q}
		}, rejected("2 " + codes[name])})
	}
	return all
}

// TestRefusedQuestions: one question too many holds back the file, and it is
// answered nothing.
func TestRefusedQuestions(t *testing.T) {
	t.Parallel()
	foreigner, err := identity.NewForeign(identity.BirthDate, "1975-03-09")
	if err != nil {
		t.Fatal(err)
	}
	debt := map[string]func(*filing.ExtractRequest){
		"not under collection": func(q *filing.ExtractRequest) { q.UnderCollection = false },
		"another purpose":      func(q *filing.ExtractRequest) { q.Purpose = filing.PurposeSupervision },
		"person twice":         func(q *filing.ExtractRequest) { q.Identity = debtor(silent, 1) },
		"reference twice":      func(q *filing.ExtractRequest) { q.Reference = "Q1" },
		"foreigner":            func(q *filing.ExtractRequest) { q.Identity = foreigner },
	}
	procurement := map[string]func(*filing.ExtractRequest){
		"period that is over":        func(q *filing.ExtractRequest) { q.PeriodTo = filingtest.Today - 1 },
		"period not begun":           func(q *filing.ExtractRequest) { q.PeriodFrom = filingtest.Today + 1 },
		"period that runs backwards": func(q *filing.ExtractRequest) { q.PeriodFrom, q.PeriodTo = filingtest.Today-1, filingtest.Today-2 },
		"company twice":              func(q *filing.ExtractRequest) { q.Identity = procured(1).Identity },
	}
	codes := map[string]string{"not under collection": "D501", "another purpose": "D502", "person twice": "D504", "reference twice": "D301",
		"foreigner": "D509", "period that is over": "D507", "period not begun": "D506", "period that runs backwards": "D508", "company twice": "D504"}
	s := opened(t)
	l := lodgerOf(t, s, "ABC")
	l.play(t, filing.DERequest, &cast{}, badQuestions(asked, debt, codes))
	u := lodgerOf(t, s, "UPH")
	u.play(t, filing.PERequest, &cast{}, badQuestions(procured, procurement, codes))
	evening(t, s)
	for _, one := range []lodger{l, u} {
		if letters := one.drained(t); len(letters) != 0 {
			t.Errorf("%s got %d answers to rejected questions", one.code, len(letters))
		}
	}
	number := u.next(t, filing.PERequest)
	u.sayings(t, u.lodge(t, filing.PERequest, filing.XMLForm, procured(1)), number, said{Outcome: filing.Approved})
}

// TestPersonTwiceFarApart: however far apart the two stand in the file.
func TestPersonTwiceFarApart(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	var docs []filing.Content
	for n := range 1200 {
		docs = append(docs, asked(n))
	}
	docs[1199].(*filing.ExtractRequest).Identity = debtor(silent, 0)
	number := l.next(t, filing.DERequest)
	l.sayings(t, l.lodge(t, filing.DERequest, filing.TextForm, docs...), number, rejected("1200 D504"))
}

// TestQuota: it is passed at the very document, and opens again.
func TestQuota(t *testing.T) {
	t.Parallel()
	for _, form := range forms {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			l := lodgerOf(t, opened(t), "ABC")
			l.decide(t, func(d *permit.Desk) error {
				return d.Amend(t.Context(), officer, "ABC", filing.DebtExtract, func(p *permit.Permit) { p.Quota = permit.Quota{PerDay: 3} })
			})
			send := func(want said, all ...filing.Content) {
				t.Helper()
				number := l.next(t, filing.DERequest)
				l.sayings(t, l.lodge(t, filing.DERequest, form, all...), number, want)
			}
			send(said{Outcome: filing.Approved}, asked(1), asked(2))
			send(rejected("F276"), asked(3), asked(4))
			send(rejected("2 D504"), asked(3), twin(asked(4), asked(3))) // takes nothing
			send(said{Outcome: filing.Approved}, asked(3))
			send(rejected("F276"), asked(4))
			advance(t, l.s, 24*time.Hour)
			send(said{Outcome: filing.Approved}, asked(4), asked(5), asked(6))
		})
	}
}

// twin asks for the person of another question.
func twin(q, of *filing.ExtractRequest) *filing.ExtractRequest {
	q.Identity = of.Identity
	return q
}
