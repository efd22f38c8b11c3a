package layout

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lineIndex maps places in a TOML file, such as "text.record[2].field[0].key",
// to their lines.
type lineIndex map[string]int

func indexLines(source []byte) lineIndex {
	index := lineIndex{}
	counts := map[string]int{}
	table := ""
	count := lineCount{source: source}
	p := unstable.Parser{}
	p.Reset(source)
	for p.NextExpression() {
		e := p.Expression()
		parts, line := count.keyParts(e)
		switch e.Kind {
		case unstable.Table:
			table = resolveTable(parts, counts, false)
			index.enter(table, line)
		case unstable.ArrayTable:
			table = resolveTable(parts, counts, true)
			index.enter(table, line)
		case unstable.KeyValue:
			index.enter(join(table, strings.Join(parts, ".")), line)
		}
	}
	return index
}

func (x lineIndex) enter(place string, line int) {
	if _, taken := x[place]; !taken {
		x[place] = line
	}
}

// lineCount turns offsets that grow into lines, counting each line feed once.
type lineCount struct {
	source []byte
	offset int
	feeds  int
}

func (c *lineCount) at(offset int) int {
	if offset > c.offset {
		c.feeds += bytes.Count(c.source[c.offset:offset], []byte("\n"))
		c.offset = offset
	}
	return 1 + c.feeds
}

func (c *lineCount) keyParts(e *unstable.Node) (parts []string, line int) {
	for it := e.Key(); it.Next(); {
		n := it.Node()
		if line == 0 {
			line = c.at(int(n.Raw.Offset))
		}
		parts = append(parts, string(n.Data))
	}
	return parts, line
}

// resolveTable gives a table header its indexed name; every prefix that is an
// array of tables means the latest element of it.
func resolveTable(parts []string, counts map[string]int, isArray bool) string {
	name := ""
	for i, part := range parts {
		name = join(name, part)
		last := i == len(parts)-1
		if last && isArray {
			counts[name]++
		}
		if n := counts[name]; n > 0 {
			name = fmt.Sprintf("%s[%d]", name, n-1)
		}
	}
	return name
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

// line finds the line of the place, or of the nearest table around it.
func (x lineIndex) line(place string) int {
	for place != "" {
		if line, ok := x[place]; ok {
			return line
		}
		place = place[:max(0, strings.LastIndexByte(place, '.'))]
	}
	return 1
}
