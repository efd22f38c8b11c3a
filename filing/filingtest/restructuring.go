package filingtest

import (
	"fmt"

	"filtjanst/filing"
)

func (b *Builder) matterNumber() string { return fmt.Sprintf("SKS-26-%06d", 1+b.random.IntN(999_999)) }

func (b *Builder) claimReport() filing.Content {
	c := &filing.ClaimReport{
		Reference: b.reference(), MatterNumber: b.matterNumber(), Debtor: b.named("Provsson Örjan"),
		Creditor: b.company("Exempelfordran AB"),
		Payee:    filing.Payee{Name: "Exempelfordran AB", Kind: filing.PayToBankgiro, Account: "9912346", Identity: maybe(b, b.company("x").Identity)},
	}
	if b.oneIn(3) {
		p := b.company("Ombudsbyrån i Provköping AB")
		c.Representative = &p
	}
	for range 1 + b.random.IntN(3) {
		one := b.reportedClaim()
		c.Claims = append(c.Claims, one)
		c.Total += one.Amount + one.Interest
	}
	return c
}

func (b *Builder) reportedClaim() filing.ReportedClaim {
	origin := Today.AddDays(-400 - b.random.IntN(400))
	c := filing.ReportedClaim{
		Amount: b.amount(), Interest: maybe(b, b.amount()), Origin: origin, DueDate: maybe(b, origin.AddDays(30)), CaseNumber: maybe(b, b.caseNumber()),
		Ground: maybe(b, "Kreditavtal 2024-03-01.\nUppsagt till betalning."), Disputed: b.oneIn(5), CounterPerformance: b.oneIn(5),
		Condition: maybe(b, "Gäller om hyresavtalet upphör.\nDärefter ovillkorad."),
	}
	if b.oneIn(4) {
		c.NotDue, c.DueDate = true, b.coming(300)
	}
	if b.oneIn(3) {
		c.Security, c.SecurityAmount = "Pantbrev i fastigheten Prov 1:1.\nBästa rätt.", b.amount()
	}
	if b.oneIn(4) {
		c.Guarantor = b.named("Borgensson Åke")
	}
	return c
}

func (b *Builder) confirmedClaim() filing.Content {
	return &filing.ConfirmedClaim{
		Reference: b.reference(), ClaimNumber: fmt.Sprintf("FA-26-%06d", b.random.IntN(999_999)), MatterNumber: b.matterNumber(),
		Registered: Today, Late: b.oneIn(3), Sum: b.amount(),
		Status: pick(b, filing.ClaimRegistered, filing.ClaimProposed, filing.ClaimLeftOut, filing.ClaimPlanned, filing.ClaimEnded,
			filing.ClaimDischarged, filing.ClaimLapsed, filing.ClaimWithdrawn),
	}
}

func (b *Builder) opening() filing.Content {
	return &filing.RestructuringOpening{
		Reference: maybe(b, b.reference()), CaseNumber: maybe(b, b.caseNumber()), MatterNumber: b.matterNumber(), Debtor: b.named("Provsson Örjan"),
		Decided: b.past(10), Announced: b.past(10), LastDay: b.coming(30), Business: b.oneIn(3),
	}
}
