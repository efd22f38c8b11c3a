package claimlist

import (
	"fmt"
	"io"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// Options are what a reading needs besides the export.
type Options struct {
	Mapping *Mapping
	Clients *Clients
	Law     *statute.Table
	Today   calendar.Day // dates and ages are judged against it
	Form    filing.Form  // claims of costs only differ between text and XML (R57)
}

// List is what became of an export: applications in the order in which their
// cases first appear, and a report of everything else.
type List struct {
	Applications []filing.Application
	Rows         []int // row of the export where each application begins
	Report       Report
}

// ReadCSV reads an export with one row per invoice. The error is for an
// export that cannot be read at all; what is wrong with single rows stands in
// the report, and the other cases go on.
func ReadCSV(r io.Reader, o Options) (*List, error) {
	t, taken, err := o.Mapping.csvTable(r)
	if err != nil {
		return nil, err
	}
	return o.read(t, taken), nil
}

// csvTable reads an export as the rows of a table, and tells which encoding
// was taken.
func (m *Mapping) csvTable(r io.Reader) (t *table, taken string, err error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, "", fmt.Errorf("reading the export: %w", err)
	}
	text, taken, err := decode(raw, m.Encoding)
	if err != nil {
		return nil, "", err
	}
	t, err = m.readTable(text)
	return t, taken, err
}

// read makes applications of the rows of a table.
func (o Options) read(t *table, encoding string) *List {
	list := &List{Report: Report{Encoding: encoding, Rows: len(t.rows), Paper: []Paper{}, Problems: []Problem{}}}
	b := &builder{Options: o, table: t, report: &list.Report}
	list.Report.add(o.Mapping.notRead(t)...)
	b.warnOfLostZeros()
	for _, group := range b.group() {
		list.add(b.build(group))
	}
	list.Report.sort()
	return list
}

// result is what became of one case.
type result struct {
	application *filing.Application
	paper       *Paper
	row         int
	problems    []Problem
}

func (l *List) add(r result) {
	l.Report.Cases++
	l.Report.add(r.problems...)
	switch {
	case r.paper != nil:
		l.Report.Paper = append(l.Report.Paper, *r.paper)
	case r.application == nil:
		l.Report.Refused++
	default:
		l.Report.Made++
		l.Applications = append(l.Applications, *r.application)
		l.Rows = append(l.Rows, r.row)
	}
}

// builder makes applications of the rows of one table.
type builder struct {
	Options
	table  *table
	report *Report
}
