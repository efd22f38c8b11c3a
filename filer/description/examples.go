package description

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/layout"
	"filtjanst/statute"
)

// An exampleFile is one file of the story that the example files of the
// technical descriptions tell: one case from its application to its end, and
// beside it a claim in a debt restructuring and some extracts.
type exampleFile struct {
	title     string
	facts     filing.FileFacts // but for code, number of documents and sum
	documents []filing.Content
	answers   *exampleAnswer // of a receipt
	noteTo    filing.Transaction
}

// exampleAnswer is what a receipt answers: a file of the story, checked as
// reception does.
type exampleAnswer struct {
	to      filing.Transaction
	change  func(*exampleFile) // what is wrong with it
	note    func(*filing.Note) // what is wrong with its cover note
	again   bool               // the file comes a second time (R39)
	applied []filing.AppliedDocument
}

const sampleCode = "ABC"

// story holds the applications of the shipped example export, from which the
// rest follows.
type story struct {
	day          calendar.Day
	applications []filing.Content
	files        map[filing.Transaction][]exampleFile
}

func newStory() (*story, error) {
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
	s := &story{day: day}
	for i := range list.Applications {
		s.applications = append(s.applications, &list.Applications[i])
	}
	s.files = s.table()
	return s, nil
}

// examples are the example files of a transaction, in each form that it has.
func examples(set *filing.Set, tx filing.Transaction) ([]layout.Example, error) {
	s, err := newStory()
	if err != nil {
		return nil, err
	}
	l, ok := set.Layout(tx)
	if !ok {
		return nil, nil
	}
	var all []layout.Example
	for _, file := range s.files[tx] {
		for _, form := range l.Forms() {
			data, err := s.write(set, tx, form, file)
			if err != nil {
				return nil, fmt.Errorf("example of %s: %w", tx, err)
			}
			all = append(all, layout.Example{Title: file.title + formTitle(form), Bytes: data, Form: form})
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

func (s *story) write(set *filing.Set, tx filing.Transaction, form filing.Form, file exampleFile) ([]byte, error) {
	var out bytes.Buffer
	switch {
	case file.noteTo != "":
		err := filing.WriteNote(&out, set, form, s.note(file.noteTo))
		return out.Bytes(), err
	case file.answers != nil:
		receipt, err := s.receipt(set, form, file.answers)
		if err != nil {
			return nil, err
		}
		err = filing.WriteReceipt(&out, set, form, receipt)
		return out.Bytes(), err
	}
	err := writeExample(&out, set, tx, form, file)
	return out.Bytes(), err
}

// stated are the facts of a file, with what follows from its documents.
func (f *exampleFile) stated() filing.FileFacts {
	facts := f.facts
	facts.PartyCode, facts.Documents = sampleCode, int64(len(f.documents))
	for _, c := range f.documents {
		facts.Sum += filing.SumOf(c)
	}
	return facts
}

func writeExample(out *bytes.Buffer, set *filing.Set, tx filing.Transaction, form filing.Form, file exampleFile) error {
	w, err := filing.NewWriter(out, set, tx, form, file.stated())
	if err != nil {
		return err
	}
	for _, c := range file.documents {
		if err := w.Write(c); err != nil {
			return err
		}
	}
	return w.Close()
}

// note is the cover note to the first file of the transaction.
func (s *story) note(tx filing.Transaction) filing.Note {
	facts := s.files[tx][0].stated()
	return filing.Note{Transaction: tx, PartyCode: sampleCode, Sequence: facts.Sequence, Documents: &facts.Documents, Sum: &facts.Sum, Date: &facts.Created}
}

// receipt checks the first file of a transaction as reception does and answers
// it.
func (s *story) receipt(set *filing.Set, form filing.Form, a *exampleAnswer) (filing.Receipt, error) {
	file := s.files[a.to][0]
	if a.change != nil {
		file.documents = slices.Clone(file.documents)
		a.change(&file)
	}
	facts := file.stated()
	expect := filing.Expect{Transaction: a.to, PartyCode: sampleCode, Sequence: facts.Sequence, Today: facts.Created}
	if a.again {
		expect.Sequence++
	}
	if info, _ := filing.Info(a.to); info.Note != "" {
		note := s.note(a.to)
		if a.note != nil {
			a.note(&note)
		}
		expect.Note = &note
	}
	var data bytes.Buffer
	if err := writeExample(&data, set, a.to, form, file); err != nil {
		return filing.Receipt{}, err
	}
	verdict, found, err := filing.Check(bytes.NewReader(data.Bytes()), set, expect)
	if err != nil {
		return filing.Receipt{}, err
	}
	name, err := set.FileName(a.to, filing.NameFacts{Code: sampleCode, Day: facts.Created, Sequence: facts.Sequence}, "")
	if err != nil {
		return filing.Receipt{}, err
	}
	r := filing.Receipt{
		Transaction: a.to, TransactionID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01", PartyCode: sampleCode, Sequence: facts.Sequence,
		FileName: name, Digest: found.Digest, Arrived: facts.Created.At(8, 15).Add(2 * time.Second), Outcome: verdict.Outcome,
		Records: found.Records, Documents: found.Documents, Sum: found.Sum, Expected: expect.Sequence, Rules: set.Digest(), // the rules change more often than the descriptions
		Errors: verdict.Errors, ErrorCount: verdict.ErrorCount, Counts: verdict.Counts, Warnings: verdict.Warnings,
	}
	if r.Outcome != filing.Rejected {
		r.Expected, r.Applied, r.ReadIn = facts.Sequence+1, a.applied, readIn(a.to, facts.Created)
	}
	return r, nil
}

// readIn is the evening in which a file is read in, if it waits for one.
func readIn(tx filing.Transaction, came calendar.Day) calendar.Day {
	if info, _ := filing.Info(tx); info.Timing == filing.Evening {
		return came
	}
	return 0
}
