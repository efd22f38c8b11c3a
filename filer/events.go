package filer

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"filtjanst/filer/ledger"
	"filtjanst/money"
)

// EventFormat is how events are written: one a line.
type EventFormat string

// The formats.
const (
	EventsJSON EventFormat = "jsonl"
	EventsCSV  EventFormat = "csv"
)

// EventFormatOf is the format of a file by its name.
func EventFormatOf(path string) EventFormat {
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return EventsCSV
	}
	return EventsJSON
}

// WriteEvents writes the events after the cursor, one a line, and returns the
// cursor after the last and how many they were. A CSV begins with a header
// where header is asked for.
func (d *Desk) WriteEvents(ctx context.Context, w io.Writer, format EventFormat, since int64, header bool) (cursor, n int64, err error) {
	write := eventWriter(w, format, header)
	for cursor = since; ; {
		events, err := d.Book.EventsAfter(ctx, cursor)
		if err != nil || len(events) == 0 {
			return cursor, n, errors.Join(err, write(nil))
		}
		for i := range events {
			text := EventText(events[i])
			events[i].Swedish, events[i].English = oneLine(text.Swedish), oneLine(text.English)
			if err := write(&events[i]); err != nil {
				return cursor, n, err
			}
			cursor = events[i].ID
			n++
		}
	}
}

// oneLine keeps an event on its line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// eventWriter writes events; nil flushes.
func eventWriter(w io.Writer, format EventFormat, header bool) func(*ledger.Event) error {
	if format == EventsCSV {
		return csvEvents(w, header)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return func(e *ledger.Event) error {
		if e == nil {
			return nil
		}
		return encoder.Encode(e)
	}
}

func csvEvents(w io.Writer, header bool) func(*ledger.Event) error {
	out := csv.NewWriter(w)
	out.Comma = ';'
	return func(e *ledger.Event) error {
		if header {
			header = false
			if err := out.Write(EventColumns()); err != nil {
				return err
			}
		}
		if e == nil {
			out.Flush()
			return out.Error()
		}
		return out.Write([]string{
			strconv.FormatInt(e.ID, 10), e.Taken, e.Day.String(), string(e.Kind), e.Code, string(e.Transaction), string(e.Service), e.PartyCode,
			count(e.Sequence), e.Reference, e.CaseNumber, listed(e.Amounts, amountText), listed(e.Details, oneLine), e.Swedish, e.English, e.File,
		})
	}
}

// EventColumns are the columns of events in CSV. Amounts are kronor, named and
// parted by "|".
func EventColumns() []string {
	return []string{"id", "taken", "day", "kind", "code", "transaction", "service", "party_code", "sequence", "reference", "case_number",
		"amounts", "details", "sv", "en", "file"}
}

func amountText(a money.Amount) string { return a.String() }

func listed[V any](m map[string]V, text func(V) string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, name+"="+text(m[name]))
	}
	return strings.Join(parts, "|")
}

// count is a number that stands for something only above 0.
func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// TellEvents writes what has not been told yet to a stream, such as standard
// output, and notes how far it came. A crash right after the writing tells it
// again, by which the ids are known.
func (d *Desk) TellEvents(ctx context.Context, w io.Writer, format EventFormat) (n int64, err error) {
	const outlet = "-"
	since, err := d.Book.Told(ctx, outlet)
	if err != nil {
		return 0, err
	}
	cursor, n, err := d.WriteEvents(ctx, w, format, since, format == EventsCSV)
	if err != nil || n == 0 {
		return n, err
	}
	return n, d.Book.Tell(ctx, outlet, cursor)
}

// AppendEvents appends what has not been told yet to a file, so that each event
// stands in it once: the book knows how far it came, and the last line of the
// file tells whether more was written before a crash. A line that a crash broke
// off is written anew.
func (d *Desk) AppendEvents(ctx context.Context, path string) (n int64, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return 0, err
	}
	since, err := d.Book.Told(ctx, path)
	if err != nil {
		return 0, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	cursor, n, err := d.appendTo(ctx, f, EventFormatOf(path), since)
	if err = errors.Join(err, f.Close()); err != nil {
		return n, fmt.Errorf("the events in %s: %w", path, err)
	}
	return n, d.Book.Tell(ctx, path, cursor)
}

func (d *Desk) appendTo(ctx context.Context, f *os.File, format EventFormat, since int64) (cursor, n int64, err error) {
	end, last, err := lastLine(f, format)
	if err != nil {
		return since, 0, err
	}
	if there, err := eventID(last, format); err != nil {
		return since, 0, err
	} else if there > since {
		since = there
	}
	if err := f.Truncate(end); err != nil {
		return since, 0, err
	}
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return since, 0, err
	}
	cursor, n, err = d.WriteEvents(ctx, f, format, since, format == EventsCSV && end == 0)
	return cursor, n, errors.Join(err, f.Sync())
}

// longestLine bounds how far back the last whole line is looked for.
const longestLine = 1 << 20

var errNoEvents = errors.New("it does not hold events: give the name of a new file, or of one that was written so")

// lastLine finds the last whole line of the file and where it ends. What comes
// after it must be an event that was broken off.
func lastLine(f *os.File, format EventFormat) (end int64, line string, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, "", err
	}
	from := max(info.Size()-longestLine, 0)
	tail := make([]byte, info.Size()-from)
	if _, err := f.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return 0, "", err
	}
	whole, broken := "", string(tail)
	if at := strings.LastIndexByte(broken, '\n'); at >= 0 {
		whole, broken = broken[:at+1], broken[at+1:]
	} else if from > 0 {
		return 0, "", errNoEvents
	}
	if !beginsEvent(broken, format) {
		return 0, "", errNoEvents
	}
	line = strings.TrimSuffix(whole, "\n")
	return from + int64(len(whole)), line[strings.LastIndexByte(line, '\n')+1:], nil
}

// beginsEvent tells whether a part of a line is the beginning of an event's.
func beginsEvent(part string, format EventFormat) bool {
	const start = `{"id":`
	header := strings.Join(EventColumns(), ";")
	if format == EventsJSON {
		return strings.HasPrefix(start, part) || strings.HasPrefix(part, start)
	}
	return strings.HasPrefix(header, part) || part != "" && part[0] >= '1' && part[0] <= '9'
}

// eventID is the id in a line of events; 0 for no line and for a header.
func eventID(line string, format EventFormat) (int64, error) {
	if line == "" {
		return 0, nil
	}
	var e struct {
		ID int64 `json:"id"`
	}
	var err error
	switch first, _, _ := strings.Cut(line, ";"); {
	case format == EventsCSV && first == EventColumns()[0]:
		return 0, nil
	case format == EventsCSV:
		e.ID, err = strconv.ParseInt(first, 10, 64)
	default:
		err = json.Unmarshal([]byte(line), &e)
	}
	if err != nil || e.ID <= 0 {
		return 0, errNoEvents
	}
	return e.ID, nil
}
