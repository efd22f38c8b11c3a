package forms

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"filtjanst/layout"
)

// The columns of the format itself, named as no fact can be.
const (
	documentColumn = "#document" // number of the document; blank for the file's own rows
	groupColumn    = "#group"    // which part of it the row holds
	extraColumn    = "#extra"    // values the vocabulary does not know, as a JSON object
)

// columns are the header of a vocabulary: every name of a fact once, in the
// vocabulary's order. Facts of the same name in different groups share a
// column.
func columns(v *layout.Vocabulary) []string {
	header := []string{documentColumn, groupColumn}
	for k := range layout.KeyID(v.NumKeys()) {
		if name := v.Key(k).Name; !slices.Contains(header, name) {
			header = append(header, name)
		}
	}
	return append(header, extraColumn)
}

// csvWriter writes one row for each occurrence of a group, the file's own
// before those of the documents, and parts after what they are part of.
type csvWriter struct {
	out        *csv.Writer
	vocabulary *layout.Vocabulary
	column     map[string]int
	row        []string
	n          int
	json       []byte
}

func newCSVWriter(out io.Writer, file *layout.Tree) (*csvWriter, error) {
	header := columns(file.Vocabulary())
	w := &csvWriter{out: csv.NewWriter(out), vocabulary: file.Vocabulary(), column: map[string]int{}, row: make([]string, len(header))}
	for i, name := range header {
		w.column[name] = i
	}
	if err := w.out.Write(header); err != nil {
		return nil, err
	}
	return w, w.tree(file, "")
}

func (w *csvWriter) Write(doc *layout.Tree) error {
	w.n++
	return w.tree(doc, strconv.Itoa(w.n))
}

func (w *csvWriter) Close() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) tree(t *layout.Tree, number string) error {
	var node map[string]any
	w.json = t.AppendJSON(w.json[:0], true)
	if err := json.Unmarshal(w.json, &node); err != nil {
		return err
	}
	return w.node(t.Group(t.Top()), number, node)
}

// node writes the row of one occurrence, then those of the groups below it.
func (w *csvWriter) node(g layout.GroupID, number string, node map[string]any) error {
	clear(w.row)
	w.row[0], w.row[1] = number, w.vocabulary.GroupPath(g)
	for _, k := range w.vocabulary.Group(g).Keys {
		if value, ok := node[k.Name]; ok {
			w.row[w.column[k.Name]] = cell(value)
		}
	}
	if extra, ok := node[extraName].(map[string]any); ok {
		w.row[w.column[extraColumn]] = cell(extra)
	}
	if err := w.out.Write(w.row); err != nil {
		return err
	}
	for below := range layout.GroupID(w.vocabulary.Groups()) {
		if w.vocabulary.Parent(below) != g {
			continue
		}
		for _, part := range occurrences(node[w.vocabulary.Group(below).Name]) {
			if err := w.node(below, number, part); err != nil {
				return err
			}
		}
	}
	return nil
}

// occurrences are those of a group, which stands alone or in a list.
func occurrences(value any) []map[string]any {
	if one, ok := value.(map[string]any); ok {
		return []map[string]any{one}
	}
	list, _ := value.([]any)
	all := make([]map[string]any, 0, len(list))
	for _, item := range list {
		if one, ok := item.(map[string]any); ok {
			all = append(all, one)
		}
	}
	return all
}

// cell writes a value as it stands in JSON, a text without its quotes.
func cell(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	b, _ := json.Marshal(value) // it was read from JSON
	return string(b)
}
