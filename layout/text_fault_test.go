package layout

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// faultsOf reads a file and lists code, line and offset of its faults.
func faultsOf(t testing.TB, l *Layout, f Form, r io.Reader, o Options) (faults []Fault, documents int, err error) {
	t.Helper()
	reader := l.NewReader(r, f, o)
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	for {
		err := reader.Next(doc)
		for _, one := range reader.Faults() {
			one.Value = bytes.Clone(one.Value)
			faults = append(faults, one)
		}
		if err != nil {
			return faults, documents, err
		}
		documents++
	}
}

func codesOf(faults []Fault) []string {
	var codes []string
	for _, f := range faults {
		codes = append(codes, f.Code.String())
	}
	return codes
}

// TestTextFaults mangles a sound file of two documents.
func TestTextFaults(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	sound := string(libraryBytes(t, l, TextForm, 2))
	lines := strings.SplitAfter(sound, "\r\n")
	// 0 start, 1–7 first document, 8–14 second, 15 end
	line := func(i int) string { return lines[i] }
	without := func(from, to int) string {
		return strings.Join(lines[:from], "") + strings.Join(lines[to:], "")
	}
	change := func(i, position int, s string) string {
		changed := append([]string{}, lines...)
		changed[i] = line(i)[:position-1] + s + line(i)[position-1+len(s):]
		return strings.Join(changed, "")
	}
	insert := func(i int, s string) string {
		return strings.Join(lines[:i], "") + s + strings.Join(lines[i:], "")
	}
	offset := func(i, position int) int64 { return int64(82*i + position - 1) }
	for name, c := range map[string]struct {
		file   string
		want   []string
		line   int64
		offset int64
		docs   int
	}{
		"sound":                {sound, nil, 0, 0, 2},
		"line feeds only":      {strings.ReplaceAll(sound, "\r\n", "\n"), nil, 0, 0, 2},
		"no last line end":     {strings.TrimSuffix(sound, "\r\n"), nil, 0, 0, 2},
		"end mark":             {sound + "\x1a", nil, 0, 0, 2},
		"end mark at line end": {strings.TrimSuffix(sound, "\r\n") + "\x1a", nil, 0, 0, 2},
		"blank lines after":    {sound + "\r\n  \r\n\n", nil, 0, 0, 2},
		"byte order mark":      {byteOrderMark + sound, nil, 0, 0, 2},
		"empty":                {"", []string{"empty"}, 0, 0, 0},
		"only blank lines":     {"\r\n\r\n", []string{"empty"}, 2, 4, 0},
		"no start":             {without(0, 1), []string{"missing-start"}, 1, 0, 2},
		"no end":               {without(15, 16), []string{"missing-end"}, 15, offset(15, 1), 2},
		"no documents":         {without(1, 15), nil, 0, 0, 0},
		"unknown record":       {insert(2, "77"+line(2)[2:]), []string{"record-unknown"}, 3, offset(2, 1), 2},
		"blank line inside":    {insert(3, "\r\n"), []string{"record-unknown"}, 4, offset(3, 1), 2},
		"start twice":          {insert(1, line(0)), []string{"record-too-many"}, 2, offset(1, 1), 2},
		"start late":           {insert(8, line(0)), []string{"record-too-many"}, 9, offset(8, 1), 2},
		"after end":            {sound + line(0) + line(1), []string{"data-after-end"}, 17, offset(16, 1), 2},
		"missing borrower":     {without(2, 3), []string{"record-missing"}, 2, offset(1, 1), 2},
		"missing item":         {without(3, 8), []string{"record-missing"}, 2, offset(1, 1), 2},
		"too many borrowers":   {insert(3, line(2)+line(2)+line(2)), []string{"record-too-many"}, 6, offset(5, 1), 2},
		"borrower late":        {insert(8, line(2)), []string{"record-order"}, 9, offset(8, 1), 2},
		"note without loan":    {insert(3, line(4)), []string{"record-order"}, 4, offset(3, 1), 2},
		"no document":          {without(1, 2), []string{"record-order"}, 2, offset(1, 1), 2},
		"short record":         {strings.Replace(sound, line(2), "20"+line(2)[2:70]+"\r\n", 1), []string{"record-short"}, 3, offset(2, 1), 2},
		"long record":          {strings.Replace(sound, line(2), line(2)[:80]+"x\r\n", 1), []string{"record-long"}, 3, offset(2, 1), 2},
		"cut record":           {sound[:offset(9, 30)], []string{"truncated", "record-missing", "missing-end"}, 10, offset(9, 1), 2},
		"cut record type":      {sound[:offset(15, 2)], []string{"truncated", "missing-end"}, 16, offset(15, 1), 2},
		"nul":                  {change(2, 14, "\x00"), []string{"character"}, 3, offset(2, 13), 2},
		"forbidden character":  {change(2, 14, "%"), []string{"character"}, 3, offset(2, 13), 2},
		"forbidden in gap":     {change(3, 40, "%"), []string{"character"}, 4, offset(3, 1), 2},
		"bad digits":           {change(2, 5, "x"), []string{"field-digits"}, 3, offset(2, 3), 2},
		"bad date":             {change(1, 15, "20260230"), []string{"field-date"}, 2, offset(1, 15), 2},
		"bad amount":           {change(3, 5, "  12.3,456"), []string{"field-amount"}, 4, offset(3, 7), 2},
		"bad flag":             {change(1, 34, "X"), []string{"field-flag"}, 2, offset(1, 34), 2},
		"bad code":             {change(3, 3, "88"), []string{"field-code"}, 4, offset(3, 3), 2},
		"bad integer":          {change(0, 17, "0x017"), []string{"field-integer"}, 1, offset(0, 17), 2},
		"bad datetime":         {change(0, 22, "20241004250101"), []string{"field-datetime"}, 1, offset(0, 22), 2},
		"bad rate":             {change(3, 15, "1,5   "), []string{"field-rate"}, 4, offset(3, 15), 2},
		"bad constant":         {change(0, 3, "BIBX"), []string{"field-constant"}, 1, offset(0, 3), 2},
		"missing field":        {change(1, 3, strings.Repeat(" ", 12)), []string{"field-missing"}, 2, offset(1, 3), 2},
		"missing in guardian":  {change(2, 43, strings.Repeat(" ", 30)), []string{"field-missing"}, 3, offset(2, 43), 2},
		"utf-8":                {decodeLatin1([]byte(sound)), []string{"encoding"}, 1, 0, 2},
		"endless line":         {insert(3, strings.Repeat("x", 1<<20)+"\r\n"), []string{"line-endless"}, 4, offset(3, 1), 2},
		"garbage":              {strings.Repeat("\x80", 100), []string{"missing-start", "record-unknown", "missing-end"}, 1, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for way, r := range map[string]io.Reader{"whole": strings.NewReader(c.file), "bytes": iotest.OneByteReader(strings.NewReader(c.file))} {
				faults, docs, err := faultsOf(t, l, TextForm, r, Options{})
				if !errors.Is(err, io.EOF) {
					t.Fatalf("%s: %v", way, err)
				}
				if diff := cmp.Diff(c.want, codesOf(faults)); diff != "" || docs != c.docs {
					t.Errorf("%s: %d documents, wants %d; %s", way, docs, c.docs, diff)
					for _, f := range faults {
						t.Log(describeFault(f))
					}
					continue
				}
				if len(faults) > 0 && c.line > 0 && (faults[0].Origin.Line != c.line || faults[0].Origin.Offset != c.offset) {
					t.Errorf("%s: fault at line %d byte %d, wants %d, %d", way, faults[0].Origin.Line, faults[0].Origin.Offset, c.line, c.offset)
				}
			}
		})
	}
}

