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
	Transaction filing.Transaction // "" = applications for payment orders
	From        io.Reader          // the list
	JSON        bool               // the list is JSON, else the export of a collection system
	Mapping     string             // path; "" = the configuration's, or the usual one of the transaction
	Clients     string             // path; "" = the configuration's
	Form        filing.Form        // "" = the configuration's
	Out         string             // directory; "" = the configuration's
	Sequence    int64              // 0 = the book's next number
	Requester   string             // who asks for extracts; "" = the configuration's
}

// Built is a file with its cover note, if one goes with it, checked, on disk
// and in the book, and a report of what the list held besides.
type Built struct {
	File   ledger.File      `json:"file"`
	Report claimlist.Report `json:"report"`
	// Warnings are what the check lets through but a person should see.
	Warnings []filing.Error `json:"warnings,omitempty"`
	// Repeated tells that applications are in an earlier file as well.
	Repeated ledger.Repeat `json:"repeated,omitzero"`
	// Claimed are claims that are open or decided already.
	Claimed []ClaimedBefore `json:"claimed_before,omitempty"`
}

// ErrNothing tells that no document could be made of the list.
var ErrNothing = errors.New("nothing could be made of the list; see the report")

// Lists are the transactions that are built of a list, and what each list
// holds. Withdrawals, reductions and changes are acts on cases: see Do.
func Lists() map[filing.Transaction]claimlist.ListKind {
	return map[filing.Transaction]claimlist.ListKind{
		filing.BFApplication: claimlist.Claims, filing.VEApplication: claimlist.Enforcement, filing.SCClaim: claimlist.Reports,
		filing.DERequest: claimlist.Questions, filing.PERequest: claimlist.Questions,
	}
}

// Build makes a file of a list. Documents that cannot be used are left out and
// reported; the others are written. The report is there also when the error is
// ErrNothing.
func (d *Desk) Build(ctx context.Context, r BuildRequest) (Built, error) {
	if r.Transaction == "" {
		r.Transaction = filing.BFApplication
	}
	r.Form = filing.Form(firstOf(string(r.Form), string(d.Config.Form)))
	b, err := d.readList(r)
	if err != nil {
		return Built{}, err
	}
	d.dropUnwritable(b, r.Form)
	if r.Out, err = filepath.Abs(firstOf(r.Out, d.Config.Outgoing)); err != nil {
		return Built{}, err
	}
	built, err := d.numbered(ctx, b, r)
	if err == nil {
		built.Claimed, err = d.claimedBefore(ctx, b, built.File)
	}
	built.Report = *b.report
	return built, err
}

// numbered writes the file under a number of its own. Where another build took
// the book's next number in the meantime, it takes the one after.
func (d *Desk) numbered(ctx context.Context, b *batch, r BuildRequest) (Built, error) {
	for {
		facts, err := d.facts(ctx, b, r.Sequence)
		if err != nil {
			return Built{}, err
		}
		built, err := d.write(ctx, b, r, facts)
		if r.Sequence != 0 || !errors.Is(err, ledger.ErrNumberTaken) {
			return built, err
		}
	}
}

func (d *Desk) readList(r BuildRequest) (*batch, error) {
	kind, known := Lists()[r.Transaction]
	if !known {
		return nil, fmt.Errorf("files of %s are not built of a list", r.Transaction)
	}
	o, err := d.listOptions(kind, r.Mapping, r.Clients, r.Form)
	if err != nil {
		return nil, err
	}
	b := &batch{transaction: r.Transaction, requester: firstOf(r.Requester, d.Config.Requester)}
	if kind == claimlist.Claims {
		return b, d.readClaims(b, r, o)
	}
	if kind == claimlist.Questions && b.requester == "" {
		return nil, errors.New("a request for extracts says who asks: give the name, or requester in the configuration")
	}
	list, err := claimlist.Read(r.From, r.JSON, r.Transaction, o)
	if err != nil {
		return nil, err
	}
	b.report = &list.Report
	for i, c := range list.Documents {
		b.add(c, d.entry(c), list.Rows[i])
	}
	return b, nil
}

