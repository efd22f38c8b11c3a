package restructuring_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// written writes a batch and reads it back.
func (r *room) written(b service.Batch, form filing.Form) (facts filing.FileFacts, docs []filing.Content) {
	r.Helper()
	var file bytes.Buffer
	r.read(func(rd store.Reader) error {
		file.Reset()
		return r.matters.Write(rd, b, service.Output{Writer: &file, Form: form, Set: filing.Own()})
	})
	reader, err := filing.Documents(&file, filing.Own(), b.Transaction, form)
	r.must(err)
	for {
		c, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return reader.File(), docs
		}
		r.must(err)
		docs = append(docs, c)
	}
}

func TestOpeningsAreWritten(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		o.Business = true
		r.match(o, restructuring.Match{CodeID: 1, Reference: "A", CaseNumber: "2026-1"}, restructuring.Match{CodeID: 1, Reference: "B"})
		m := r.open(o)
		want := &filing.RestructuringOpening{
			Reference: "A", CaseNumber: "2026-1", MatterNumber: m.Number, Debtor: filing.Person{Identity: o.Debtor.Identity, Name: "Gäldenären"},
			Decided: o.Decided, Announced: o.Announced, LastDay: m.LastDay, Business: true,
		}
		list := *want
		list.Reference, list.CaseNumber = "B", ""
		b := r.outgoing(r.today())[0]
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			facts, docs := r.written(b, form)
			if diff := cmp.Diff([]filing.Content{want, &list}, docs); diff != "" {
				r.Errorf("%s (-want +got):\n%s", form, diff)
			}
			if facts.PartyCode != "ABC" || facts.Sequence != 1 || facts.Documents != 2 || facts.Created != r.today() {
				r.Errorf("%s: %+v", form, facts)
			}
		}
	})
}

func TestConfirmationIsWritten(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		r.report(claim(m, 1, 100_00), claim(m, 2, 50_00))
		r.clock.Set(m.LastDay.AddDays(1).At(9, 0))
		r.report(claim(m, 3, 1_00))
		var docs []filing.Content
		for _, b := range r.outgoing(r.today()) {
			facts, some := r.written(b, filing.TextForm)
			if facts.FileName != "ABC.FORDRAN" || facts.Sequence != b.Sequence {
				r.Errorf("%+v", facts)
			}
			docs = append(docs, some...)
		}
		line := func(reference, number string, late bool, sum money.Amount) *filing.ConfirmedClaim {
			registered := begun
			if late {
				registered = m.LastDay.AddDays(1)
			}
			return &filing.ConfirmedClaim{
				Reference: reference, ClaimNumber: number, MatterNumber: m.Number, Registered: registered,
				Status: filing.ClaimRegistered, Late: late, Sum: sum,
			}
		}
		want := []filing.Content{
			line("R-1", "CLM-2026-000001", false, 100_00), line("R-2", "CLM-2026-000002", false, 50_00), line("R-3", "CLM-2026-000003", true, 1_00),
		}
		if diff := cmp.Diff(want, docs); diff != "" {
			r.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// A batch that is not one of the service's, or whose rows are gone, is an error
// and not a shorter file.
func TestBatchesThatCannotBeWritten(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		r.match(o, restructuring.Match{CodeID: 1, Reference: "A"})
		r.open(o)
		good := r.outgoing(r.today())[0]
		for name, edit := range map[string]func(b *service.Batch){
			"another transaction": func(b *service.Batch) { b.Transaction = filing.BFConfirmation },
			"another code":        func(b *service.Batch) { b.CodeID = 2 },
			"more documents":      func(b *service.Batch) { b.Documents = 2 },
			"no such file":        func(b *service.Batch) { b.Transaction, b.File = "sc.confirmation", 99 },
		} {
			b := good
			edit(&b)
			err := r.db.Read(r.Context(), func(rd store.Reader) error {
				return r.matters.Write(rd, b, service.Output{Writer: io.Discard, Form: filing.TextForm, Set: filing.Own()})
			})
			if err == nil {
				r.Errorf("%s is written", name)
			}
		}
	})
}

// What a file says of a claim stands in the register.
func TestReportIsKeptWhole(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		want := claim(m, 1, 500_00)
		want.Debtor.Name = m.Debtor.Name
		want.Representative = &filing.Party{Identity: creditor(7).Identity, Name: "Ombudet", PostalCode: "11122", Town: "Ort"}
		want.Creditor.CareOf, want.Creditor.Phone, want.Creditor.Email = "c/o Y", "08-123", "a@example.se"
		want.Payee = filing.Payee{Name: "Mottagaren", Identity: creditor(8).Identity, Kind: filing.PayToAccount, Account: "80001234567"}
		want.Claims = []filing.ReportedClaim{
			{Amount: 300_00, Interest: 12_34, Origin: day("2024-02-29"), DueDate: day("2024-03-31"), CaseNumber: "2025-0000017", Ground: "rad 1\nrad 2"},
			{
				Amount: 187_66, Origin: day("2025-01-01"), Disputed: true, NotDue: true, CounterPerformance: true, Condition: "om",
				Security: "pant", SecurityAmount: 5_00, Guarantor: filing.Person{Identity: creditor(9).Identity, Name: "Borgensmannen"},
			},
		}
		for i, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			want.Reference = string(form)
			r.report(r.throughFile(want, form))
			got := r.reports(m.Number)[i]
			kept := &filing.ClaimReport{
				Reference: got.Reference, MatterNumber: m.Number, Debtor: want.Debtor,
				Creditor: got.Creditor, Representative: want.Representative, Payee: got.Payee, Total: got.Total,
			}
			for _, c := range got.Claims {
				kept.Claims = append(kept.Claims, c.ReportedClaim)
			}
			if diff := cmp.Diff(want, kept); diff != "" || got.Representative != "Ombudet" {
				r.Errorf("%s (-want +got):\n%s", form, diff)
			}
		}
	})
}

// throughFile writes a report and reads it back.
func (r *room) throughFile(c *filing.ClaimReport, form filing.Form) *filing.ClaimReport {
	r.Helper()
	var file bytes.Buffer
	w, err := filing.NewWriter(&file, filing.Own(), "sc.claim", form, filing.FileFacts{
		PartyCode: "ABC", Sequence: 1, Created: r.today(), Documents: 1, Sum: c.Total,
	})
	r.must(err)
	r.must(w.Write(c))
	r.must(w.Close())
	reader, err := filing.Documents(&file, filing.Own(), "sc.claim", form)
	r.must(err)
	reader.At(r.today().Time())
	content, err := reader.Next()
	r.must(err)
	return content.(*filing.ClaimReport)
}
