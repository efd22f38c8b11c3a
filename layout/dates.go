package layout

// part is one piece of a written date: a number of digits, or a separator.
type part struct {
	width int
	field datePart
	sep   byte
}

type datePart uint8

const (
	separator datePart = iota
	year
	shortYear
	month
	day
	hour
	minute
	second
)

var (
	dateStyles = map[string][]part{
		"yyyymmdd":   {{4, year, 0}, {2, month, 0}, {2, day, 0}},
		"yymmdd":     {{2, shortYear, 0}, {2, month, 0}, {2, day, 0}},
		"yyyy-mm-dd": {{4, year, 0}, {1, separator, '-'}, {2, month, 0}, {1, separator, '-'}, {2, day, 0}},
	}
	xmlDateTime    = append(append([]part{}, dateStyles["yyyy-mm-dd"]...), part{1, separator, 'T'}, part{2, hour, 0}, part{1, separator, ':'}, part{2, minute, 0}, part{1, separator, ':'}, part{2, second, 0})
	dateTimeStyles = map[string][]part{
		"":                    xmlDateTime,
		"yyyy-mm-ddThh:mm:ss": xmlDateTime,
		"yyyymmddhhmmss":      append(append([]part{}, dateStyles["yyyymmdd"]...), part{2, hour, 0}, part{2, minute, 0}, part{2, second, 0}),
	}
)

func (f *format) decodeDate(b []byte) (int64, bool) {
	if len(b) != f.width {
		return 0, false
	}
	var at [second + 1]int
	at[month], at[day] = 1, 1
	for _, p := range f.date {
		if p.field == separator {
			if b[0] != p.sep {
				return 0, false
			}
		} else {
			n, ok := smallNumber(b[:p.width])
			if !ok {
				return 0, false
			}
			at[p.field] = n
		}
		b = b[p.width:]
	}
	y := at[year]
	if f.date[0].field == shortYear {
		y = f.fullYear(at[shortYear])
	}
	if y < 1 || !validDay(y, at[month], at[day]) || at[hour] > 23 || at[minute] > 59 || at[second] > 59 {
		return 0, false
	}
	days := daysFromCivil(y, at[month], at[day])
	if f.kind == asDate {
		return days, true
	}
	return days*86400 + int64(at[hour]*3600+at[minute]*60+at[second]), true
}

// fullYear finds the year of the format's hundred that ends in the two digits.
func (f *format) fullYear(short int) int {
	return f.century + (short-f.century%100+100)%100
}

func smallNumber(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	last := monthDays[m]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		last = 29
	}
	return d <= last
}

// daysFromCivil counts days since 1970-01-01 in the Gregorian calendar; a
// year begins in March here, so that the leap day is the last.
func daysFromCivil(y, m, d int) int64 {
	if m <= 2 {
		y--
	}
	era := y / 400
	yearOfEra := y - era*400
	dayOfYear := (153*((m+9)%12)+2)/5 + d - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return int64(era)*146097 + int64(dayOfEra) - 719468
}

func civilFromDays(days int64) (y, m, d int) {
	z := days + 719468
	era := z / 146097
	dayOfEra := int(z - era*146097)
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	mp := (5*dayOfYear + 2) / 153
	y, m, d = yearOfEra+int(era)*400, (mp+2)%12+1, dayOfYear-(153*mp+2)/5+1
	if m <= 2 {
		y++
	}
	return y, m, d
}

// Bounds of what a four-digit year can say.
var (
	firstDay = daysFromCivil(1, 1, 1)
	lastDay  = daysFromCivil(9999, 12, 31)
)

func (f *format) appendDate(out []byte, num int64) ([]byte, bool) {
	days, rest := num, int64(0)
	if f.kind == asDateTime {
		days, rest = floorDiv(num, 86400)
	}
	if days < firstDay || days > lastDay {
		return out, false
	}
	var at [second + 1]int
	at[year], at[month], at[day] = civilFromDays(days)
	at[shortYear] = at[year] % 100
	if f.date[0].field == shortYear && f.fullYear(at[shortYear]) != at[year] {
		return out, false
	}
	at[hour], at[minute], at[second] = int(rest/3600), int(rest/60%60), int(rest%60)
	for _, p := range f.date {
		if p.field == separator {
			out = append(out, p.sep)
		} else {
			out = appendPadded(out, at[p.field], p.width)
		}
	}
	return out, true
}

func floorDiv(n, by int64) (quotient, rest int64) {
	quotient, rest = n/by, n%by
	if rest < 0 {
		return quotient - 1, rest + by
	}
	return quotient, rest
}

func appendPadded(out []byte, n, width int) []byte {
	start := len(out)
	for range width {
		out = append(out, '0')
	}
	for i := len(out) - 1; i >= start; i-- {
		out[i] = byte('0' + n%10)
		n /= 10
	}
	return out
}
