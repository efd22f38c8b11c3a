package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sample is a random vocabulary with a description of both forms.
type sample struct {
	t       *rapid.T
	toml    strings.Builder
	xml     strings.Builder
	records int
	drawn   map[string]sampleField // by key path
	variant bool                   // the records of documents have one type and differ by variant
	sorts   int                    // so many groups that open documents; 0: the document's own record does
	sort    int                    // of the document being filled
}

// sampleField is how a key is written, alike in all records.
type sampleField struct {
	format string
	width  int
}

var sampleKinds = []Kind{Text, Digits, Integer, Amount, Rate, Date, DateTime, Code, Flag}

// sampleFormats are text formats with their widths; 0 means that any will do.
var sampleFormats = map[Kind][]struct {
	name  string
	width int
}{
	Text: {{"text", 0}}, Digits: {{"digits", 0}, {"digits:zero", 0}, {"text", 0}}, Integer: {{"integer", 12}},
	Amount: {{"amount:2", 14}, {"amount:comma", 15}, {"amount", 15}}, Rate: {{"rate:4", 10}, {"rate:comma", 11}},
	Date: {{"date:yyyymmdd", 8}, {"date:yyyy-mm-dd", 10}}, DateTime: {{"datetime:yyyymmddhhmmss", 14}},
	Code: {{"code:colour", 2}}, Flag: {{"flag:J/N", 1}, {"flag:JA/NEJ", 3}},
}

func (s *sample) number(label string, least, most int) int {
	return rapid.IntRange(least, most).Draw(s.t, label)
}

func (s *sample) keys(path string, least int) []Key {
	var keys []Key
	for i := range s.number("keys", least, 4) {
		k := Key{Name: fmt.Sprintf("k%d", i), Kind: rapid.SampledFrom(sampleKinds).Draw(s.t, "kind")}
		switch {
		case k.Kind == Code:
			k.Symbols = []string{"red", "green", "blue"}
		case k.Kind == Text && i > 0:
			k.Lines = rapid.Bool().Draw(s.t, "lines")
		}
		k.Required = i == 0 || rapid.Bool().Draw(s.t, "required") && !k.Lines
		keys = append(keys, k)
	}
	return keys
}

func (s *sample) group(name, path string, depth int) *Group {
	g := &Group{Name: name, Keys: s.keys(path, 1), Max: rapid.SampledFrom([]int{0, 1, 3}).Draw(s.t, "max")}
	if name == "document" {
		for i := range s.sorts {
			sub := fmt.Sprintf("s%d", i)
			one := s.group(sub, path+"."+sub, depth-1)
			one.Max = 1
			g.Groups = append(g.Groups, one)
		}
	}
	for i := range s.number("groups", 0, depth) {
		sub := fmt.Sprintf("g%d", i)
		g.Groups = append(g.Groups, s.group(sub, path+"."+sub, depth-1))
	}
	return g
}

// head begins a record and returns the first position for a field.
func (s *sample) head(path string) (at int) {
	s.records++
	if !s.variant {
		fmt.Fprintf(&s.toml, "[[text.record]]\ntype = \"%02d\"\ngroup = %q\n", s.records, path)
		return 3
	}
	fmt.Fprintf(&s.toml, "[[text.record]]\ntype = \"01\"\nvariant = { position = 4, length = 3, value = \"%d\" }\ngroup = %q\n", s.records, path)
	return 7
}

// record describes a group's record, with the fields of groups routed into
// it, then the records of its lines and of the groups below.
func (s *sample) record(g *Group, path string, around ...Key) {
	at := s.head(path)
	fmt.Fprintf(&s.toml, "max = %d\n", g.Max)
	for _, k := range around {
		s.field(k, "document", &at)
	}
	rest := s.fields(g, path, &at)
	s.rest(g, path, rest, around)
}

// rest describes the records of lines and of the groups below; some of them
// name a key of the document again.
func (s *sample) rest(g *Group, path string, below []*Group, around []Key) {
	for _, k := range g.Keys {
		if k.Lines {
			at := s.head(path)
			s.toml.WriteString("append = true\n")
			s.field(k, path, &at)
		}
	}
	for _, sub := range below {
		again := around[:s.number("again", 0, len(around))]
		s.record(sub, path+"."+sub.Name, again...)
	}
}

