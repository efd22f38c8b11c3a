package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"filtjanst/authority"
	"filtjanst/authority/service"
)

// numberColumn names the case of a row in a list of acts.
const numberColumn = "number"

// actRow is one row of a list of acts.
type actRow struct {
	Row     int64  `json:"row"` // from 1, the line of column names not counted
	Number  string `json:"number"`
	Code    string `json:"code"` // of the refusal; "" when it is done
	Swedish string `json:"sv,omitempty"`
	English string `json:"en,omitempty"`
	authority.ActDone
	values map[string]string // without the number
}

// actOnAll does one act for each row of a list. Every row stands by itself: what
// is refused does not keep the others from being done.
func (a *app) actOnAll(ctx context.Context, n *nodeFlags, o officerFlags, act authority.ActInfo, path string) error {
	if err := o.check(); err != nil {
		return err
	}
	src, closing, err := a.listFile(path)
	if err != nil {
		return err
	}
	defer closing()
	control, world := n.reach()
	var rows, done int64
	for row, err := range actRows(src) {
		if err != nil {
			return failed(err, "listan kan inte läsas efter rad %[1]d; %[2]d gjorda", "the list cannot be read after row %[1]d; %[2]d done", rows, done)
		}
		rows++
		call := authority.ActCall{World: world, Room: act.Room, Act: act.Name, Number: row.Number, By: o.by, Reason: o.reason, Values: row.values}
		row.ActDone, err = control.Act(ctx, call)
		if r, refused := service.RefusedAs(err); refused {
			row.Code, row.Swedish, row.English = r.Code, lowered(r.Swedish), lowered(r.English)
		} else if err != nil {
			return answered(err)
		} else {
			done++
		}
		if err := a.tellRow(row); err != nil {
			return err
		}
	}
	return a.tellRows(rows, done)
}

// tellRow tells of a row: for programs each, for people those refused and those
// that began something.
func (a *app) tellRow(row actRow) error {
	if a.json() {
		return encode(a.out, formatJSONL, row)
	}
	if row.Code != "" {
		fmt.Fprintln(a.err, a.sayf("rad %d, %s: ", "row %d, %s: ", row.Row, row.Number)+a.say(row.Swedish, row.English))
	}
	if row.Begun != "" {
		_, err := fmt.Fprintln(a.out, a.sayf("rad %d: nummer %s", "row %d: number %s", row.Row, row.Begun))
		return err
	}
	return nil
}

func (a *app) tellRows(rows, done int64) error {
	if !a.json() {
		if _, err := fmt.Fprintln(a.out, a.counted(int(rows), "rad", "rader", "row", "rows")+a.sayf(": %d gjorda", ": %d done", done)); err != nil {
			return err
		}
	}
	if done == rows {
		return nil
	}
	if a.json() {
		return refusedQuietly()
	}
	return refused("antal rader som inte gick att göra: %d", "rows refused: %d", rows-done)
}

// actRows reads a list of acts: CSV with a line of column names, parted by
// semicolon or comma, or JSON lines. Columns are "number" and the parameters.
func actRows(src io.Reader) func(yield func(actRow, error) bool) {
	return func(yield func(actRow, error) bool) {
		in := bufio.NewReader(src)
		first, err := in.Peek(1)
		if err != nil && !errors.Is(err, io.EOF) {
			yield(actRow{}, err)
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
			row := actRow{Row: n, Number: strings.TrimSpace(values[numberColumn]), values: values}
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
