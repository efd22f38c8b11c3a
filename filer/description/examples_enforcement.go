package description

import (
	"filtjanst/filing"
	"filtjanst/money"
)

// Two more cases: debtors who are jointly liable by a judgment.
const (
	jointCase, otherJointCase = "U-2027-0000007", "U-2027-0000008"
	jointReference            = "27-0000044"
)

func (s *story) enforcement() map[filing.Transaction][]exampleFile {
	applied := filing.FileFacts{Sequence: 1, Created: day("2027-01-11"), Software: "filtjanst"}
	changed := applied
	changed.Created = day("2027-02-08")
	title := "Målet från utslaget"
	return map[filing.Transaction][]exampleFile{
		filing.VEApplication:     {{title: "Dom mot två solidariskt ansvariga, fordran överlåten", facts: applied, documents: []filing.Content{s.judgment()}}},
		filing.VEApplicationNote: {{title: "Missiv till filen", noteTo: filing.VEApplication}},
		filing.VEConfirmation:    s.registered(),
		filing.VEChange:          {{title: "Nytt belopp, uppskov och återkallelse", facts: changed, documents: s.changes()}},
		filing.VEEarningsAttachment: {{title: title, facts: outgoing("2027-02-15", 1), documents: []filing.Content{&filing.EarningsAttachment{
			Reference: firstReference, CaseNumber: seizedCase, Kind: filing.EarningsNew, Decided: day("2027-02-15"),
			Employer: filing.Person{Identity: number("165560000167"), Name: "Testbolaget i Åmål AB"},
			Amount:   700 * money.Krona, Reserve: 14200 * money.Krona, From: day("2027-03-25"),
		}}}},
		filing.VEInterimAccount: {{title: "Utredningsrapport i ett mål och delredovisning i ett annat", facts: outgoing("2027-05-03", 1), documents: s.reports()}},
		filing.VENewFee: {{title: title, facts: outgoing("2027-11-16", 1), documents: []filing.Content{&filing.NewFee{
			Reference: firstReference, CaseNumber: seizedCase, Respondent: s.key(0, "", "").Respondent, FeeDay: day("2027-12-28"), Fee: 600 * money.Krona,
		}}}},
		filing.VEFinalAccount: {{title: title + ", betalt", facts: outgoing("2028-02-01", 1), documents: []filing.Content{&filing.FinalAccount{
			Reference: firstReference, CaseNumber: seizedCase, Closed: day("2028-01-31"), Reason: filing.FinalPaid,
			Claimed: 235138, Interest: 14862, Reduced: 30000, Received: 340000, InterestPaid: 22300, Costs: 98000, Capital: 99700,
			Fees: 120000, PaidOut: 220000,
		}}}},
	}
}

// judgment is an application on a judgment whose creditor has assigned it.
func (s *story) judgment() *filing.EnforcementApplication {
	applicant, _ := s.parties(1)
	former := filing.Person{Identity: number("165560000167"), Name: "Testbolaget i Åmål AB"}
	debtor := func(twelve, name, street string) filing.Debtor {
		return filing.Debtor{Respondent: filing.Respondent{Party: filing.Party{Identity: number(twelve), Name: name, Street: street, PostalCode: "12345", Town: "Provköping"}}}
	}
	first := debtor("198112189876", "Provsson Åsa", "Testgatan 4")
	first.Occupation, first.Workplace, first.WorkplaceAddress = "svarvare", "Provköpings verkstad AB", "Industrivägen 4, 123 45 Provköping"
	second := debtor("199006022397", "Provsson Örjan", "Testgatan 12 lgh 1102")
	second.Circumstances = "Nås på arbetet före klockan 16."
	return &filing.EnforcementApplication{
		Reference: jointReference, Measure: filing.Payment, Scope: filing.FullScope, Joint: true,
		Applicants: []filing.Party{applicant}, Respondents: []filing.Debtor{first, second},
		Title: filing.Title{
			Kind: filing.TitleJudgment, Number: "T 118-26", Issuer: "Provköpings tingsrätt", Date: day("2026-09-14"), LegalForce: day("2026-10-06"), Creditor: former,
			Assignments: []filing.Assignment{{From: former, To: filing.Person{Identity: applicant.Identity, Name: applicant.Name}, Date: day("2026-11-02"), Deposited: "D-26-0031"}},
		},
		Debts: []filing.Debt{
			{Type: filing.Capital, Amount: 2450000, DueDate: day("2026-02-28"), InvoiceNumber: "3318",
				Interest: filing.Interest{Kind: filing.InterestAct, From: day("2026-03-01"), Accrued: 212110, AccruedTo: day("2027-01-11")}},
			{Type: filing.OtherCost, Amount: 290000},
		},
		Ground: "Köpeskilling för byggvaror enligt dom.\nRättegångskostnader enligt samma dom.", Total: 2952110,
	}
}

