package claimlist

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"filtjanst/calendar"
)

// dateForm reads one way of writing a date, such as "YYYY-MM-DD" or "D/M-YY".
type dateForm struct {
	name    string
	pattern *regexp.Regexp
	order   []byte // 'Y', 'y', 'M', 'D' in the order of the groups
}

// dateParts are the parts of a form, longest first.
var dateParts = []struct {
	token, pattern string
	part           byte
}{
	{"YYYY", `(\d{4})`, 'Y'}, {"YY", `(\d{2})`, 'y'},
	{"MM", `(\d{2})`, 'M'}, {"M", `(\d{1,2})`, 'M'},
	{"DD", `(\d{2})`, 'D'}, {"D", `(\d{1,2})`, 'D'},
}

func parseDateForm(form string) (dateForm, error) {
	f := dateForm{name: form}
	pattern := "^"
	for rest := form; rest != ""; {
		token, expression, part := datePart(rest)
		pattern += expression
		if part != 0 {
			f.order = append(f.order, part)
		}
		rest = rest[len(token):]
	}
	if !completeDate(f.order) {
		return f, fmt.Errorf("date form %q: it needs one year (YYYY or YY), one month (MM or M) and one day (DD or D)", form)
	}
	f.pattern = regexp.MustCompile(pattern + "$")
	return f, nil
}

func datePart(rest string) (token, expression string, part byte) {
	for _, p := range dateParts {
		if strings.HasPrefix(rest, p.token) {
			return p.token, p.pattern, p.part
		}
	}
	r := []rune(rest)[0]
	return string(r), regexp.QuoteMeta(string(r)), 0
}

func completeDate(order []byte) bool {
	s := strings.ToUpper(string(order))
	return len(s) == 3 && strings.ContainsRune(s, 'Y') && strings.ContainsRune(s, 'M') && strings.ContainsRune(s, 'D')
}

func (f dateForm) read(s string) (calendar.Day, bool) {
	groups := f.pattern.FindStringSubmatch(s)
	if groups == nil {
		return 0, false
	}
	var year, month, day int
	for i, part := range f.order {
		n, err := strconv.Atoi(groups[i+1])
		if err != nil {
			return 0, false
		}
		switch part {
		case 'Y':
			year = n
		case 'y':
			year = 2000 + n
		case 'M':
			month = n
		case 'D':
			day = n
		}
	}
	return calendar.ValidDate(year, time.Month(month), day)
}

// readDate reads a date in one of the mapping's forms.
func (m *Mapping) readDate(s string) (calendar.Day, bool) {
	for _, f := range m.dates {
		if d, ok := f.read(s); ok {
			return d, true
		}
	}
	return 0, false
}