// document describes the records of a document: one that opens it, or one for
// each sort.
func (s *sample) document(g *Group) {
	keys := slices.DeleteFunc(slices.Clone(g.Keys), func(k Key) bool { return k.Lines })
	if s.sorts == 0 {
		at := s.head("document")
		below := s.fields(g, "document", &at)
		s.rest(g, "document", below, keys)
		return
	}
	for _, sort := range g.Groups[:s.sorts] {
		path := "document." + sort.Name
		at := s.head(path)
		s.toml.WriteString("opens = true\n")
		for _, k := range keys {
			s.field(k, "document", &at)
		}
		below := s.fields(sort, path, &at)
		s.rest(sort, path, below, keys)
	}
	s.rest(g, "document", g.Groups[s.sorts:], keys)
}

// start describes the file's record, or one for each value of a code if one
// of its keys can tell them apart.
func (s *sample) start(file *Group) {
	head := "[[text.record]]\ntype = \"90\"\ngroup = \"file\"\nmin = 1\nmax = 1\n"
	at := 3
	if i := slices.IndexFunc(file.Keys, func(k Key) bool { return k.Kind == Code && k.Required }); i >= 0 && s.variant {
		s.drawn["file."+file.Keys[i].Name] = sampleField{"code:colour", 2}
		for _, value := range []string{"R", "G", "B"} {
			fmt.Fprintf(&s.toml, "%svariant = { position = 3, length = 2, value = %q }\n", head, value)
			fmt.Fprintf(&s.toml, "[[text.record.field]]\nname = \"F\"\nposition = 3\nlength = 2\nkey = \"file.%s\"\nformat = \"code:colour\"\n", file.Keys[i].Name)
			at = 5
			s.fields(&Group{Keys: slices.Concat(file.Keys[:i], file.Keys[i+1:])}, "file", &at)
		}
		return
	}
	s.toml.WriteString(head)
	s.fields(file, "file", &at)
}

// fields writes the fields of a group and routes some groups of at most one
// occurrence into the same record; the groups that are left are returned.
func (s *sample) fields(g *Group, path string, at *int) (rest []*Group) {
	for _, k := range g.Keys {
		if !k.Lines {
			s.field(k, path, at)
		}
	}
	for _, sub := range g.Groups {
		plain := len(sub.Groups) == 0
		for _, k := range sub.Keys {
			plain = plain && !k.Lines
		}
		if sub.Max == 1 && plain && rapid.Bool().Draw(s.t, "route") {
			s.fields(sub, path+"."+sub.Name, at)
		} else {
			rest = append(rest, sub)
		}
	}
	return rest
}

func (s *sample) field(k Key, path string, at *int) {
	f, ok := s.drawn[path+"."+k.Name]
	if !ok {
		format := rapid.SampledFrom(sampleFormats[k.Kind]).Draw(s.t, "format")
		if f = (sampleField{format.name, format.width}); f.width == 0 {
			f.width = s.number("width", 1, 30)
		}
		s.drawn[path+"."+k.Name] = f
	}
	*at += s.number("gap", 0, 2)
	fmt.Fprintf(&s.toml, "[[text.record.field]]\nname = \"F\"\nposition = %d\nlength = %d\nkey = \"%s.%s\"\nformat = %q\n", *at, f.width, path, k.Name, f.format)
	*at += f.width
}

func (s *sample) element(g *Group, path, element string) {
	fmt.Fprintf(&s.xml, "[[xml.group]]\ngroup = %q\npath = %q\n", path, element)
	if strings.HasPrefix(path, "document.s") && strings.Count(path, ".") == 1 {
		s.xml.WriteString("choice = true\n")
	}
	for i, k := range g.Keys {
		at := fmt.Sprintf("e%d", i)
		switch shape := s.number("shape", 0, 3); {
		case shape == 0 && !k.Lines:
			at = "@" + at
		case shape == 1:
			at = "box/" + at
		}
		fmt.Fprintf(&s.xml, "[[xml.group.field]]\npath = %q\nkey = \"%s.%s\"\n", at, path, k.Name)
		if k.Kind == Code {
			s.xml.WriteString("format = \"code:colour\"\n")
		}
	}
	box := rapid.SampledFrom([]string{"", "sort/"}).Draw(s.t, "box")
	for _, sub := range g.Groups {
		list := rapid.SampledFrom([]string{"", "list/"}).Draw(s.t, "list")
		if path == "document" && sub.Name[0] == 's' {
			list = box
		}
		s.element(sub, path+"."+sub.Name, list+sub.Name)
	}
}

