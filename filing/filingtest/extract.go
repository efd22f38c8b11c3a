package filingtest

import (
	"fmt"

	"filtjanst/filing"
)

func (b *Builder) debtRequest() filing.Content {
	return &filing.ExtractRequest{Reference: b.reference(), Identity: b.person(), Purpose: filing.PurposeCollection, UnderCollection: true}
}

func (b *Builder) procurementRequest() filing.Content {
	return &filing.ExtractRequest{
		Reference: b.reference(), Identity: b.company("x").Identity, Procurement: fmt.Sprintf("Upphandling %d/26", b.made),
		PeriodFrom: b.past(200), PeriodTo: b.coming(400),
	}
}

func (b *Builder) procurementAnswer() filing.Content {
	e := &filing.Extract{Reference: b.reference(), Identity: b.company("x").Identity, Date: b.past(5), Result: filing.ExtractNothing}
	if b.oneIn(3) {
		return e
	}
	e.Result = filing.ExtractFound
	for range 1 + b.random.IntN(3) {
		e.Debts = append(e.Debts, filing.ExtractDebt{
			Public: b.oneIn(2), Kind: pick(b, "verdict", "tax", "administrative"), Title: maybe(b, "T 4711-25"), Amount: b.amount(),
			Established: maybe(b, b.past(900)), DueDate: maybe(b, b.past(900)), Received: maybe(b, b.amount()), Limitation: maybe(b, b.coming(900)),
		})
	}
	return e
}

func (b *Builder) debtAnswer() filing.Content {
	e, _ := b.procurementAnswer().(*filing.Extract)
	e.Identity = b.person()
	if e.Result == filing.ExtractNothing {
		return e
	}
	for range b.random.IntN(3) {
		e.Measures = append(e.Measures, filing.ExtractMeasure{Kind: pick(b, "attachment", "earnings_attachment", "investigation"), Date: b.past(300), Text: maybe(b, "Lön utmätt")})
	}
	for range b.random.IntN(2) {
		e.Restructurings = append(e.Restructurings, filing.ExtractRestructuring{Business: b.oneIn(2), Stage: pick(b, "opened", "granted", "ended"), Date: b.past(300)})
	}
	for range b.random.IntN(3) {
		e.Accounts = append(e.Accounts, filing.ExtractAccount{Date: b.past(300), Amount: b.amount()})
	}
	return e
}

func (b *Builder) factID() string { return fmt.Sprintf("F%09d", b.random.IntN(1_000_000_000)) }

func (b *Builder) creditAction() filing.CreditAction {
	return pick(b, filing.CreditAdd, filing.CreditRemove)
}

func (b *Builder) creditLine() filing.Content {
	l := &filing.CreditLine{Action: b.creditAction(), ID: b.factID(), Identity: b.person(), Name: maybe(b, "Provsson Örjan")}
	switch b.random.IntN(7) {
	case 0:
		l.PublicCase = &filing.CreditPublicCase{
			CaseNumber: b.caseNumber(), Kind: "SKATT", Notice: pick(b, "given", "unnecessary"), FundType: maybe(b, "36"),
			Year: maybe(b, int64(2025)), Term: maybe(b, "2"), Amount: b.amount(), Registered: b.past(300),
		}
	case 1:
		l.Investigation = &filing.CreditInvestigation{CaseNumber: b.caseNumber(), Measure: "assets_missing", Date: b.past(300), Amount: maybe(b, b.amount())}
	case 2:
		l.Repossession = &filing.CreditRepossession{CaseNumber: b.caseNumber(), Date: b.past(300), Amount: maybe(b, b.amount())}
	case 3:
		l.Restructuring = &filing.CreditRestructuring{MatterNumber: b.matterNumber(), Measure: "opened", Business: b.oneIn(2), Date: b.past(300), Until: maybe(b, b.coming(900))}
	case 4:
		l.Bankruptcy = &filing.CreditBankruptcy{CaseNumber: b.caseNumber(), Court: "Provköpings tingsrätt", Measure: "ended", Ended: maybe(b, "10:1"), Date: b.past(300)}
	case 5:
		l.Administrator = &filing.CreditAdministrator{CaseNumber: b.caseNumber(), Administrator: "Förvaltare Prov", Phone: maybe(b, "080000000"), From: b.past(300)}
	case 6:
		l.Reorganisation = &filing.CreditReorganisation{CaseNumber: b.caseNumber(), Court: "Provköpings tingsrätt", Measure: "opened", Date: b.past(300)}
	}
	return l
}

func (b *Builder) creditPaymentOrder() filing.Content {
	return &filing.CreditPaymentOrder{
		Action: b.creditAction(), ID: b.factID(), Identity: b.person(), Name: maybe(b, "Provsson Örjan"), CaseNumber: b.caseNumber(),
		Kind: pick(b, "application", "verdict"), Number: maybe(b, "U-000017"), Applicant: maybe(b, "Exempelfordran AB"), Date: b.past(300), Amount: maybe(b, b.amount()),
	}
}

func (b *Builder) creditBalance() filing.Content {
	return &filing.CreditBalance{
		Action: b.creditAction(), Identity: b.person(), Name: maybe(b, "Provsson Örjan"), Date: b.past(10),
		PrivateCases: int64(b.random.IntN(5)), PrivateAmount: maybe(b, b.amount()), PublicCases: int64(b.random.IntN(5)), PublicAmount: maybe(b, b.amount()),
	}
}
