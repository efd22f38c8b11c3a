package paymentorder

import (
	"context"
	"fmt"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Letters puts on paper what does not, or does not only, go as a file (R46,
// R69). [notice.Letters] is it, but for the choice, which needs what the party
// code has chosen.
type Letters interface {
	// NewIDs returns the first of n ids of letters, before the transaction.
	NewIDs(ctx context.Context, n int) (int64, error)
	// Choose tells how a message goes, by the choice of the case.
	Choose(r store.Reader, m notice.Message, codeID int64, ofCase filing.Notice) (notice.Choice, error)
	// Put enters letters within the transaction of what gave rise to them.
	Put(tx store.Tx, letters ...notice.Letter) error
	// KeepUntil lets the letters of closed cases go after the day.
	KeepUntil(tx store.Tx, s filing.Service, last calendar.Day, numbers ...string) error
	// Protect and Lift keep the register of persons with protected data, and
	// Protected asks it.
	Protect(tx store.Tx, p notice.Protection, by service.Officer, at time.Time) error
	Lift(tx store.Tx, person identity.Number, by service.Officer, at time.Time) error
	Protected(r store.Reader, day calendar.Day, persons ...identity.Number) (map[identity.Number]bool, error)
	// Reaches tells whether a letter finds its way to the person.
	Reaches(r store.Reader, day calendar.Day, p notice.Person) (bool, error)
}

// lettersOf bounds the letters of one session: one to the applicant and one to
// each respondent of each case, and to each on a decision that follows at once.
func lettersOf(n need) int { return 2 * (n.cases + n.pairs) }

// toApplicant writes to the applicant of a case, or to its representative.
func (s *session) toApplicant(l *life, m notice.Message, facts notice.Facts) error {
	a := &l.Application
	to := notice.PersonOf(notice.Applicant, a.Applicants[0])
	if a.Representative != nil {
		to = notice.PersonOf(notice.Representative, *a.Representative)
	}
	return s.write(l, m, to, facts)
}

// toRespondent writes to one respondent: to who acts for it, if anybody does.
func (s *session) toRespondent(l *life, position int64, m notice.Message, facts notice.Facts) error {
	return s.write(l, m, l.recipient(position), facts)
}

func (l *life) recipient(position int64) notice.Person {
	r := &l.Application.Respondents[position-1]
	if r.LegalRepresentative == nil {
		return named(*r)
	}
	to := notice.PersonOf(notice.LegalRepresentative, *r.LegalRepresentative)
	to.ActsFor = r.Identity
	return to
}

// write puts a letter that names all parties of the case.
func (s *session) write(l *life, m notice.Message, to notice.Person, facts notice.Facts) error {
	return s.writeOf(l, m, to, l.parties(), facts)
}

// writeOf puts a letter if the message goes on paper in the case. One who has no
// address that is known gets none; that is noted, for the officer to see to.
func (s *session) writeOf(l *life, m notice.Message, to notice.Person, parties []notice.Person, facts notice.Facts) error {
	if s.Orders.letters == nil {
		return nil
	}
	choice, err := s.choose(m, l)
	if err != nil || !choice.Paper {
		return err
	}
	reached, err := s.Orders.letters.Reaches(s.tx, s.day, to)
	if err != nil {
		return err
	}
	if !reached {
		l.note(s, eventNoAddress, 0, 0, fmt.Sprintf("%s: %s", m, to.Role))
		return nil
	}
	id, err := s.reserved.letters.Take()
	if err != nil {
		return err
	}
	s.mail = append(s.mail, notice.Letter{ID: id, Message: m, CaseNumber: l.Number, Reference: ownReference(l, to),
		Officer: s.by.Name, Recipient: to, Parties: parties, Day: s.day, Facts: facts})
	return nil
}

// way is what the channel of a message depends on.
type way struct {
	message notice.Message
	codeID  int64
	ofCase  filing.Notice
}

// choose tells how a message goes in the case; it is asked once for all cases
// alike.
func (s *session) choose(m notice.Message, l *life) (notice.Choice, error) {
	w := way{m, l.CodeID, l.Application.Notice}
	if choice, known := s.ways[w]; known {
		return choice, nil
	}
	choice, err := s.Orders.letters.Choose(s.tx, m, w.codeID, w.ofCase)
	s.ways[w] = choice
	return choice, err
}

// eventNoAddress notes a letter that could not be sent.
const eventNoAddress = "no_address"

// ownReference is the filer's own reference, which only its side is shown.
func ownReference(l *life, to notice.Person) string {
	if to.Role == notice.Applicant || to.Role == notice.Representative {
		return l.Application.Reference
	}
	return ""
}

// parties are those whom the letters of the case name.
func (l *life) parties() []notice.Person {
	all := l.applicants()
	for _, r := range l.Application.Respondents {
		all = append(all, named(r))
	}
	return all
}

// partiesWith are the applicants and one respondent, from 0.
func (l *life) partiesWith(respondent int) []notice.Person {
	return append(l.applicants(), named(l.Application.Respondents[respondent]))
}

func (l *life) applicants() []notice.Person {
	var all []notice.Person
	for _, p := range l.Application.Applicants {
		all = append(all, notice.PersonOf(notice.Applicant, p))
	}
	return all
}

// named is a respondent as letters name it.
func named(r filing.Respondent) notice.Person {
	if r.Estate {
		return notice.PersonOf(notice.Estate, r.Party)
	}
	return notice.PersonOf(notice.Respondent, r.Party)
}

// claims is a table of what is claimed in the pairs, part by part.
func (l *life) claims(pairs []*pair) (notice.Fact, money.Amount) {
	var rows []notice.Row
	var sum money.Amount
	for _, p := range pairs {
		part := &l.Application.Parts[p.Part-1]
		rows = append(rows, notice.AmountRow(partLabel(part), p.Amount))
		if p.Accrued > 0 {
			rows = append(rows, notice.AmountRow("Upplupen ränta", p.Accrued))
		}
		sum += p.claim()
	}
	return notice.Table(append(rows, notice.SumRow("Summa", sum))...), sum
}

// amounts is a table of what a verdict grants.
func (v *verdict) amounts() notice.Fact {
	var rows []notice.Row
	for _, p := range v.Parts {
		if p.Amount > 0 {
			rows = append(rows, notice.AmountRow(partLabel(&v.life.Application.Parts[p.Part-1]), p.Amount))
		}
		if p.Accrued > 0 {
			rows = append(rows, notice.AmountRow("Ränta till och med "+v.Date.String(), p.Accrued))
		}
	}
	return notice.Table(append(rows, notice.SumRow("Summa", v.Total))...)
}

func partLabel(p *filing.ClaimPart) string {
	label := string(p.Type)
	switch p.Type {
	case filing.Capital:
		label = "Kapital"
	case filing.CapitalisedInterest:
		label = "Kapitaliserad ränta"
	case filing.CollectionCost:
		label = "Inkassokostnad"
	case filing.ReminderFee:
		label = "Påminnelseavgift"
	case filing.LatePaymentCompensation:
		label = "Förseningsersättning"
	case filing.ApplicationFee:
		label = "Ansökningsavgift"
	case filing.OwnWork:
		label = "Eget arbete eller ombud"
	case filing.OtherCost:
		label = "Annan kostnad"
	}
	if p.InvoiceNumber != "" {
		label += ", faktura " + p.InvoiceNumber
	}
	return label
}
