package filer

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
)

// WriteCSV writes the differences as a table for programs: parted by semicolons,
// after a line of column names.
func (done Reconciled) WriteCSV(out io.Writer) error {
	w := csv.NewWriter(out)
	w.Comma = ';'
	err := w.Write([]string{"between", "kind", "service", "reference", "case_number", "ours", "theirs", "row", "document"})
	for _, d := range done.Differences {
		err = errors.Join(err, w.Write([]string{d.Between, string(d.Kind), string(d.Service), d.Reference, d.Case, d.Ours, d.Theirs, strconv.Itoa(d.Row), d.Document}))
	}
	w.Flush()
	return errors.Join(err, w.Error())
}