func TestCharacterFaultNamesCharacter(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	file := bytes.Replace(libraryBytes(t, l, TextForm, 1), []byte("\xc5sa"), []byte("\xc5s\x80"), 1)
	faults, _, _ := faultsOf(t, l, TextForm, bytes.NewReader(file), Options{})
	if len(faults) != 1 || faults[0].Char != 0x80 || faults[0].Position != 15 || faults[0].Field != "NAMN" || faults[0].Origin.Record != "20" {
		t.Errorf("got %+v", faults)
	}
}

func TestSensitiveFaultSaysSo(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	file := bytes.Replace(libraryBytes(t, l, TextForm, 1), []byte("200012345678"), []byte("20001234567x"), 1)
	faults, _, _ := faultsOf(t, l, TextForm, bytes.NewReader(file), Options{})
	if len(faults) != 1 || !faults[0].Sensitive || string(faults[0].Value) != "001234567x" || !faults[0].InDocument {
		t.Errorf("got %+v", faults)
	}
}

func TestTextLimits(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	file := libraryBytes(t, l, TextForm, 5)
	for name, c := range map[string]struct {
		limits Limits
		want   []string
		docs   int
		err    error
	}{
		"documents": {Limits{Documents: 3}, []string{"too-many-documents"}, 3, ErrUnreadable},
		"bytes":     {Limits{Bytes: 1000}, []string{"file-too-large"}, 1, ErrUnreadable},
		"document":  {Limits{DocumentBytes: 300}, []string{"document-too-large", "document-too-large", "document-too-large", "document-too-large", "document-too-large"}, 5, io.EOF},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faults, docs, err := faultsOf(t, l, TextForm, bytes.NewReader(file), Options{Limits: c.limits})
			if diff := cmp.Diff(c.want, codesOf(faults)); diff != "" || docs != c.docs || !errors.Is(err, c.err) {
				t.Errorf("%d documents, %v; %s", docs, err, diff)
			}
			if last := faults[len(faults)-1]; last.Fatal != errors.Is(c.err, ErrUnreadable) {
				t.Errorf("fatal is %v", last.Fatal)
			}
		})
	}
}

