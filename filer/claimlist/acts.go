package claimlist

import (
	"io"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Act is one row of a list of what is to be done to cases.
type Act struct {
	Row        int
	Reference  string
	CaseNumber string
	Respondent identity.Number // the only one that is meant; zero = all
	Amount     *money.Amount
	Way        filing.ReductionKind // "" where the row does not say
	Part       int64
	Paid       calendar.Day
	Until      calendar.Day
	Reason     filing.WithdrawalReason
	Change     *filing.PartyChange // without its key
}

// ActList is what became of a list of acts: those that can be used, and a
// report of the rest.
type ActList struct {
	Acts   []Act
	Report Report
}

// ReadActs reads a list of acts. What the rows do is for the caller to say;
// changes of party data are read where the list has a column for them.
func ReadActs(r io.Reader, json bool, o Options) (*ActList, error) {
	b, err := o.begin(r, json)
	if err != nil {
		return nil, err
	}
	list := &ActList{}
	for _, r := range b.table.rows {
		c := b.reading(r)
		a := c.act(r)
		b.report.Cases++
		b.report.add(c.problems...)
		if c.refused() {
			b.report.Refused++
			continue
		}
		b.report.Made++
		list.Acts = append(list.Acts, a)
	}
	list.Report = *b.report
	return list, nil
}

func (c *reader) act(r row) Act {
	a := Act{
		Row: r.number, Reference: c.text(r, Reference), CaseNumber: c.text(r, CaseNumber), Respondent: c.maybe(r, Respondent),
		Way: filing.ReductionKind(c.code(r, ReductionWay)), Part: c.whole(r, PartNumber),
		Paid: c.date(r, PaidOn), Until: c.date(r, DeferUntil), Reason: filing.WithdrawalReason(c.code(r, Reason)),
	}
	if a.Reference == "" && a.CaseNumber == "" {
		c.report(Refused, r, Reference, "ange egen referens eller målnummer", "give an own reference or a case number")
	}
	if r.cells[ActAmount] != "" {
		amount := c.cost(r, ActAmount)
		a.Amount = &amount
	}
	if !a.Paid.IsZero() && a.Paid > c.Today {
		c.report(Refused, r, PaidOn, "betaldagen ligger i framtiden", "the day of payment lies ahead")
	}
	if r.cells[ChangeKind] != "" {
		a.Change = c.partyChange(r)
	}
	return a
}

func (c *reader) partyChange(r row) *filing.PartyChange {
	p := &filing.PartyChange{Kind: filing.PartyChangeKind(c.code(r, ChangeKind)), OfRespondent: c.orElse(r, ChangedSide, "respondent") == "respondent"}
	switch p.Kind {
	case filing.ChangedAddress, filing.ChangedName:
		p.Party = c.party(r)
	case filing.ChangedWorkplace:
		p.Workplace = c.needed(r, Workplace)
	case filing.ChangedRepresentative:
		if p.OfRespondent = false; r.cells[Name] != "" {
			p.Representative = c.party(r)
		}
	case filing.ChangedPayee:
		p.OfRespondent, p.Payee = false, c.payee(r)
	case filing.ChangedCreditor:
		p.OfRespondent = false
		p.NewCreditor = c.party(r)
		p.Assignment = &filing.Assignment{
			From: filing.Person{Identity: c.identity(r, FromIdentity), Name: c.needed(r, FromName)},
			To:   filing.Person{Identity: c.identity(r, Identity), Name: c.needed(r, Name)}, Date: c.date(r, AssignedOn), Deposited: c.text(r, Deposited),
		}
		if p.Assignment.Date.IsZero() {
			c.report(Refused, r, AssignedOn, "ange överlåtelsedagen", "give the day of the assignment")
		}
	}
	return p
}

func (c *reader) party(r row) *filing.Party {
	p := &filing.Party{Identity: c.maybe(r, Identity), Name: c.needed(r, Name)}
	c.address(r, p)
	return p
}

func (c *reader) payee(r row) *filing.Payee {
	p := &filing.Payee{Identity: c.maybe(r, Identity), Name: c.needed(r, Name)}
	switch {
	case r.cells[Bankgiro] != "":
		giro, err := identity.ParseBankgiro(r.cells[Bankgiro])
		if err != nil {
			c.refuse(r, Bankgiro, err)
		}
		p.Kind, p.Account = filing.PayToBankgiro, digitsOf(giro.String())
	case r.cells[Plusgiro] != "":
		giro, err := identity.ParsePlusgiro(r.cells[Plusgiro])
		if err != nil {
			c.refuse(r, Plusgiro, err)
		}
		p.Kind, p.Account = filing.PayToPlusgiro, digitsOf(giro.String())
	default:
		c.report(Refused, r, Bankgiro, "ange bankgiro eller plusgiro", "give a bankgiro or a plusgiro")
	}
	return p
}