const sampleHead = `transaction = "sample"
edition = "1"
status = "own"
[limits]
line_bytes = 100000
[[code_list]]
name = "colour"
value = [ { symbol = "red", text = "R", xml = "Röd" }, { symbol = "green", text = "G", xml = "Grön" }, { symbol = "blue", text = "B", xml = "Blå" } ]
`

func (s *sample) layout() *Layout {
	s.drawn = map[string]sampleField{}
	s.variant, s.sorts = rapid.Bool().Draw(s.t, "variants"), s.number("sorts", 0, 3)
	file := &Group{Keys: s.keys("file", 1)}
	for i := range file.Keys {
		file.Keys[i].Lines = false
	}
	document := s.group("document", "document", 2)
	document.Max = 0
	v, err := NewVocabulary("sample", file, document)
	if err != nil {
		s.t.Fatal(err)
	}
	encoding := rapid.SampledFrom([]string{"ISO-8859-1", "UTF-8"}).Draw(s.t, "encoding")
	end := rapid.SampledFrom([]string{"CRLF", "LF"}).Draw(s.t, "end")
	fmt.Fprintf(&s.toml, "%s[text]\nencoding = %q\nline_end = %q\nshort = %v\nrecord_type = { position = 1, length = 2 }\n", sampleHead, encoding, end, rapid.Bool().Draw(s.t, "short"))
	s.records = 0
	s.start(file)
	s.document(document)
	fmt.Fprintf(&s.xml, "[xml]\nroot = \"Rot\"\nencoding = %q\n", encoding)
	s.element(file, "file", "")
	s.element(document, "document", "doc")
	l, err := Parse("sample.toml", []byte(s.toml.String()+s.xml.String()), v)
	if err != nil {
		s.t.Fatalf("%v\n%s%s", err, s.toml.String(), s.xml.String())
	}
	return l
}

// TestRandomRoundTrip writes random trees of random vocabularies in both
// forms and reads them back; going by the other form gives the same bytes.
func TestRandomRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := &sample{t: rt}
		l := s.layout()
		file := NewTree(l.Vocabulary(), FileGroup)
		s.fill(file, 0)
		var docs []*Tree
		want := []string{outline(file)}
		for range s.number("documents", 0, 3) {
			doc := NewTree(l.Vocabulary(), DocumentGroup)
			s.fill(doc, 0)
			docs = append(docs, doc)
			want = append(want, outline(doc))
		}
		text := write(t, l, TextForm, file, docs...)
		if diff := cmp.Diff(want, readBack(t, l, TextForm, text)); diff != "" {
			rt.Fatalf("text: %s\n%s%s\n%s", diff, s.toml.String(), s.xml.String(), text)
		}
		asXML := write(t, l, XMLForm, file, docs...)
		if diff := cmp.Diff(want, readBack(t, l, XMLForm, asXML)); diff != "" {
			rt.Fatalf("xml: %s\n%s%s\n%s", diff, s.toml.String(), s.xml.String(), asXML)
		}
		if again := convert(t, l, XMLForm, TextForm, asXML); string(again) != string(text) {
			rt.Fatalf("text from xml differs: %s", cmp.Diff(string(text), string(again)))
		}
		for _, doc := range append(docs, file) {
			s.throughJSON(doc)
		}
		if t.Failed() {
			rt.FailNow()
		}
	})
}

func (s *sample) throughJSON(doc *Tree) {
	back, err := ReadJSON(doc.Vocabulary(), doc.Group(0), doc.AppendJSON(nil, true))
	if err != nil {
		s.t.Fatal(err)
	}
	if diff := cmp.Diff(outline(doc), outline(back)); diff != "" {
		s.t.Fatalf("json: %s", diff)
	}
}