func (d *Desk) readClaims(b *batch, r BuildRequest, o claimlist.Options) error {
	read := claimlist.ReadCSV
	if r.JSON {
		read = claimlist.ReadJSON
	}
	list, err := read(r.From, o)
	if err != nil {
		return err
	}
	b.report = &list.Report
	for i := range list.Applications {
		a := &list.Applications[i]
		b.add(a, d.entry(a), list.Rows[i])
	}
	return nil
}

func (d *Desk) facts(ctx context.Context, b *batch, sequence int64) (filing.FileFacts, error) {
	facts := filing.FileFacts{PartyCode: d.Config.Code, Sequence: sequence, Created: d.today(), Software: software, Requester: b.requester}
	if facts.Sequence != 0 {
		return facts, nil
	}
	var err error
	facts.Sequence, err = d.Book.NextNumber(ctx, d.Config.Code, b.transaction)
	return facts, err
}

// write writes file and note, leaving out what the check refuses, and enters
// them in the book.
func (d *Desk) write(ctx context.Context, b *batch, r BuildRequest, facts filing.FileFacts) (Built, error) {
	draft, err := os.CreateTemp("", "filtjanst-build-*")
	if err != nil {
		return Built{}, err
	}
	defer os.Remove(draft.Name())
	defer draft.Close()
	verdict, checked, err := d.settle(draft, b, r.Form, facts)
	if err != nil {
		return Built{}, err
	}
	file, err := d.place(draft, r, checked)
	if err != nil {
		return Built{}, err
	}
	if file, err = d.Book.Add(ctx, file, b.placed()); err != nil {
		return Built{}, errors.Join(err, removePair(r.Out, file))
	}
	built := Built{File: file, Warnings: verdict.Warnings}
	if info, _ := filing.Info(b.transaction); info.Timing == filing.Evening {
		built.Repeated, err = d.Book.Repeats(ctx, file)
	}
	return built, err
}

// place gives draft and note their names in the outgoing directory.
func (d *Desk) place(draft *os.File, r BuildRequest, checked filing.Facts) (ledger.File, error) {
	placed, err := d.placeAs(r.Out, checked, r.Form, draft)
	if err != nil {
		return ledger.File{}, err
	}
	return ledger.File{
		Code: checked.PartyCode, Transaction: checked.Transaction, Sequence: checked.Sequence, State: ledger.Built, Form: r.Form,
		Path: placed.file, Digest: placed.fileDigest, NotePath: placed.note, NoteDigest: placed.noteDigest,
		Documents: checked.Documents, Sum: checked.Sum,
	}, nil
}

// placeAs places a file that was checked, with a cover note where one goes with
// its transaction.
func (d *Desk) placeAs(dir string, checked filing.Facts, form filing.Form, file io.ReadSeeker) (pair, error) {
	names, err := d.names(checked.Transaction, checked.Sequence)
	if err != nil {
		return pair{}, err
	}
	if names[1] == "" {
		return placePair(dir, checked.Sequence, names, file, nil)
	}
	note, err := d.note(checked, form)
	if err != nil {
		return pair{}, err
	}
	return placePair(dir, checked.Sequence, names, file, bytes.NewReader(note))
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

// names are those of a file and of its cover note, "" where none goes with it.
func (d *Desk) names(transaction filing.Transaction, sequence int64) (names [2]string, err error) {
	facts := filing.NameFacts{Code: d.Config.Code, Day: d.today(), Sequence: sequence}
	if names[0], err = d.Set.FileName(transaction, facts, d.Config.Generation); err != nil {
		return names, err
	}
	info, _ := filing.Info(transaction)
	if info.Note == "" {
		return names, nil
	}
	names[1], err = d.Set.FileName(info.Note, facts, d.Config.Generation)
	return names, err
}

// Total is the sum of the file.
func (b Built) Total() money.Amount { return b.File.Sum }

// Refusals are the problems that kept cases out of the file.
func (b Built) Refusals() []claimlist.Problem {
	return slices.DeleteFunc(slices.Clone(b.Report.Problems), func(p claimlist.Problem) bool { return p.Severity != claimlist.Refused })
}

// software names this program in the start record.
const software = "filtjanst"
