package paymentorder

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Enforcer is the room for enforcement, as payment orders need it: a verdict is
// enforced without request unless the applicant has said otherwise (R54, UB 2:1).
type Enforcer interface {
	// Opening sets aside what opening at most so many cases needs, before the
	// transaction of the verdicts.
	Opening(ctx context.Context, cases int) (Opening, error)
	// Crediting sets aside what lowering debts enforced in at most so many cases
	// needs, before the transaction of those who tell of payments.
	Crediting(ctx context.Context, cases int) (Crediting, error)
	// Stay and LiftStay tell that a court has ordered or lifted a stay of
	// enforcement (inhibition) in the cases.
	Stay(ctx context.Context, by service.Officer, cases []string) (service.Work, error)
	LiftStay(ctx context.Context, by service.Officer, cases []string) (service.Work, error)
	// SetAside tells that a court has set a verdict aside, wholly or in part
	// (UB 3:22).
	SetAside(ctx context.Context, by service.Officer, all []Overturned) (service.Work, error)
}

// Opening opens one case for each debtor of each verdict (R55), within the
// transaction of the verdicts, and returns their numbers by verdict in the order
// of its debtors. It may run twice and then gives the same.
type Opening func(tx store.Tx, granted []Granted) ([][]string, error)

// Granted is a verdict that is to be enforced.
type Granted struct {
	Number         string // of the verdict
	CaseNumber     string
	Reference      string // the applicant's own
	CodeID         int64
	MainCodeID     int64
	Code           string
	Day            calendar.Day // the application for enforcement counts as made
	Applicants     []filing.Party
	Representative *filing.Party
	Payee          *filing.Payee
	Respondents    []filing.Respondent
	Joint          bool // all respondents of the case owe one debt, those of its other verdicts too
	Parts          []filing.GrantedPart
	Due            map[int64]calendar.Day // when parts of the claim fell due, by number
	Total          money.Amount
	Requests       string
	Notice         filing.Notice
}

// Overturned is what a court has set aside of what one case enforces.
type Overturned struct {
	Case  string // number in enforcement
	Whole bool   // nothing is left to enforce
	Day   calendar.Day
	Court string // "" if it is not known
	Parts []OverturnedPart
}

// OverturnedPart is what is set aside of one claim part, with the interest that
// the verdict granted on it.
type OverturnedPart struct {
	Part            int64
	Amount, Accrued money.Amount
}

// open lets the cases be opened, and keeps their numbers in the verdicts.
func (s *session) open(granted []*verdict) error {
	var all []Granted
	var of []*verdict
	for _, v := range granted {
		if v.Enforced {
			all, of = append(all, v.granted()), append(of, v)
		}
	}
	switch {
	case s.enforcer == nil || len(all) == 0:
		return nil
	case s.enforce == nil:
		return store.ErrShort
	}
	numbers, err := s.enforce(s.tx, all)
	if err != nil {
		return err
	}
	for i, v := range of {
		for k := range v.Respondents {
			v.Respondents[k].EnforcementCase = numbers[i][k]
		}
		if err := v.life.each(s, v.pairs, eventEnforcement, v.until); err != nil {
			return err
		}
	}
	return nil
}

func (v *verdict) granted() Granted {
	a := &v.life.Application
	g := Granted{
		Number: v.VerdictNumber, CaseNumber: v.CaseNumber, Reference: v.Reference, CodeID: v.CodeID, MainCodeID: v.life.MainCodeID,
		Code: v.life.Code, Day: v.Date, Applicants: a.Applicants, Representative: a.Representative, Payee: a.Payee,
		Joint: a.Joint, Parts: v.Parts, Total: v.Total, Requests: a.Requests, Notice: a.Notice,
	}
	g.Due = map[int64]calendar.Day{}
	for _, p := range v.Parts {
		g.Due[p.Part] = a.Parts[p.Part-1].DueDate
	}
	for _, r := range v.positions {
		g.Respondents = append(g.Respondents, a.Respondents[r-1])
	}
	return g
}