func TestFaultsAreBoundedAndCounted(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	junk := strings.Repeat("junk\n", 5_000)
	r := l.NewReader(strings.NewReader(junk), TextForm, Options{MaxFaults: 10})
	if err := r.Next(NewTree(l.Vocabulary(), DocumentGroup)); !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if len(r.Faults()) != 10 || r.Count(FaultRecordUnknown) != 5_000 || r.Records() != 5_000 || r.Lines() != 5_000 || r.Offset() != 25_000 {
		t.Errorf("kept %d, counted %d, records %d, lines %d, offset %d", len(r.Faults()), r.Count(FaultRecordUnknown), r.Records(), r.Lines(), r.Offset())
	}
}

func TestReadErrorsComeThrough(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	broken := errors.New("broken")
	for _, f := range l.Forms() {
		file := libraryBytes(t, l, f, 3)
		_, _, err := faultsOf(t, l, f, io.MultiReader(bytes.NewReader(file[:400]), iotest.ErrReader(broken)), Options{})
		if !errors.Is(err, broken) {
			t.Errorf("%s: got %v", f, err)
		}
	}
}

// TestEncodingsMixedUp reads a file in the encoding that the description does
// not have: one fault, and the values are still right.
func TestEncodingsMixedUp(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	latin := libraryBytes(t, l, TextForm, 2)
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	other, err := Parse("utf8.toml", bytes.Replace(source, []byte(`encoding = "ISO-8859-1"`), []byte(`encoding = "UTF-8"`), 1), l.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		layout *Layout
		file   []byte
		found  string
	}{
		"utf-8 as latin-1": {l, []byte(decodeLatin1(latin)), "UTF-8"},
		"latin-1 as utf-8": {other, latin, "ISO-8859-1"},
	} {
		r := c.layout.NewReader(bytes.NewReader(c.file), TextForm, Options{})
		doc := NewTree(l.Vocabulary(), DocumentGroup)
		if err := r.Next(doc); err != nil {
			t.Fatal(err)
		}
		if f := r.Faults(); len(f) != 1 || f[0].Code != FaultEncoding || f[0].Field != c.found {
			t.Errorf("%s: %v", name, f)
		}
		if got := doc.Text(1, l.Vocabulary().MustKey("document.borrower.name")); got != "Åsa Ö-Bergström" {
			t.Errorf("%s: %q", name, got)
		}
		if got := r.File().Text(0, l.Vocabulary().MustKey("file.library")); got != "MALMÖ" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestMemoryStaysBounded reads a file much larger than anything kept.
func TestMemoryStaysBounded(t *testing.T) {
	l := libraryLayout(t)
	for _, f := range l.Forms() {
		one := libraryBytes(t, l, f, 1)
		begin := bytes.Index(one, []byte(map[Form]string{TextForm: "\n10", XMLForm: "  <Arende"}[f]))
		end := bytes.Index(one, []byte(map[Form]string{TextForm: "\n99", XMLForm: "  <Slut>"}[f]))
		many := &repeated{piece: one[begin:end], times: 30_000}
		r := l.NewReader(io.MultiReader(bytes.NewReader(one[:begin]), many, bytes.NewReader(one[end:])), f, Options{Limits: Limits{Documents: 1 << 40}})
		doc := NewTree(l.Vocabulary(), DocumentGroup)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		documents := 0
		for r.Next(doc) == nil {
			documents++
		}
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; documents != 30_000 || got > 1<<20 {
			t.Errorf("%s: %d documents took %d bytes of memory", f, documents, got)
		}
	}
}

// repeated reads the same piece many times.
type repeated struct {
	piece []byte
	at    int
	times int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.times == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.piece[r.at:])
	if r.at += n; r.at == len(r.piece) {
		r.at, r.times = 0, r.times-1
	}
	return n, nil
}
