package layout

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// TestXMLFaults changes one place of a sound file of one document.
func TestXMLFaults(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	sound := string(libraryBytes(t, l, XMLForm, 1))
	const borrower = "<Lantagare>"
	for name, c := range map[string]struct {
		old, new string
		want     []string
		at       string // the fault stands at the first of this in the changed file
	}{
		"comment":              {"<Slut>", "<!-- x --><Slut>", nil, ""},
		"cdata":                {"Målsman<", "<![CDATA[Målsman]]><", nil, ""},
		"utf-8":                {"ISO-8859-1", "UTF-8", nil, ""},
		"schema location":      {`:1">`, `:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x x.xsd">`, nil, ""},
		"xml attribute":        {`:1">`, `:1" xml:lang="sv">`, nil, ""},
		"namespace":            {`xmlns="urn:x-test:bibliotek:1"`, `xmlns="urn:other"`, []string{"xml-namespace"}, "<Boklan"},
		"root":                 {"<Boklan", "<Boklista", []string{"xml-root"}, "<Boklista"},
		"unknown element":      {"<Datum>", "<Dag>x</Dag><Datum>", []string{"xml-element-unknown"}, "<Dag>"},
		"unknown subtree":      {"<Datum>", "<Dag><Datum>x</Datum></Dag><Datum>", []string{"xml-element-unknown"}, "<Dag>"},
		"foreign element":      {"<Datum>", `<x:Datum xmlns:x="urn:y"/><Datum>`, []string{"xml-namespace"}, "<x:Datum"},
		"order":                {borrower, "<Intern/>" + borrower, nil, ""},
		"late":                 {"<Poster>", "<Poster/><Summa>1.00</Summa><Poster>", []string{"xml-element-missing", "xml-element-order", "xml-element-too-many", "xml-element-too-many"}, ""},
		"too many":             {"<Datum>", "<Datum>2026-01-01</Datum><Datum>", []string{"xml-element-too-many"}, "<Datum>2024"},
		"missing value":        {"<Datum>2024-10-05</Datum>", "", []string{"xml-element-missing"}, "<Arende"},
		"missing attribute":    {` referens="A-0"`, "", []string{"field-missing"}, "<Arende"},
		"unknown attribute":    {`<Datum>`, `<Datum x="1">`, []string{"xml-attribute"}, "<Datum"},
		"type attribute":       {`<Datum>`, `<Datum xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">`, []string{"xml-attribute"}, "<Datum"},
		"text between":         {"<Poster>", "x<Poster>", []string{"xml-text"}, ""},
		"element in value":     {"2024-10-05", "<b/>2024-10-05", []string{"xml-element-unknown"}, "<b/>"},
		"bad date":             {"2024-10-05", "2024-13-05", []string{"field-date"}, "2024-13"},
		"blanks around":        {"2024-10-05", "\n 2024-10-05 ", nil, ""},
		"empty date":           {"2024-10-05", "", []string{"field-date"}, "<Datum"},
		"empty text":           {"Åsa Ö-Bergström", "", nil, ""},
		"bad amount":           {"1248.00", "1248,00", []string{"field-amount"}, "1248,00"},
		"bad code":             {"<Slag>Bok", "<Slag>01", []string{"field-code"}, "01</Slag"},
		"bad flag":             {"true", "J", []string{"field-flag"}, "J</Brad"},
		"bad digits":           {"0012345678", "00-2345678", []string{"field-digits"}, "00-2"},
		"bad datetime":         {"T01:01:01", "T01:01", []string{"field-datetime"}, "20241004"},
		"bad integer":          {"<Antal>1", "<Antal>1.0", []string{"field-integer"}, "1.0</Antal"},
		"bad constant":         {`version="1"`, `version="2"`, []string{"field-constant"}, "<Start"},
		"too long":             {"Åsa", strings.Repeat("Åsa", 10), []string{"value-too-long"}, "ÅsaÅsa"},
		"required empty":       {"MALMÖ", " ", []string{"field-missing"}, "<Bibliotek"},
		"guardian without":     {"<Namn>Målsman</Namn>", "", []string{"xml-element-missing"}, "<Malsman"},
		"no loans":             {"<Poster>", "<Poster></Poster><!--", []string{"xml-element-missing", "truncated"}, ""},
		"encoded twice":        {"Målsman", decodeLatin1([]byte("Målsman")), []string{"encoding"}, "M\u00c3"},
		"dtd":                  {"<Boklan", "<!DOCTYPE x><Boklan", []string{"xml-dtd"}, "<!DOC"},
		"entity":               {"MALMÖ", "&malmo;", []string{"xml-malformed"}, "&malmo"},
		"depth":                {"<Poster>", "<Poster>" + strings.Repeat("<a>", 40), []string{"xml-element-unknown", "xml-depth"}, ""},
		"limit":                {"MALMÖ", strings.Repeat("x", 100_000), []string{"xml-limit"}, "xxx"},
		"second root":          {"</Boklan>", "</Boklan><Boklan/>", []string{"data-after-end"}, "<Boklan/>"},
		"mismatched":           {"</Slut>", "</Start>", []string{"xml-malformed"}, ""},
		"windows encoding":     {"ISO-8859-1", "windows-1252", []string{"encoding"}, ""},
		"end facts missing":    {"<Slut>", "<!--", []string{"truncated"}, ""},
		"end container absent": {"<Slut>\n    <Antal>1</Antal>\n    <Summa>0.00</Summa>\n  </Slut>", "", []string{"xml-element-missing"}, "<Boklan"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := decodeLatin1([]byte(sound))
			changed := strings.Replace(text, c.old, c.new, 1)
			if changed == text && c.old != c.new {
				t.Fatalf("the file does not hold %q", c.old)
			}
			file := []byte(changed)
			if strings.Contains(changed, "ISO-8859-1") {
				file = encodeLatin1(t, changed)
			}
			for _, r := range []io.Reader{bytes.NewReader(file), iotest.OneByteReader(bytes.NewReader(file))} {
				faults, _, err := faultsOf(t, l, XMLForm, r, Options{})
				if diff := cmp.Diff(c.want, codesOf(faults)); diff != "" {
					t.Fatalf("%v %s %v", err, diff, faults)
				}
				if fatal := len(faults) > 0 && faults[len(faults)-1].Fatal; fatal != errors.Is(err, ErrUnreadable) {
					t.Errorf("%v with fatal %v", err, fatal)
				}
				if at := strings.Index(changed, c.at); c.at != "" && at >= 0 {
					wantLine := int64(1 + strings.Count(changed[:at], "\n"))
					wantOffset := int64(bytes.Index(file, encodeAs(t, c.at, file)))
					if o := faults[0].Origin; o.Line != wantLine || o.Offset != wantOffset {
						t.Errorf("at line %d byte %d, wants %d, %d", o.Line, o.Offset, wantLine, wantOffset)
					}
				}
			}
		})
	}
}