// registered are confirmations with each of the three start records.
func (s *story) registered() []exampleFile {
	debtors := s.judgment().Respondents
	facts := func(made string, sequence int64, origin filing.Origin) filing.FileFacts {
		f := outgoing(made, sequence)
		f.Origin = origin
		return f
	}
	fromFile := facts("2027-01-11", 2, filing.OriginFile)
	fromFile.FileName, fromFile.ReadIn = "ABC.EMALIN", day("2027-01-11")
	joint := func(caseNumber string, i int, fee money.Amount) *filing.ConfirmedEnforcement {
		return &filing.ConfirmedEnforcement{
			Reference: jointReference, CaseNumber: caseNumber, Registered: day("2027-01-11"), Respondent: debtors[i].Identity, LinkGroup: jointCase,
			Fee: fee, Sum: 2952110, State: filing.StateAwaitingDocuments, LodgeBy: day("2027-02-08"), Title: "T 118-26",
		}
	}
	return []exampleFile{
		{title: "Mål från ett utslag", facts: facts("2026-12-28", 1, filing.OriginPaymentOrder), documents: []filing.Content{&filing.ConfirmedEnforcement{
			Reference: firstReference, CaseNumber: seizedCase, Registered: day("2026-12-28"), Respondent: s.key(0, "", "").Respondent,
			Fee: 600 * money.Krona, Sum: 235138, State: filing.StateRegistered, Title: "U2026-0000001",
		}}},
		{title: "Mål från en fil: solidariskt ansvariga, ett mål per gäldenär, en grundavgift för båda", facts: fromFile, documents: []filing.Content{
			joint(jointCase, 0, 600*money.Krona), joint(otherJointCase, 1, 0),
		}},
		{title: "Mål som registrerats manuellt", facts: facts("2027-01-12", 3, filing.OriginManual), documents: []filing.Content{&filing.ConfirmedEnforcement{
			CaseNumber: "U-2027-0000011", Registered: day("2027-01-12"), Respondent: debtors[0].Identity, Fee: 600 * money.Krona, Sum: 880000,
			State: filing.StateRegistered, Title: "T 205-26",
		}}},
	}
}

func (s *story) changes() []filing.Content {
	return []filing.Content{
		&filing.Change{CaseKey: s.key(0, seizedCase, firstReference), Kind: filing.ChangeAmount, Amount: 205138, Paid: day("2027-02-05")},
		&filing.Change{CaseKey: filing.CaseKey{CaseNumber: jointCase, Reference: jointReference}, Kind: filing.ChangeDeferral, Until: day("2027-04-08")},
		&filing.Change{CaseKey: filing.CaseKey{CaseNumber: "U-2027-0000011"}, Kind: filing.ChangeWithdrawal, Reason: filing.WithdrawnSettled},
	}
}

func (s *story) reports() []filing.Content {
	return []filing.Content{
		&filing.EnforcementReport{Reference: jointReference, CaseNumber: jointCase, Investigation: &filing.Investigation{
			Date: day("2027-04-29"), Result: filing.AssetsMissing, Planned: day("2027-10-29"),
			Text: "Gäldenären har inga kända utmätningsbara tillgångar.\nNy kontroll av inkomster planeras.",
		}},
		&filing.EnforcementReport{Reference: firstReference, CaseNumber: seizedCase, Account: &filing.InterimAccount{
			Date: day("2027-04-30"), Received: 140000, Fees: 60000, Interest: 9120, Costs: 70880, PaidOut: 80000, Remaining: 126820,
		}},
	}
}
