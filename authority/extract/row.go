package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/layout"
	"filtjanst/money"
)

// trouble is why a value cannot be read, in both languages; "" for none.
type trouble struct{ swedish, english string }

// rowReader makes the values of a table of the texts of a row. It is made once
// a file.
type rowReader struct {
	format Format
	at     []int          // of each column of the format in a row; -1 where it is absent
	index  map[string]int // of columns in values
	files  *layout.Layout // of credit extracts, whose characters are those of all extracts
	faults *Faults
}

// newRowReader finds the columns of the format among those of the file. What
// is missing, unknown or given twice is a fault of line 1.
func newRowReader(f Format, names []string, faults *Faults) *rowReader {
	files, _ := filing.Own().Layout(filing.CEExtract)
	r := &rowReader{format: f, index: map[string]int{}, files: files, faults: faults}
	given := map[string]int{}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := given[name]; twice {
			faults.add(1, name, "anges två gånger", "is given twice")
		}
		given[name] = i
	}
	for i, c := range f.Columns {
		r.index[c.Name] = i
		at, there := given[c.Name]
		delete(given, c.Name)
		if !there {
			at = -1
		}
		if !there && c.Required {
			faults.add(1, c.Name, "kolumnen saknas", "the column is missing")
		}
		r.at = append(r.at, at)
	}
	for name := range given {
		faults.add(1, name, "kolumnen finns inte i formatet", "the column is not in the format")
	}
	return r
}

// read fills values, in the order of the format's columns. It reports false
// and tells the faults when the row is not sound.
func (r *rowReader) read(line int64, row []string, values []any) bool {
	before := r.faults.All
	for i, c := range r.format.Columns {
		text := ""
		if r.at[i] >= 0 && r.at[i] < len(row) {
			text = strings.TrimSpace(row[r.at[i]])
		}
		value, t := c.value(text, r.files)
		if t != (trouble{}) {
			r.faults.add(line, c.Name, t.swedish, t.english)
		}
		values[i] = value
	}
	if r.faults.All == before {
		r.agree(line, values)
	}
	return r.faults.All == before
}

// agree holds the values of a row against each other.
func (r *rowReader) agree(line int64, values []any) {
	if r.format.Kind != PublicCases {
		return
	}
	notice, _ := values[r.index["notice"]].(string)
	given := values[r.index["notice_day"]] != nil
	if (notice == "given") != given {
		r.faults.add(line, "notice_day", "anges när och bara när avisering har getts", "is given when, and only when, notice was given")
	}
	ended, is := values[r.index["ended"]].(string)
	if registered, _ := values[r.index["registered"]].(string); is && ended < registered {
		r.faults.add(line, "ended", "ligger före registreringen", "is before the registration")
	}
}

// value reads one text; an absent one becomes what the table stores for it.
func (c Column) value(text string, files *layout.Layout) (any, trouble) {
	if text == "" {
		if c.Required {
			return nil, trouble{"saknas", "is missing"}
		}
		return c.absent(), trouble{}
	}
	switch c.Type {
	case Choice:
		for _, choice := range c.Choices {
			if choice == text {
				return text, trouble{}
			}
		}
		list := strings.Join(c.Choices, ", ")
		return nil, trouble{"är inget av " + list, "is none of " + list}
	case Identity:
		return readIdentity(text)
	case Amount:
		return readAmount(text)
	case Date:
		return readDay(text)
	case Year:
		return readYear(text)
	case YesNo:
		return readYes(text)
	}
	return c.readText(text, files)
}

func (c Column) absent() any {
	switch c.Type {
	case Amount, Year:
		return int64(0)
	case YesNo:
		return false
	case Date:
		return nil
	}
	return ""
}

func (c Column) readText(text string, files *layout.Layout) (any, trouble) {
	if strings.ContainsFunc(text, func(r rune) bool { return !files.Carries(layout.TextForm, r) }) {
		return nil, trouble{"har tecken som utdragens filer inte kan bära", "has characters that the files of extracts cannot carry"}
	}
	if utf8.RuneCountInString(text) > c.Longest {
		n := strconv.Itoa(c.Longest)
		return nil, trouble{"är längre än " + n + " tecken", "is longer than " + n + " characters"}
	}
	return text, trouble{}
}

func readIdentity(text string) (any, trouble) {
	n, err := identity.Parse12(text)
	if err != nil || n.Kind() == identity.Foreign {
		return nil, trouble{"är inget svenskt identitetsnummer med tolv siffror", "is no Swedish identity number of twelve digits"}
	}
	return text, trouble{}
}

// mostAmount is the largest amount of a case: files have room for the sum of a
// hundred such.
const mostAmount money.Amount = 99_999_999_999_99

func readAmount(text string) (any, trouble) {
	a, err := money.Parse(text)
	if err != nil {
		return nil, trouble{"är inget belopp", "is no amount"}
	}
	if a < 0 {
		return nil, trouble{"är mindre än noll", "is below zero"}
	}
	if a > mostAmount {
		return nil, trouble{"är större än " + mostAmount.String(), "is above " + mostAmount.String()}
	}
	return a.Ore(), trouble{}
}

func readDay(text string) (any, trouble) {
	if _, err := calendar.ParseDay(text); err != nil {
		return nil, trouble{"är ingen dag ÅÅÅÅ-MM-DD", "is no day YYYY-MM-DD"}
	}
	return text, trouble{}
}

func readYear(text string) (any, trouble) {
	y, err := strconv.ParseInt(text, 10, 64)
	if err != nil || y < 1900 || y > 2999 {
		return nil, trouble{"är inget år med fyra siffror", "is no year of four digits"}
	}
	return y, trouble{}
}

func readYes(text string) (any, trouble) {
	switch strings.ToLower(text) {
	case "yes", "ja", "true", "1":
		return true, trouble{}
	case "no", "nej", "false", "0":
		return false, trouble{}
	}
	return nil, trouble{"är varken yes eller no", "is neither yes nor no"}
}
