package layout

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDocumentsThatSeveralRecordsOpen(t *testing.T) {
	t.Parallel()
	l := bulletinLayout(t)
	file := string(encodeLatin1(t, bulletinFile))
	outlines, faults := read(t, l, TextForm, file)
	want := []string{
		"file\n  number=7\n  documents=4\n",
		"document\n  action=0\n  reference=\"A-1\"\n  remark=\"Första\\nAndra\"\n  flood\n    level=120\n    river\n      name=\"Höje å\"\n      day=20513\n    river\n      name=\"Kävlinge\"\n  place\n    town=\"Lund\"\n  witness\n    name=\"Ada\"\n",
		"document\n  action=0\n  reference=\"A-2\"\n  storm\n    wind=31\n    from=\"NV\"\n",
		"document\n  action=1\n  reference=\"A-3\"\n  storm\n    wind=18\n  witness\n    name=\"Bo\"\n",
		"document\n  action=0\n  reference=\"A-4\"\n  works\n    office=\"Vägen\"\n    road\n      name=\"Rv 40\"\n",
	}
	if diff := cmp.Diff(want, outlines); diff != "" || len(faults) > 0 {
		t.Errorf("%v %s", faults, diff)
	}
	asXML := convert(t, l, TextForm, XMLForm, []byte(file))
	if diff := cmp.Diff(want, readBack(t, l, XMLForm, asXML)); diff != "" {
		t.Errorf("%s\n%s", diff, asXML)
	}
	if got := string(convert(t, l, XMLForm, TextForm, asXML)); got != file {
		t.Error(cmp.Diff(file, got))
	}
	if !lint(t, l, map[string][]byte{"a.xml": asXML})["a.xml"] {
		t.Errorf("the schema refuses\n%s", asXML)
	}
}

func TestOpensFaults(t *testing.T) {
	t.Parallel()
	l := bulletinLayout(t)
	for name, c := range map[string]struct{ old, new, want string }{
		"record of another sort":  {"30Bo", "11 A-3     Nissan", "record-order line=10 offset=133 record=11 field= value=\"\" want=01 "},
		"no document":             {"01NA-1     0120Lund\n", "", "record-order line=2 offset=8 record=11 field= value=\"\" want=01 "},
		"addition first":          {"01NA-1     0120Lund\n11", "20x\n11", "record-order line=2 offset=8 record=20 field= value=\"\" want=01/02N/02B/03 "},
		"other reference":         {"11 A-1     Kävlinge", "11 A-9     Kävlinge", "field-constant line=4 offset=59 record=11 field=REF value=\"A-9\" want=A-1 "},
		"late record of the sort": {"30Ada\n", "30Ada\n11 A-1     Sege å\n", "record-order line=8 offset=99 record=11 "},
		"required key around":     {"02NA-2     ", "02N        ", "field-missing line=8 offset=102 record=02N field=REF "},
		"required key inside":     {"0031NV", "    NV", "field-missing line=8 offset=110 record=02N field=VIND "},
		"unknown variant":         {"02BA-3", "02QA-3", "record-unknown line=9 offset=117 record= field= value=\"02Q\" want=02N/02B "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, l, TextForm, string(encodeLatin1(t, strings.Replace(bulletinFile, c.old, c.new, 1))))
			if len(faults) == 0 || !strings.HasPrefix(faults[0], c.want) {
				t.Errorf("wants %s, got %q", c.want, faults)
			}
		})
	}
}

func TestChoiceFaults(t *testing.T) {
	t.Parallel()
	l := bulletinLayout(t)
	sound := string(convert(t, l, TextForm, XMLForm, encodeLatin1(t, bulletinFile)))
	storm := sound[strings.Index(sound, "      <Storm>"):strings.Index(sound, "      </Storm>")] + "      </Storm>\n"
	files := map[string][]byte{}
	for name, c := range map[string]struct{ file, want string }{
		"sound":   {sound, ""},
		"none":    {strings.Replace(sound, storm, "", 1), "xml-element-missing"},
		"twice":   {strings.Replace(sound, storm, storm+storm, 1), "xml-element-too-many"},
		"two":     {strings.Replace(sound, storm, storm+"<Arbete><Vag><Namn>x</Namn></Vag></Arbete>", 1), "xml-element-too-many"},
		"no road": {strings.Replace(sound, storm, "<Arbete></Arbete>", 1), "xml-element-missing"},
	} {
		_, faults := read(t, l, XMLForm, c.file)
		if got := strings.Join(faults, "\n"); !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: wants %q, got %s", name, c.want, got)
		}
		if name == "none" && !strings.Contains(faults[0], "want=Poster/Post/Oversvamning | Poster/Post/Storm | Poster/Post/Arbete") {
			t.Errorf("names no choice: %s", faults)
		}
		files[name+".xml"] = []byte(c.file)
	}
	for name, valid := range lint(t, l, files) {
		if valid != (name == "sound.xml") {
			t.Errorf("%s: the schema says %v", name, valid)
		}
	}
}

