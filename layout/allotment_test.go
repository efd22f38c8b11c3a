package layout

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// allotment is the vocabulary of an invented transaction in which records of
// one type differ by variant.
func allotment(t testing.TB) *Vocabulary {
	t.Helper()
	person := []Key{{Name: "name", Kind: Text, Required: true}, {Name: "number", Kind: Digits, Sensitive: true}}
	v, err := NewVocabulary("allotment",
		&Group{Keys: []Key{
			{Name: "origin", Kind: Code, Required: true, Symbols: []string{"desk", "letter", "file"}},
			{Name: "sequence", Kind: Integer},
			{Name: "clerk", Kind: Text},
		}},
		&Group{
			Keys: []Key{{Name: "reference", Kind: Text, Required: true}, {Name: "way", Kind: Code, Symbols: []string{"rent", "buy"}}, {Name: "rent", Kind: Amount}, {Name: "price", Kind: Amount}},
			Groups: []*Group{
				{Name: "tenant", Min: 1, Max: 2, Keys: person},
				{Name: "tool", Keys: []Key{{Name: "kind", Kind: Code, Required: true, Symbols: []string{"spade", "rake"}}, {Name: "width", Kind: Integer}}},
			}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

const allotmentText = `transaction = "allotment"
edition = "1"
status = "own"
title_sv = "Kolonilotter"
[[code_list]]
name = "origin"
value = [ { symbol = "desk", text = "M" }, { symbol = "letter", text = "Å" }, { symbol = "file", text = "F" } ]
[[code_list]]
name = "way"
value = [ { symbol = "rent", text = "H" }, { symbol = "buy", text = "K" } ]
[text]
encoding = "ISO-8859-1"
line_end = "LF"
short = true
record_type = { position = 1, length = 2 }
[[text.record]]
type = "00"
variant = { position = 3, length = 1, value = "M" }
group = "file"
min = 1
max = 1
field = [ { name = "URSPRUNG", position = 3, length = 1, key = "file.origin", format = "code:origin" }, { name = "HANDL", position = 4, length = 10, key = "file.clerk", format = "text" } ]
[[text.record]]
type = "00"
variant = { position = 3, length = 1, value = "Å" }
group = "file"
min = 1
max = 1
field = [ { name = "URSPRUNG", position = 3, length = 1, key = "file.origin", format = "code:origin" } ]
[[text.record]]
type = "00"
variant = { position = 3, length = 1, value = "F" }
group = "file"
min = 1
max = 1
field = [ { name = "URSPRUNG", position = 3, length = 1, key = "file.origin", format = "code:origin" }, { name = "LOPNR", position = 4, length = 5, key = "file.sequence", format = "integer" } ]
[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "L" }
group = "document"
field = [ { name = "REF", position = 5, length = 10, key = "document.reference", format = "text" } ]
[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "LH" }
group = "document"
append = true
max = 1
set = { "document.way" = "rent" }
field = [ { name = "HYRA", position = 5, length = 9, key = "document.rent", format = "amount:2" } ]
[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "LK" }
group = "document"
append = true
max = 1
set = { "document.way" = "buy" }
field = [ { name = "PRIS", position = 5, length = 9, key = "document.price", format = "amount:2" } ]
[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "A" }
group = "document.tenant"
min = 1
max = 2
field = [ { name = "NAMN", position = 5, length = 20, key = "document.tenant.name", format = "text" }, { name = "NR", position = 25, length = 12, key = "document.tenant.number", format = "digits" } ]
[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "VS" }
group = "document.tool"
set = { "document.tool.kind" = "spade" }
field = [ { name = "BREDD", position = 5, length = 3, key = "document.tool.width", format = "integer" } ]
[[text.record]]
type = "01"
variant = { position = 3, length = 2, value = "VR" }
group = "document.tool"
set = { "document.tool.kind" = "rake" }
`

const allotmentFile = "00F00017\n01L R-1\n01LH000012000\n01A Ada                 0012\n01A Bo\n01VS020\n01VR\n01L R-2\n01LK000500000\n01A Eva\n"

func parsed(t testing.TB, source string, v *Vocabulary) *Layout {
	t.Helper()
	l, err := Parse("test.toml", []byte(source), v)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// read gives the outlines and faults of a file.
func read(t testing.TB, l *Layout, f Form, file string) (outlines, faults []string) {
	t.Helper()
	r := l.NewReader(strings.NewReader(file), f, Options{})
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	for {
		err := r.Next(doc)
		for _, one := range r.Faults() {
			faults = append(faults, describeFault(one))
		}
		if errors.Is(err, io.EOF) {
			return append([]string{outline(r.File())}, outlines...), faults
		}
		if err != nil {
			t.Fatal(err)
		}
		outlines = append(outlines, outline(doc))
	}
}
