package layout

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
)

// fuzzLimits keep a document small, so that memory out of bounds shows.
var fuzzLimits = Options{MaxFaults: 50, Limits: Limits{Documents: 100, DocumentBytes: 4_000, LineBytes: 500}}

// shortDigits finds digits that do not fill their field, which are written
// with zeros before them.
var shortDigits = regexp.MustCompile(`card="[0-9]{0,9}"`)

// observed is what one reading gives.
type observed struct {
	faults   []string
	outlines []string
	docs     []*Tree
	file     *Tree
}

// observe reads b to its end and checks what must hold for every input.
func observe(t *testing.T, l *Layout, f Form, b []byte, r io.Reader) observed {
	reader := l.NewReader(r, f, fuzzLimits)
	var o observed
	for {
		doc := NewTree(l.Vocabulary(), DocumentGroup)
		err := reader.Next(doc)
		for _, one := range reader.Faults() {
			if one.Origin.Offset < 0 || one.Origin.Offset > int64(len(b)) {
				t.Fatalf("a fault beyond the file: %s", describeFault(one))
			}
			o.faults = append(o.faults, describeFault(one))
		}
		if most := 16*fuzzLimits.Limits.DocumentBytes + 64<<10; doc.size() > most || reader.File().size() > most {
			t.Fatalf("trees of %d and %d", doc.size(), reader.File().size())
		}
		if errors.Is(err, io.EOF) || errors.Is(err, ErrUnreadable) {
			o.file = reader.File()
			o.outlines = append(o.outlines, outline(o.file))
			return o
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(o.docs) > len(b) {
			t.Fatal("more documents than bytes")
		}
		o.docs = append(o.docs, doc)
		o.outlines = append(o.outlines, outline(doc))
	}
}

func fuzzForm(f *testing.F, l *Layout, form Form, file []byte) {
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add([]byte(strings.Replace(string(file), "2024", "2\x00 4", 2)))
	f.Add([]byte(decodeLatin1(file)))
	f.Fuzz(func(t *testing.T, b []byte) {
		whole := observe(t, l, form, b, bytes.NewReader(b))
		pieces := observe(t, l, form, b, iotest.OneByteReader(bytes.NewReader(b)))
		if a, c := strings.Join(whole.faults, "\n"), strings.Join(pieces.faults, "\n"); a != c {
			t.Fatalf("whole: %s\nin pieces: %s", a, c)
		}
		if a, c := strings.Join(whole.outlines, ""), strings.Join(pieces.outlines, ""); a != c {
			t.Fatalf("whole: %s\nin pieces: %s", a, c)
		}
		if len(whole.faults) == 0 && !shortDigits.MatchString(strings.Join(whole.outlines, "")) {
			again := observe(t, l, form, b, bytes.NewReader(write(t, l, form, whole.file, whole.docs...)))
			if a, c := strings.Join(whole.outlines, ""), strings.Join(again.outlines, ""); a != c || len(again.faults) > 0 {
				t.Fatalf("read: %s\nwritten and read: %s %v", a, c, again.faults)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	l := libraryLayout(f)
	fuzzForm(f, l, TextForm, libraryBytes(f, l, TextForm, 2))
}

func FuzzXML(f *testing.F) {
	l := libraryLayout(f)
	fuzzForm(f, l, XMLForm, libraryBytes(f, l, XMLForm, 2))
}

// FuzzVariants reads records of one type that differ by variant.
func FuzzVariants(f *testing.F) {
	f.Add([]byte("00M\n01L A\n01A B\n"))
	f.Add([]byte("00\xc5\n"))
	fuzzForm(f, parsed(f, allotmentText, allotment(f)), TextForm, []byte(allotmentFile))
}

// FuzzOpensText reads documents that records of several sorts open.
func FuzzOpensText(f *testing.F) {
	fuzzForm(f, bulletinLayout(f), TextForm, encodeLatin1(f, bulletinFile))
}

// FuzzOpensXML reads documents that hold one element of a choice.
func FuzzOpensXML(f *testing.F) {
	l := bulletinLayout(f)
	fuzzForm(f, l, XMLForm, convert(f, l, TextForm, XMLForm, encodeLatin1(f, bulletinFile)))
}

// FuzzParse wants a problem or a layout for any description, never a panic.
func FuzzParse(f *testing.F) {
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		f.Fatal(err)
	}
	fuzzParse(f, string(source), library(f))
}

func FuzzParseVariants(f *testing.F) { fuzzParse(f, allotmentText, allotment(f)) }

func FuzzParseOpens(f *testing.F) {
	fuzzParse(f, bulletinHead+bulletinText+bulletinXML, bulletin(f))
}

// fuzzParse also writes a file of a layout that was taken, which must not panic.
func fuzzParse(f *testing.F, source string, v *Vocabulary) {
	f.Add([]byte(source))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := Parse("f.toml", b, v)
		if (l == nil) != (err != nil) {
			t.Fatalf("%v, %v", l, err)
		}
		if err != nil {
			return
		}
		if err := l.Describe(io.Discard, Markdown, Sections{}); err != nil {
			t.Fatal(err)
		}
		for _, form := range l.Forms() {
			w, err := l.NewWriter(io.Discard, form, fileOf(v))
			if err == nil {
				_ = w.Write(NewTree(v, DocumentGroup)) // may be refused
				_ = w.Close()
			}
		}
	})
}
