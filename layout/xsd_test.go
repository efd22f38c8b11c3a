package layout

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// mutation changes one line of a file that has an element a line.
type mutation struct {
	Line, Other int
	Act         string
	Value       string
}

var mutations = rapid.Custom(func(t *rapid.T) []mutation {
	one := rapid.Custom(func(t *rapid.T) mutation {
		return mutation{
			Line:  rapid.IntRange(1, 36).Draw(t, "line"),
			Other: rapid.IntRange(1, 36).Draw(t, "other"),
			Act:   rapid.SampledFrom([]string{"delete", "repeat", "swap", "copy", "value", "value", "value", "attribute", "rename", "text", "comment", "prefix"}).Draw(t, "act"),
			Value: rapid.SampledFrom([]string{
				"", " ", "x", "1", "-5", "2024-02-30", "2024-02-29", "true", "\n 12.50 ", "12,50", "Bok", "Tape", "0", "99999999999999999999", "1.234", "1.2345", "1.23456", ".5", "5.",
				"2024-02-29T24:00:00", "2024-02-29T23:59:59", "2024-02-29Z", "-", "&lt;", "&nbsp;", "]]&gt;", "]]>", "0123456789 0123456789 0123456789", "00000000000000000001", "999999999999999", "1000000000000000", "0000-01-01", "10000-01-01",
			}).Draw(t, "value"),
		}
	})
	return rapid.SliceOfN(one, 0, 3).Draw(t, "mutations")
})

func (m mutation) apply(lines []string) []string {
	if m.Line >= len(lines) || m.Other >= len(lines) {
		return lines
	}
	out := append([]string{}, lines...)
	l := out[m.Line]
	switch m.Act {
	case "delete":
		return append(out[:m.Line], out[m.Line+1:]...)
	case "repeat":
		out[m.Line] = l + "\n" + l
	case "swap":
		out[m.Line], out[m.Other] = out[m.Other], l
	case "copy":
		out[m.Other] += "\n" + l
	case "value":
		if open, shut := strings.IndexByte(l, '>'), strings.LastIndexByte(l, '<'); open < shut {
			out[m.Line] = l[:open+1] + m.Value + l[shut:]
		}
	case "attribute":
		out[m.Line] = strings.Replace(l, ">", ` x="1">`, 1)
	case "rename":
		out[m.Line] = strings.ReplaceAll(l, "a", "å")
	case "text":
		out[m.Line] = l + "text"
	case "comment":
		out[m.Line] = l + "<!-- " + m.Value + " -->"
	case "prefix":
		out[m.Line] = strings.ReplaceAll(strings.ReplaceAll(l, "<", "<p:"), "<p:/", "</p:")
	}
	return out
}

// TestSchemaAgreesWithReader mutates a file and wants the same judgement from
// the reader and from xmllint with our schema.
func TestSchemaAgreesWithReader(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	lines := strings.Split(decodeLatin1(libraryBytes(t, l, XMLForm, 1)), "\n")
	lines[0] = `<?xml version="1.0" encoding="UTF-8"?>`
	agrees(t, l, lines)
}

// TestSchemaAgreesOnChoices has each element of a choice on one line, so that
// mutations leave it out, repeat it and put another beside it.
func TestSchemaAgreesOnChoices(t *testing.T) {
	t.Parallel()
	l := bulletinLayout(t)
	file := string(convert(t, l, TextForm, XMLForm, encodeLatin1(t, bulletinFile)))
	for _, sort := range []string{"Oversvamning", "Storm", "Arbete"} {
		element := regexp.MustCompile("(?s)<" + sort + ">.*?</" + sort + ">")
		file = element.ReplaceAllStringFunc(file, func(s string) string { return strings.ReplaceAll(s, "\n", "") })
	}
	agrees(t, l, strings.Split(file, "\n"))
}

// agrees mutates a file and compares the judgements.
func agrees(t *testing.T, l *Layout, lines []string) {
	t.Helper()
	files := map[string][]byte{}
	for i := range 500 {
		changed := lines
		for _, m := range mutations.Example(i) {
			changed = m.apply(changed)
		}
		files[fmt.Sprintf("%03d.xml", i)] = []byte(strings.Join(changed, "\n"))
	}
	valid := lint(t, l, files)
	sound := 0
	for name, b := range files {
		faults, _, _ := faultsOf(t, l, XMLForm, bytes.NewReader(b), Options{})
		if ours := len(faults) == 0; ours != valid[name] {
			t.Errorf("schema says %v, reader says %v:\n%s", valid[name], codesOf(faults), b)
		}
		if valid[name] {
			sound++
		}
	}
	if sound < 50 || sound > 450 {
		t.Errorf("%d of 500 files are valid; the mutations show little", sound)
	}
}

// lint validates the files with xmllint and our schema.
func lint(t *testing.T, l *Layout, files map[string][]byte) map[string]bool {
	t.Helper()
	tool, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	dir := t.TempDir()
	schema, err := l.XSD()
	if err != nil {
		t.Fatal(err)
	}
	keep := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keep("schema.xsd", schema)
	args := []string{"--noout", "--nonet", "--schema", "schema.xsd"}
	for name, b := range files {
		keep(name, b)
		args = append(args, name)
	}
	cmd := exec.Command(tool, args...)
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput() // exit status 3 or 4 when a file is not valid
	if bytes.Contains(out, []byte("schema.xsd")) {
		t.Fatalf("the schema: %s", out)
	}
	valid := map[string]bool{}
	for name := range files {
		valid[name] = bytes.Contains(out, []byte(name+" validates\n"))
	}
	return valid
}

// TestRandomSchemas wants the schema of a random description to take what the
// writer writes.
func TestRandomSchemas(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed")
	}
	rapid.Check(t, func(rt *rapid.T) {
		if rapid.IntRange(0, 9).Draw(rt, "one in ten") > 0 {
			return
		}
		s := &sample{t: rt}
		l := s.layout()
		file, doc := NewTree(l.Vocabulary(), FileGroup), NewTree(l.Vocabulary(), DocumentGroup)
		s.fill(file, 0)
		s.fill(doc, 0)
		b := write(t, l, XMLForm, file, doc)
		if valid := lint(t, l, map[string][]byte{"a.xml": b}); !valid["a.xml"] {
			schema, _ := l.XSD()
			rt.Fatalf("%s\n%s", schema, b)
		}
	})
}
