package filer

import (
	"errors"
	"fmt"
	"io"
	"os"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// batch is documents of one transaction that go in one file, with what the
// book keeps of each, the row of the list that it came of, and the report on
// the list.
type batch struct {
	transaction filing.Transaction
	documents   []filing.Content
	entries     []ledger.Document
	rows        []int
	report      *claimlist.Report
	requester   string // who asks, in a request for extracts
}

func (b *batch) add(c filing.Content, entry ledger.Document, row int) {
	b.documents, b.entries, b.rows = append(b.documents, c), append(b.entries, entry), append(b.rows, row)
}

// drop leaves out the documents for which why gives a reason.
func (b *batch) drop(why func(i int) (sv, en string)) {
	kept := batch{}
	for i, c := range b.documents {
		sv, en := why(i)
		if sv == "" {
			kept.add(c, b.entries[i], b.rows[i])
			continue
		}
		b.report.Refused++
		b.report.Made--
		b.report.Problems = append(b.report.Problems, claimlist.Problem{
			Severity: claimlist.Refused, Row: b.rows[i], Reference: c.OwnReference(), Swedish: sv, English: en,
		})
	}
	b.documents, b.entries, b.rows = kept.documents, kept.entries, kept.rows
}

// placed are the entries with the positions of the documents in the file.
func (b *batch) placed() []ledger.Document {
	for i := range b.entries {
		b.entries[i].Position = int64(i + 1)
	}
	return b.entries
}

// encode writes a file of the documents, with totals of them.
func (d *Desk) encode(w io.Writer, transaction filing.Transaction, form filing.Form, facts filing.FileFacts, documents []filing.Content) error {
	facts.Documents, facts.Sum = int64(len(documents)), 0
	for _, c := range documents {
		sum, err := facts.Sum.Add(filing.SumOf(c))
		if err != nil {
			return err
		}
		facts.Sum = sum
	}
	out, err := filing.NewWriter(w, d.Set, transaction, form, facts)
	if err != nil {
		return err
	}
	for _, c := range documents {
		if err := out.Write(c); err != nil {
			return err
		}
	}
	return out.Close()
}

// dropUnwritable leaves out documents that the form cannot carry: a text too
// long for its field, a character that the profile does not permit.
func (d *Desk) dropUnwritable(b *batch, form filing.Form) {
	facts := filing.FileFacts{PartyCode: d.Config.Code, Sequence: 1, Created: d.today(), Requester: firstOf(b.requester, "x")}
	b.drop(func(i int) (sv, en string) {
		err := d.encode(io.Discard, b.transaction, form, facts, b.documents[i:i+1])
		if err == nil {
			return "", ""
		}
		return "handlingen ryms inte i filen: " + err.Error(), "the document does not fit in the file: " + err.Error()
	})
}

// settle writes the draft until the check approves it: each time without the
// documents that have errors.
func (d *Desk) settle(draft *os.File, b *batch, form filing.Form, facts filing.FileFacts) (filing.Verdict, filing.Facts, error) {
	for {
		if len(b.documents) == 0 {
			return filing.Verdict{}, filing.Facts{}, ErrNothing
		}
		if err := d.rewrite(draft, b, form, facts); err != nil {
			return filing.Verdict{}, filing.Facts{}, err
		}
		verdict, checked, err := filing.Check(draft, d.Set, filing.Expect{
			Transaction: b.transaction, PartyCode: facts.PartyCode, Sequence: facts.Sequence, Today: d.today(),
		})
		if err != nil || verdict.ErrorCount == 0 {
			return verdict, checked, err
		}
		if !b.dropFaulty(verdict.Errors) {
			return verdict, checked, fmt.Errorf("the file that was built does not pass the check: %s", verdict.Errors[0].English)
		}
	}
}

func (d *Desk) rewrite(draft *os.File, b *batch, form filing.Form, facts filing.FileFacts) error {
	_, err := draft.Seek(0, io.SeekStart)
	if err = errors.Join(err, draft.Truncate(0)); err != nil {
		return err
	}
	if err := d.encode(draft, b.transaction, form, facts, b.documents); err != nil {
		return err
	}
	_, err = draft.Seek(0, io.SeekStart)
	return err
}

// dropFaulty leaves out the documents that have errors and reports them; false
// if no error belongs to one.
func (b *batch) dropFaulty(errs []filing.Error) bool {
	faults := map[int]filing.Error{}
	for _, e := range errs {
		if _, told := faults[e.Document-1]; !told && e.Document > 0 && e.Document <= len(b.documents) {
			faults[e.Document-1] = e
		}
	}
	b.drop(func(i int) (sv, en string) {
		e, faulty := faults[i]
		if !faulty {
			return "", ""
		}
		return string(e.Code) + ": " + e.Swedish, string(e.Code) + ": " + e.English
	})
	return len(faults) > 0
}
