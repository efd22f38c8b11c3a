package filing

import (
	"filtjanst/calendar"
	"filtjanst/money"
)

func caseStatusShape() shape[CaseStatus] {
	amount := func(name, swedish, english string, at func(*CaseStatus) *money.Amount) member[CaseStatus] {
		return amountOf(named(name, swedish, english, required), at)
	}
	return append(shape[CaseStatus]{
		symbolOf(named("service", "Tjänst", "Service", required), func(s *CaseStatus) *Service { return &s.Service }, PaymentOrder, Enforcement, Restructuring),
		echoed(func(s *CaseStatus) *string { return &s.Reference }),
		caseNumber(func(s *CaseStatus) *string { return &s.CaseNumber }),
		stringOf(named("state", "Läge", "State", required), func(s *CaseStatus) *string { return &s.State }),
		dateOf(named("since", "Sedan", "Since", required), func(s *CaseStatus) *calendar.Day { return &s.Since }),
		dateOf(named("registered", "Registrerat", "Day of registration", required), func(s *CaseStatus) *calendar.Day { return &s.Registered }),
		amount("claimed", "Skuld vid registreringen", "Debt at registration", func(s *CaseStatus) *money.Amount { return &s.Claimed }),
		amount("reduced", "Nedsatt", "Reduced", func(s *CaseStatus) *money.Amount { return &s.Reduced }),
		amount("received", "Influtet", "Received", func(s *CaseStatus) *money.Amount { return &s.Received }),
		amount("paid_out", "Utbetalt", "Paid out", func(s *CaseStatus) *money.Amount { return &s.PaidOut }),
		amount("remaining", "Återstår", "Remaining", func(s *CaseStatus) *money.Amount { return &s.Remaining }),
		amount("fees", "Avgifter i målet", "Fees in the case", func(s *CaseStatus) *money.Amount { return &s.Fees }),
	}, personShape("respondent", "Svarande", "Respondent", func(s *CaseStatus) *Person { return &s.Respondent })...)
}

func partyChangeShape() shape[PartyChange] {
	return shape[PartyChange]{
		insideOf(func(c *PartyChange) *CaseKey { return &c.CaseKey }, keyShape()),
		symbolOf(named("kind", "Slag av ändring", "Kind of change", required), func(c *PartyChange) *PartyChangeKind { return &c.Kind },
			ChangedAddress, ChangedName, ChangedWorkplace, ChangedRepresentative, ChangedPayee, ChangedCreditor),
		flagOf(named("of_respondent", "Gäller svaranden", "Of the respondent"), func(c *PartyChange) *bool { return &c.OfRespondent }),
		stringOf(named("workplace", "Arbetsplats", "Workplace", sensitive, free), func(c *PartyChange) *string { return &c.Workplace }),
		maybeOf(titled("party", "Nya uppgifter", "New data"), func(c *PartyChange) **Party { return &c.Party }, partyShape()),
		maybeOf(representativeGroup(), func(c *PartyChange) **Party { return &c.Representative }, partyShape()),
		maybeOf(payeeGroup(), func(c *PartyChange) **Payee { return &c.Payee }, payeeShape()),
		maybeOf(titled("assignment", "Överlåtelse", "Assignment"), func(c *PartyChange) **Assignment { return &c.Assignment }, assignmentShape()),
		maybeOf(titled("new_creditor", "Ny borgenär", "New creditor"), func(c *PartyChange) **Party { return &c.NewCreditor }, partyShape(required)),
	}
}
