package claimlist

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/money"
)

//go:embed mapping.toml
var usualMapping []byte

// Mapping says how one system's export is read. It is written once per system
// and kept.
type Mapping struct {
	Name          string            `toml:"name"`
	List          ListKind          `toml:"list"` // what the list holds; "" = claims
	Separator     string            `toml:"separator"`
	Encoding      string            `toml:"encoding"`
	DateForms     []string          `toml:"date_forms"`
	Tolerance     string            `toml:"tolerance"` // kronor
	DayCount      string            `toml:"day_count"`
	StrictCentury bool              `toml:"strict_century"`
	Columns       []Column          `toml:"column"`
	Replace       map[string]string `toml:"replace"`

	tolerance money.Amount
	dayCount  money.DayCount
	dates     []dateForm
	replacer  *strings.Replacer
}

// Column maps one column of the export to a field.
type Column struct {
	Name     string            `toml:"name"`
	Also     []string          `toml:"also"` // other names of the column
	Field    Field             `toml:"field"`
	Level    Level             `toml:"level"`
	Optional bool              `toml:"optional"` // the column may be missing
	Codes    map[string]string `toml:"codes"`    // outside value to our symbol
}

// UsualMapping returns the mapping of the usual export, which the package
// ships, and its text for people who want to change it.
func UsualMapping() (*Mapping, []byte, error) {
	m, err := ParseMapping("mapping.toml", usualMapping)
	return m, usualMapping, err
}

// ParseMapping reads a mapping and refuses one that contradicts itself. name
// stands in errors.
func ParseMapping(name string, text []byte) (*Mapping, error) {
	m := &Mapping{}
	decoder := toml.NewDecoder(strings.NewReader(string(text))).DisallowUnknownFields()
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("%s: %s", name, tomlReason(err))
	}
	if err := m.compile(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

func tomlReason(err error) string {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		row, _ := strict.Errors[0].Position()
		return fmt.Sprintf("%d: the key %q is not known here", row, strings.Join(strict.Errors[0].Key(), "."))
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, column := decode.Position()
		return fmt.Sprintf("%d:%d: %s", row, column, decode.Error())
	}
	return err.Error()
}

func (m *Mapping) compile() error {
	m.setDefaults()
	var errs []error
	var err error
	if m.tolerance, err = money.Parse(m.Tolerance); err != nil {
		errs = append(errs, fmt.Errorf("tolerance: %w", err))
	}
	switch m.DayCount {
	case "both days":
		m.dayCount = money.BothDays
	case "without last":
		m.dayCount = money.WithoutLast
	default:
		errs = append(errs, fmt.Errorf("day_count is %q; it must be \"both days\" or \"without last\"", m.DayCount))
	}
	if len([]rune(m.Separator)) != 1 && m.Separator != anySeparator {
		errs = append(errs, fmt.Errorf("separator is %q; it must be one character, or auto", m.Separator))
	}
	for _, form := range m.DateForms {
		f, err := parseDateForm(form)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		m.dates = append(m.dates, f)
	}
	pairs := make([]string, 0, 2*len(m.Replace))
	for from, to := range m.Replace {
		pairs = append(pairs, from, to)
	}
	m.replacer = strings.NewReplacer(pairs...)
	return errors.Join(append(errs, m.checkColumns()...)...)
}

// anySeparator says that the header row tells what parts the columns: semicolons,
// tabs or commas.
const anySeparator = "auto"

func (m *Mapping) setDefaults() {
	setDefault(&m.Separator, anySeparator)
	setDefault(&m.Encoding, "auto")
	setDefault(&m.Tolerance, "1,00")
	setDefault(&m.DayCount, "both days")
	if len(m.DateForms) == 0 {
		m.DateForms = []string{"YYYY-MM-DD", "YYYYMMDD"}
	}
}

func setDefault(s *string, value string) {
	if *s == "" {
		*s = value
	}
}

func (m *Mapping) checkColumns() []error {
	rules := rulesOf(m.List)
	if rules == nil {
		return []error{fmt.Errorf("list is %q; it must be one of %v", m.List, listKinds())}
	}
	var errs []error
	names, fields := map[string]bool{}, map[Field]bool{}
	for _, c := range m.Columns {
		errs = append(errs, c.check(rules)...)
		if key := headerKey(c.Name); names[key] {
			errs = append(errs, fmt.Errorf("the column %q is mapped twice", c.Name))
		} else {
			names[key] = true
		}
		if c.Field != Ignored && fields[c.Field] {
			errs = append(errs, fmt.Errorf("two columns are mapped to the field %s", c.Field))
		}
		fields[c.Field] = true
	}
	for _, f := range fieldOrder(rules) {
		if rules[f].required && !fields[f] {
			errs = append(errs, fmt.Errorf("no column is mapped to the field %s, which is needed", f))
		}
	}
	return errs
}

func (c Column) check(rules map[Field]fieldRule) []error {
	rule, known := rules[c.Field]
	if !known {
		return []error{fmt.Errorf("column %q: the field %q is not known", c.Name, c.Field)}
	}
	var errs []error
	switch {
	case c.Level != CaseLevel && c.Level != InvoiceLevel:
		errs = append(errs, fmt.Errorf("column %q: level is %q; it must be \"case\" or \"invoice\"", c.Name, c.Level))
	case rule.level != "" && c.Level != rule.level:
		errs = append(errs, fmt.Errorf("column %q: the field %s is of level %s", c.Name, c.Field, rule.level))
	}
	if rule.kind == codeKind && len(c.Codes) == 0 {
		errs = append(errs, fmt.Errorf("column %q: the field %s needs codes", c.Name, c.Field))
	}
	symbols := codeSymbols(c.Field)
	for outside, symbol := range c.Codes {
		if len(symbols) > 0 && !symbols[symbol] {
			errs = append(errs, fmt.Errorf("column %q: the code %q stands for %q, which %s cannot be", c.Name, outside, symbol, c.Field))
		}
	}
	return errs
}

// codeSymbols returns what a field of codes can say.
func codeSymbols(f Field) map[string]bool {
	all := map[string]bool{}
	for _, symbol := range symbolsOf()[f] {
		all[symbol] = true
	}
	return all
}
