package statute

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

//go:embed numbers.toml
var numbers []byte

// ErrNoNumber is wrapped by look-ups that find nothing: an unknown symbol, a
// symbol of another kind, or a day before the first entry.
var ErrNoNumber = errors.New("no such number of law")

// Table is a set of dated numbers. It is immutable and safe for concurrent
// use.
type Table struct {
	// entries of a symbol in order of From
	entries map[Symbol][]Entry
	// changes are the days on which a symbol's number, or the knowledge of it,
	// changes, in order
	changes map[Symbol][]time.Time
}

var builtIn = sync.OnceValue(func() *Table {
	t, err := New()
	if err != nil {
		panic("statute: the built-in table: " + err.Error()) // a test reads it
	}
	return t
})

// Default returns the built-in table.
func Default() *Table { return builtIn() }

// New returns the built-in table with lines of further TOML sources added. A
// line with symbol and day of an earlier one replaces it.
func New(sources ...[]byte) (*Table, error) {
	t := &Table{entries: map[Symbol][]Entry{}, changes: map[Symbol][]time.Time{}}
	for i, source := range append([][]byte{numbers}, sources...) {
		entries, err := read(source)
		if err != nil {
			return nil, fmt.Errorf("statute: source %d: %w", i, err)
		}
		for _, e := range entries {
			if err := t.put(e); err != nil {
				return nil, fmt.Errorf("statute: source %d: %w", i, err)
			}
		}
	}
	for symbol, entries := range t.entries {
		t.changes[symbol] = changes(entries)
	}
	return t, nil
}

func changes(entries []Entry) []time.Time {
	var days []time.Time
	for _, e := range entries {
		days = append(days, e.From)
		if !e.Until.IsZero() {
			days = append(days, e.Until.AddDate(0, 0, 1))
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.Compact(days)
}

func (t *Table) put(e Entry) error {
	list := t.entries[e.Symbol]
	if len(list) > 0 && list[0].Kind != e.Kind {
		return fmt.Errorf("%s from %s is %s, elsewhere %s", e.Symbol, e.From.Format(time.DateOnly), e.Kind, list[0].Kind)
	}
	i, found := slices.BinarySearchFunc(list, e, func(a, b Entry) int { return a.From.Compare(b.From) })
	if found {
		list[i] = e
		return nil
	}
	t.entries[e.Symbol] = slices.Insert(list, i, e)
	return nil
}

// Entries returns all entries by symbol and day, for documentation.
func (t *Table) Entries() []Entry {
	var all []Entry
	for _, list := range t.entries {
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Symbol, b.Symbol), a.From.Compare(b.From))
	})
	return all
}

// Amount returns the amount in öre that holds on the day.
func (t *Table) Amount(s Symbol, day time.Time) (ore int64, e Entry, err error) {
	e, err = t.find(s, AnAmount, day)
	return e.Ore, e, err
}

// Rate returns the rate that holds on the day, in ten-thousandths of a percent
// (RateUnit).
func (t *Table) Rate(s Symbol, day time.Time) (rate int64, e Entry, err error) {
	e, err = t.find(s, ARate, day)
	return e.Rate, e, err
}

// Period returns the period that holds on the day.
func (t *Table) Period(s Symbol, day time.Time) (p Length, e Entry, err error) {
	e, err = t.find(s, APeriod, day)
	return e.Period, e, err
}

// Count returns the plain number that holds on the day.
func (t *Table) Count(s Symbol, day time.Time) (n int64, e Entry, err error) {
	e, err = t.find(s, ACount, day)
	return e.Count, e, err
}

// UnderAge tells whether somebody born on a day is a minor on another, so that
// the chief guardian is told of what concerns him (UF 2:9, BFF §8 a).
func (t *Table) UnderAge(born, on time.Time) (bool, error) {
	age, _, err := t.Count(GuardianAge, on)
	return on.Before(born.AddDate(int(age), 0, 0)), err
}

// Since returns the first day for which the number is in the table; false for
// one that is not there.
func (t *Table) Since(s Symbol) (day time.Time, known bool) {
	list := t.entries[s]
	if len(list) == 0 {
		return time.Time{}, false
	}
	return list[0].From, true
}

// Changes returns the days after from and up to to, at midnight UTC, on which
// the number or the knowledge of it changes, in order.
func (t *Table) Changes(s Symbol, from, to time.Time) []time.Time {
	from, to = date(from), date(to)
	var days []time.Time
	for _, d := range t.changes[s] {
		if d.After(from) && !d.After(to) {
			days = append(days, d)
		}
	}
	return days
}

func (t *Table) find(s Symbol, k Kind, day time.Time) (Entry, error) {
	day = date(day)
	list := t.entries[s]
	if len(list) == 0 {
		return Entry{}, fmt.Errorf("statute: %q is not in the table: %w", s, ErrNoNumber)
	}
	if list[0].Kind != k {
		return Entry{}, fmt.Errorf("statute: %q is %s, not %s: %w", s, list[0].Kind, k, ErrNoNumber)
	}
	i, found := slices.BinarySearchFunc(list, day, func(e Entry, d time.Time) int { return e.From.Compare(d) })
	if !found {
		i--
	}
	if i < 0 {
		return Entry{}, fmt.Errorf("statute: %q is known from %s, not on %s; add a line for that time: %w",
			s, list[0].From.Format(time.DateOnly), day.Format(time.DateOnly), ErrNoNumber)
	}
	return carried(list[i], day), nil
}

// carried marks an entry that is used beyond the time it is known for.
func carried(e Entry, day time.Time) Entry {
	if !e.Until.IsZero() && day.After(e.Until) {
		e.Assumed = true
	}
	return e
}

// date is midnight UTC of the date that t shows in its own location.
func date(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Amount looks up in the built-in table; see Table.Amount.
func Amount(s Symbol, day time.Time) (ore int64, e Entry, err error) {
	return Default().Amount(s, day)
}

// Rate looks up in the built-in table; see Table.Rate.
func Rate(s Symbol, day time.Time) (rate int64, e Entry, err error) {
	return Default().Rate(s, day)
}

// Period looks up in the built-in table; see Table.Period.
func Period(s Symbol, day time.Time) (p Length, e Entry, err error) {
	return Default().Period(s, day)
}

// Count looks up in the built-in table; see Table.Count.
func Count(s Symbol, day time.Time) (n int64, e Entry, err error) {
	return Default().Count(s, day)
}

// Entries lists the built-in table; see Table.Entries.
func Entries() []Entry { return Default().Entries() }
