package filing

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"filtjanst/calendar"
	"filtjanst/money"

	"github.com/pelletier/go-toml/v2"
)

//go:embed codes.toml
var codesTOML []byte

// codeTable is codes.toml, with the fault names of layout and identity
// resolved for each class.
type codeTable struct {
	rows   []CodeInfo
	byCode map[Code]int
	faults map[Class]map[string]Code
}

var readCodes = sync.OnceValue(func() *codeTable {
	var file struct {
		Code []CodeInfo `toml:"code"`
	}
	if err := toml.Unmarshal(codesTOML, &file); err != nil {
		panic("filing: codes.toml: " + err.Error())
	}
	t := &codeTable{rows: file.Code, byCode: map[Code]int{}, faults: map[Class]map[string]Code{General: {}, Document: {}}}
	for i, row := range file.Code {
		t.byCode[row.Code] = i
		for _, fault := range row.Faults {
			t.faults[row.Class][fault] = row.Code
		}
	}
	return t
})

// ofFault returns the code for a fault of layout or identity. A fault that has
// no code for documents concerns the file wherever it stands.
func (t *codeTable) ofFault(class Class, fault string) Code {
	if code, ok := t.faults[class][fault]; ok {
		return code
	}
	return t.faults[General][fault]
}

func (t *codeTable) row(code Code) *CodeInfo {
	i, ok := t.byCode[code]
	if !ok {
		panic(fmt.Sprintf("filing: no code %q in codes.toml", code))
	}
	return &t.rows[i]
}

// Of tells whether the code may tell of files of the transaction.
func (c *CodeInfo) Of(tx Transaction) bool {
	return len(c.Transactions) == 0 || slices.Contains(c.Transactions, tx)
}

// Kind is the class of the code for people: a general error (generellt fel), a
// document error (fel på handlingar) or a warning (varning).
func (c *CodeInfo) Kind() (swedish, english string) {
	switch {
	case c.Warning:
		return "varning", "warning"
	case c.Class == General:
		return "generellt fel", "general error"
	}
	return "fel på handlingar", "document error"
}

// EnglishExample is the example with its values in the English text; the Swedish one
// where they cannot be told from its words.
func (c *CodeInfo) EnglishExample() string {
	pattern := "^" + regexp.QuoteMeta(c.Swedish) + "$"
	for _, name := range c.Args {
		pattern = strings.Replace(pattern, regexp.QuoteMeta("{"+name+"}"), "(.+?)", 1)
	}
	values := regexp.MustCompile(pattern).FindStringSubmatch(c.Example)
	if values == nil {
		return c.Example
	}
	order := slices.Clone(c.Args)
	slices.SortFunc(order, func(x, y string) int {
		return cmp.Compare(strings.Index(c.Swedish, "{"+x+"}"), strings.Index(c.Swedish, "{"+y+"}"))
	})
	text := c.English
	for i, name := range order {
		if i+1 < len(values) {
			text = strings.ReplaceAll(text, "{"+name+"}", values[i+1])
		}
	}
	return text
}

// Codes returns the table of error codes, in its own order.
func Codes() []CodeInfo { return slices.Clone(readCodes().rows) }

// Explain returns the entry of one code; case does not matter.
func Explain(code string) (CodeInfo, bool) {
	t := readCodes()
	i, ok := t.byCode[Code(strings.ToUpper(strings.TrimSpace(code)))]
	if !ok {
		return CodeInfo{}, false
	}
	return t.rows[i], true
}

// NewError builds an error of the code. The arguments fill the code's texts in
// the order that CodeInfo.Args names them; amounts, rates and days are written
// as people read them. An unknown code is a fault of the program and panics.
func NewError(code Code, at Place, args ...any) Error {
	row := readCodes().row(code)
	fill := filler(row.Args, args)
	return Error{
		Code: code, Class: row.Class, Reference: clean(at.Reference), Document: at.Document,
		Record: clean(at.Record), Line: at.Line, Offset: at.Offset, Field: clean(at.Field), Value: shown(at.Value),
		Swedish: fill.Replace(row.Swedish), English: fill.Replace(row.English),
		Remedy: row.RemedySwedish + " / " + row.RemedyEnglish,
	}
}

func filler(names []string, args []any) *strings.Replacer {
	pairs := make([]string, 0, 2*len(names))
	for i, name := range names {
		value := "-"
		if i < len(args) {
			value = spoken(args[i])
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...)
}

// GivenNumber is a number that the authority has given, as that of a case. An
// error shows it whole, though it may look like a person's.
type GivenNumber string

// spoken writes an argument as people read it.
func spoken(arg any) string {
	switch v := arg.(type) {
	case money.Amount:
		return v.String()
	case money.Rate:
		return v.String() + " %"
	case calendar.Day:
		return v.String()
	case GivenNumber:
		return clean(string(v))
	case string:
		return shown(v)
	}
	return fmt.Sprint(arg)
}
