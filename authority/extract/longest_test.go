package extract_test

import (
	"io"
	"strings"
	"testing"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// longest is a row of a register with as much as its format lets in.
func longest(f extract.Format, person int) row {
	r := row{}
	for _, c := range f.Columns {
		r[c.Name] = map[extract.ColumnType]string{
			extract.Text: strings.Repeat("Å", c.Longest), extract.Identity: extracttest.Person(person).Full(), extract.Amount: "99999999999.99",
			extract.Date: "2026-02-01", extract.Year: "2999", extract.YesNo: "no",
		}[c.Type]
		if c.Type == extract.Choice {
			r[c.Name] = c.Choices[len(c.Choices)-1]
		}
	}
	switch f.Kind {
	case extract.PublicCases:
		r["notice_day"], r["ended"], r["received"] = "", "", "1"
	case extract.Administrators:
		r["until"] = ""
	}
	return r
}

// Whatever an import lets in, and the longest case number, can be written in each form: one value that could
// not would hold up every delivery.
func TestWhatIsImportedCanBeWritten(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		for _, f := range extract.Formats() {
			b.load(f.Kind, longest(f, 1))
		}
		b.private("enforcement_measures", measure(strings.Repeat("M", 20), 1, nil))
		if lines := linesOf[*filing.CreditLine](b, filing.CEExtract); len(lines) != 5 {
			b.Errorf("%d lines", len(lines))
		}
		if lines := linesOf[*filing.CreditBalance](b, filing.CEDebtBalanceExtract); len(lines) != 1 {
			b.Errorf("%d balances", len(lines))
		}
		debt := b.room.Debt()
		b.ask(debt, 1, collection("x", 1))
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			b.read(func(r store.Reader) error {
				return debt.Write(r, answering(debt, 1), service.Output{Writer: io.Discard, Form: form, Set: filing.Own()})
			})
		}
	})
}
