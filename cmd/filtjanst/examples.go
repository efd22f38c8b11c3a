package main

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/layout"
	"filtjanst/money"
	"filtjanst/statute"
)

// sample is a small exchange from which the example files of the technical
// descriptions are made: the shipped example export under number 1 of ABC.
type sample struct {
	set          *filing.Set
	day          calendar.Day
	applications []filing.Application
}

const sampleCode = "ABC"

func newSample(set *filing.Set) (*sample, error) {
	export, day := claimlist.ExampleExport()
	mapping, _, err := claimlist.UsualMapping()
	if err != nil {
		return nil, err
	}
	clients, _, err := claimlist.ExampleClients()
	if err != nil {
		return nil, err
	}
	list, err := claimlist.ReadCSV(bytes.NewReader(export), claimlist.Options{
		Mapping: mapping, Clients: clients, Law: statute.Default(), Today: day, Form: filing.TextForm,
	})
	if err != nil {
		return nil, err
	}
	return &sample{set: set, day: day, applications: list.Applications}, nil
}

// examples are the example files of a transaction, in each form that it has.
func examples(set *filing.Set, tx filing.Transaction) ([]layout.Example, error) {
	s, err := newSample(set)
	if err != nil {
		return nil, err
	}
	l, ok := set.Layout(tx)
	if !ok {
		return nil, nil
	}
	var all []layout.Example
	for _, kind := range s.kinds(tx) {
		for _, form := range l.Forms() {
			var b bytes.Buffer
			if err := kind.write(&b, form); err != nil {
				return nil, fmt.Errorf("example of %s: %w", tx, err)
			}
			all = append(all, layout.Example{Title: kind.title + formTitle(form), Bytes: b.Bytes(), Form: form})
		}
	}
	return all, nil
}

func formTitle(f filing.Form) string {
	if f == filing.XMLForm {
		return ", XML"
	}
	return ", text"
}

type exampleKind struct {
	title string
	write func(io.Writer, filing.Form) error
}

func (s *sample) kinds(tx filing.Transaction) []exampleKind {
	switch tx {
	case filing.BFApplication:
		return []exampleKind{{"Fil med två ansökningar", func(w io.Writer, f filing.Form) error { return s.file(w, f, s.applications) }}}
	case filing.BFApplicationNote:
		return []exampleKind{{"Missiv till filen", s.note}}
	case filing.BFApplicationReceipt:
		return []exampleKind{
			{"Godkänd fil", s.approved},
			{"Avvisad fil, exempel 1: fel på handlingar", s.documentError},
			{"Avvisad fil, exempel 2: generellt fel", s.generalError},
		}
	case filing.BFConfirmation:
		return []exampleKind{{"Bekräftelse av filen", s.confirmation}}
	}
	return nil
}

func (s *sample) sum(applications []filing.Application) money.Amount {
	var sum money.Amount
	for _, a := range applications {
		sum += a.Total
	}
	return sum
}

func (s *sample) file(w io.Writer, f filing.Form, applications []filing.Application) error {
	out, err := filing.NewWriter(w, s.set, filing.BFApplication, f, filing.FileFacts{
		PartyCode: sampleCode, Sequence: 1, Created: s.day, Software: "filtjanst",
		Documents: int64(len(applications)), Sum: s.sum(applications),
	})
	if err != nil {
		return err
	}
	for i := range applications {
		if err := out.Write(&applications[i]); err != nil {
			return err
		}
	}
	return out.Close()
}

func (s *sample) noteFacts() filing.Note {
	documents, sum := int64(len(s.applications)), s.sum(s.applications)
	return filing.Note{Transaction: filing.BFApplication, PartyCode: sampleCode, Sequence: 1, Documents: &documents, Sum: &sum, Date: &s.day}
}

func (s *sample) note(w io.Writer, f filing.Form) error {
	return filing.WriteNote(w, s.set, f, s.noteFacts())
}

func (s *sample) approved(w io.Writer, f filing.Form) error {
	return s.receipt(w, f, s.applications, s.noteFacts())
}

// documentError is the receipt of a file in which a claim is not due.
func (s *sample) documentError(w io.Writer, f filing.Form) error {
	wrong := s.applications[0]
	wrong.Parts = append([]filing.ClaimPart{}, wrong.Parts...)
	wrong.Parts[0].DueDate = s.day.AddDays(1)
	return s.receipt(w, f, []filing.Application{wrong, s.applications[1]}, s.noteFacts())
}

// generalError is the receipt of a file whose note says one document more.
func (s *sample) generalError(w io.Writer, f filing.Form) error {
	note := s.noteFacts()
	*note.Documents++
	return s.receipt(w, f, s.applications, note)
}

// receipt checks a file as intake does and writes the receipt for it.
func (s *sample) receipt(w io.Writer, f filing.Form, applications []filing.Application, note filing.Note) error {
	var file bytes.Buffer
	if err := s.file(&file, f, applications); err != nil {
		return err
	}
	verdict, facts, err := filing.Check(bytes.NewReader(file.Bytes()), s.set, filing.Expect{
		Transaction: filing.BFApplication, PartyCode: sampleCode, Sequence: 1, Note: &note, Today: s.day,
	})
	if err != nil {
		return err
	}
	r := filing.Receipt{
		Transaction: filing.BFApplication, TransactionID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01", PartyCode: sampleCode, Sequence: 1,
		FileName: "ABC.ANSOKAN", Digest: facts.Digest, Arrived: s.day.At(8, 15).Add(2 * time.Second), Outcome: verdict.Outcome,
		Records: facts.Records, Documents: facts.Documents, Sum: facts.Sum, Expected: 1, Rules: facts.Rules,
		Errors: verdict.Errors, ErrorCount: verdict.ErrorCount, Counts: verdict.Counts,
	}
	if r.Outcome == filing.Approved {
		r.Expected, r.ReadIn = 2, s.day
	}
	return filing.WriteReceipt(w, s.set, f, r)
}

func (s *sample) confirmation(w io.Writer, f filing.Form) error {
	fee, _, err := statute.Amount(statute.ApplicationFee, s.day.Time())
	if err != nil {
		return err
	}
	cases := int64(len(s.applications))
	out, err := filing.NewWriter(w, s.set, filing.BFConfirmation, f, filing.FileFacts{
		PartyCode: sampleCode, Sequence: 1, FileName: "ABC.ANSOKAN", ReadIn: s.day, Documents: cases, Sum: money.Amount(fee * cases),
	})
	if err != nil {
		return err
	}
	for i, a := range s.applications {
		line := filing.ConfirmedCase{Reference: a.Reference, CaseNumber: fmt.Sprintf("2026-%07d", i+1), Registered: s.day, Fee: money.Amount(fee), Sum: a.Total}
		if err := out.Write(&line); err != nil {
			return err
		}
	}
	return out.Close()
}
