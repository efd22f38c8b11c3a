package layout

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

var sampleText = rapid.StringMatching(`[A-Za-zÅÄÖåäö0-9<&>"'.,-]( ?[A-Za-zÅÄÖåäö0-9<&>"'.,-]){0,28}`)

func (s *sample) fill(t *Tree, n Node) {
	v := t.Vocabulary()
	if t.Group(n) == DocumentGroup && s.sorts > 0 {
		s.sort = s.number("sort", 0, s.sorts-1)
	}
	first, count := v.Keys(t.Group(n))
	for k := first; k < first+KeyID(count); k++ {
		if v.Key(k).Required || rapid.Bool().Draw(s.t, "given") {
			s.value(t, n, k)
		}
	}
	for g := range GroupID(v.Groups()) {
		if v.Parent(g) != t.Group(n) {
			continue
		}
		least, most := 0, v.Group(g).Max
		if most == 0 {
			most = 4
		}
		if name := v.Group(g).Name; t.Group(n) == DocumentGroup && name[0] == 's' {
			least = map[bool]int{true: 1}[name == fmt.Sprintf("s%d", s.sort)]
			most = least
		}
		for range s.number("occurrences", least, most) {
			s.fill(t, t.Add(n, g))
		}
	}
}

func (s *sample) value(t *Tree, n Node, k KeyID) {
	field := s.drawn[t.Vocabulary().KeyPath(k)]
	width := field.width
	switch key := t.Vocabulary().Key(k); key.Kind {
	case Text:
		if !key.Lines {
			t.SetText(n, k, s.line(width))
			return
		}
		lines := []string{s.line(width)}
		for range s.number("more lines", 0, 3) {
			if rapid.Bool().Draw(s.t, "empty line") {
				lines = append(lines, "")
			}
			lines = append(lines, s.line(width))
		}
		t.SetText(n, k, strings.Join(lines, "\n"))
	case Digits:
		least := 1
		if field.format == "digits:zero" {
			least = width
		}
		t.SetText(n, k, rapid.StringMatching(fmt.Sprintf("[0-9]{%d,%d}", least, width)).Draw(s.t, "digits"))
	case Date:
		t.SetNum(n, k, rapid.Int64Range(firstDay, lastDay).Draw(s.t, "day"))
	case DateTime:
		t.SetNum(n, k, rapid.Int64Range(firstDay*86400, lastDay*86400+86399).Draw(s.t, "second"))
	case Code:
		t.SetNum(n, k, int64(s.number("code", 0, 2)))
	case Flag:
		t.SetNum(n, k, int64(s.number("flag", 0, 1)))
	default:
		t.SetNum(n, k, rapid.Int64Range(-99_999_999, 999_999_999).Draw(s.t, "number"))
	}
}

func (s *sample) line(width int) string {
	r := []rune(sampleText.Draw(s.t, "text"))
	return strings.TrimSpace(string(r[:min(len(r), width)]))
}
