package filer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// BuildRequest says of what files are built.
type BuildRequest struct {
	From     io.Reader   // the list of claims
	JSON     bool        // the list is JSON, else the export of a collection system
	Mapping  string      // path; "" = the configuration's
	Clients  string      // path; "" = the configuration's
	Form     filing.Form // "" = the configuration's
	Out      string      // directory; "" = the configuration's
	Sequence int64       // 0 = the book's next number
}

// Built is a file of applications with its cover note, checked, on disk and
// in the book, and a report of what the list held besides.
type Built struct {
	File   ledger.File      `json:"file"`
	Report claimlist.Report `json:"report"`
	// Warnings are what the check lets through but a person should see.
	Warnings []filing.Error `json:"warnings,omitempty"`
	// Repeated tells that applications are in an earlier file as well.
	Repeated ledger.Repeat `json:"repeated,omitzero"`
}

// ErrNothing tells that no application could be made of the list.
var ErrNothing = errors.New("no application could be made of the list; see the report")

// Build makes a payment-order file of a list of claims. Applications that
// cannot be used are left out and reported; the others are written. The
// report is there also when the error is ErrNothing.
func (d *Desk) Build(ctx context.Context, r BuildRequest) (Built, error) {
	r.Form = filing.Form(firstOf(string(r.Form), string(d.Config.Form)))
	list, err := d.readList(r)
	if err != nil {
		return Built{}, err
	}
	d.dropUnwritable(list, r.Form)
	if r.Out, err = filepath.Abs(firstOf(r.Out, d.Config.Outgoing)); err != nil {
		return Built{}, err
	}
	built, err := d.numbered(ctx, list, r)
	built.Report = list.Report
	return built, err
}

// numbered writes the file under a number of its own. Where another build took
// the book's next number in the meantime, it takes the one after.
func (d *Desk) numbered(ctx context.Context, list *claimlist.List, r BuildRequest) (Built, error) {
	for {
		facts, err := d.facts(ctx, r)
		if err != nil {
			return Built{}, err
		}
		built, err := d.write(ctx, list, r, facts)
		if r.Sequence != 0 || !errors.Is(err, ledger.ErrNumberTaken) {
			return built, err
		}
	}
}

func (d *Desk) readList(r BuildRequest) (*claimlist.List, error) {
	o, err := d.listOptions(r.Mapping, r.Clients, r.Form)
	if err != nil {
		return nil, err
	}
	if r.JSON {
		return claimlist.ReadJSON(r.From, o)
	}
	return claimlist.ReadCSV(r.From, o)
}

func (d *Desk) facts(ctx context.Context, r BuildRequest) (filing.FileFacts, error) {
	facts := filing.FileFacts{PartyCode: d.Config.Code, Sequence: r.Sequence, Created: d.today(), Software: software}
	if facts.Sequence != 0 {
		return facts, nil
	}
	var err error
	facts.Sequence, err = d.Book.NextNumber(ctx, d.Config.Code, filing.BFApplication)
	return facts, err
}

// dropUnwritable leaves out applications that the form cannot carry: a text
// too long for its field, a character that the profile does not permit.
func (d *Desk) dropUnwritable(list *claimlist.List, form filing.Form) {
	drop(list, func(a *filing.Application) (sv, en string) {
		err := d.encode(io.Discard, form, filing.FileFacts{PartyCode: d.Config.Code, Sequence: 1, Created: d.today()}, []filing.Application{*a})
		if err == nil {
			return "", ""
		}
		return "ansökan ryms inte i filen: " + err.Error(), "the application does not fit in the file: " + err.Error()
	})
}

// drop leaves out the applications for which why gives a reason.
func drop(list *claimlist.List, why func(*filing.Application) (sv, en string)) {
	kept, rows := list.Applications[:0], list.Rows[:0]
	for i := range list.Applications {
		sv, en := why(&list.Applications[i])
		if sv == "" {
			kept, rows = append(kept, list.Applications[i]), append(rows, list.Rows[i])
			continue
		}
		list.Report.Refused++
		list.Report.Made--
		list.Report.Problems = append(list.Report.Problems, claimlist.Problem{
			Severity: claimlist.Refused, Row: list.Rows[i], Reference: list.Applications[i].Reference, Swedish: sv, English: en,
		})
	}
	list.Applications, list.Rows = kept, rows
}

