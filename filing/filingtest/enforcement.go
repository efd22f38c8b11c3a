package filingtest

import (
	"fmt"

	"filtjanst/filing"
	"filtjanst/money"
)

func (b *Builder) enforcementApplication() filing.Content {
	a := &filing.EnforcementApplication{
		Reference: b.reference(), Measure: filing.Payment, Renewed: b.oneIn(8),
		Scope:      pick(b, "", filing.FullScope, filing.LimitedScope, filing.EarningsScope),
		Notice:     pick(b, "", filing.NoticePaper, filing.NoticeElectronic, filing.NoticeBoth),
		Applicants: []filing.Party{b.company("Exempelfordran AB")}, Payee: b.payee(),
		Ground:            "Obetald faktura enligt utslag.\nInga betalningar har gjorts.",
		AlternativeGround: maybe(b, "Avtal om kredit, i andra hand obehörig vinst."),
		Title:             b.title(),
	}
	if b.oneIn(4) {
		a.Measure, a.Property = filing.Repossession, "Personbil, registreringsnummer ABC 123.\nNycklar finns hos gäldenären."
	}
	if b.oneIn(3) {
		p := b.company("Ombudsbyrån i Provköping AB")
		a.Representative = &p
	}
	first := b.respondent()
	a.Respondents = []filing.Debtor{b.debtor(first)}
	if b.oneIn(4) {
		a.Respondents, a.Joint = append(a.Respondents, b.debtor(b.other(first))), true
	}
	for range 1 + b.random.IntN(3) {
		a.Debts = append(a.Debts, b.debt())
	}
	a.Debts = append(a.Debts, filing.Debt{Type: filing.ApplicationFee, Amount: 300 * money.Krona})
	for _, d := range a.Debts {
		a.Total += d.Amount + d.Interest.Accrued
	}
	return a
}

func (b *Builder) debtor(r filing.Respondent) filing.Debtor {
	r.Workplace = maybe(b, "Provköpings mekaniska verkstad AB")
	return filing.Debtor{
		Respondent: r, Occupation: maybe(b, "svarvare"), Domicile: maybe(b, "Provköpings kommun"),
		WorkplaceAddress: maybe(b, "Industrivägen 4, 123 45 Provköping"),
		Circumstances:    maybe(b, "Bor i gårdshuset.\nNås på arbetet före klockan 16."),
	}
}

func (b *Builder) title() filing.Title {
	t := filing.Title{
		Kind: pick(b, filing.TitleJudgment, filing.TitleSettlement, filing.TitlePenaltyOrder, filing.TitleArbitralAward,
			filing.TitleMaintenance, filing.TitleAdministrative, filing.TitleDocument, filing.TitleVerdict,
			filing.TitleEuropeanOrder, filing.TitleNegotiableNote),
		Number: fmt.Sprintf("T %d-25", b.random.IntN(9999)), Issuer: maybe(b, "Provköpings tingsrätt"), Date: Today.AddDays(-200),
		LegalForce: maybe(b, Today.AddDays(-170)), Original: b.oneIn(4), Lodged: b.oneIn(4),
	}
	if b.oneIn(3) {
		t.Creditor = b.firm("Provbygg Syd AB")
		middle := b.firm("Mellanfordran AB")
		t.Assignments = []filing.Assignment{
			{From: t.Creditor, To: middle, Date: Today.AddDays(-150), Deposited: maybe(b, "DEP-26-0001")},
			{From: middle, To: b.firm("Exempelfordran AB"), Date: Today.AddDays(-100)},
		}
	}
	return t
}

func (b *Builder) debt() filing.Debt {
	p := b.capital()
	d := filing.Debt{Type: p.Type, Amount: p.Amount, Interest: p.Interest, DueDate: p.DueDate, InvoiceNumber: p.InvoiceNumber}
	if b.oneIn(4) {
		d.PeriodFrom, d.PeriodTo = p.DueDate.AddDays(-30), p.DueDate
	}
	return d
}

func (b *Builder) confirmedEnforcement() filing.Content {
	c := &filing.ConfirmedEnforcement{
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), Registered: Today, Respondent: b.person(),
		LinkGroup: maybe(b, b.caseNumber()), Fee: 600 * money.Krona, Sum: b.amount(), Title: maybe(b, "U-000017"),
		State: pick(b, filing.StateRegistered, filing.StateDiscontinued, filing.StateAwaitingTitle, filing.StateAwaitingDocuments),
	}
	if c.State == filing.StateAwaitingTitle || c.State == filing.StateAwaitingDocuments {
		c.LodgeBy = b.coming(30)
	}
	return c
}

