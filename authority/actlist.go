package authority

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// ActRow is one row of a list of acts: what one act of the kind concerns, and its
// parameters.
type ActRow struct {
	Row    int64 // from 1, the line of column names not counted
	Number string
	Values map[string]string
}

// numberColumn names the case of a row in a list of acts.
const numberColumn = "number"

// ReadActs reads a list of acts in UTF-8: CSV with a line of column names, parted by
// semicolon or comma, or JSON lines. Columns are "number" and the parameters of the
// act. An error ends the list.
func ReadActs(src io.Reader) iter.Seq2[ActRow, error] {
	return func(yield func(ActRow, error) bool) {
		in := bufio.NewReader(src)
		first, err := in.Peek(1)
		if err != nil && !errors.Is(err, io.EOF) {
			yield(ActRow{}, err)
			return
		}
		next := actCSV(in)
		if string(first) == "{" {
			next = actJSON(in)
		}
		for n := int64(1); ; n++ {
			values, err := next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil {
				err = inUTF8(values)
			}
			row := ActRow{Row: n, Number: strings.TrimSpace(values[numberColumn]), Values: values}
			delete(values, numberColumn)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// inUTF8 refuses values of another encoding: they would be kept with characters
// lost.
func inUTF8(values map[string]string) error {
	for name, value := range values {
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			return errors.New("it is not UTF-8: save the list as UTF-8")
		}
	}
	return nil
}

func actJSON(in io.Reader) func() (map[string]string, error) {
	d := json.NewDecoder(in)
	d.UseNumber()
	return func() (map[string]string, error) {
		var given map[string]any
		if err := d.Decode(&given); err != nil {
			return nil, err
		}
		values := map[string]string{}
		for name, value := range given {
			if value != nil {
				values[name] = fmt.Sprint(value)
			}
		}
		return values, nil
	}
}

func actCSV(in *bufio.Reader) func() (map[string]string, error) {
	var names []string
	var r *csv.Reader
	return func() (map[string]string, error) {
		if r == nil {
			head, err := in.ReadBytes('\n')
			if err != nil && !(errors.Is(err, io.EOF) && len(head) > 0) {
				return nil, err
			}
			comma := ','
			if bytes.ContainsRune(head, ';') {
				comma = ';'
			}
			r = csv.NewReader(io.MultiReader(bytes.NewReader(bytes.TrimPrefix(head, []byte("\ufeff"))), in))
			r.Comma = comma
			if names, err = r.Read(); err != nil {
				return nil, err
			}
		}
		cells, err := r.Read()
		if err != nil {
			return nil, err
		}
		values := map[string]string{}
		for i, cell := range cells {
			if cell != "" {
				values[strings.TrimSpace(names[i])] = cell
			}
		}
		return values, nil
	}
}