// encode writes a file of the applications, with totals of them.
func (d *Desk) encode(w io.Writer, form filing.Form, facts filing.FileFacts, applications []filing.Application) error {
	facts.Documents, facts.Sum = int64(len(applications)), 0
	for _, a := range applications {
		sum, err := facts.Sum.Add(a.Total)
		if err != nil {
			return err
		}
		facts.Sum = sum
	}
	out, err := filing.NewWriter(w, d.Set, filing.BFApplication, form, facts)
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

// write writes file and note, leaving out what the check refuses, and enters
// them in the book.
func (d *Desk) write(ctx context.Context, list *claimlist.List, r BuildRequest, facts filing.FileFacts) (Built, error) {
	draft, err := os.CreateTemp("", "filtjanst-build-*")
	if err != nil {
		return Built{}, err
	}
	defer os.Remove(draft.Name())
	defer draft.Close()
	verdict, checked, err := d.settle(draft, list, r.Form, facts)
	if err != nil {
		return Built{}, err
	}
	file, err := d.place(draft, r, checked)
	if err != nil {
		return Built{}, err
	}
	if file, err = d.Book.Add(ctx, file, documentsOf(list.Applications)); err != nil {
		return Built{}, errors.Join(err, removePair(r.Out, file))
	}
	repeated, err := d.Book.Repeats(ctx, file)
	return Built{File: file, Warnings: verdict.Warnings, Repeated: repeated}, err
}

// settle writes the draft until the check approves it: each time without the
// applications that have errors.
func (d *Desk) settle(draft *os.File, list *claimlist.List, form filing.Form, facts filing.FileFacts) (filing.Verdict, filing.Facts, error) {
	for {
		if len(list.Applications) == 0 {
			return filing.Verdict{}, filing.Facts{}, ErrNothing
		}
		if err := d.rewrite(draft, list, form, facts); err != nil {
			return filing.Verdict{}, filing.Facts{}, err
		}
		verdict, checked, err := filing.Check(draft, d.Set, filing.Expect{
			Transaction: filing.BFApplication, PartyCode: facts.PartyCode, Sequence: facts.Sequence, Today: d.today(),
		})
		if err != nil || verdict.ErrorCount == 0 {
			return verdict, checked, err
		}
		if !dropFaulty(list, verdict.Errors) {
			return verdict, checked, fmt.Errorf("the file that was built does not pass the check: %s", verdict.Errors[0].English)
		}
	}
}

func (d *Desk) rewrite(draft *os.File, list *claimlist.List, form filing.Form, facts filing.FileFacts) error {
	if err := draft.Truncate(0); err != nil {
		return err
	}
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := d.encode(draft, form, facts, list.Applications); err != nil {
		return err
	}
	_, err := draft.Seek(0, io.SeekStart)
	return err
}

// dropFaulty leaves out the applications that have errors and reports them;
// false if no error belongs to one.
func dropFaulty(list *claimlist.List, errs []filing.Error) bool {
	faults := map[string]filing.Error{}
	for _, e := range errs {
		if e.Document > 0 && e.Document <= len(list.Applications) {
			faults[list.Applications[e.Document-1].Reference] = e
		}
	}
	drop(list, func(a *filing.Application) (sv, en string) {
		e, faulty := faults[a.Reference]
		if !faulty {
			return "", ""
		}
		return string(e.Code) + ": " + e.Swedish, string(e.Code) + ": " + e.English
	})
	return len(faults) > 0
}

func documentsOf(applications []filing.Application) []ledger.Document {
	documents := make([]ledger.Document, len(applications))
	for i, a := range applications {
		documents[i] = ledger.Document{Position: int64(i + 1), Reference: a.Reference, Sum: a.Total}
	}
	return documents
}

// place gives draft and note their names in the outgoing directory.
func (d *Desk) place(draft *os.File, r BuildRequest, checked filing.Facts) (ledger.File, error) {
	note, err := d.note(checked, r.Form)
	if err != nil {
		return ledger.File{}, err
	}
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return ledger.File{}, err
	}
	names, err := d.names(checked.Sequence)
	if err != nil {
		return ledger.File{}, err
	}
	placed, err := placePair(r.Out, checked.Sequence, names, draft, bytes.NewReader(note))
	if err != nil {
		return ledger.File{}, err
	}
	return ledger.File{
		Code: checked.PartyCode, Transaction: filing.BFApplication, Sequence: checked.Sequence, State: ledger.Built, Form: r.Form,
		Path: placed.file, Digest: placed.fileDigest, NotePath: placed.note, NoteDigest: placed.noteDigest,
		Documents: checked.Documents, Sum: checked.Sum,
	}, nil
}

// note writes the cover note (missiv) of a file from what the check read in it.
func (d *Desk) note(f filing.Facts, form filing.Form) ([]byte, error) {
	documents, sum, date := f.Documents, f.Sum, f.Created
	var b bytes.Buffer
	err := filing.WriteNote(&b, d.Set, form, filing.Note{
		Transaction: f.Transaction, PartyCode: f.PartyCode, Sequence: f.Sequence, Documents: &documents, Sum: &sum, Date: &date,
	})
	return b.Bytes(), err
}

func (d *Desk) names(sequence int64) ([2]string, error) {
	facts := filing.NameFacts{Code: d.Config.Code, Day: d.today(), Sequence: sequence}
	file, err := d.Set.FileName(filing.BFApplication, facts, d.Config.Generation)
	if err != nil {
		return [2]string{}, err
	}
	note, err := d.Set.FileName(filing.BFApplicationNote, facts, d.Config.Generation)
	return [2]string{file, note}, err
}

// Total is the sum of the file.
func (b Built) Total() money.Amount { return b.File.Sum }

// Refusals are the problems that kept cases out of the file.
func (b Built) Refusals() []claimlist.Problem {
	return slices.DeleteFunc(slices.Clone(b.Report.Problems), func(p claimlist.Problem) bool { return p.Severity != claimlist.Refused })
}

// software names this program in the start record.
const software = "filtjanst"