func encodeAs(t *testing.T, s string, file []byte) []byte {
	if bytes.Contains(file, []byte("ISO-8859-1")) {
		return encodeLatin1(t, s)
	}
	return []byte(s)
}

func encodeLatin1(t testing.TB, s string) []byte {
	t.Helper()
	var out []byte
	for _, r := range s {
		if r > 255 {
			t.Fatalf("%U is not ISO 8859-1", r)
		}
		out = append(out, byte(r))
	}
	return out
}

// TestPermittedCharactersInXML reads values and lines against a set of its own.
func TestPermittedCharactersInXML(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("l.toml", bytes.Replace(source, []byte(`root = "Boklan"`), []byte("root = \"Boklan\"\npermitted = \"A-Z a-z 0-9 ÅÄÖåäö , - : .\""), 1), library(t))
	if err != nil {
		t.Fatal(err)
	}
	file := libraryBytes(t, l, XMLForm, 1)
	file = bytes.Replace(file, []byte("M\xe5lsman<"), []byte("M\xe5ls%man<"), 1)
	file = bytes.Replace(file, []byte("<Text>F\xf6rsta raden"), []byte("<Text>Tv\xe5\nrader!\n\nslut"), 1)
	r := l.NewReader(bytes.NewReader(file), XMLForm, Options{})
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	if err := r.Next(doc); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Faults() {
		got = append(got, fmt.Sprintf("%s %c %d", f.Code, f.Char, f.Position))
	}
	if diff := cmp.Diff([]string{"character % 5", "character ! 6"}, got); diff != "" {
		t.Error(diff)
	}
	item := doc.First(0, l.Vocabulary().MustGroup("document.item"))
	if note := doc.Text(item, l.Vocabulary().MustKey("document.item.note")); note != "Två\nrader!\n\nslut\n\nTredje raden, efter en tom" {
		t.Errorf("%q", note)
	}
}

func TestXMLLimits(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	file := libraryBytes(t, l, XMLForm, 5)
	for name, c := range map[string]struct {
		limits Limits
		want   []string
		docs   int
		err    error
	}{
		"documents": {Limits{Documents: 3}, []string{"too-many-documents"}, 3, ErrUnreadable},
		"bytes":     {Limits{Bytes: 2000}, []string{"file-too-large"}, 2, ErrUnreadable},
		"document":  {Limits{DocumentBytes: 400}, strings.Split(strings.TrimSuffix(strings.Repeat("document-too-large ", 5), " "), " "), 5, io.EOF},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faults, docs, err := faultsOf(t, l, XMLForm, bytes.NewReader(file), Options{Limits: c.limits})
			if diff := cmp.Diff(c.want, codesOf(faults)); diff != "" || docs != c.docs || !errors.Is(err, c.err) {
				t.Errorf("%d documents, %v; %s", docs, err, diff)
			}
		})
	}
}

func TestNumericReferencesOutsideTheEncoding(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	v := l.Vocabulary()
	doc := libraryDocument(v, "A")
	doc.SetText(1, v.MustKey("document.borrower.name"), `Łukasz <&"> €`)
	file := write(t, l, XMLForm, libraryFile(v, 1, 0), doc)
	if !bytes.Contains(file, []byte("&#321;ukasz &lt;&amp;&quot;&gt; &#8364;")) {
		t.Errorf("%s", file)
	}
	if got := readBack(t, l, XMLForm, file)[1]; got != outline(doc) {
		t.Error(cmp.Diff(outline(doc), got))
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Form{"<a/>": XMLForm, "\r\n <a/>": XMLForm, byteOrderMark + "<?xml": XMLForm, "00BIBL<": TextForm, "": TextForm} {
		if got := Detect([]byte(in)); got != want {
			t.Errorf("%q: %s", in, got)
		}
	}
}
