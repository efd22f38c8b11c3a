package description

import (
	"maps"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Case numbers of the story.
const (
	firstCase  = "2026-0000001"
	secondCase = "2026-0000002"
	seizedCase = "U-2026-0000001" // the first case, in enforcement
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

// number reads a test number that stands in the program.
func number(twelve string) identity.Number {
	n, err := identity.Parse12(twelve)
	if err != nil {
		panic("filtjanst: an example has a number that does not hold: " + err.Error())
	}
	return n
}

// table is all that the story holds.
func (s *story) table() map[filing.Transaction][]exampleFile {
	all := s.paymentOrder()
	for _, more := range []map[filing.Transaction][]exampleFile{
		s.enforcement(), restructuringExamples(), extractExamples(), s.portfolio(), receiptExamples(),
	} {
		maps.Copy(all, more)
	}
	return all
}

// parties of the first and second application.
func (s *story) parties(i int) (filing.Party, filing.Party) {
	a, _ := s.applications[i].(*filing.Application)
	return a.Applicants[0], a.Respondents[0].Party
}

// key names a case with its parties.
func (s *story) key(i int, caseNumber, reference string) filing.CaseKey {
	applicant, respondent := s.parties(i)
	return filing.CaseKey{CaseNumber: caseNumber, Reference: reference, Applicant: applicant.Identity, Respondent: respondent.Identity}
}

const (
	firstReference  = "26-0081234"
	secondReference = "26-0081310"
)

func (s *story) paymentOrder() map[filing.Transaction][]exampleFile {
	paid := day("2026-12-04")
	applied := filing.FileFacts{Sequence: 1, Created: s.day, Software: "filtjanst"}
	withdrawn := applied
	withdrawn.Created = day("2026-12-07")
	return map[filing.Transaction][]exampleFile{
		filing.BFApplication:     {{title: "Fil med två ansökningar", facts: applied, documents: s.applications}},
		filing.BFApplicationNote: {{title: "Missiv till filen", noteTo: filing.BFApplication}},
		filing.BFConfirmation: {{
			title: "Bekräftelse av filen", facts: filing.FileFacts{Sequence: 1, FileName: "ABC.ANSOKAN", ReadIn: s.day}, documents: s.confirmed(),
		}},
		filing.BFReduction: {{
			title: "Den ena gäldenären har betalat 500 kronor på den andra fakturan", facts: withdrawn,
			documents: []filing.Content{&filing.Reduction{CaseKey: s.key(0, firstCase, firstReference), Part: 2, Kind: filing.ReduceBy, Amount: 500 * money.Krona, Paid: paid}},
		}},
		filing.BFWithdrawal: {{
			title: "Ett mål som betalats, och en ansökan som ännu saknar målnummer", facts: withdrawn,
			documents: []filing.Content{
				&filing.Withdrawal{CaseKey: s.key(1, secondCase, secondReference), Reason: filing.WithdrawnPaid, Paid: paid},
				&filing.Withdrawal{CaseKey: filing.CaseKey{Sequence: 2, Reference: "26-0081402"}, Reason: filing.WithdrawnMistaken},
			},
		}},
		filing.BFEvent:   {{title: "Föreläggande, delgivning och ett återkallat mål", facts: outgoing("2026-12-11", 3), documents: s.events()}},
		filing.BFVerdict: {{title: "Utslag, efter nedsättningen", facts: outgoing("2026-12-28", 1), documents: []filing.Content{s.verdict()}}},
	}
}

// outgoing are the facts of a file that the authority makes.
func outgoing(made string, sequence int64) filing.FileFacts {
	return filing.FileFacts{Sequence: sequence, Created: day(made)}
}

func (s *story) confirmed() []filing.Content {
	return []filing.Content{
		&filing.ConfirmedCase{Reference: firstReference, CaseNumber: firstCase, Registered: s.day, Fee: 300 * money.Krona, Sum: filing.SumOf(s.applications[0]), State: filing.StateRegistered},
		&filing.ConfirmedCase{Reference: secondReference, CaseNumber: secondCase, Registered: s.day, Fee: 300 * money.Krona, Sum: filing.SumOf(s.applications[1]), State: filing.StateRegistered},
	}
}

func (s *story) events() []filing.Content {
	_, respondent := s.parties(0)
	return []filing.Content{
		&filing.PaymentOrderEvent{Reference: firstReference, CaseNumber: firstCase, Event: filing.EventOrdered, Date: day("2026-11-26"), Respondent: respondent.Identity},
		&filing.PaymentOrderEvent{Reference: firstReference, CaseNumber: firstCase, Event: filing.EventServed, Date: day("2026-12-10"), Respondent: respondent.Identity, LastDay: day("2026-12-21")},
		&filing.PaymentOrderEvent{Reference: secondReference, CaseNumber: secondCase, Event: filing.EventDiscontinued, Date: day("2026-12-07"), Remark: "Återkallad av sökanden."},
	}
}

// verdict grants the first application but for what was paid; interest is
// counted to the day of the verdict.
func (s *story) verdict() *filing.PaymentOrderVerdict {
	applicant, respondent := s.parties(0)
	act := func(from string) filing.Interest { return filing.Interest{Kind: filing.InterestAct, From: day(from)} }
	return &filing.PaymentOrderVerdict{
		Reference: firstReference, CaseNumber: firstCase, VerdictNumber: "U2026-0000001", Date: day("2026-12-28"),
		Applicant:   filing.Person{Identity: applicant.Identity, Name: applicant.Name},
		Respondents: []filing.VerdictRespondent{{Person: filing.Person{Identity: respondent.Identity, Name: respondent.Name}, EnforcementCase: seizedCase}},
		Parts: []filing.GrantedPart{
			{Part: 1, Type: filing.Capital, Amount: 44900, Interest: act("2026-07-01"), Accrued: 2227},
			{Part: 2, Type: filing.Capital, Amount: 84800, Interest: act("2026-08-01"), Accrued: 5211},
			{Part: 3, Type: filing.ReminderFee, Amount: 6000}, {Part: 4, Type: filing.ReminderFee, Amount: 6000},
			{Part: 5, Type: filing.CollectionCost, Amount: 18000}, {Part: 6, Type: filing.ApplicationFee, Amount: 30000}, {Part: 7, Type: filing.OwnWork, Amount: 38000},
		},
		Interest: 7438, Costs: 68000, Total: 235138, Enforced: true,
	}
}
