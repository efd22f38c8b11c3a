package claimlist

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"sort"
	"strings"
)

// row is one row of the export with its cells by field.
type row struct {
	number int // in the file, the header being row 1; rows, not lines
	cells  map[Field]string
	raw    []string
	beyond bool // it has values after the last column
}

// table is an export, decoded and cut into rows.
type table struct {
	columns map[Field]Column
	unknown []string // columns of the export that the mapping does not name
	rows    []row
}

// readTable reads the export as CSV, never line by line: a quoted field may
// hold separators and line breaks.
func (m *Mapping) readTable(text string) (*table, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = m.separatorOf(text)
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, unusable("listan är tom: den ska ha en rad med kolumnnamn och sedan en rad för varje uppgift", "the list is empty: it needs a row of column names and then a row for each entry")
	}
	if err != nil {
		return nil, csvError(err)
	}
	t := &table{columns: map[Field]Column{}}
	at, err := m.match(header, t.columns)
	if err != nil {
		return nil, err
	}
	for i, name := range header {
		if at[i] == "" && strings.TrimSpace(name) != "" {
			t.unknown = append(t.unknown, clean(name))
		}
	}
	if err := m.keyed(t); err != nil {
		return nil, err
	}
	for number := 2; ; number++ {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		if blank(record) {
			continue
		}
		t.rows = append(t.rows, cut(number, record, at))
	}
}

func csvError(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return unusable("rad %d, tecken %d i listan kan inte läsas som CSV: %v", "line %d, column %d of the list cannot be read as CSV: %v", parse.Line, parse.Column, parse.Err)
	}
	return err
}

// separatorOf is the separator of the mapping, or that of the header row.
func (m *Mapping) separatorOf(text string) rune {
	if m.Separator != anySeparator {
		return []rune(m.Separator)[0]
	}
	header, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	for _, separator := range ";\t," {
		if strings.ContainsRune(header, separator) {
			return separator
		}
	}
	return ';'
}

// match finds the columns of the mapping in the header, and returns the
// field at each position. A column goes by the name that it has there.
func (m *Mapping) match(header []string, columns map[Field]Column) ([]Field, error) {
	at := make([]Field, len(header))
	var missing []string
	for _, c := range m.Columns {
		places := c.in(header)
		if len(places) == 0 && !c.Optional {
			missing = append(missing, c.Name)
		}
		if len(places) > 1 && c.Field != Ignored {
			return nil, unusable("kolumnerna %[1]d (%[2]s) och %[3]d (%[4]s) säger samma sak: ta bort en av dem", "columns %[1]d (%[2]s) and %[3]d (%[4]s) say the same: leave one of them out",
				places[0]+1, clean(header[places[0]]), places[1]+1, clean(header[places[1]]))
		}
		for _, i := range places {
			at[i], c.Name = c.Field, clean(header[i])
			columns[c.Field] = c
		}
	}
	if len(missing) > 0 {
		return nil, unusable("rubrikraden har ingen kolumn %s: ange med --mapping en mappning som har ditt systems kolumner och skiljetecken, eller gör dem valfria i den",
			"the header has no column named %s: give a mapping that names the columns and the separator of your system with --mapping, or mark them optional in it", strings.Join(missing, ", "))
	}
	return at, nil
}

// names are those that the column may have.
func (c Column) names() []string { return append([]string{c.Name}, c.Also...) }

// in finds where in the header the column stands, by any of its names.
func (c Column) in(header []string) (places []int) {
	for i, name := range header {
		if slices.ContainsFunc(c.names(), func(n string) bool { return headerKey(n) == headerKey(name) }) {
			places = append(places, i)
		}
	}
	return places
}

// keyed refuses a list of acts or cases that has no column by which a case could
// be found.
func (m *Mapping) keyed(t *table) error {
	_, byReference := t.columns[Reference]
	_, byNumber := t.columns[CaseNumber]
	if byReference || byNumber || m.List != Acts && m.List != Owns {
		return nil
	}
	var names, meant []string
	for _, c := range m.Columns {
		if c.Field == Reference || c.Field == CaseNumber {
			names = append(names, c.names()...)
		}
	}
	for _, name := range t.unknown {
		if near, found := m.missingLike(name, t); found {
			meant = append(meant, name+" → "+near+"?")
		}
	}
	hint := ""
	if len(meant) > 0 {
		hint = " (" + strings.Join(meant, ", ") + ")"
	}
	return unusable("rubrikraden har varken egen referens eller målnummer%[2]s: kalla kolumnen något av %[1]s, eller ange namnet i en mappning",
		"the header has neither an own reference nor a case number%[2]s: name the column one of %[1]s, or give its name in a mapping", strings.Join(names, ", "), hint)
}

// headerKey is what column names are compared by.
func headerKey(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), ""))
}

func cut(number int, record []string, at []Field) row {
	r := row{number: number, cells: make(map[Field]string, len(at)), raw: record}
	for i, cell := range record {
		if i < len(at) && at[i] != "" && at[i] != Ignored {
			r.cells[at[i]] = clean(cell)
		}
	}
	r.beyond = len(record) > len(at) && !blank(record[len(at):])
	return r
}

// clean makes one line of a cell.
func clean(cell string) string {
	return strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }), " ")
}

func blank(record []string) bool {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

func fieldOrder(rules map[Field]fieldRule) []Field {
	fields := make([]Field, 0, len(rules))
	for f := range rules {
		fields = append(fields, f)
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i] < fields[j] })
	return fields
}
