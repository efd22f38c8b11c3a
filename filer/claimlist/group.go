package claimlist

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/money"
)

// group gathers the rows of each case, also when they do not follow each
// other, in the order in which the cases first appear. A row without a case
// number is no claim: a row of totals at the end is compared with the rows.
func (b *builder) group() [][]row {
	var groups [][]row
	at := map[string]int{}
	for _, r := range b.table.rows {
		reference := r.cells[Reference]
		if reference == "" {
			b.skip(r)
			continue
		}
		i, known := at[reference]
		if !known {
			i = len(groups)
			at[reference] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// skip leaves out a row without case number, and says so.
func (b *builder) skip(r row) {
	problem := Problem{
		Severity: Notified, Row: r.number, Column: b.columnName(Reference),
		Swedish: "raden saknar ärendenummer och lästes inte",
		English: "the row has no case number and was not read",
	}
	if !summing(r) && r.cells[Identity] != "" {
		problem.Severity = Warned
		problem.Swedish += "; den ser ut som ett krav: ange ärendenumret"
		problem.English += "; it looks like a claim: give its case number"
	}
	b.report.add(problem)
	b.compareTotal(r)
}

func summing(r row) bool {
	for _, cell := range r.raw {
		word := strings.ToLower(strings.Trim(clean(cell), ": "))
		if word == "summa" || word == "totalt" || word == "total" || word == "sum" {
			return true
		}
	}
	return false
}

// compareTotal holds the capital in a row of totals against the rows.
func (b *builder) compareTotal(r row) {
	stated, err := money.Parse(r.cells[CapitalAmount])
	if err != nil || !summing(r) {
		return
	}
	var sum money.Amount
	for _, other := range b.table.rows {
		amount, err := money.Parse(other.cells[CapitalAmount])
		if err == nil && other.cells[Reference] != "" {
			sum += amount
		}
	}
	if sum != stated {
		b.report.add(Problem{
			Severity: Warned, Row: r.number, Column: b.columnName(CapitalAmount), Value: stated.String(),
			Swedish: fmt.Sprintf("summaraden säger %s men raderna ger %s: är listan hel?", stated.Kronor(), sum.Kronor()),
			English: fmt.Sprintf("the row of totals says %s but the rows give %s: is the list complete?", stated.Kronor(), sum.Kronor()),
		})
	}
}

// differing names the columns of level case whose rows differ, with the rows.
func (b *builder) differing(rows []row) []Problem {
	if len(rows) == 1 {
		return nil
	}
	var problems []Problem
	for _, f := range fieldOrder(rulesOf(b.Mapping.List)) {
		column, mapped := b.table.columns[f]
		if !mapped || column.Level != CaseLevel {
			continue
		}
		if p, differ := differ(rows, column); differ {
			problems = append(problems, p)
		}
	}
	return problems
}

func differ(rows []row, column Column) (Problem, bool) {
	first := rows[0]
	numbers := []int{first.number}
	for _, r := range rows[1:] {
		if r.cells[column.Field] != first.cells[column.Field] {
			numbers = append(numbers, r.number)
		}
	}
	if len(numbers) == 1 {
		return Problem{}, false
	}
	slices.Sort(numbers)
	list := strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers), " ", ", "), "[]")
	return Problem{
		Severity: Refused, Row: first.number, Rows: numbers, Column: column.Name, Reference: first.cells[Reference],
		Swedish: fmt.Sprintf("värdet gäller hela ärendet men skiljer mellan raderna %s: gör det lika på alla rader", list),
		English: fmt.Sprintf("the value belongs to the case but differs between the rows %s: make it the same on all rows", list),
	}, true
}

// warnOfLostZeros looks for invoice numbers that a spreadsheet has made
// numbers of: of the same client, some have leading zeros and others are
// shorter.
func (b *builder) warnOfLostZeros() {
	padded := map[string]int{} // length of numbers with leading zeros, by client
	for _, r := range b.table.rows {
		if n := r.cells[InvoiceNumber]; strings.HasPrefix(n, "0") && digitsOf(n) == n {
			padded[r.cells[ClientNumber]] = max(padded[r.cells[ClientNumber]], len(n))
		}
	}
	for _, r := range b.table.rows {
		n, length := r.cells[InvoiceNumber], padded[r.cells[ClientNumber]]
		if n == "" || digitsOf(n) != n || len(n) >= length || strings.HasPrefix(n, "0") {
			continue
		}
		b.report.add(Problem{
			Severity: Warned, Row: r.number, Column: b.columnName(InvoiceNumber), Reference: r.cells[Reference], Value: n,
			Swedish: fmt.Sprintf("fakturanumret har %d siffror medan andra har %d med inledande nollor: har nollorna fallit bort? Exportera kolumnen som text", len(n), length),
			English: fmt.Sprintf("the invoice number has %d digits while others have %d with leading zeros: are the zeros lost? Export the column as text", len(n), length),
		})
	}
}

func (b *builder) columnName(f Field) string { return b.table.columns[f].Name }
