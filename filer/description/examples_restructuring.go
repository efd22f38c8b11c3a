package description

import (
	"filtjanst/filing"
	"filtjanst/money"
)

const (
	matter         = "SKS-2027-000003"
	claimReference = "27-0000102"
)

func restructured() filing.Person {
	return filing.Person{Identity: number("198112189876"), Name: "Provsson Åsa"}
}

func restructuringExamples() map[filing.Transaction][]exampleFile {
	confirmed := outgoing("2027-06-21", 1)
	confirmed.FileName = "ABC.FORDRAN"
	return map[filing.Transaction][]exampleFile{
		filing.SCOpening: {{title: "Inledandebeslut för en gäldenär", facts: outgoing("2027-06-07", 1), documents: []filing.Content{&filing.RestructuringOpening{
			Reference: jointReference, CaseNumber: jointCase, MatterNumber: matter, Debtor: restructured(),
			Decided: day("2027-06-04"), Announced: day("2027-06-07"), LastDay: day("2027-07-05"),
		}}}},
		filing.SCClaim: {{
			title: "Anmälan av två fordringar i ett ärende", documents: []filing.Content{claimReport()},
			facts: filing.FileFacts{Sequence: 1, Created: day("2027-06-21"), Software: "filtjanst"},
		}},
		filing.SCConfirmation: {{title: "Bekräftelse av anmälan", facts: confirmed, documents: []filing.Content{&filing.ConfirmedClaim{
			Reference: claimReference, ClaimNumber: "CLM-2027-000009", MatterNumber: matter, Registered: day("2027-06-21"), Status: filing.ClaimRegistered, Sum: 4288910,
		}}}},
	}
}

func claimReport() *filing.ClaimReport {
	const name = "Exempelfordran AB"
	creditor := number("165599990024")
	return &filing.ClaimReport{
		Reference: claimReference, MatterNumber: matter, Debtor: restructured(), Total: 4288910,
		Creditor: filing.Party{Identity: creditor, Name: name, Street: "Testvägen 3", PostalCode: "12345", Town: "Provköping"},
		Payee:    filing.Payee{Identity: creditor, Name: name, Kind: filing.PayToBankgiro, Account: "9912346"},
		Claims: []filing.ReportedClaim{
			{Amount: 2740000, Interest: 308910, Origin: day("2026-01-29"), DueDate: day("2026-02-28"), CaseNumber: jointCase,
				Ground: "Dom 2026-09-14 i mål T 118-26.", Guarantor: filing.Person{Identity: number("199006022397"), Name: "Provsson Örjan"}},
			{Amount: 12400 * money.Krona, Origin: day("2026-05-02"), DueDate: day("2027-12-31"), NotDue: true,
				Ground: "Avbetalningsköp 2026-05-02.", Security: "Återtagandeförbehåll i en släpvagn.", SecurityAmount: 6000 * money.Krona},
		},
	}
}
