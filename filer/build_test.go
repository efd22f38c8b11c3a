package filer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// desk opens a desk on empty directories on the day of the example.
func desk(t testing.TB, form filing.Form) *Desk {
	t.Helper()
	dir := t.TempDir()
	c := DefaultConfig()
	c.Form = form
	c.Ledger, c.Outgoing, c.Incoming = filepath.Join(dir, "ledger.db"), filepath.Join(dir, "out"), filepath.Join(dir, "in")
	at := calendar.MustDay("2026-11-23").At(9, 0)
	d, err := Open(t.Context(), c, func() time.Time { return at }, strings.NewReader(strings.Repeat("0123456789abcdef", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func export(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile("claimlist/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func build(t *testing.T, d *Desk) Built {
	t.Helper()
	b, err := d.Build(t.Context(), BuildRequest{From: bytes.NewReader(export(t))})
	if err != nil {
		t.Fatalf("%v: %v", err, b.Report.Problems)
	}
	return b
}

func TestBuildWritesACheckedPair(t *testing.T) {
	t.Parallel()
	for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			d := desk(t, form)
			b := build(t, d)
			if b.File.Documents != 2 || b.Total() != 5433620 || b.File.Sequence != 1 {
				t.Errorf("file %+v", b.File)
			}
			note := checkNote(t, d, b.File.NotePath)
			f, err := os.Open(b.File.Path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			verdict, facts, err := filing.Check(f, d.Set, filing.Expect{
				Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: 1, Name: filepath.Base(b.File.Path), Note: &note, Today: d.today(),
			})
			if err != nil || verdict.Outcome != filing.Approved {
				t.Errorf("verdict %+v, %v", verdict, err)
			}
			if facts.Digest != b.File.Digest || facts.Form != form {
				t.Errorf("facts %+v", facts)
			}
		})
	}
}

func checkNote(t *testing.T, d *Desk, path string) filing.Note {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	verdict, note, _, err := filing.CheckNote(f, d.Set, filing.BFApplicationNote)
	if err != nil || verdict.ErrorCount != 0 {
		t.Fatalf("note: %+v, %v", verdict, err)
	}
	return note
}

func TestNextBuildTakesTheNextNumberAndReplacesNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	first, second := build(t, d), build(t, d)
	if second.File.Sequence != 2 || second.File.Path == first.File.Path {
		t.Errorf("first %+v, second %+v", first.File, second.File)
	}
	if filepath.Base(first.File.Path) != filepath.Base(second.File.Path) {
		t.Errorf("the exact name is lost: %s", second.File.Path)
	}
}

func TestBuildOfNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	spoilt := bytes.ReplaceAll(export(t), []byte(";1042;"), []byte(";9;"))
	spoilt = bytes.ReplaceAll(spoilt, []byte(";2207;"), []byte(";9;"))
	b, err := d.Build(t.Context(), BuildRequest{From: bytes.NewReader(spoilt)})
	if err == nil || len(b.Refusals()) < 2 {
		t.Errorf("%v: %v", err, b.Report.Problems)
	}
	files, err := d.Book.Files(t.Context(), ledger.Filter{})
	if err != nil || len(files) != 0 {
		t.Errorf("the book has %v, %v", files, err)
	}
}

func TestBuildOfAListThatBreaksOff(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	if _, err := d.Build(t.Context(), BuildRequest{From: iotest.TimeoutReader(bytes.NewReader(export(t)))}); err == nil {
		t.Error("no error")
	}
}

// A text that does not fit its field leaves its application out, with the row.
func TestBuildLeavesOutWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	long := bytes.ReplaceAll(export(t), []byte("Testbolaget i \xc5mal AB"), []byte(strings.Repeat("Lang", 200)))
	long = bytes.ReplaceAll(long, []byte("Testbolaget i \xc5m\xe5l AB"), []byte(strings.Repeat("Lang", 200)))
	b, err := d.Build(t.Context(), BuildRequest{From: bytes.NewReader(long)})
	if err != nil {
		t.Fatal(err)
	}
	refusals := b.Refusals()
	if b.File.Documents != 1 || len(refusals) != 1 || refusals[0].Row != 4 {
		t.Errorf("documents %d, refusals %v", b.File.Documents, refusals)
	}
}

func TestRenumberClosesTheGap(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	first := build(t, d)
	second := build(t, d)
	if err := d.Book.Discard(t.Context(), first.File.ID, "given up"); err != nil {
		t.Fatal(err)
	}
	done, err := d.Renumber(t.Context())
	if err != nil || len(done) != 1 || done[0].File.Sequence != 1 || done[0].Old != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	if _, err := os.Stat(second.File.Path); !os.IsNotExist(err) {
		t.Errorf("the old file is still there: %v", err)
	}
	note := checkNote(t, d, done[0].File.NotePath)
	if note.Sequence != 1 {
		t.Errorf("note %+v", note)
	}
}

