package statute

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// source is the shape of numbers.toml: a number of law with its values in
// time.
type source struct {
	Number []number `toml:"number"`
}

type number struct {
	Symbol  Symbol  `toml:"symbol"`
	Section string  `toml:"section"`
	Swedish string  `toml:"sv"`
	English string  `toml:"en"`
	Value   []value `toml:"value"`
}

// value holds exactly one of kronor, percent, a length or count.
type value struct {
	From       toml.LocalDate  `toml:"from"`
	Until      *toml.LocalDate `toml:"until"`
	Source     Source          `toml:"source"`
	FromSource Source          `toml:"from_source"`
	Assumed    bool            `toml:"assumed"`
	Kronor     *int64          `toml:"kronor"`
	Percent    string          `toml:"percent"`
	Years      int             `toml:"years"`
	Months     int             `toml:"months"`
	Weeks      int             `toml:"weeks"`
	Days       int             `toml:"days"`
	Count      *int64          `toml:"count"`
}

func read(text []byte) ([]Entry, error) {
	var s source
	d := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return nil, explain(err)
	}
	var entries []Entry
	for _, n := range s.Number {
		for _, v := range n.Value {
			e, err := entry(n, v)
			if err != nil {
				return nil, fmt.Errorf("%q from %s: %w", n.Symbol, v.From, err)
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// explain keeps the line and the key that the decoder's short message lacks.
func explain(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		return errors.New("unknown key:\n" + strict.String())
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		return errors.New(decode.String())
	}
	return err
}

func entry(n number, v value) (Entry, error) {
	e := Entry{
		Symbol: n.Symbol, Section: n.Section, Swedish: n.Swedish, English: n.English,
		From: v.From.AsTime(time.UTC), Source: v.Source, FromSource: v.FromSource, Assumed: v.Assumed,
		Period: Length{Years: v.Years, Months: v.Months, Weeks: v.Weeks, Days: v.Days},
	}
	if v.Until != nil {
		e.Until = v.Until.AsTime(time.UTC)
	}
	if err := e.setValue(v); err != nil {
		return Entry{}, err
	}
	return e, e.check()
}

// setValue fills in the one value given and the kind that follows from it.
func (e *Entry) setValue(v value) (err error) {
	given := 0
	if v.Kronor != nil {
		e.Kind, e.Ore = AnAmount, *v.Kronor*100
		given++
	}
	if v.Percent != "" {
		e.Kind = ARate
		e.Rate, err = parsePercent(v.Percent)
		given++
	}
	if e.Period != (Length{}) {
		e.Kind = APeriod
		given++
	}
	if v.Count != nil {
		e.Kind, e.Count = ACount, *v.Count
		given++
	}
	if given != 1 {
		return fmt.Errorf("%d values; give one of kronor, percent, a length of time or count", given)
	}
	return err
}

func (e *Entry) check() error {
	switch {
	case e.Symbol == "":
		return errors.New("symbol is missing")
	case e.Section == "":
		return errors.New("section is missing")
	case e.Swedish == "" || e.English == "":
		return errors.New("explanation is missing: give sv and en")
	case e.From.Year() < 1:
		return errors.New("the day it holds from is missing")
	case !e.Until.IsZero() && e.Until.Before(e.From):
		return errors.New("until is before from")
	case !e.Source.known() || !e.FromSource.known():
		return errors.New("source and from_source must be L, W, K, I or P")
	}
	return nil
}

func (s Source) known() bool {
	switch s {
	case FromStatute, FromWeb, FromGeneral, FromInferred, FromProject:
		return true
	}
	return false
}

// parsePercent reads a decimal number of percent, with up to four decimals,
// into ten-thousandths of a percent.
func parsePercent(s string) (int64, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	negative := strings.HasPrefix(whole, "-")
	if len(fraction) > 4 {
		return 0, fmt.Errorf("percent %q: at most four decimals", s)
	}
	digits := strings.TrimPrefix(whole, "-") + fraction + strings.Repeat("0", 4-len(fraction))
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("percent %q: write a decimal number with a point", s)
	}
	if negative {
		return -int64(n), nil
	}
	return int64(n), nil
}
