package sandbox

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// batch is a file of applications and its cover note, before anything is done
// to them. The same batch gives the same bytes.
type batch struct {
	code     string
	sequence int64
	cases    int
	seed     uint64
	form     filing.Form
}

func (b batch) applications() []filing.Application {
	return filingtest.New(b.seed).Applications(max(1, b.cases))
}

func (b batch) file(t testing.TB) []byte {
	t.Helper()
	all := b.applications()
	var out bytes.Buffer
	w, err := filing.NewWriter(&out, filing.Own(), filing.BFApplication, b.form, filingtest.Facts(b.code, b.sequence, all))
	for i := range all {
		if err == nil {
			err = w.Write(&all[i])
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// facts are what an honest cover note says.
func (b batch) facts() filing.Note {
	f := filingtest.Facts(b.code, b.sequence, b.applications())
	return filing.Note{
		Transaction: filing.BFApplication, PartyCode: b.code, Sequence: b.sequence,
		Documents: &f.Documents, Sum: &f.Sum, Date: &f.Created,
	}
}

func (b batch) asFile(body []byte) part { return part{"ansokan", b.code + ".ANSOKAN", body} }
func (b batch) asNote(body []byte) part { return part{"missiv", b.code + ".ANSOKAN.MISSIV", body} }

func (b batch) note(t testing.TB) []byte {
	t.Helper()
	return noteOf(t, b.form, b.facts())
}

func noteOf(t testing.TB, form filing.Form, n filing.Note) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := filing.WriteNote(&out, filing.Own(), form, n); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// standing is what a party code has at the authority. A refusal of any kind
// leaves it as it was.
type standing struct {
	Expected int64 // number of the next file
	Approved int   // files
	Waiting  int   // halves
	ToReadIn int   // files, of any code
}

func standingOf(t testing.TB, s *Sandbox, code string) (st standing) {
	t.Helper()
	w := testWorld(s)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		st = standing{}
		c, _, err := w.Parties.ByCode(r, code)
		if err != nil {
			return err
		}
		if st.Expected, err = w.Door.Expected(r, c.ID, filing.BFApplication, filing.Own()); err != nil {
			return err
		}
		files, err := w.Door.Due(r, calendar.MustDay("2199-12-31"), 0, 10_000)
		st.ToReadIn = len(files)
		if err != nil {
			return err
		}
		came, err := w.Door.ReceivedUnder(r, c.ID, 0, 10_000)
		for _, one := range came {
			switch {
			case one.Outcome == filing.Waiting:
				st.Waiting++
			case one.Outcome == filing.Approved && one.Role == filing.RoleFile:
				st.Approved++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// rejectedFor finds the error of the code in a rejection, and sees that it is
// told in both languages with a remedy.
func rejectedFor(t testing.TB, r answer, code filing.Code) filing.Error {
	t.Helper()
	if r.Outcome != filing.Rejected || r.ReadIn != 0 {
		t.Errorf("the file is %s, to be read in %s", r.Outcome, r.ReadIn)
	}
	total := 0
	for _, n := range r.Counts {
		total += n
	}
	if total != r.ErrorCount || len(r.Errors) == 0 {
		t.Errorf("%d errors, %d by code, %d listed", r.ErrorCount, total, len(r.Errors))
	}
	for _, e := range r.Errors {
		told(t, e)
	}
	for _, e := range r.Errors {
		if e.Code == code {
			return e
		}
	}
	t.Fatalf("no %s in %+v", code, r.Errors)
	return filing.Error{}
}

// told holds the texts of an error against the table that explain shows.
func told(t testing.TB, e filing.Error) {
	t.Helper()
	info, known := filing.Explain(string(e.Code))
	if !known || e.Class != info.Class {
		t.Errorf("code %q of class %s is not in the table", e.Code, e.Class)
	}
	if !fits(info.Swedish, e.Swedish) || !fits(info.English, e.English) {
		t.Errorf("%s says %q and %q, want %q and %q", e.Code, e.Swedish, e.English, info.Swedish, info.English)
	}
	if want := info.RemedySwedish + " / " + info.RemedyEnglish; e.Remedy != want || want == " / " {
		t.Errorf("%s: remedy %q, want %q", e.Code, e.Remedy, want)
	}
	if e.Document > 0 && e.Line == 0 {
		t.Errorf("%s does not tell on which line document %d begins", e.Code, e.Document)
	}
}

// fits tells whether the text is the template with its braces filled in.
func fits(template, text string) bool {
	if template == "" {
		return false
	}
	pattern := argument.ReplaceAllString(regexp.QuoteMeta(template), ".+")
	return regexp.MustCompile("^" + pattern + "$").MatchString(text)
}

var argument = regexp.MustCompile(`\\\{[a-z_]+\\\}`)

// noBytes sees that no bytes lie beside the database.
func noBytes(t testing.TB, s *Sandbox) {
	t.Helper()
	if n := blobs(t, s); n > 0 {
		t.Errorf("%d blobs are left", n)
	}
}

// blobs counts the files beside the database, begun ones too.
func blobs(t testing.TB, s *Sandbox) int {
	t.Helper()
	return blobsIn(t, s.path("authority", "test", "bytes"))
}

func blobsIn(t testing.TB, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		if errors.Is(err, fs.ErrNotExist) { // gone while we look
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
