package extract

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// longestLine is the most bytes of a line of JSON.
const longestLine = 1 << 20

// texts walks the rows of a register file. The slice is reused.
type texts interface {
	// columns are the names that rows are written under.
	columns() []string
	// next returns a row and its line, or io.EOF. An error of type *rowError is
	// of that row alone.
	next() (row []string, line int64, err error)
}

// rowError is a row that cannot be taken apart.
type rowError struct{ trouble }

func (e *rowError) Error() string { return e.english }

// openRows tells the form of a file by its first character.
func openRows(src io.Reader, f Format) (texts, error) {
	in := bufio.NewReaderSize(src, 1<<16)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(len(mark))
	}
	first, err := in.Peek(1)
	if errors.Is(err, io.EOF) {
		return nil, &rowError{trouble{"filen är tom", "the file is empty"}}
	}
	if err != nil {
		return nil, err
	}
	if first[0] == '{' {
		return newLines(in, f), nil
	}
	return newCSV(in)
}

// csvRows reads CSV.
type csvRows struct {
	in    *csv.Reader
	names []string
}

func newCSV(in *bufio.Reader) (*csvRows, error) {
	head, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head, _, _ = bytes.Cut(head, []byte("\n"))
	r := csv.NewReader(in)
	if bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		r.Comma = ';'
	}
	names, err := r.Read()
	if err != nil {
		return nil, &rowError{trouble{"raden med kolumnnamn kan inte läsas", "the line of column names cannot be read"}}
	}
	c := &csvRows{in: r, names: slices.Clone(names)}
	r.ReuseRecord = true
	return c, nil
}

func (c *csvRows) columns() []string { return c.names }

func (c *csvRows) next() ([]string, int64, error) {
	row, err := c.in.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return nil, int64(bad.Line), &rowError{trouble{"raden kan inte delas i kolumner som den första", "the line cannot be parted into columns as the first"}}
	}
	if err != nil {
		return nil, 0, err
	}
	line, _ := c.in.FieldPos(0)
	return row, int64(line), nil
}

// jsonRows reads JSON lines.
type jsonRows struct {
	in    *bufio.Scanner
	names []string
	at    map[string]int
	row   []string
	line  int64
	ended bool // after a line that is too long nothing more is read
}

func newLines(in io.Reader, f Format) *jsonRows {
	j := &jsonRows{in: bufio.NewScanner(in), at: map[string]int{}}
	j.in.Buffer(make([]byte, 1<<16), longestLine)
	for i, c := range f.Columns {
		j.names = append(j.names, c.Name)
		j.at[c.Name] = i
	}
	j.row = make([]string, len(j.names))
	return j
}

func (j *jsonRows) columns() []string { return j.names }

func (j *jsonRows) next() ([]string, int64, error) {
	for !j.ended && j.in.Scan() {
		j.line++
		if len(bytes.TrimSpace(j.in.Bytes())) == 0 {
			continue
		}
		return j.row, j.line, j.parse()
	}
	if errors.Is(j.in.Err(), bufio.ErrTooLong) && !j.ended {
		j.ended = true
		return nil, j.line + 1, &rowError{trouble{"raden är längre än 1 MiB", "the line is longer than 1 MiB"}}
	}
	if err := j.in.Err(); err != nil && !j.ended {
		return nil, 0, err
	}
	return nil, 0, io.EOF
}

func (j *jsonRows) parse() error {
	var members map[string]any
	d := json.NewDecoder(bytes.NewReader(j.in.Bytes()))
	d.UseNumber()
	if err := d.Decode(&members); err != nil || d.More() {
		return &rowError{trouble{"raden är inget JSON-objekt", "the line is no JSON object"}}
	}
	clear(j.row)
	for name, value := range members {
		i, known := j.at[name]
		if !known {
			return &rowError{trouble{fmt.Sprintf("medlemmen %.40q finns inte i formatet", name), fmt.Sprintf("the member %.40q is not in the format", name)}}
		}
		text, ok := plain(value)
		if !ok {
			return &rowError{trouble{name + " är inget enkelt värde", name + " is no plain value"}}
		}
		j.row[i] = text
	}
	return nil
}

// plain is the text of a string, number, truth or null.
func plain(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return fmt.Sprint(v), true
	}
	return "", false
}
