package filing_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/layout"
)

// everySpot finds all values of a file, but for what the file says of itself.
func everySpot(t failer, set *filing.Set, tx filing.Transaction, f filing.Form, file []byte) []spot {
	t.Helper()
	l := mustLayout(t, set, tx)
	v := l.Vocabulary()
	var paths []string
	for k := range layout.KeyID(v.NumKeys()) {
		if path := v.KeyPath(k); strings.HasPrefix(path, "document.") {
			paths = append(paths, path)
		}
	}
	r := l.NewReader(bytes.NewReader(file), f, layout.Options{})
	doc := layout.NewTree(v, layout.DocumentGroup)
	var all []spot
	for document := 1; ; document++ {
		err := r.Next(doc)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, spotsIn(doc, doc.Top(), document, paths)...)
	}
}

// blanked is the file without one value: blanks in text, no element in XML.
func blanked(file []byte, f filing.Form, s spot) []byte {
	at := int(s.offset)
	if f == filing.TextForm {
		return slices.Concat(file[:at], bytes.Repeat([]byte(" "), len(s.text)), file[at+len(s.text):])
	}
	begin := bytes.LastIndexByte(file[:at+1], '<')
	end := at + bytes.Index(file[at:], []byte("</"))
	end += bytes.IndexByte(file[end:], '>') + 1
	return slices.Concat(file[:begin], file[end:])
}

func TestProbeDrops(t *testing.T) {
	set := filing.Own()
	for _, info := range filing.Catalogue() {
		tx := info.Transaction
		if info.Direction != filing.In || !filingtest.Made(tx) || tx == filing.BFApplication {
			continue
		}
		for _, f := range mustLayout(t, set, tx).Forms() {
			seen := map[string]bool{}
			file, err := filingtest.File(set, tx, f, 5, 60)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range everySpot(t, set, tx, f, file) {
				v, _ := check(t, set, blanked(file, f, s))
				var codes []string
				for _, c := range codesOf(v.Errors) {
					codes = append(codes, string(c))
				}
				slices.Sort(codes)
				line := string(tx) + " " + string(f) + " " + s.path + " " + strings.Join(slices.Compact(codes), ",")
				if !seen[line] {
					seen[line] = true
					t.Log(line)
				}
			}
		}
	}
}
