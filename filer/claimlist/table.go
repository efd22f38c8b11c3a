package claimlist

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

// row is one row of the export with its cells by field.
type row struct {
	number int // in the file, the header being row 1; rows, not lines
	cells  map[Field]string
	raw    []string
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
	in.Comma = []rune(m.Separator)[0]
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the export is empty: it needs a header row and one row per invoice")
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
			t.unknown = append(t.unknown, strings.TrimSpace(name))
		}
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
		return fmt.Errorf("line %d, column %d of the export cannot be read as CSV: %w", parse.Line, parse.Column, parse.Err)
	}
	return err
}

// match finds the columns of the mapping in the header, and returns the
// field at each position.
func (m *Mapping) match(header []string, columns map[Field]Column) ([]Field, error) {
	position := map[string]int{}
	for i, name := range header {
		position[headerKey(name)] = i
	}
	at := make([]Field, len(header))
	var missing []string
	for _, c := range m.Columns {
		i, found := c.in(position)
		if !found {
			if !c.Optional {
				missing = append(missing, c.Name)
			}
			continue
		}
		at[i] = c.Field
		columns[c.Field] = c
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("the header has no column named %s (separator %q): give a mapping that names the columns of your system with --mapping, or mark them optional in it", strings.Join(missing, ", "), m.Separator)
	}
	return at, nil
}

// in finds the column by any of its names.
func (c Column) in(position map[string]int) (at int, found bool) {
	for _, name := range append([]string{c.Name}, c.Also...) {
		if at, found := position[headerKey(name)]; found {
			return at, true
		}
	}
	return 0, false
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
