package enforcement

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// FromVerdict is a verdict (utslag) in a payment-order case that is enforced
// without request (UB 2:1).
type FromVerdict struct {
	VerdictNumber    string
	PaymentOrderCase string
	Joint            bool   // all debtors of that case owe one debt, those of other verdicts too
	Reference        string // the applicant's own
	CodeID           int64
	MainCodeID       int64 // CodeID itself where it is a main code
	Code             string
	Day              calendar.Day // of the verdict: the application counts as made then
	Applicants       []filing.Party
	Representative   *filing.Party
	Payee            *filing.Payee
	Respondents      []filing.Respondent
	Parts            []filing.GrantedPart
	Due              map[int64]calendar.Day // when parts of the claim fell due, by number, as far as is known
	Requests         string                 // about the enforcement
	Notice           filing.Notice
}

// Opening opens a case for each debtor of each verdict, within the transaction
// of the verdicts, and returns their numbers by verdict in the order of its
// debtors. It may run twice and then gives the same.
type Opening func(tx store.Tx, verdicts []FromVerdict) ([][]string, error)

// Opening sets aside what opening at most so many cases needs, before the
// transaction of the verdicts. Case numbers that are not used are lost.
func (e *Enforcements) Opening(ctx context.Context, cases int) (Opening, error) {
	if cases < 1 {
		return func(store.Tx, []FromVerdict) ([][]string, error) { return nil, nil }, nil
	}
	b, err := e.setAside(ctx, int64(cases), int64(cases))
	if err != nil {
		return nil, err
	}
	s, err := e.supply(ctx, cases)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx, verdicts []FromVerdict) ([][]string, error) {
		return e.openVerdicts(tx, s, b, int64(cases), verdicts)
	}, nil
}

func (e *Enforcements) openVerdicts(tx store.Tx, s supply, b berth, room int64, verdicts []FromVerdict) ([][]string, error) {
	d := e.newDesk(tx, s, service.Officer{}, 0)
	if err := d.takeJoint(verdicts); err != nil {
		return nil, err
	}
	numbers := make([][]string, len(verdicts))
	for i, v := range verdicts {
		if room -= int64(len(v.Respondents)); room < 0 || len(v.Respondents) == 0 {
			return nil, fmt.Errorf("enforcement: verdict %s has %d debtors, more than were told of, or none", v.VerdictNumber, len(v.Respondents))
		}
		o := v.opening(s)
		o.id = b.firstApplication + int64(i)
		b.assign(o)
		if err := d.open(o, nil); err != nil {
			return nil, fmt.Errorf("enforcement: open the cases of verdict %s: %w", v.VerdictNumber, err)
		}
		numbers[i] = o.numbers
	}
	if err := d.barOpened(); err != nil {
		return nil, err
	}
	return numbers, d.flush()
}

// opening is the application that the verdict counts as.
func (v *FromVerdict) opening(s supply) *opening {
	a := &filing.EnforcementApplication{
		Reference: v.Reference, Measure: filing.Payment, Scope: filing.FullScope, Joint: v.Joint, Notice: v.Notice,
		Applicants: v.Applicants, Representative: v.Representative, Payee: v.Payee, Ground: v.Requests,
		Title: filing.Title{Kind: filing.TitleVerdict, Number: v.VerdictNumber, Issuer: "Kronofogdemyndigheten", Date: v.Day},
	}
	for _, r := range v.Respondents {
		a.Respondents = append(a.Respondents, filing.Debtor{Respondent: r})
	}
	o := &opening{EnforcementApplication: a, origin: filing.OriginPaymentOrder, codeID: v.CodeID, mainCodeID: v.MainCodeID, code: v.Code,
		arrived: s.at, notice: v.Notice, sourceCase: v.PaymentOrderCase, joint: v.jointDebt()}
	for _, p := range v.Parts {
		terms := p.Interest
		terms.Accrued, terms.AccruedTo = p.Accrued, v.Day
		a.Debts = append(a.Debts, filing.Debt{Type: p.Type, Amount: p.Amount, Interest: terms, DueDate: v.Due[p.Part]})
		a.Total += p.Amount + p.Accrued
		o.positions = append(o.positions, p.Part)
	}
	return o
}

