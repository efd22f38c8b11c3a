package claimlist

import (
	"fmt"
	"io"
	"strconv"

	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Batch is what became of a list that is not of claims: documents in the order
// in which they first appear, the row where each begins, and a report.
type Batch struct {
	Documents []filing.Content
	Rows      []int
	Report    Report
}

// Read reads a list of applications for enforcement, claim reports or
// questions, by the kind that the mapping is of. transaction tells one kind of
// question from the other.
func Read(r io.Reader, json bool, transaction filing.Transaction, o Options) (*Batch, error) {
	b, err := o.begin(r, json)
	if err != nil {
		return nil, err
	}
	batch := &Batch{}
	for _, rows := range b.group() {
		b.report.Cases++
		if p := b.onPaper(transaction, rows[0]); p != nil {
			b.report.Paper = append(b.report.Paper, *p)
			b.report.add(Problem{Severity: OnPaper, Row: p.Row, Reference: p.Reference, Swedish: p.Swedish, English: p.English})
			continue
		}
		c := b.reading(rows...)
		document := c.document(transaction)
		b.report.add(c.problems...)
		if c.refused() {
			b.report.Refused++
			continue
		}
		b.report.Made++
		batch.Documents, batch.Rows = append(batch.Documents, document), append(batch.Rows, rows[0].number)
	}
	b.report.sort()
	batch.Report = *b.report
	return batch, nil
}

// begin reads the rows of a list.
func (o Options) begin(r io.Reader, json bool) (*builder, error) {
	read := func() (*table, string, error) { return o.Mapping.csvTable(r) }
	if json {
		read = func() (*table, string, error) {
			t, err := o.Mapping.jsonTable(r)
			return t, jsonEncoding, err
		}
	}
	t, encoding, err := read()
	if err != nil {
		return nil, err
	}
	report := &Report{Encoding: encoding, Rows: len(t.rows), Paper: []Paper{}, Problems: []Problem{}}
	report.add(o.Mapping.notRead(t)...)
	return &builder{Options: o, table: t, report: report}, nil
}

// onPaper tells what cannot go by file (R72); questions have no addresses.
func (b *builder) onPaper(transaction filing.Transaction, r row) *Paper {
	if transaction != filing.VEApplication {
		return nil
	}
	return b.paper(r)
}

func (c *reader) document(transaction filing.Transaction) filing.Content {
	switch transaction {
	case filing.VEApplication:
		return c.enforcement()
	case filing.SCClaim:
		return c.claimReport()
	}
	return c.question(transaction)
}

// yes reads a code of yes and no.
func (c *reader) yes(r row, f Field) bool { return c.code(r, f) == "yes" }

// orElse is a symbol, or the one that a blank cell stands for.
func (c *reader) orElse(r row, f Field, usual string) string {
	if s := c.code(r, f); s != "" {
		return s
	}
	return usual
}

func (c *reader) enforcement() *filing.EnforcementApplication {
	first := c.rows[0]
	var shared filing.Application
	c.applicant(&shared)
	c.respondents(&shared)
	a := &filing.EnforcementApplication{
		Reference: c.text(first, Reference), Measure: filing.Measure(c.orElse(first, Measure, string(filing.Payment))),
		Scope: filing.Scope(c.code(first, Scope)), Joint: shared.Joint || c.yes(first, Joint),
		Applicants: shared.Applicants, Representative: c.Clients.Representative, Payee: shared.Payee,
		Title: c.title(first), Ground: c.text(first, Ground), AlternativeGround: c.text(first, AlternativeGround), Property: c.text(first, Property),
	}
	for _, r := range shared.Respondents {
		a.Respondents = append(a.Respondents, filing.Debtor{Respondent: r})
	}
	for _, r := range c.rows {
		d := c.debt(r)
		a.Debts = append(a.Debts, d)
		a.Total += d.Amount + d.Interest.Accrued
	}
	return a
}

func (c *reader) title(r row) filing.Title {
	t := filing.Title{
		Kind: filing.TitleKind(c.code(r, TitleKind)), Number: c.text(r, TitleNumber), Issuer: c.text(r, TitleIssuer),
		Date: c.date(r, TitleDate), LegalForce: c.date(r, LegalForce), Lodged: c.yes(r, Lodged), Original: c.yes(r, Original),
	}
	if r.cells[TitleKind] == "" {
		c.report(Refused, r, TitleKind, "ange slaget av exekutionstitel", "give the kind of enforcement title")
	}
	return t
}

func (c *reader) debt(r row) filing.Debt {
	part := filing.ClaimPart{Type: filing.ClaimPartType(c.orElse(r, DebtType, string(filing.Capital))), Amount: c.positive(r, ActAmount)}
	return filing.Debt{
		Type: part.Type, Amount: part.Amount, Interest: c.interest(invoice{row: r, amount: part.Amount}, part), DueDate: c.date(r, DueDate),
		InvoiceNumber: c.text(r, InvoiceNumber), PeriodFrom: c.date(r, PeriodFrom), PeriodTo: c.date(r, PeriodTo),
	}
}

// positive is an amount above nothing.
func (c *reader) positive(r row, f Field) money.Amount {
	a := c.amount(r, f)
	if a <= 0 && !c.refused() {
		c.report(Refused, r, f, "ange ett belopp över 0", "give an amount above 0")
	}
	return a
}

func (c *reader) claimReport() *filing.ClaimReport {
	first := c.rows[0]
	var shared filing.Application
	c.applicant(&shared)
	a := &filing.ClaimReport{
		Reference: c.text(first, Reference), MatterNumber: c.needed(first, MatterNumber), Representative: c.Clients.Representative,
		Debtor: filing.Person{Identity: c.identity(first, Identity), Name: c.needed(first, Name)},
	}
	if len(shared.Applicants) > 0 {
		a.Creditor = shared.Applicants[0]
	}
	if shared.Payee == nil {
		c.report(Refused, first, ClientNumber,
			"en fordringsanmälan ska ange ett konto att betala till: ge klienten ett giro i klientregistret",
			"a claim report names the account to pay to: give the client a giro in the client master")
	} else {
		a.Payee = *shared.Payee
	}
	for _, r := range c.rows {
		claim := c.reportedClaim(r)
		a.Claims = append(a.Claims, claim)
		a.Total += claim.Amount + claim.Interest
	}
	return a
}

func (c *reader) reportedClaim(r row) filing.ReportedClaim {
	claim := filing.ReportedClaim{
		Amount: c.positive(r, ActAmount), Interest: c.cost(r, InterestAmount), Origin: c.date(r, OriginDate), DueDate: c.date(r, DueDate),
		CaseNumber: c.text(r, CaseNumber), Ground: c.text(r, Ground), Disputed: c.yes(r, Disputed), NotDue: c.yes(r, NotDue),
		CounterPerformance: c.yes(r, CounterPerform), Condition: c.text(r, Condition), Security: c.text(r, Security), SecurityAmount: c.cost(r, SecurityAmount),
		Guarantor: filing.Person{Identity: c.maybe(r, GuarantorIdentity), Name: c.text(r, GuarantorName)},
	}
	if r.cells[OriginDate] == "" {
		c.report(Refused, r, OriginDate, "ange när fordran uppkom", "say when the claim arose")
	}
	return claim
}

// maybe is a number that may be missing.
func (c *reader) maybe(r row, f Field) identity.Number {
	if r.cells[f] == "" {
		return identity.Number{}
	}
	return c.identity(r, f)
}

func (c *reader) question(transaction filing.Transaction) *filing.ExtractRequest {
	r := c.rows[0]
	q := &filing.ExtractRequest{Reference: c.text(r, Reference), Identity: c.identity(r, Identity)}
	if len(c.rows) > 1 {
		c.report(Refused, c.rows[1], Reference,
			fmt.Sprintf("referensen står redan på rad %d: varje fråga har sin egen", r.number),
			fmt.Sprintf("the reference stands in row %d already: each question has its own", r.number))
	}
	if transaction == filing.PERequest {
		q.Procurement, q.PeriodFrom, q.PeriodTo = c.needed(r, Procurement), c.date(r, PeriodFrom), c.date(r, PeriodTo)
		return q
	}
	q.UnderCollection = c.yes(r, UnderCollection)
	q.Purpose = filing.RequestPurpose(c.orElse(r, Purpose, string(filing.PurposeCollection)))
	if q.Purpose == filing.PurposeCollection && !q.UnderCollection {
		c.report(Refused, r, UnderCollection,
			"den som frågas efter för inkasso ska vara föremål för en inkassoåtgärd nu: ange det i kolumnen",
			"who is asked for in collection must be subject of a collection measure now: state it in the column")
	}
	return q
}

// whole reads a whole number; 0 for a blank cell.
func (c *reader) whole(r row, f Field) int64 {
	if r.cells[f] == "" {
		return 0
	}
	n, err := strconv.ParseInt(r.cells[f], 10, 32)
	if err != nil || n < 1 {
		c.report(Refused, r, f, "ange ett heltal från 1", "give a whole number from 1")
	}
	return n
}
