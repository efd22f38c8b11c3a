package claimlist

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// reader reads the cells of one case and gathers what is wrong with them.
type reader struct {
	*builder
	rows     []row
	problems []Problem
}

// reading begins with a case: its rows must agree, and have no more values than
// there are columns.
func (b *builder) reading(rows ...row) *reader {
	c := &reader{builder: b, rows: rows, problems: b.differing(rows)}
	for _, r := range rows {
		if r.beyond {
			c.report(Refused, r, "", "raden har fler värden än det finns kolumner: sätt citattecken om värden som innehåller skiljetecknet",
				"the row has more values than there are columns: put quotes around values that hold the separator")
		}
	}
	return c
}

func (c *reader) reference() string { return c.rows[0].cells[Reference] }

func (c *reader) report(severity Severity, r row, f Field, sv, en string) {
	c.problems = append(c.problems, Problem{
		Severity: severity, Row: r.number, Column: c.columnName(f), Reference: c.reference(), Swedish: sv, English: en,
	})
}

func (c *reader) refused() bool {
	for _, p := range c.problems {
		if p.Severity == Refused {
			return true
		}
	}
	return false
}

// spoken is an error that tells itself in both languages.
type spoken interface {
	error
	Swedish() string
	English() string
}

func (c *reader) refuse(r row, f Field, err error) {
	var s spoken
	if errors.As(err, &s) {
		c.report(Refused, r, f, s.Swedish(), s.English())
		return
	}
	c.report(Refused, r, f, err.Error(), err.Error())
}

// text reads a cell as text that ISO 8859-1 can hold, with characters
// replaced by the mapping's table.
func (c *reader) text(r row, f Field) string {
	given := r.cells[f]
	text := c.Mapping.replacer.Replace(given)
	if text != given {
		c.report(Notified, r, f,
			"tecken som inte finns i ISO 8859-1 har ersatts enligt mappningens tabell",
			"characters that ISO 8859-1 does not have were replaced by the mapping's table")
	}
	for _, char := range text {
		if _, ok := charmap.ISO8859_1.EncodeRune(char); !ok || char < ' ' || (char >= 0x7f && char < 0xa0) {
			c.report(Refused, r, f,
				fmt.Sprintf("tecknet %q (U+%04X) går inte att skriva i filen: ändra det, eller ange vad som ska stå i dess ställe under [replace] i mappningen", char, char),
				fmt.Sprintf("the character %q (U+%04X) cannot be written in the file: change it, or say what stands for it under [replace] in the mapping", char, char))
			return text
		}
	}
	return text
}

// needed is text that must not be blank.
func (c *reader) needed(r row, f Field) string {
	s := c.text(r, f)
	if s == "" {
		c.report(Refused, r, f, "uppgiften saknas", "the value is missing")
	}
	return s
}

// amount reads money; a blank cell is 0.
func (c *reader) amount(r row, f Field) money.Amount {
	cell := r.cells[f]
	if cell == "" || cell == "-" {
		return 0
	}
	a, err := money.Parse(cell)
	if err != nil {
		c.refuse(r, f, err)
	}
	return a
}

// cost is an amount that must not be negative.
func (c *reader) cost(r row, f Field) money.Amount {
	a := c.amount(r, f)
	if a < 0 {
		c.report(Refused, r, f, "beloppet är negativt", "the amount is negative")
		return 0
	}
	return a
}

func (c *reader) date(r row, f Field) calendar.Day {
	cell := r.cells[f]
	if cell == "" {
		return 0
	}
	d, ok := c.Mapping.readDate(cell)
	if !ok {
		forms := strings.Join(c.Mapping.DateForms, ", ")
		c.report(Refused, r, f,
			fmt.Sprintf("%q är inget datum i någon av formerna %s: lägg till formen under date_forms i mappningen om den är entydig", cell, forms),
			fmt.Sprintf("%q is no date in any of the forms %s: add its form under date_forms in the mapping if it is unambiguous", cell, forms))
	}
	return d
}

// code reads an outside value as our symbol; "" for a blank cell.
func (c *reader) code(r row, f Field) string {
	column, mapped := c.table.columns[f]
	cell := r.cells[f]
	if !mapped || cell == "" {
		return ""
	}
	for outside, symbol := range column.Codes {
		if strings.EqualFold(outside, cell) {
			return symbol
		}
	}
	known := knownCodes(column)
	c.report(Refused, r, f,
		fmt.Sprintf("koden %q finns inte i mappningen: skriv %s, eller lägg till den där", cell, known),
		fmt.Sprintf("the code %q is not in the mapping: write %s, or add it there", cell, known))
	return ""
}

// mostCodes is how many codes of a column are told of.
const mostCodes = 12

func knownCodes(c Column) string {
	all := slices.Sorted(maps.Keys(c.Codes))
	if len(all) > mostCodes {
		all = append(all[:mostCodes], "…")
	}
	return strings.Join(all, ", ")
}

func (c *reader) identity(r row, f Field) identity.Number {
	cell := r.cells[f]
	if cell == "" {
		c.report(Refused, r, f, "person- eller organisationsnummer saknas", "the personal or organisation number is missing")
		return identity.Number{}
	}
	n, err := identity.Rules{Today: c.Today.Time(), Strict: c.Mapping.StrictCentury}.Parse(cell)
	if err != nil {
		c.refuse(r, f, err)
	}
	return n
}

// postalCode is five digits without blank.
func postalCode(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "\u00a0", "")
}

func (c *reader) address(r row, p *filing.Party) {
	p.CareOf = c.text(r, CareOf)
	p.Street = c.text(r, Street)
	p.PostalCode = postalCode(r.cells[PostalCode])
	p.Town = c.text(r, Town)
	p.Phone = c.text(r, Phone)
	p.Mobile = c.text(r, Mobile)
	p.Email = c.text(r, Email)
}
