package paymentorder_test

import (
	"fmt"
	"slices"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

// claim is a plain application: 1 000 kr with interest from 1 January, and a
// collection cost of 180 kr, against so many respondents.
func claim(respondents int) filing.Application {
	a := filingtest.New(1).Applications(1)[0]
	a.Representative, a.NoEnforcement, a.Notice, a.Requests, a.Payee = nil, false, "", "", nil
	a.Applicants = a.Applicants[:1]
	first := a.Respondents[0]
	first.LegalRepresentative, first.Estate = nil, false
	first.Street, first.PostalCode, first.Town, first.Country = "Provgatan 1", "12345", "Provköping", ""
	a.Respondents = nil
	for i := range respondents {
		r := first
		r.Identity, r.Name = filingtest.Number(fmt.Sprintf("1990%02d0198%d", i+1, i)), fmt.Sprintf("Svarande %d", i+1)
		a.Respondents = append(a.Respondents, r)
	}
	a.Joint = respondents > 1
	day := calendar.MustDay("2026-01-01")
	a.Parts = []filing.ClaimPart{
		{Type: filing.Capital, Amount: 1000_00, DueDate: day.AddDays(-1), Ground: "Faktura", InvoiceNumber: "17",
			Interest: filing.Interest{Kind: filing.InterestAct, From: day}},
		{Type: filing.CollectionCost, Amount: 180_00},
	}
	a.Total = 1180_00
	return a
}

// lodge registers one application and returns the number of its case.
func (b *bench) lodge(a filing.Application) string {
	b.Helper()
	b.files++
	f, docs := b.fileOf(b.files, a)
	f.Arrived = b.clock.Now()
	b.must(b.apply(f, docs))
	var number string
	b.read(func(r store.Reader) error {
		return r.QueryRow(`SELECT number FROM paymentorder_case WHERE file = $1`, f.ID).Scan(&number)
	})
	return number
}

// key is the key of a case by its number.
func key(number string) filing.CaseKey { return filing.CaseKey{CaseNumber: number} }

func (b *bench) withdraw(number string) {
	b.Helper()
	b.approved(b.atOnce(filing.BFWithdrawal, &filing.Withdrawal{CaseKey: key(number), Reason: filing.WithdrawnPaid}))
}

func (b *bench) reduceBy(number string, part int64, amount money.Amount) {
	b.Helper()
	b.approved(b.atOnce(filing.BFReduction, &filing.Reduction{CaseKey: key(number), Part: part, Kind: filing.ReduceBy, Amount: amount}))
}

func (b *bench) approved(j service.Judgement) {
	b.Helper()
	if len(j.Errors) > 0 {
		b.Fatalf("refused: %v", j.Errors[0])
	}
}

// served brings a new case to the state served.
func (b *bench) served(a filing.Application) string {
	b.Helper()
	number := b.ordered(a)
	b.must(b.orders.Serve(b.Context(), by, number, 0, 0))
	return number
}

func (b *bench) ordered(a filing.Application) string {
	b.Helper()
	number := b.lodge(a)
	b.pass(1)
	return number
}

func (b *bench) contested(a filing.Application) string {
	b.Helper()
	number := b.served(a)
	b.must(b.orders.Object(b.Context(), by, number, paymentorder.Objection{Respondent: 1, Reasons: "Varan har inte levererats."}))
	return number
}

func (b *bench) decided(a filing.Application) string {
	b.Helper()
	number := b.served(a)
	b.pass(16)
	return number
}

func (b *bench) reopened(a filing.Application) string {
	b.Helper()
	number := b.decided(a)
	b.must(b.orders.RequestReopening(b.Context(), by, number, 0, "Provköpings tingsrätt", 0))
	return number
}

// states are the states of a case, pair by pair.
func (b *bench) states(number string) (all []paymentorder.State) {
	b.Helper()
	c, found := b.caseOf(number)
	if !found {
		b.Fatalf("no case %s", number)
	}
	for _, s := range c.States {
		all = append(all, s.State)
	}
	return all
}

func (b *bench) wantStates(number string, want ...paymentorder.State) {
	b.Helper()
	if got := b.states(number); !slices.Equal(got, want) {
		b.Errorf("case %s: states %v, want %v", number, got, want)
	}
}

func (b *bench) story(number string) (all []service.Event) {
	b.Helper()
	c, _ := b.caseOf(number)
	b.read(func(r store.Reader) (err error) {
		all, err = b.orders.Story(r, c.ID)
		return err
	})
	return all
}

func (b *bench) verdictsOf(number string) (all []*paymentorder.Verdict) {
	b.Helper()
	c, _ := b.caseOf(number)
	b.read(func(r store.Reader) (err error) {
		all, err = b.orders.Verdicts(r, c.ID)
		return err
	})
	return all
}

// refusedWith tells whether an act was refused with the code.
func (b *bench) refusedWith(err error, code string) {
	b.Helper()
	if r, ok := service.RefusedAs(err); !ok || r.Code != code {
		b.Errorf("got %v, want the refusal %s", err, code)
	}
}

func ore(n int64) money.Amount { return money.Amount(n) }
