package filingtest

import "filtjanst/filing"

func (b *Builder) caseStatus() filing.Content {
	return &filing.CaseStatus{
		Service:   pick(b, filing.PaymentOrder, filing.Enforcement, filing.Restructuring),
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), State: "ordered", Since: b.past(30), Registered: Today.AddDays(-40),
		Respondent: b.named("Provsson Örjan"), Claimed: b.amount(), Reduced: maybe(b, b.amount()), Received: maybe(b, b.amount()),
		PaidOut: maybe(b, b.amount()), Remaining: b.amount(), Fees: maybe(b, b.amount()),
	}
}

func (b *Builder) partyChange() filing.Content {
	c := &filing.PartyChange{CaseKey: b.caseKey()}
	c.Kind = pick(b, filing.ChangedAddress, filing.ChangedName, filing.ChangedWorkplace, filing.ChangedRepresentative, filing.ChangedPayee, filing.ChangedCreditor)
	switch c.Kind {
	case filing.ChangedAddress, filing.ChangedName:
		p := b.respondent().Party
		if p.Street == "" {
			p.Street, p.PostalCode, p.Town = "Nya gatan 3", "12345", "Provköping"
		}
		c.Party, c.OfRespondent = &p, true
	case filing.ChangedWorkplace:
		c.Workplace, c.OfRespondent = "Provköpings mekaniska verkstad AB", true
	case filing.ChangedRepresentative:
		p := b.company("Ombudsbyrån i Provköping AB")
		c.Representative = maybe(b, &p)
	case filing.ChangedPayee:
		c.Payee = &filing.Payee{Name: "Exempelfordran AB", Kind: filing.PayToPlusgiro, Account: "42"}
	case filing.ChangedCreditor:
		p := b.company("Nyfordran AB")
		c.NewCreditor = &p
		c.Assignment = &filing.Assignment{
			From: b.firm("Exempelfordran AB"), To: filing.Person{Identity: p.Identity, Name: p.Name}, Date: b.past(100), Deposited: maybe(b, "DEP-26-0001"),
		}
	}
	if c.OfRespondent {
		c.Respondent = b.person()
	}
	return c
}
