package extract

import (
	"fmt"
	"strings"

	"filtjanst/authority/permit"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
	"filtjanst/statute"
)

// fact is one kind of line of a credit extract: where it comes from, when it
// may be told, and what it is in a file. Its expressions speak of x.
type fact struct {
	record  string // of files.md §5.4, or our own word
	extract filing.Transaction
	// from is the register, and who a condition of its own: when both hold the
	// row may be told.
	from, where string
	fact        string // names the row for good, unique within a person
	name        string // the person's name where no register of ours has it; "" for none
	columns     map[string]string
	tells       []string // what the columns are in a file
	// persons are the registers whose persons have lines; none = from itself.
	persons []string
	// changed tells of whom there may be news; none = nobody can tell.
	changed []string
	content func(l *line) filing.Content
	swedish string
	english string
	law     string
}

// lineColumns are what a line says, apart from whom and which.
func lineColumns() []string {
	return []string{"name", "number", "text_1", "text_2", "text_3", "text_4", "count_1", "count_2", "amount_1", "amount_2", "day_1", "day_2"}
}

// keyed are the columns that make a line what it is.
func keyed() string { return "identity, fact, " + strings.Join(lineColumns(), ", ") }

// selected is the SELECT of the facts of the persons within reach that may be
// told on {today}.
func (f fact) selected() string {
	columns := []string{"x.identity AS identity", f.fact + " AS fact"}
	for _, c := range lineColumns() {
		columns = append(columns, f.expression(c)+" AS "+c)
	}
	return fmt.Sprintf(`SELECT %s FROM %s LEFT JOIN extract_person p ON p.identity = x.identity
		WHERE {of x.identity} AND %s`, strings.Join(columns, ", "), f.from, f.where)
}

func (f fact) expression(column string) string {
	if column == "name" {
		return personName(f.name)
	}
	if e, told := f.columns[column]; told {
		return e
	}
	if strings.HasPrefix(column, "count") || strings.HasPrefix(column, "amount") {
		return "0"
	}
	return "''"
}

// personName withholds the name of a person with protected data (skyddade
// personuppgifter), by the register that is imported or by that of the officers.
func personName(other string) string {
	if other == "" {
		other = "''"
	}
	return `CASE WHEN COALESCE(p.protected, FALSE) OR EXISTS (SELECT 1 FROM notice_protected g WHERE g.identity = x.identity AND g.holds
		AND g.from_day <= {today} AND (g.until_day IS NULL OR g.until_day >= {today})) THEN '' ELSE COALESCE(p.name, ` + other + `) END`
}

// never is the revision to which a line is valid that has not ended.
const never = "9223372036854775807"

// holding are the lines of {record} of the persons that have not ended.
func holding() string {
	return `SELECT ` + keyed() + ` FROM extract_line
		WHERE record = {record} AND {of identity} AND rev_to = ` + never
}

// line is a row of extract_line.
type line struct {
	action       filing.CreditAction
	identity     identity.Number
	fact         string
	day          calendar.Day
	name, number string
	text         [4]string
	count        [2]int64
	amount       [2]int64
	days         [2]calendar.Day
}

func (l *line) kronor(i int) money.Amount { return money.Amount(l.amount[i]) }

// creditLine is the line of ce.extract without its one pointer.
func (l *line) creditLine() *filing.CreditLine {
	return &filing.CreditLine{Action: l.action, ID: l.fact, Identity: l.identity, Name: l.name}
}

// creditScope lists the records of credit extracts as a scope.
func creditScope(facts []fact) Scope {
	s := Scope{
		Service: filing.CreditExtract, User: permit.ScopeBureau, Law: "KFDF §§12, 14; KUL §§7, 7 a",
		Swedish: "Tillstånd för kreditupplysningsverksamhet", English: "Licence for credit-information business",
	}
	for _, f := range facts {
		s.Groups = append(s.Groups, Group{Name: GroupName(string(f.extract) + "/" + f.record),
			Columns: append([]string{"identity", "name", "id"}, f.tells...),
			Swedish: f.swedish, English: f.english, Law: f.law})
	}
	return s
}

// periods are the times that facts depend on, as law and settings have them.
type periods struct {
	weeded, weededRestructuring, weededBusiness, notice calendar.Period
	secrecyYears                                        int
}

func (e *Extracts) periods(day calendar.Day) (p periods, err error) {
	p.notice = e.notice
	if p.secrecyYears, err = e.secrecyYears(day); err != nil {
		return p, err
	}
	for symbol, into := range map[statute.Symbol]*calendar.Period{
		statute.WeedingDefault:               &p.weeded,
		statute.WeedingRestructuring:         &p.weededRestructuring,
		statute.WeedingRestructuringBusiness: &p.weededBusiness,
	} {
		if *into, err = e.period(symbol, day); err != nil {
			return p, err
		}
	}
	return p, nil
}

// text tells the periods apart from others.
func (p periods) text() string { return fmt.Sprint(p) }

// on are the values that facts speak of on a day: params, and the first days
// that are not yet weeded (KUL §8).
func (p periods) on(day calendar.Day) values {
	return values{
		"today":                day.String(),
		"secrecy_years":        int64(p.secrecyYears),
		"weeded":               p.weeded.Before(day).String(),
		"weeded_restructuring": p.weededRestructuring.Before(day).String(),
		"weeded_business":      p.weededBusiness.Before(day).String(),
		"noticed":              p.notice.Before(day).String(),
		"closed":               yearsBefore(day, p.secrecyYears),
	}
}

// yearsBefore is the text of the day as many years before, which on 29 February
// need be no day.
func yearsBefore(day calendar.Day, years int) string {
	text := day.String()
	return fmt.Sprintf("%04d%s", day.Year()-years, text[len("2026"):])
}
