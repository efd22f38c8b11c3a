package layout

import (
	"fmt"
	"strconv"
	"strings"
)

type formatKind uint8

const (
	asText formatKind = iota
	asDigits
	asInteger
	asAmount
	asRate
	asDate
	asDateTime
	asCode
	asFlag
	asConst
	asFiller
)

// How decimals are written: a count of implied ones, or a separator.
const (
	withPoint = -1
	withComma = -2
)

// format says how a value is written; it is immutable.
type format struct {
	kind     formatKind
	decimals int    // asAmount, asRate: implied decimals, withPoint or withComma
	date     []part // asDate, asDateTime
	width    int    // length of a date
	century  int    // first of the hundred years that two digits mean
	list     *CodeList
	codes    map[string]int64 // asCode: outside value to index of the key's symbol
	outside  []string         // asCode: by index of the key's symbol, "" if not in the list
	yes, no  string           // asFlag
	constant string           // asConst
	zero     bool             // asDigits: written after zeros
	source   string           // as written in the description
}

var formatNames = map[string]formatKind{
	"text": asText, "digits": asDigits, "integer": asInteger, "amount": asAmount, "rate": asRate,
	"date": asDate, "datetime": asDateTime, "code": asCode, "flag": asFlag, "const": asConst, "filler": asFiller,
}

// accepts tells which kinds of key a format can carry.
var accepts = map[formatKind][]Kind{
	asText: {Text, Digits}, asDigits: {Digits, Text}, asInteger: {Integer}, asAmount: {Amount}, asRate: {Rate},
	asDate: {Date}, asDateTime: {DateTime}, asCode: {Code}, asFlag: {Flag},
}

// defaultFormat is the format of a kind in XML, where none is written.
var defaultFormat = map[Kind]string{
	Text: "text", Digits: "digits", Integer: "integer", Amount: "amount", Rate: "rate",
	Date: "date:yyyy-mm-dd", DateTime: "datetime", Flag: "flag:true/false",
}

func parseFormat(s string, lists map[string]*CodeList) (*format, error) {
	name, arg, hasArg := strings.Cut(s, ":")
	kind, ok := formatNames[name]
	if !ok {
		return nil, fmt.Errorf("unknown format %q", s)
	}
	f := &format{kind: kind, source: s}
	set, takesArg := formatArguments[kind]
	if hasArg && !takesArg {
		return nil, fmt.Errorf("format %s takes no argument", name)
	}
	if set == nil {
		return f, nil
	}
	if err := set(f, arg, lists); err != nil {
		return nil, fmt.Errorf("format %q: %w", s, err)
	}
	return f, nil
}

var formatArguments = map[formatKind]func(*format, string, map[string]*CodeList) error{
	asDigits:   (*format).setDigits,
	asAmount:   func(f *format, arg string, _ map[string]*CodeList) error { return f.setDecimals(arg, 2) },
	asRate:     func(f *format, arg string, _ map[string]*CodeList) error { return f.setDecimals(arg, 4) },
	asDate:     func(f *format, arg string, _ map[string]*CodeList) error { return f.setDate(arg, dateStyles) },
	asDateTime: func(f *format, arg string, _ map[string]*CodeList) error { return f.setDate(arg, dateTimeStyles) },
	asCode:     (*format).setCode,
	asFlag:     (*format).setFlag,
	asConst:    (*format).setConst,
}

func (f *format) setDigits(arg string, _ map[string]*CodeList) error {
	if arg != "" && arg != "zero" {
		return fmt.Errorf("takes no argument but zero")
	}
	f.zero = arg == "zero"
	return nil
}

func (f *format) setDecimals(arg string, most int) error {
	switch arg {
	case "", "point":
		f.decimals = withPoint
		return nil
	case "comma":
		f.decimals = withComma
		return nil
	}
	n, err := strconv.Atoi(arg)
	if err != nil || n < 0 || n > most {
		return fmt.Errorf("wants comma, point or 0 to %d implied decimals", most)
	}
	f.decimals = n
	return nil
}

func (f *format) setDate(arg string, styles map[string][]part) error {
	first, given := "", false
	parts, ok := styles[arg]
	if !ok {
		arg, first, given = strings.Cut(arg, ":")
		parts, ok = styles[arg]
	}
	if !ok {
		return fmt.Errorf("no such way to write a date")
	}
	if err := f.setCentury(parts, first, given); err != nil {
		return err
	}
	f.date = parts
	for _, p := range parts {
		f.width += p.width
	}
	return nil
}

// firstOfCentury is the first year that two digits mean if nothing is said.
const firstOfCentury = 1970

func (f *format) setCentury(parts []part, first string, given bool) error {
	f.century = firstOfCentury
	if !given {
		return nil
	}
	year, err := strconv.Atoi(first)
	if err != nil || len(first) != 4 || year < 1 || year > 9900 || parts[0].field != shortYear {
		return fmt.Errorf("only yymmdd takes a year after it, the first of the hundred that it means, as in yymmdd:1930")
	}
	f.century = year
	return nil
}

func (f *format) setCode(arg string, lists map[string]*CodeList) error {
	list, ok := lists[arg]
	if !ok {
		return fmt.Errorf("there is no code list %q", arg)
	}
	f.list = list
	return nil
}

func (f *format) setFlag(arg string, _ map[string]*CodeList) error {
	yes, no, ok := strings.Cut(arg, "/")
	if !ok || yes == "" || yes == no {
		return fmt.Errorf("wants two different values as in flag:J/N")
	}
	f.yes, f.no = yes, no
	return nil
}

func (f *format) setConst(arg string, _ map[string]*CodeList) error {
	if arg == "" {
		return fmt.Errorf("wants a value as in const:BF")
	}
	f.constant = arg
	return nil
}

// bind joins a code format to the symbols of its key.
func (f *format) bind(k Key, form Form) error {
	if f.kind != asCode {
		return nil
	}
	f.codes, f.outside = map[string]int64{}, make([]string, len(k.Symbols))
	index := map[string]int{}
	for i, s := range k.Symbols {
		index[s] = i
	}
	for _, v := range f.list.Values {
		i, ok := index[v.Symbol]
		if !ok {
			return fmt.Errorf("code list %s: %s has no symbol %q", f.list.Name, k.Name, v.Symbol)
		}
		out := v.In(form)
		f.codes[out] = int64(i)
		if f.outside[i] == "" {
			f.outside[i] = out
		}
	}
	return nil
}

// needs returns the length a fixed field must have for the format, or 0.
func (f *format) needs() int {
	switch f.kind {
	case asDate, asDateTime:
		return f.width
	case asConst:
		return len([]rune(f.constant))
	case asFlag:
		return max(len([]rune(f.yes)), len([]rune(f.no)))
	}
	return 0
}
