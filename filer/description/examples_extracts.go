package description

import (
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

func extractExamples() map[filing.Transaction][]exampleFile {
	debtor, firm := number("199006022397"), number("165560000167")
	asked := filing.FileFacts{Sequence: 1, Created: day("2027-01-18"), Software: "filtjanst", Requester: "Handläggare 12, inkassoenheten"}
	answered := func(name string) filing.FileFacts {
		f := outgoing("2027-01-19", 1)
		f.FileName = name
		return f
	}
	return map[filing.Transaction][]exampleFile{
		filing.DERequest: {{title: "Frågor om två personer", facts: asked, documents: []filing.Content{
			&filing.ExtractRequest{Reference: firstReference, Identity: debtor, Purpose: filing.PurposeCollection, UnderCollection: true},
			&filing.ExtractRequest{Reference: jointReference, Identity: number("198112189876"), Purpose: filing.PurposeCollection, UnderCollection: true},
		}}},
		filing.DEAnswer: {{title: "Utdrag om de två personerna", facts: answered("ABC.UTDRAG"), documents: []filing.Content{
			debtExtract(debtor),
			&filing.Extract{Reference: jointReference, Identity: number("198112189876"), Date: day("2027-01-19"), Result: filing.ExtractNothing},
		}}},
		filing.PERequest: {{title: "Fråga om en anbudsgivare", facts: asked, documents: []filing.Content{&filing.ExtractRequest{
			Reference: "A-7", Identity: firm, Procurement: "Ramavtal städning 2027/14", PeriodFrom: day("2026-12-01"), PeriodTo: day("2028-11-30"),
		}}}},
		filing.PEAnswer: {{title: "Utdrag om anbudsgivaren", facts: answered("ABC.UPPHANDLING"), documents: []filing.Content{&filing.Extract{
			Reference: "A-7", Identity: firm, Date: day("2027-01-19"), Result: filing.ExtractFound,
			Debts: []filing.ExtractDebt{{Public: true, Kind: "tax", Amount: 1840000, DueDate: day("2026-11-12")}},
		}}}},
		filing.CEExtract:             {{title: "Skillnad mot leveransen före", facts: delivered(filing.Difference), documents: creditFacts(debtor, firm)}},
		filing.CEPaymentOrderExtract: {{title: "Hela registret", facts: delivered(filing.FullDelivery), documents: creditOrders(debtor)}},
		filing.CEDebtBalanceExtract: {{title: "Skillnad mot leveransen före", facts: delivered(filing.Difference), documents: []filing.Content{
			&filing.CreditBalance{Action: filing.CreditAdd, Identity: debtor, Name: "Provsson Örjan", Date: day("2027-05-03"), PrivateCases: 1, PrivateAmount: 126820},
			&filing.CreditBalance{Action: filing.CreditRemove, Identity: firm, Date: day("2027-05-03")},
		}}},
	}
}

func delivered(kind filing.Delivery) filing.FileFacts {
	f := outgoing("2027-05-03", 128)
	f.Delivery, f.PeriodTo = kind, day("2027-05-03")
	return f
}

func debtExtract(debtor identity.Number) *filing.Extract {
	return &filing.Extract{
		Reference: firstReference, Identity: debtor, Date: day("2027-01-19"), Result: filing.ExtractFound,
		Debts: []filing.ExtractDebt{
			{Kind: "verdict", Title: "U2026-0000001", Amount: 235138, Established: day("2026-12-28")},
			{Public: true, Kind: "tax", Amount: 412000, DueDate: day("2026-11-12"), Received: 100000, Limitation: day("2031-12-31")},
		},
		Measures: []filing.ExtractMeasure{{Kind: "attachment", Date: day("2026-12-15"), Text: "Överskjutande skatt"}},
		Accounts: []filing.ExtractAccount{{Date: day("2026-12-18"), Amount: 1000 * money.Krona}},
	}
}

func creditFacts(debtor, firm identity.Number) []filing.Content {
	line := func(action filing.CreditAction, id string, n identity.Number, name string) *filing.CreditLine {
		return &filing.CreditLine{Action: action, ID: id, Identity: n, Name: name}
	}
	public := line(filing.CreditAdd, "A-4501", firm, "Testbolaget i Åmål AB")
	public.PublicCase = &filing.CreditPublicCase{
		CaseNumber: "A-2027-0000032", Kind: "skatt", Notice: "given", FundType: "36", Year: 2026, Amount: 1840000, Registered: day("2027-04-12"),
	}
	report := line(filing.CreditAdd, "U-0915", debtor, "Provsson Örjan")
	report.Investigation = &filing.CreditInvestigation{CaseNumber: otherJointCase, Measure: "assets_missing", Date: day("2027-04-29"), Amount: 2952110}
	bankruptcy := line(filing.CreditAdd, "K-0077", firm, "Testbolaget i Åmål AB")
	bankruptcy.Bankruptcy = &filing.CreditBankruptcy{CaseNumber: "K 55-27", Court: "Provköpings tingsrätt", Measure: "opened", Date: day("2027-04-30")}
	gone := line(filing.CreditRemove, "A-4388", debtor, "")
	gone.PublicCase = &filing.CreditPublicCase{CaseNumber: "A-2026-0000911", Kind: "skatt", Notice: "given", Registered: day("2026-12-01")}
	return []filing.Content{public, report, bankruptcy, gone}
}

func creditOrders(debtor identity.Number) []filing.Content {
	return []filing.Content{
		&filing.CreditPaymentOrder{
			Action: filing.CreditAdd, ID: "B-2207", Identity: debtor, Name: "Provsson Örjan", CaseNumber: firstCase, Kind: "verdict", Number: "U2026-0000001",
			Applicant: "Exempeltelefoni AB", Date: day("2026-12-28"), Amount: 235138,
		},
	}
}
