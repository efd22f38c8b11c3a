package description

import "filtjanst/filing"

func (s *story) portfolio() map[filing.Transaction][]exampleFile {
	report := outgoing("2027-01-04", 1)
	report.PeriodFrom, report.PeriodTo = day("2026-12-01"), day("2026-12-31")
	return map[filing.Transaction][]exampleFile{
		filing.XXStatusReport: {{title: "Läget vid månadens slut", facts: report, documents: s.statuses()}},
		filing.XXPartyChange: {{
			title: "Ny adress, och en överlåten fordran", documents: s.partyChanges(),
			facts: filing.FileFacts{Sequence: 1, Created: day("2027-01-20"), Software: "filtjanst"},
		}},
	}
}

func (s *story) statuses() []filing.Content {
	status := func(service filing.Service, i int, caseNumber, reference, state, since, registered string) *filing.CaseStatus {
		_, respondent := s.parties(i)
		return &filing.CaseStatus{
			Service: service, Reference: reference, CaseNumber: caseNumber, State: state, Since: day(since), Registered: day(registered),
			Respondent: filing.Person{Identity: respondent.Identity, Name: respondent.Name},
		}
	}
	decided := status(filing.PaymentOrder, 0, firstCase, firstReference, "verdict", "2026-12-28", "2026-11-23")
	decided.Claimed, decided.Reduced, decided.Remaining, decided.Fees = filing.SumOf(s.applications[0]), 50000, 235138, 30000
	withdrawn := status(filing.PaymentOrder, 1, secondCase, secondReference, "discontinued", "2026-12-07", "2026-11-23")
	withdrawn.Claimed, withdrawn.Fees = filing.SumOf(s.applications[1]), 30000
	seized := status(filing.Enforcement, 0, seizedCase, firstReference, "registered", "2026-12-28", "2026-12-28")
	seized.Claimed, seized.Remaining, seized.Fees = 235138, 235138, 60000
	return []filing.Content{decided, withdrawn, seized}
}

func (s *story) partyChanges() []filing.Content {
	_, respondent := s.parties(0)
	moved := respondent
	moved.Street, moved.PostalCode, moved.Town = "Nya gatan 3", "54321", "Provstad"
	applicant, _ := s.parties(1)
	buyer := filing.Party{Identity: number("165560000167"), Name: "Testbolaget i Åmål AB", Street: "Box 1", PostalCode: "12345", Town: "Provköping"}
	return []filing.Content{
		&filing.PartyChange{CaseKey: s.key(0, seizedCase, firstReference), Kind: filing.ChangedAddress, OfRespondent: true, Party: &moved},
		&filing.PartyChange{
			CaseKey: filing.CaseKey{CaseNumber: jointCase, Reference: jointReference}, Kind: filing.ChangedCreditor, NewCreditor: &buyer,
			Assignment: &filing.Assignment{
				From: filing.Person{Identity: applicant.Identity, Name: applicant.Name}, To: filing.Person{Identity: buyer.Identity, Name: buyer.Name},
				Date: day("2027-01-15"), Deposited: "D-27-0002",
			},
		},
	}
}
