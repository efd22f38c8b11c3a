package portfolio_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/portfolio"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// desk is a service whose cases are known by number; it keeps what it was given.
type desk struct {
	books
	numbers map[string]bool
	applied []int64
}

func (d *desk) Knows(_ store.Reader, _ service.File, docs []service.Document) (map[int64]bool, error) {
	known := map[int64]bool{}
	for _, doc := range docs {
		known[doc.Number] = d.numbers[doc.Content.(*filing.PartyChange).CaseNumber]
	}
	return known, nil
}

func (d *desk) VerifyPartyChange(_ store.Reader, _ service.File, docs []service.Document) (service.Judgement, error) {
	j := service.Judgement{Notes: map[int64]service.Result{}}
	for _, doc := range docs {
		number := doc.Content.(*filing.PartyChange).CaseNumber
		if number == "closed" {
			j.Errors = append(j.Errors, filing.NewError("D451", filing.Place{Document: int(doc.Number)}, number))
			continue
		}
		j.Notes[doc.Number] = service.Result{CaseNumber: number}
	}
	return j, nil
}

func (d *desk) ApplyPartyChange(_ context.Context, _ service.File, docs []service.Document) (service.Work, error) {
	return func(store.Tx) error {
		d.applied = nil
		for _, doc := range docs {
			d.applied = append(d.applied, doc.Number)
		}
		return nil
	}, nil
}

func open(t *testing.T, db *store.DB, cases ...portfolio.Cases) *portfolio.Portfolios {
	t.Helper()
	p, err := portfolio.New(portfolio.Config{DB: db, Parties: party.New(db), Cases: cases,
		Extension: func(store.Reader, int64, filing.Transaction) (bool, error) { return true, nil }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func changing(numbers ...string) (docs []service.Document) {
	for i, number := range numbers {
		docs = append(docs, service.Document{Number: int64(i + 1), Content: &filing.PartyChange{CaseKey: filing.CaseKey{CaseNumber: number}}})
	}
	return docs
}

// Each change goes to the one service that knows its case; one that none knows
// is refused in the order of the file, and is never applied.
func TestPartyChangesGoToWhoKnowsTheCase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, opened func() *store.DB) {
		db := opened()
		first := &desk{numbers: map[string]bool{"A": true, "closed": true}}
		second := &desk{numbers: map[string]bool{"A": true, "B": true}} // the first to know a case has it
		p := open(t, db, first, books{}, second)
		docs := changing("B", "nobody's", "A", "closed", "B")
		var j service.Judgement
		err := db.Read(t.Context(), func(r store.Reader) (err error) {
			j, err = p.Verify(r, service.File{}, docs)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var refused []string
		for _, e := range j.Errors {
			refused = append(refused, fmt.Sprint(e.Document, " ", e.Code))
		}
		if diff := cmp.Diff([]string{"2 D401", "4 D451"}, refused); diff != "" {
			t.Error(diff)
		}
		want := map[int64]service.Result{1: {CaseNumber: "B"}, 3: {CaseNumber: "A"}, 5: {CaseNumber: "B"}}
		if diff := cmp.Diff(want, j.Notes); diff != "" {
			t.Error(diff)
		}
		work, err := p.Apply(t.Context(), service.File{}, []service.Document{docs[0], docs[2], docs[4]})
		if err == nil {
			err = db.Do(t.Context(), work)
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]int64{{3}, {1, 5}}, [][]int64{first.applied, second.applied}); diff != "" {
			t.Error(diff)
		}
		if work, err = p.Apply(t.Context(), service.File{}, docs); err != nil {
			t.Fatal(err)
		}
		if err := db.Do(t.Context(), work); err == nil {
			t.Error("a change of no case was applied")
		}
	})
}

// A report holds every case of the code, service by service, and no other's.
func TestReportHoldsEveryCase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, opened func() *store.DB) {
		db := opened()
		status := func(s filing.Service, n int) filing.CaseStatus {
			return filing.CaseStatus{Service: s, Reference: fmt.Sprint("REF", n), CaseNumber: fmt.Sprint("2026-", n), State: "open",
				Since: calendar.MustDay("2026-01-12"), Registered: calendar.MustDay("2026-01-09"),
				Respondent: filing.Person{Identity: filingtest.Number("195001019800"), Name: "Provperson"},
				Claimed:    1000_00, Reduced: 100_00, Received: 50_00, PaidOut: 40_00, Remaining: 860_00, Fees: 300_00}
		}
		orders, enforcements := books{}, books{1: {status(filing.Enforcement, 9000)}, 2: {status(filing.Enforcement, 9001)}}
		for n := range 2001 { // one more than is read at once
			orders[1] = append(orders[1], status(filing.PaymentOrder, n))
		}
		p := open(t, db, orders, enforcements)
		var file bytes.Buffer
		batch := service.Batch{Transaction: filing.XXStatusReport, CodeID: 1, Code: "AAA", Day: calendar.MustDay("2026-02-02"), Sequence: 1}
		err := db.Read(t.Context(), func(r store.Reader) error {
			file.Reset()
			return p.Write(r, batch, service.Output{Writer: &file, Form: filing.TextForm, Set: filing.Own()})
		})
		if err != nil {
			t.Fatal(err)
		}
		documents, err := filing.Documents(bytes.NewReader(file.Bytes()), filing.Own(), filing.XXStatusReport, filing.TextForm)
		if err != nil {
			t.Fatal(err)
		}
		want := append(append([]filing.CaseStatus{}, orders[1]...), enforcements[1]...)
		for i := range want {
			c, err := documents.Next()
			if err != nil {
				t.Fatalf("case %d of %d: %v", i, len(want), err)
			}
			if *c.(*filing.CaseStatus) != want[i] {
				t.Fatalf("case %d: %+v, want %+v", i, c, want[i])
			}
		}
		if c, err := documents.Next(); err == nil {
			t.Errorf("one too many: %+v", c)
		}
	})
}
