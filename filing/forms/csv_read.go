package forms

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"filtjanst/filing"
	"filtjanst/layout"
)

// csvReader reads what csvWriter writes; the columns may stand in any order
// and be parted by commas or semicolons.
type csvReader struct {
	in         *csv.Reader
	vocabulary *layout.Vocabulary
	header     []string
	file       *layout.Tree
	held       []string // the first row of the next document
	heldLine   int
	err        error
}

func newCSV(r io.Reader) (*csv.Reader, []string, error) {
	b := withoutMark(r)
	first, _ := b.Peek(len(documentColumn) + 1)
	in := csv.NewReader(b)
	if bytes.HasSuffix(first, []byte(";")) {
		in.Comma = ';'
	}
	header, err := in.Read()
	return in, slices.Clone(header), err
}

func newCSVReader(r io.Reader, v *layout.Vocabulary) (*csvReader, error) {
	in, header, err := newCSV(r)
	if err != nil {
		return nil, unreadableRow(1, err)
	}
	known := columns(v)
	for _, name := range header {
		if !slices.Contains(known, name) {
			return nil, refusal(nil, "kolumnen %q finns inte i %s", "there is no column %q in %s", name, v.Name())
		}
	}
	if !slices.Contains(header, groupColumn) {
		return nil, refusal(nil, "kolumnen %q saknas", "the column %q is missing", groupColumn)
	}
	return &csvReader{in: in, vocabulary: v, header: header, file: layout.NewTree(v, layout.FileGroup)}, nil
}

func unreadableRow(line int, err error) error {
	return refusal(err, "rad %d kan inte läsas", "line %d cannot be read", line)
}

// csvTransaction reads the transaction in the file's own row, which is the
// first.
func csvTransaction(head []byte) (filing.Transaction, bool) {
	in, header, err := newCSV(bytes.NewReader(head))
	if err != nil {
		return "", false
	}
	row, err := in.Read()
	i := slices.Index(header, transactionName)
	if err != nil || i < 0 {
		return "", false
	}
	return filing.Transaction(row[i]), true
}

func (r *csvReader) File() *layout.Tree { return r.file }

// Next gathers the rows of one document. The file's own rows may stand
// anywhere between documents.
func (r *csvReader) Next() (*layout.Tree, error) {
	for {
		rows, top, err := r.gather()
		if err != nil {
			return nil, err
		}
		t, err := layout.ReadJSON(r.vocabulary, top, rows.json())
		if err != nil {
			return nil, unreadableRow(rows.line, err)
		}
		if top == layout.DocumentGroup {
			return t, nil
		}
		r.file = t
	}
}

// gather reads the rows that have one document number.
func (r *csvReader) gather() (*csvRows, layout.GroupID, error) {
	row, line, err := r.take()
	if err != nil {
		return nil, 0, err
	}
	top, number := layout.FileGroup, r.cell(row, documentColumn)
	if number != "" {
		top = layout.DocumentGroup
	}
	rows := &csvRows{reader: r, line: line, top: r.vocabulary.GroupPath(top), open: map[string]map[string]any{}}
	for err == nil && r.cell(row, documentColumn) == number {
		if err := rows.add(row, line); err != nil {
			return nil, 0, err
		}
		row, line, err = r.take()
	}
	r.held, r.heldLine, r.err = row, line, err
	return rows, top, nil
}

// take returns the row that was read too far, or the next.
func (r *csvReader) take() ([]string, int, error) {
	if r.held != nil || r.err != nil {
		row, line, err := r.held, r.heldLine, r.err
		r.held = nil
		return row, line, err
	}
	row, err := r.in.Read()
	if err == nil {
		line, _ := r.in.FieldPos(0)
		return row, line, nil
	}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, parse.Line, unreadableRow(parse.Line, parse.Err)
	}
	return nil, 0, err
}

func (r *csvReader) cell(row []string, column string) string {
	i := slices.Index(r.header, column)
	if i < 0 {
		return ""
	}
	return row[i]
}

// csvRows builds the JSON object of one document, row by row.
type csvRows struct {
	reader *csvReader
	line   int // of the first row
	top    string
	open   map[string]map[string]any // the latest occurrence of each group
}

func (rows *csvRows) json() []byte {
	b, _ := json.Marshal(rows.open[rows.top]) // strings, numbers and booleans
	return b
}

func (rows *csvRows) add(row []string, line int) error {
	path := rows.reader.cell(row, groupColumn)
	v := rows.reader.vocabulary
	g := v.FindGroup(path)
	if g == layout.None {
		return refusal(nil, "rad %d: det finns ingen del %q i %s", "line %d: there is no part %q in %s", line, path, v.Name())
	}
	node, err := rows.node(row, g)
	if err != nil {
		return unreadableRow(line, err)
	}
	if path == rows.top {
		if rows.open[path] != nil {
			return refusal(nil, "rad %d: %s står två gånger", "line %d: %s stands twice", line, path)
		}
		rows.open[path] = node
		return nil
	}
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || rows.open[path[:dot]] == nil {
		return refusal(nil, "rad %d: %s saknar den rad som den hör till", "line %d: %s lacks the row that it belongs to", line, path)
	}
	parent, name := rows.open[path[:dot]], path[dot+1:]
	list, _ := parent[name].([]any)
	parent[name] = append(list, node)
	for deeper := range rows.open {
		if strings.HasPrefix(deeper, path+".") {
			delete(rows.open, deeper)
		}
	}
	rows.open[path] = node
	return nil
}

// node makes the object of one row; blank cells are facts not given.
func (rows *csvRows) node(row []string, g layout.GroupID) (map[string]any, error) {
	v := rows.reader.vocabulary
	node := map[string]any{}
	for i, text := range row {
		name := rows.reader.header[i]
		if text == "" || name == documentColumn || name == groupColumn {
			continue
		}
		if name == extraColumn {
			var extra map[string]any
			if err := json.Unmarshal([]byte(text), &extra); err != nil {
				return nil, fmt.Errorf("%s: %w", extraColumn, err)
			}
			node[extraName] = extra
			continue
		}
		k := v.FindKey(v.GroupPath(g) + "." + name)
		if k == layout.None {
			return nil, fmt.Errorf("%s has no fact %q", v.GroupPath(g), name)
		}
		node[name] = typed(v.Key(k).Kind, text)
	}
	return node, nil
}

// typed gives numbers and flags as JSON has them; what does not read as one is
// left as a text, for ReadJSON to refuse.
func typed(kind layout.Kind, text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); kind == layout.Integer && err == nil {
		return n
	}
	if kind == layout.Flag && (text == "true" || text == "false") {
		return text == "true"
	}
	return text
}