func TestOpensWriterRefuses(t *testing.T) {
	t.Parallel()
	l := bulletinLayout(t)
	v := l.Vocabulary()
	group, key := v.MustGroup, v.MustKey
	for name, c := range map[string]struct {
		change func(*Tree)
		path   string
		want   map[Form]ValueProblem
	}{
		"no sort":       {func(*Tree) {}, "document", map[Form]ValueProblem{TextForm: ValueNoPlace, XMLForm: ValueOccurrence}},
		"two sorts":     {func(t *Tree) { storm(t); flood(t) }, "document.flood", map[Form]ValueProblem{TextForm: ValueNoPlace, XMLForm: ValueOccurrence}},
		"sort twice":    {func(t *Tree) { storm(t); storm(t) }, "document.storm", map[Form]ValueProblem{TextForm: ValueNoPlace, XMLForm: ValueOccurrence}},
		"half a sort":   {func(t *Tree) { t.Add(0, group("document.works")) }, "document", map[Form]ValueProblem{TextForm: ValueNoPlace, XMLForm: ValueOccurrence}},
		"no reference":  {func(t *Tree) { storm(t); *t.value(0, key("document.reference")) = value{origin: None} }, "document.reference", map[Form]ValueProblem{TextForm: ValueMissing, XMLForm: ValueMissing}},
		"other variant": {func(t *Tree) { storm(t); *t.value(0, key("document.action")) = value{origin: None} }, "document", map[Form]ValueProblem{TextForm: ValueNoPlace, XMLForm: ValueMissing}},
	} {
		for _, form := range l.Forms() {
			t.Run(name+" "+string(form), func(t *testing.T) {
				t.Parallel()
				doc := bulletinDocument(v)
				c.change(doc)
				file := NewTree(v, FileGroup)
				file.SetNum(0, key("file.number"), 1)
				w, err := l.NewWriter(&bytes.Buffer{}, form, file)
				if err != nil {
					t.Fatal(err)
				}
				var refused *ValueError
				if err := w.Write(doc); !errors.As(err, &refused) || refused.Problem != c.want[form] || form == TextForm && refused.Path != c.path {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}

func TestOpensProblems(t *testing.T) {
	t.Parallel()
	v := bulletin(t)
	source := bulletinHead + bulletinText + bulletinXML
	for name, c := range map[string]struct{ old, new, want string }{
		"several":        {"group = \"document.flood.river\"\n", "group = \"document.flood.river\"\nopens = true\n", "must occur at most once"},
		"file":           {"group = \"file\"\nmin = 1", "group = \"file\"\nopens = true\nmin = 1", "is no part of one"},
		"append":         {"append = true\n", "append = true\nopens = true\n", "appends and opens"},
		"opened twice":   {"group = \"document.witness\"\n", "group = \"document.flood\"\n", "with which record 01 begins a document"},
		"reached":        {`key = "document.witness.name"`, `key = "document.storm.from"`, "with which record 02N begins a document"},
		"key not in all": {`{ name = "ATG", position = 3, length = 1, key = "document.action", format = "code:action" }, { name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "KONTOR"`, `{ name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "KONTOR"`, "is missing in some of the text records that open document"},
		"file between":   {"[[text.record]]\ntype = \"02\"\n", "[[text.record]]\ntype = \"05\"\ngroup = \"file\"\n[[text.record]]\ntype = \"02\"\n", "a record of the file stands between"},
		"choice needed":  {"path = \"Vittnen/Vittne\"\n", "path = \"Vittnen/Vittne\"\nchoice = true\n", "must be able to be left out and occur at most once"},
		"set elsewhere":  {`set = { "document.action" = "remove" }`, `set = { "document.place.town" = "x" }`, "does not belong to"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(source, c.old, c.new, 1)
			if _, err := Parse("test.toml", []byte(changed), v); changed == source || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("wants %q, got %v", c.want, err)
			}
		})
	}
}

// TestBorrowedKeyNeedsItsRecord: a key that only a record of a group below
// carries is refused when no such record is written, and not lost.
func TestBorrowedKeyNeedsItsRecord(t *testing.T) {
	t.Parallel()
	v := bulletin(t)
	source := strings.Replace(bulletinHead+bulletinText, `, { name = "ORT", position = 16, length = 10, key = "document.place.town", format = "text" }`, "", 1)
	source = strings.Replace(source, `field = [ { name = "NAMN", position = 3`, `field = [ { name = "ORT", position = 23, length = 9, key = "document.place.town", format = "text" }, { name = "NAMN", position = 3`, 1)
	l := parsed(t, source, v)
	doc := bulletinDocument(v)
	storm(doc)
	doc.SetText(doc.Add(0, v.MustGroup("document.place")), v.MustKey("document.place.town"), "Lund")
	file := NewTree(v, FileGroup)
	file.SetNum(0, v.MustKey("file.number"), 1)
	w, err := l.NewWriter(&bytes.Buffer{}, TextForm, file)
	if err != nil {
		t.Fatal(err)
	}
	var refused *ValueError
	if err := w.Write(doc); !errors.As(err, &refused) || refused.Problem != ValueNoPlace || refused.Path != "document.place.town" {
		t.Errorf("got %v", err)
	}
	doc.SetText(doc.Add(0, v.MustGroup("document.witness")), v.MustKey("document.witness.name"), "Ada")
	b := write(t, l, TextForm, file, doc)
	if diff := cmp.Diff([]string{outline(file), outline(doc)}, readBack(t, l, TextForm, b)); diff != "" {
		t.Errorf("%s\n%s", diff, b)
	}
}

// TestVariantsThatOpenDocuments: records of the document group itself, told
// apart by one of its keys.
func TestVariantsThatOpenDocuments(t *testing.T) {
	t.Parallel()
	v := allotment(t)
	begin := strings.Index(allotmentText, "[[text.record]]\ntype = \"01\"")
	end := strings.Index(allotmentText, "[[text.record]]\ntype = \"01\"\nvariant = { position = 3, length = 2, value = \"A\" }")
	record := `[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "H" }
group = "document"
opens = true
field = [ { name = "SATT", position = 3, length = 2, key = "document.way", format = "code:way" }, { name = "REF", position = 5, length = 10, key = "document.reference", format = "text" }, { name = "HYRA", position = 15, length = 9, key = "document.rent", format = "amount:2" } ]
`
	l := parsed(t, allotmentText[:begin]+record+strings.NewReplacer(`"H"`, `"K"`, "HYRA", "PRIS", "document.rent", "document.price").Replace(record)+allotmentText[end:], v)
	file := "00F00017\n01H R-1       000012000\n01A Ada\n01K R-2       000500000\n01A Eva\n01VR\n"
	outlines, faults := read(t, l, TextForm, file)
	if len(faults) > 0 || len(outlines) != 3 || !strings.Contains(outlines[1], "way=0\n  rent=12000\n") || !strings.Contains(outlines[2], "way=1\n  price=500000\n") {
		t.Errorf("%q %q", faults, outlines)
	}
	if got := string(convert(t, l, TextForm, TextForm, []byte(file))); got != file {
		t.Error(cmp.Diff(file, got))
	}
}

func TestDocumentsOfSortsHavePlace(t *testing.T) {
	t.Parallel()
	const remarks = `[[text.record]]
type = "20"
group = "document"
append = true
field = [ { name = "TEXT", position = 3, length = 20, key = "document.remark", format = "text" } ]
`
	l := parsed(t, strings.Replace(bulletinHead+bulletinText, remarks, "", 1), bulletin(t))
	for path, want := range map[string]bool{"document": true, "document.works": true, "document.works.road": true, "document.action": true, "document.flo": false, "document.nothing": false} {
		if l.HasPlace(TextForm, path) != want {
			t.Errorf("%s: has place is %v", path, !want)
		}
	}
}