// Stay orders, and LiftStay lifts, a court's stay of enforcement (inhibition)
// in several cases. Cases that have ended, or stand so already, are passed
// over.
func (e *Enforcements) Stay(ctx context.Context, by service.Officer, cases []string) (service.Work, error) {
	return e.inCases(ctx, by, cases, func(d *desk, c *kase) error {
		if !c.open() || c.has(Stayed) {
			return nil
		}
		return d.orderStay(c)
	})
}

// LiftStay lifts stays; see Stay.
func (e *Enforcements) LiftStay(ctx context.Context, by service.Officer, cases []string) (service.Work, error) {
	return e.inCases(ctx, by, cases, func(d *desk, c *kase) error {
		if !c.open() || !c.has(Stayed) {
			return nil
		}
		return d.liftStay(c)
	})
}

// Overturned is what a court has set aside of what one case enforces.
type Overturned struct {
	Case   string
	Whole  bool // nothing is left to enforce
	Ruling Ruling
	Parts  []OverturnedPart
}

// OverturnedPart is what is set aside of one claim part of the verdict, with
// interest granted on it.
type OverturnedPart struct {
	Part            int64
	Amount, Accrued money.Amount
}

// SetAside tells that a court has set titles aside, wholly or in part (UB
// 3:22). What has been paid on what is set aside goes back to the debtor.
func (e *Enforcements) SetAside(ctx context.Context, by service.Officer, all []Overturned) (service.Work, error) {
	numbers := make([]string, len(all))
	of := map[string]Overturned{}
	for i, o := range all {
		numbers[i] = o.Case
		of[o.Case] = o
	}
	return e.inCases(ctx, by, numbers, func(d *desk, c *kase) error {
		o := of[c.number]
		if !o.Whole {
			return d.overturn(c, o)
		}
		return d.setAside(c, o.Ruling)
	})
}

// overturn lowers what the debtor of a case owes by what was set aside of his
// title. The verdicts against the others stand.
func (d *desk) overturn(c *kase, o Overturned) error {
	g := c.group
	if c.reason == filing.FinalTitleSetAside { // nothing of it stands
		return nil
	}
	before := g.last
	if err := g.accrue(d.e.law, d.day); err != nil {
		return err
	}
	if c.open() {
		if _, err := d.stay(c, eventAmount, happening{text: "UB 3:22"}); err != nil {
			return err
		}
	}
	for _, p := range o.Parts {
		i := g.item(p.Part)
		if i == nil {
			return fmt.Errorf("enforcement: case %s has no item %d", c.number, p.Part)
		}
		g.relieve(c, place{i, onPrincipal}, p.Amount, d.day)
		g.relieve(c, place{i, onInterest}, p.Accrued, d.day)
	}
	if err := d.refund(g); err != nil {
		return err
	}
	if err := d.demandBack(g, before, o.Ruling); err != nil {
		return err
	}
	return d.settle(c)
}

// refund gives back what has been paid above what is owed, and accounts for it.
func (d *desk) refund(g *group) error {
	before := g.last
	g.refund(d.day)
	return d.accountAgain(g, before, nil, func(c *kase) (int64, error) {
		return d.stay(c, eventSetAside, happening{text: "UB 3:22"})
	})
}

// accountAgain sends a new final account of each closed case but one that has
// given money back since the movement, told as an event of the case.
func (d *desk) accountAgain(g *group, since int64, but *kase, tell func(*kase) (int64, error)) error {
	for _, c := range g.cases {
		if c == but || c.open() || !slices.ContainsFunc(g.moves, func(m movement) bool {
			return m.number > since && m.caseID == c.id && (m.kind == moveTakenBack || m.kind == moveReturned)
		}) {
			continue
		}
		number, err := tell(c)
		if err != nil {
			return err
		}
		if err := d.finalAccount(c, number, 0); err != nil {
			return err
		}
	}
	return nil
}
