package claimlist

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
)

// ReadJSON reads claims as JSON: an array of objects, an object with the array
// under "claims", or one object per line. An object is one row of an export,
// its keys the names of fields ("reference", "capital") or of the mapping's
// columns ("Ärendenr"). Where a case has several invoices, they may stand as
// objects under "invoices", and what belongs to the case beside them.
func ReadJSON(r io.Reader, o Options) (*List, error) {
	t, err := o.Mapping.jsonTable(r)
	if err != nil {
		return nil, err
	}
	return o.read(t, jsonEncoding), nil
}

const jsonEncoding = "UTF-8 (JSON)"

// jsonTable reads JSON as the rows of a table.
func (m *Mapping) jsonTable(r io.Reader) (*table, error) {
	objects, err := readObjects(r)
	if err != nil {
		return nil, err
	}
	t := &table{columns: map[Field]Column{}}
	names := map[string]Field{}
	for _, c := range m.Columns {
		t.columns[c.Field] = Column{Name: string(c.Field), Field: c.Field, Level: c.Level, Codes: withSymbols(c)}
		for _, name := range append([]string{c.Name, string(c.Field)}, c.Also...) {
			names[headerKey(name)] = c.Field
		}
	}
	for i, object := range objects {
		rows, err := rowsOf(object, names)
		if err != nil {
			return nil, unusableJSON(i+1, err)
		}
		for _, r := range rows {
			r.number = len(t.rows) + 1
			t.rows = append(t.rows, r)
		}
	}
	return t, nil
}

// withSymbols lets JSON say our own symbols besides the mapping's codes.
func withSymbols(c Column) map[string]string {
	codes := map[string]string{}
	for symbol := range codeSymbols(c.Field) {
		codes[symbol] = symbol
	}
	for outside, symbol := range c.Codes {
		codes[outside] = symbol
	}
	return codes
}

type object map[string]json.RawMessage

func readObjects(r io.Reader) ([]object, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, utf8Mark))
	var list []object
	if bytes.HasPrefix(raw, []byte("[")) {
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, unusableJSON(0, err)
		}
		return list, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	for {
		var o object
		err := decoder.Decode(&o)
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, unusableJSON(len(list)+1, err)
		}
		if claims, wrapped := o["claims"]; wrapped && len(o) == 1 {
			var inner []object
			if err := json.Unmarshal(claims, &inner); err != nil {
				return nil, unusableJSON(0, err)
			}
			list = append(list, inner...)
			continue
		}
		list = append(list, o)
	}
}

// rowsOf makes one row of an object, or one for each of its invoices.
func rowsOf(o object, names map[string]Field) ([]row, error) {
	invoices, nested := o["invoices"]
	if !nested {
		r, err := rowOf(o, names)
		return []row{r}, err
	}
	var list []object
	if err := json.Unmarshal(invoices, &list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, unusable("invoices är tom: ett krav har minst en", "invoices is empty: a claim needs at least one")
	}
	rows := make([]row, 0, len(list))
	for _, invoice := range list {
		merged := object{}
		for _, part := range []object{o, invoice} {
			for k, v := range part {
				merged[k] = v
			}
		}
		delete(merged, "invoices")
		r, err := rowOf(merged, names)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func rowOf(o object, names map[string]Field) (row, error) {
	r := row{cells: map[Field]string{}}
	for key, value := range o {
		field, known := names[headerKey(key)]
		if !known {
			return r, unknownKey(key, names)
		}
		text, err := scalar(key, value)
		if err != nil {
			return r, err
		}
		r.cells[field] = clean(text)
		r.raw = append(r.raw, text)
	}
	return r, nil
}

func unknownKey(key string, names map[string]Field) error {
	near, found := Near(headerKey(key), slices.Sorted(maps.Keys(names)))
	if !found {
		return unusable("nyckeln %q är varken ett fält eller en kolumn i mappningen", "the key %q is neither a field nor a column of the mapping", key)
	}
	return unusable("nyckeln %q är varken ett fält eller en kolumn i mappningen; menades %q?", "the key %q is neither a field nor a column of the mapping; did you mean %q?", key, near)
}

// scalar reads a string, number, truth value or null as the cell of a key.
func scalar(key string, value json.RawMessage) (string, error) {
	trimmed := strings.TrimSpace(string(value))
	switch {
	case trimmed == "null":
		return "", nil
	case trimmed == "true":
		return "yes", nil
	case trimmed == "false":
		return "no", nil
	case strings.HasPrefix(trimmed, `"`):
		var s string
		return s, json.Unmarshal(value, &s)
	case strings.HasPrefix(trimmed, "{"), strings.HasPrefix(trimmed, "["):
		return "", unusable("%q ska vara en text eller ett tal", "%q is to be a text or a number", key)
	}
	return trimmed, nil
}
