package claimlist

import (
	"fmt"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// claims reads the claim parts: one of type capital per invoice, then the
// reminder fees of the invoices, then the costs of the case.
func (c *reader) claims(a *filing.Application) {
	invoices := c.net(c.invoices())
	for _, i := range invoices {
		if i.amount > 0 {
			a.Parts = append(a.Parts, c.capital(i))
		}
	}
	costsOnly := len(a.Parts) == 0 && c.paidCapital(invoices)
	if len(a.Parts) == 0 && !costsOnly {
		return
	}
	for _, kind := range costKinds() {
		a.Parts = append(a.Parts, c.costs(kind, invoices)...)
	}
	if costsOnly {
		c.specify(a, invoices)
	}
}

// invoice is one row of the case and what is left of its capital.
type invoice struct {
	row
	invoiceNumber string
	amount        money.Amount
	credited      bool
}

func (c *reader) invoices() []invoice {
	list := make([]invoice, 0, len(c.rows))
	for _, r := range c.rows {
		if r.cells[CapitalAmount] == "" {
			c.report(Refused, r, CapitalAmount, "kapitalet saknas: ange 0,00 om det är betalt", "the capital is missing: write 0,00 if it is paid")
		}
		list = append(list, invoice{row: r, invoiceNumber: c.text(r, InvoiceNumber), amount: c.amount(r, CapitalAmount)})
	}
	return list
}

// net deducts each credit note from the invoice of the same case that it
// names; a negative claim part is never sent.
func (c *reader) net(list []invoice) []invoice {
	var kept []invoice
	for _, i := range list {
		if i.amount >= 0 {
			kept = append(kept, i)
		}
	}
	for _, credit := range list {
		if credit.amount < 0 {
			c.deduct(kept, credit)
		}
	}
	return kept
}

func (c *reader) deduct(kept []invoice, credit invoice) {
	at := credited(kept, credit)
	switch {
	case at < 0:
		c.report(Refused, credit.row, CapitalAmount,
			"krediten pekar inte ut någon faktura i samma ärende: ange fakturans nummer i kolumnen Kredit av eller i grunden",
			"the credit names no invoice of the same case: give the invoice's number in the column Kredit av or in the ground")
	case kept[at].amount+credit.amount < 0:
		c.report(Refused, credit.row, CapitalAmount,
			"krediten är större än det som är kvar av fakturan", "the credit is larger than what is left of the invoice")
	default:
		kept[at].amount += credit.amount
		kept[at].credited = true
		c.report(Notified, credit.row, CapitalAmount,
			fmt.Sprintf("krediten har dragits från faktura %s, av vilken %s återstår; kontrollera räntan", kept[at].invoiceNumber, kept[at].amount.Kronor()),
			fmt.Sprintf("the credit was deducted from invoice %s, of which %s is left; check the interest", kept[at].invoiceNumber, kept[at].amount.Kronor()))
	}
}

// credited finds the invoice that a credit names: in its own column, by the
// same number, or in its ground. -1 when none or several fit.
func credited(kept []invoice, credit invoice) int {
	named := credit.cells[CreditOf]
	found := -1
	for at, i := range kept {
		fits := i.invoiceNumber != "" && (named == i.invoiceNumber ||
			named == "" && (credit.invoiceNumber == i.invoiceNumber || containsWord(credit.cells[Ground], i.invoiceNumber)))
		if !fits {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = at
	}
	return found
}

func containsWord(text, word string) bool {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,.;:()/", r) }) {
		if w == word {
			return true
		}
	}
	return false
}

func (c *reader) capital(i invoice) filing.ClaimPart {
	part := filing.ClaimPart{
		Type: filing.Capital, Amount: i.amount, InvoiceNumber: i.invoiceNumber,
		InvoiceDate: c.date(i.row, InvoiceDate), DueDate: c.date(i.row, DueDate),
		Ground: c.needed(i.row, Ground),
	}
	if part.DueDate.IsZero() {
		c.report(Refused, i.row, DueDate, "förfallodagen saknas", "the due date is missing")
	}
	if name := c.text(i.row, OriginalCreditor); name != "" {
		part.OriginalCreditor = &filing.OriginalCreditor{Name: name}
	}
	part.Interest = c.interest(i, part)
	return part
}

// costKind is a column of costs and the type of claim part it becomes.
type costKind struct {
	field Field
	part  filing.ClaimPartType
}

func costKinds() []costKind {
	return []costKind{
		{ReminderFee, filing.ReminderFee},
		{CollectionCost, filing.CollectionCost},
		{LateCompensation, filing.LatePaymentCompensation},
		{ApplicationFee, filing.ApplicationFee},
		{OwnWork, filing.OwnWork},
	}
}

// costs reads one kind of cost: once if it belongs to the case, else once per
// invoice. What belongs to the case is never summed over the rows.
func (c *reader) costs(kind costKind, invoices []invoice) []filing.ClaimPart {
	column, mapped := c.table.columns[kind.field]
	if !mapped {
		return nil
	}
	if column.Level == CaseLevel {
		return costPart(kind, c.cost(c.rows[0], kind.field), "", 0)
	}
	var parts []filing.ClaimPart
	for _, i := range invoices {
		parts = append(parts, costPart(kind, c.cost(i.row, kind.field), i.invoiceNumber, c.date(i.row, DueDate))...)
	}
	return parts
}

func costPart(kind costKind, amount money.Amount, invoiceNumber string, due calendar.Day) []filing.ClaimPart {
	if amount == 0 {
		return nil
	}
	return []filing.ClaimPart{{Type: kind.part, Amount: amount, InvoiceNumber: invoiceNumber, DueDate: due}}
}

// paidCapital tells whether every row says that its capital is 0,00, so that
// only costs remain (R57), rather than that credits took it all.
func (c *reader) paidCapital(invoices []invoice) bool {
	for _, i := range invoices {
		if i.amount != 0 || i.credited {
			return false
		}
	}
	return len(invoices) > 0
}

// specify writes what a claim of costs only must say (R57, service.md §12):
// in XML the costs keep their types and the first is specified; in the text
// file they are claimed as capital.
func (c *reader) specify(a *filing.Application, invoices []invoice) {
	ground := c.specification(invoices)
	for n := range a.Parts {
		p := &a.Parts[n]
		if p.Type == filing.ApplicationFee || p.Type == filing.OwnWork {
			continue
		}
		p.Ground = ground
		if c.Form == filing.TextForm {
			p.Type = filing.Capital
		}
		if p.DueDate.IsZero() {
			p.DueDate = c.date(invoices[0].row, DueDate)
		}
	}
	c.report(Warned, c.rows[0], CapitalAmount,
		"kapitalet är betalt och bara kostnader krävs: se till att grunden säger när kapitalet betalades och hur stor fordran var",
		"the capital is paid and only costs are claimed: see that the ground says when the capital was paid and how large the claim was")
}

func (c *reader) specification(invoices []invoice) string {
	var lines []string
	if day := c.date(c.rows[0], DemandDate); !day.IsZero() {
		lines = append(lines, "Kostnader för inkassokrav "+day.String()+". Kapitalet är betalt.")
	}
	for _, i := range invoices {
		lines = append(lines, fmt.Sprintf("Faktura %s, förföll %s.", i.invoiceNumber, c.date(i.row, DueDate)))
		if text := c.text(i.row, Ground); text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}
