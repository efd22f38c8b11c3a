package extract

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// source is where the rows of a group of answers come from. Its expressions
// speak of x, which has a column identity.
type source struct {
	group   GroupName
	from    string // of the alias x
	where   string
	crime   string // tells whether a row is based on a crime; "" where none is
	public  bool   // rows are of public cases
	kind    string // the kind of measure
	columns map[string]string
	order   string
}

// groupColumn is a column of an answer, and what stands in its place where it
// may not be told.
type groupColumn struct{ name, absent string }

// groupTable is what a group consists of, in the order in which its columns
// are selected, and how a row enters an answer.
type groupTable struct {
	columns []groupColumn
	read    func(rows *store.Rows, document *int64) (func(*filing.Extract), error)
}

func groupTables() map[GroupName]groupTable {
	return map[GroupName]groupTable{
		Debts: {[]groupColumn{{"public", "FALSE"}, {"kind", "'not_told'"}, {"title", "''"}, {"amount", "0"},
			{"established", "NULL"}, {"due_date", "NULL"}, {"received", "0"}, {"limitation", "NULL"}}, readDebt},
		Measures:       {[]groupColumn{{"kind", "'not_told'"}, {"date", "NULL"}}, readMeasure},
		Restructurings: {[]groupColumn{{"business", "FALSE"}, {"stage", "''"}, {"date", "NULL"}}, readRestructuring},
		Accounts:       {[]groupColumn{{"date", "NULL"}, {"amount", "0"}}, readAccount},
	}
}

func columnsOf(g GroupName) []string {
	var names []string
	for _, c := range groupTables()[g].columns {
		names = append(names, c.name)
	}
	return names
}

func readDebt(rows *store.Rows, document *int64) (func(*filing.Extract), error) {
	var d filing.ExtractDebt
	var amount, received int64
	err := rows.Scan(document, &d.Public, &d.Kind, &d.Title, &amount, &d.Established, &d.DueDate, &received, &d.Limitation)
	d.Amount, d.Received = money.Amount(amount), money.Amount(received)
	return func(e *filing.Extract) { e.Debts = append(e.Debts, d) }, err
}

func readMeasure(rows *store.Rows, document *int64) (func(*filing.Extract), error) {
	var m filing.ExtractMeasure
	err := rows.Scan(document, &m.Kind, &m.Date)
	return func(e *filing.Extract) { e.Measures = append(e.Measures, m) }, err
}

func readRestructuring(rows *store.Rows, document *int64) (func(*filing.Extract), error) {
	var s filing.ExtractRestructuring
	err := rows.Scan(document, &s.Business, &s.Stage, &s.Date)
	return func(e *filing.Extract) { e.Restructurings = append(e.Restructurings, s) }, err
}

func readAccount(rows *store.Rows, document *int64) (func(*filing.Extract), error) {
	var a filing.ExtractAccount
	var amount int64
	err := rows.Scan(document, &a.Date, &amount)
	a.Amount = money.Amount(amount)
	return func(e *filing.Extract) { e.Accounts = append(e.Accounts, a) }, err
}

// admits tells whether any row of the source may be told in the group.
func (g Group) admits(s source) bool { return g.Name == s.group && (s.public || !g.PublicOnly) }

// query is the one statement that reads a source for a scope: what the group
// does not list is not selected.
func (g Group) query(s source) statement {
	var columns []string
	for _, c := range groupTables()[g.Name].columns {
		expression := c.absent
		if slices.Contains(g.Columns, c.name) && s.columns[c.name] != "" {
			expression = s.columns[c.name]
		}
		columns = append(columns, expression)
	}
	return prepare(fmt.Sprintf(`SELECT q.document, %s FROM extract_lookup q JOIN %s ON x.identity = q.identity
		WHERE q.file = {file} AND q.document > {after} AND q.document <= {upto} AND NOT q.blocked AND %s
		ORDER BY q.document, %s`, strings.Join(columns, ", "), s.from, strings.Join(g.conditions(s), " AND "), s.order))
}

func (g Group) conditions(s source) []string {
	all := []string{s.where}
	if g.WithoutCrime && s.crime != "" {
		all = append(all, "NOT "+s.crime)
	}
	if len(g.Kinds) > 0 && s.kind != "" {
		all = append(all, s.kind+" IN ('"+strings.Join(g.Kinds, "', '")+"')")
	}
	return all
}
