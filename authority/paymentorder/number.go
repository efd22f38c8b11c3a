package paymentorder

import (
	"fmt"
	"strconv"
	"strings"

	"filtjanst/calendar"
)

// DefaultPattern gives case numbers such as 2026-0000017. The authority's own
// form is not public (files.md §5.6); a case number is opaque everywhere else.
const DefaultPattern = "{yyyy}-{serial:7}"

// DefaultVerdictPattern gives numbers of verdicts (R56) such as U2026-0000017.
const DefaultVerdictPattern = "U{yyyy}-{serial:7}"

// maxNumber is how long a case number may become, so that it fits in files.
const maxNumber = 20

const numberCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

// Pattern is the form of case numbers. The zero value stands for DefaultPattern.
type Pattern struct {
	text string
}

// ParsePattern reads a pattern: characters A–Z, 0–9 and hyphen, with {serial}
// or {serial:N} once, for the number in the series with at least N digits, and
// {yyyy} or {yy} for the year of registration. With a year in the pattern each
// year begins a series of its own.
func ParsePattern(text string) (Pattern, error) {
	p := Pattern{text: text}
	if strings.Count(text, "{serial") != 1 {
		return Pattern{}, fmt.Errorf("paymentorder: case number pattern %q: write {serial} once", text)
	}
	series := p.series(calendar.MustDay("2026-01-01"))
	if _, _, _, err := splitSeries(series); err != nil {
		return Pattern{}, fmt.Errorf("paymentorder: case number pattern %q: %w", text, err)
	}
	if n := len(formatNumber(series, 999_999_999)); n > maxNumber {
		return Pattern{}, fmt.Errorf("paymentorder: case number pattern %q: up to %d characters, at most %d may be", text, n, maxNumber)
	}
	return p, nil
}

// series is the pattern with the year filled in: the name of a series.
func (p Pattern) series(day calendar.Day) string {
	year := fmt.Sprintf("%04d", day.Year())
	return strings.NewReplacer("{yyyy}", year, "{yy}", year[2:]).Replace(p.text)
}

// splitSeries takes a series apart: what stands before and after the serial
// number, and its least number of digits.
func splitSeries(series string) (before, after string, width int, err error) {
	before, rest, _ := strings.Cut(series, "{serial")
	size, after, found := strings.Cut(rest, "}")
	if !found {
		return "", "", 0, fmt.Errorf("a brace is not closed")
	}
	if size != "" {
		width, err = strconv.Atoi(strings.TrimPrefix(size, ":"))
		if err != nil || width < 1 || width > 12 || size[0] != ':' {
			return "", "", 0, fmt.Errorf("{serial%s}: write {serial:N} with N from 1 to 12", size)
		}
	}
	for _, c := range before + after {
		if !strings.ContainsRune(numberCharacters, c) {
			return "", "", 0, fmt.Errorf("%q is not A–Z, 0–9, hyphen, {yyyy}, {yy} or {serial:N}", c)
		}
	}
	return before, after, width, nil
}

// formatNumber is the case number of a serial number in a series.
func formatNumber(series string, serial int64) string {
	before, after, width, err := splitSeries(series)
	if err != nil { // never stored: ParsePattern has split it before
		return series + strconv.FormatInt(serial, 10)
	}
	digits := strconv.FormatInt(serial, 10)
	return before + strings.Repeat("0", max(0, width-len(digits))) + digits + after
}
