package layout

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// quoted finds the strings of a description, and small what else may be
// exchanged for its like.
var (
	quoted = regexp.MustCompile(`"[^"\n]*"`)
	small  = regexp.MustCompile(`\b[0-9]{1,2}\b|\btrue\b`)
)

// mangle exchanges strings and numbers of a description for others in it, and
// leaves out, repeats and moves lines.
func mangle(t *rapid.T, source string) string {
	for range rapid.IntRange(1, 4).Draw(t, "changes") {
		switch rapid.SampledFrom([]string{"string", "string", "number", "drop", "repeat", "move", "flag"}).Draw(t, "act") {
		case "string":
			source = exchange(t, source, quoted)
		case "number":
			source = exchange(t, source, small)
		case "flag":
			source = insertLine(t, source, rapid.SampledFrom([]string{"opens = true", "append = true", "choice = true", "min = 1", "max = 1"}).Draw(t, "flag"))
		default:
			source = moveLine(t, source)
		}
	}
	return source
}

func exchange(t *rapid.T, source string, what *regexp.Regexp) string {
	found := what.FindAllStringIndex(source, -1)
	a := rapid.SampledFrom(found).Draw(t, "place")
	b := rapid.SampledFrom(found).Draw(t, "other")
	return source[:a[0]] + source[b[0]:b[1]] + source[a[1]:]
}

func insertLine(t *rapid.T, source, line string) string {
	lines := strings.Split(source, "\n")
	i := rapid.IntRange(1, len(lines)-1).Draw(t, "line")
	return strings.Join(lines[:i], "\n") + "\n" + line + "\n" + strings.Join(lines[i:], "\n")
}

// moveLine takes a line, or a whole table, from its place and puts it
// elsewhere or nowhere.
func moveLine(t *rapid.T, source string) string {
	split := rapid.SampledFrom([]string{"\n", "\n[["}).Draw(t, "split")
	parts := strings.Split(source, split)
	i, to := rapid.IntRange(0, len(parts)-1).Draw(t, "from"), rapid.IntRange(0, len(parts)).Draw(t, "to")
	one := parts[i]
	rest := append(append([]string{}, parts[:i]...), parts[i+1:]...)
	if to < len(rest) {
		rest = append(append(append([]string{}, rest[:to]...), one), rest[to:]...)
	}
	return strings.Join(rest, split)
}

// TestMangledDescriptions: a description that is taken reads the file without
// panic, and what it reads without fault it writes and reads again.
func TestMangledDescriptions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source, file string
		vocabulary   *Vocabulary
	}{
		"variants": {allotmentText, allotmentFile, allotment(t)},
		"opens":    {bulletinHead + bulletinText + bulletinXML, string(encodeLatin1(t, bulletinFile)), bulletin(t)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(rt *rapid.T) {
				source := mangle(rt, c.source)
				l, err := Parse("m.toml", []byte(source), c.vocabulary)
				if err != nil || l.text == nil {
					return
				}
				whole := observe(t, l, TextForm, []byte(c.file), strings.NewReader(c.file))
				if len(whole.faults) > 0 {
					return
				}
				for _, form := range l.Forms() {
					again(rt, t, l, form, whole, cmp.Diff(c.source, source))
				}
			})
		})
	}
}

// again writes what was read and reads it back. A form that refuses it must
// have said why.
func again(rt *rapid.T, t *testing.T, l *Layout, form Form, whole observed, change string) {
	var out bytes.Buffer
	w, err := l.NewWriter(&out, form, whole.file)
	for _, doc := range whole.docs {
		if err == nil {
			err = w.Write(doc)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		if form == TextForm {
			rt.Fatalf("read but not written: %v\n%s", err, change)
		}
		return
	}
	back := observe(t, l, form, out.Bytes(), bytes.NewReader(out.Bytes()))
	diff := ""
	if form == TextForm { // XML may have no place for an optional key
		diff = cmp.Diff(whole.outlines, back.outlines)
	}
	if diff != "" || len(back.faults) > 0 {
		rt.Fatalf("%s: %v %s\n%s\n%s", form, back.faults, diff, out.String(), change)
	}
}