// Builds at once, as of two shells, take a number and a place each.
func TestBuildsAtOnce(t *testing.T) {
	t.Parallel()
	first := desk(t, filing.TextForm)
	const n = 6
	built := make([]Built, n)
	errs := make([]error, n)
	var builders sync.WaitGroup
	for i := range n {
		builders.Go(func() {
			d, err := Open(t.Context(), first.Config, first.now, first.random)
			if err != nil {
				errs[i] = err
				return
			}
			built[i], errs[i] = d.Build(t.Context(), BuildRequest{From: bytes.NewReader(export(t))})
			errs[i] = errors.Join(errs[i], d.Close())
		})
	}
	builders.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	numbers := map[int64]bool{}
	for _, b := range built {
		numbers[b.File.Sequence] = true
		raw, err := os.ReadFile(b.File.Path)
		if sum := sha256.Sum256(raw); err != nil || hex.EncodeToString(sum[:]) != b.File.Digest {
			t.Errorf("number %d: the file is not the one that was built: %v", b.File.Sequence, err)
		}
	}
	if len(numbers) != n || !numbers[1] || !numbers[n] {
		t.Errorf("numbers %v", numbers)
	}
	if left := filesBelow(t, first.Config.Outgoing); len(left) != 2*n {
		t.Errorf("left on disk: %v", left)
	}
}

func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A number that was given by hand and is taken leaves nothing behind.
func TestBuildUnderATakenNumberLeavesNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	build(t, d)
	_, err := d.Build(t.Context(), BuildRequest{From: bytes.NewReader(export(t)), Sequence: 1})
	if !errors.Is(err, ledger.ErrNumberTaken) {
		t.Errorf("error %v", err)
	}
	if left := filesBelow(t, d.Config.Outgoing); len(left) != 2 {
		t.Errorf("left on disk: %v", left)
	}
}

// A directory that cannot be made is told, not tried for ever.
func TestBuildIntoNoDirectory(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	nowhere := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("nothing there", nowhere); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Build(t.Context(), BuildRequest{From: bytes.NewReader(export(t)), Out: nowhere}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
}

// The book is read from other directories than it was written from.
func TestBookKeepsWholePaths(t *testing.T) {
	list := export(t)
	t.Chdir(t.TempDir())
	c := DefaultConfig()
	at := calendar.MustDay("2026-11-23").At(9, 0)
	d, err := Open(t.Context(), c, func() time.Time { return at }, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, out := range []string{"", "other"} {
		b, err := d.Build(t.Context(), BuildRequest{From: bytes.NewReader(list), Out: out})
		if err != nil {
			t.Fatal(err)
		}
		if !filepath.IsAbs(b.File.Path) || !filepath.IsAbs(b.File.NotePath) || b.File.BuiltAt == "" {
			t.Errorf("the book has %+v", b.File)
		}
	}
}

// Imported files are told apart by their bytes, not by their names.
func TestImportOfTheSameNameTwice(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	path := filepath.Join(t.TempDir(), "KVITTENS")
	for i, step := range []struct {
		content string
		want    int
	}{{"one", 1}, {"one", 0}, {"two", 1}} {
		if err := os.WriteFile(path, []byte(step.content), 0o600); err != nil {
			t.Fatal(err)
		}
		received, err := d.Import(t.Context(), path)
		if err != nil || len(received) != step.want {
			t.Errorf("import %d: %+v, %v", i, received, err)
		}
	}
}

// A file that was changed after it was built does not go; its receipt would not
// be known.
func TestChangedFileIsNotSent(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	b := build(t, d)
	if err := os.WriteFile(b.File.Path, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.deliver(t.Context(), nil, b.File, SendRequest{Note: NoteTogether}); err == nil || !strings.Contains(err.Error(), "has been changed") {
		t.Errorf("error %v", err)
	}
	files, err := d.Book.Files(t.Context(), ledger.Filter{States: []ledger.State{ledger.Built}})
	if err != nil || len(files) != 1 {
		t.Errorf("the book has %v, %v", files, err)
	}
}

// A receipt for other bytes is not believed for the sake of the same note.
func TestReceiptOfOtherBytesIsNotBelieved(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	b := build(t, d)
	files := func(f ledger.Filter) ([]ledger.File, error) { return d.Book.Files(t.Context(), f) }
	for _, test := range []struct {
		receipt filing.Receipt
		known   bool
	}{
		{filing.Receipt{Digest: b.File.Digest, NoteDigest: b.File.NoteDigest}, true},
		{filing.Receipt{NoteDigest: b.File.NoteDigest}, true},
		{filing.Receipt{Digest: b.File.NoteDigest}, true}, // of a note that came alone
		{filing.Receipt{Digest: strings.Repeat("0", 64), NoteDigest: b.File.NoteDigest}, false},
	} {
		if file, err := answered(test.receipt, files); (err == nil) != test.known || test.known && file.ID != b.File.ID {
			t.Errorf("%+v: file %d, %v", test.receipt, file.ID, err)
		}
	}
}

// A list that is built twice is told, unless the first file came to nothing.
func TestBuildTellsWhatIsBuiltTwice(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	first := build(t, d)
	second := build(t, d)
	if want := (ledger.Repeat{References: 2, Sequence: 1}); first.Repeated != (ledger.Repeat{}) || second.Repeated != want {
		t.Errorf("first %+v, second %+v", first.Repeated, second.Repeated)
	}
	for _, b := range []Built{first, second} {
		if err := d.Book.Discard(t.Context(), b.File.ID, "given up"); err != nil {
			t.Fatal(err)
		}
	}
	if third := build(t, d); third.Repeated != (ledger.Repeat{}) {
		t.Errorf("third %+v", third.Repeated)
	}
}
