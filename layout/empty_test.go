package layout

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fileOf is the file's own facts with a number in each required key.
func fileOf(v *Vocabulary) *Tree {
	file := NewTree(v, FileGroup)
	first, n := v.Keys(FileGroup)
	for k := first; k < first+KeyID(n); k++ {
		if v.Key(k).Required && v.Key(k).Kind == Text {
			file.SetText(0, k, "1")
		} else if v.Key(k).Required {
			file.SetNum(0, k, 1)
		}
	}
	return file
}

// withoutDocuments has the vocabulary's documents in neither form.
const withoutDocuments = bulletinHead + `[text]
encoding = "UTF-8"
line_end = "LF"
record_type = { position = 1, length = 2 }
[[text.record]]
type = "00"
group = "file"
min = 1
max = 1
field = [ { name = "NUMMER", position = 3, length = 5, key = "file.number", format = "integer" } ]
[xml]
root = "Meddelanden"
encoding = "UTF-8"
[[xml.group]]
group = "file"
field = [ { path = "Nummer", key = "file.number" } ]
`

func TestFilesWithoutDocuments(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]*Layout{
		"library": libraryLayout(t), "allotment": parsed(t, allotmentText, allotment(t)), "bulletin": bulletinLayout(t),
		"no document in the description": parsed(t, withoutDocuments, bulletin(t)),
	} {
		for _, form := range l.Forms() {
			t.Run(name+" "+string(form), func(t *testing.T) {
				t.Parallel()
				file := fileOf(l.Vocabulary())
				b := write(t, l, form, file)
				if diff := cmp.Diff([]string{outline(file)}, readBack(t, l, form, b)); diff != "" {
					t.Errorf("%s\n%s", diff, b)
				}
				if form == XMLForm && !lint(t, l, map[string][]byte{"a.xml": b})["a.xml"] {
					t.Errorf("the schema refuses\n%s", b)
				}
			})
		}
	}
}

func TestNoPlaceForDocuments(t *testing.T) {
	t.Parallel()
	l := parsed(t, withoutDocuments, bulletin(t))
	doc := bulletinDocument(l.Vocabulary())
	storm(doc)
	for _, form := range l.Forms() {
		w, err := l.NewWriter(&bytes.Buffer{}, form, fileOf(l.Vocabulary()))
		if err != nil {
			t.Fatal(err)
		}
		var refused *ValueError
		if err := w.Write(doc); !errors.As(err, &refused) || refused.Problem != ValueNoPlace {
			t.Errorf("%s: %v", form, err)
		}
	}
}

// TestOneFormWithoutDocuments: what one form has, the other must have too.
func TestOneFormWithoutDocuments(t *testing.T) {
	t.Parallel()
	text, xml, _ := strings.Cut(strings.TrimPrefix(withoutDocuments, bulletinHead), "[xml]")
	for name, c := range map[string]struct{ source, want string }{
		"text": {bulletinHead + text + bulletinXML, "document.action stands in no text record"},
		"xml":  {bulletinHead + bulletinText + "[xml]" + xml, "no element is the document"},
	} {
		if _, err := Parse("test.toml", []byte(c.source), bulletin(t)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNumberOfDocuments: the writer keeps to min and max as the reader does.
func TestNumberOfDocuments(t *testing.T) {
	t.Parallel()
	v := bulletin(t)
	source := strings.Replace(bulletinHead+bulletinText+bulletinXML, "type = \"02\"\n", "type = \"02\"\nmin = 1\nmax = 2\n", 1)
	l := parsed(t, strings.Replace(source, "path = \"Poster/Post\"\n", "path = \"Poster/Post\"\nmin = 1\nmax = 2\n", 1), v)
	doc := bulletinDocument(v)
	storm(doc)
	for _, form := range l.Forms() {
		for number := range 4 {
			w, err := l.NewWriter(&bytes.Buffer{}, form, fileOf(v))
			if err != nil {
				t.Fatal(err)
			}
			var written error
			for range number {
				written = errors.Join(written, w.Write(doc))
			}
			written = errors.Join(written, w.Close())
			var refused *ValueError
			if sound := number == 1 || number == 2; errors.As(written, &refused) == sound || !sound && refused.Problem != ValueOccurrence {
				t.Errorf("%s: %d documents: %v", form, number, written)
			}
		}
	}
}