func (b *Builder) change() filing.Content {
	c := &filing.Change{CaseKey: b.caseKey(), Kind: pick(b, filing.ChangeAmount, filing.ChangeWithdrawal, filing.ChangeDeferral)}
	switch c.Kind {
	case filing.ChangeAmount:
		c.Amount, c.Paid = b.amount(), maybe(b, b.past(30))
	case filing.ChangeDeferral:
		c.Until = b.coming(60)
	case filing.ChangeWithdrawal:
		c.Reason = pick(b, "", filing.WithdrawnPaid, filing.WithdrawnSettled, filing.WithdrawnMistaken, filing.WithdrawnOther)
	}
	return c
}

func (b *Builder) earningsAttachment() filing.Content {
	e := &filing.EarningsAttachment{
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), Decided: b.past(10),
		Kind:     pick(b, filing.EarningsNew, filing.EarningsChanged, filing.EarningsRevoked, filing.EarningsRespite),
		Employer: b.firm("Provköpings mekaniska verkstad AB"), From: b.coming(30), Daily: b.oneIn(4),
	}
	if e.AllAboveReserve = b.oneIn(2); !e.AllAboveReserve {
		e.Amount = b.amount()
	}
	e.Reserve = b.amount()
	if e.Kind == filing.EarningsRespite {
		e.Until = Today.AddDays(90)
	}
	return e
}

func (b *Builder) enforcementReport() filing.Content {
	r := &filing.EnforcementReport{Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber()}
	what := b.random.IntN(3)
	if what != 0 {
		r.Investigation = &filing.Investigation{
			Date: b.past(10), Result: pick(b, filing.AssetsMissing, filing.AssetsPartly, filing.AssetsFound), Planned: maybe(b, b.coming(300)),
			Text: maybe(b, "Gäldenären har inga kända tillgångar.\nNy undersökning planeras."),
		}
	}
	if what != 1 {
		r.Account = b.interimAccount()
	}
	return r
}

func (b *Builder) interimAccount() *filing.InterimAccount {
	a := &filing.InterimAccount{
		Date: b.past(10), Linked: maybe(b, b.amount()), Fees: maybe(b, b.amount()), Interest: maybe(b, b.amount()),
		Costs: maybe(b, b.amount()), Capital: b.amount(), Remaining: b.amount(),
	}
	a.Received = a.Interest + a.Costs + a.Capital + a.Fees
	a.PaidOut = a.Interest + a.Costs + a.Capital
	a.Capital += a.Linked
	return a
}

func (b *Builder) newFee() filing.Content {
	return &filing.NewFee{
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), Respondent: maybe(b, b.person()), FeeDay: b.coming(42),
		Fee: 600 * money.Krona, Unpaid: maybe(b, b.amount()),
	}
}

func (b *Builder) finalAccount() filing.Content {
	f := &filing.FinalAccount{
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), Closed: b.past(10),
		Reason: pick(b, filing.FinalPaid, filing.FinalPaidLinked, filing.FinalWithdrawn, filing.FinalLapsed, filing.FinalDiscontinued,
			filing.FinalDismissed, filing.FinalTitleSetAside, filing.FinalBankruptcy, filing.FinalRestructuring, filing.FinalNoAssets, filing.FinalOther),
		Interest: b.amount(), Restored: maybe(b, b.amount()), Linked: maybe(b, b.amount()), Reduced: maybe(b, b.amount()),
		InterestPaid: b.amount(), Costs: b.amount(), Capital: b.amount(), Fees: maybe(b, b.amount()), Returned: maybe(b, b.amount()),
		TakenBack: maybe(b, money.Amount(1)), FeesUnpaid: maybe(b, b.amount()),
	}
	allocated := f.Capital + f.Costs + f.InterestPaid
	f.Received = allocated + f.Fees + f.Returned
	f.PaidOut = allocated - f.TakenBack
	f.Remaining = f.Interest + f.Restored
	f.Claimed = allocated + f.Linked + f.Reduced
	return f
}
