package enforcement

import (
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// ChangeRule is one cell of the table state × change (DESIGN decision 11): an
// effect, or the code of the refusal.
type ChangeRule struct {
	State  State
	Change filing.ChangeKind
	Effect service.Effect
	Code   filing.Code
}

// ChangeRules is the table state × change by which ve.change is verified.
func ChangeRules() (all []ChangeRule) {
	for _, s := range append(openStates(), closedStates()...) {
		for _, kind := range []filing.ChangeKind{filing.ChangeAmount, filing.ChangeWithdrawal, filing.ChangeDeferral} {
			all = append(all, changeRule(s, kind))
		}
	}
	return all
}

func changeRule(s State, kind filing.ChangeKind) ChangeRule {
	r := ChangeRule{State: s, Change: kind, Effect: service.Applied}
	deferrable := []State{Registered, InProgress, Deferral, Investigated, Monitoring}
	switch {
	case slices.Contains(closedStates(), s) && kind == filing.ChangeWithdrawal:
		r.Effect = service.Already
	case slices.Contains(closedStates(), s):
		r.Effect, r.Code = "", codeClosed
	case kind == filing.ChangeDeferral && !slices.Contains(deferrable, s):
		r.Effect, r.Code = "", codeNoDeferral
	}
	return r
}

// The codes that refuse a document for what the register says, and warn of it.
const (
	codeClosed     filing.Code = "D451"
	codeNoDeferral filing.Code = "D452"
	codeNotBelow   filing.Code = "D453"
	codeTooLong    filing.Code = "D454"
	codeTooMany    filing.Code = "D455"
	codeMeasure    filing.Code = "D460"
	codePast       filing.Code = "D461"
	warnDeferral   filing.Code = "W451"
	warnRunning    filing.Code = "W452"
)

// withdraw closes a case at the applicant's wish.
func (d *desk) withdraw(c *kase) error {
	if !c.open() {
		return nil
	}
	return d.finish(c, eventWithdrawn, Closed, filing.FinalWithdrawn)
}

// lower lowers the debt to what is left by the applicant's account. What is
// taken away is interest first, as if it had been paid (UB 13:13).
func (d *desk) lower(c *kase, to money.Amount) error {
	g := c.group
	if !c.open() {
		return nil
	}
	if err := g.accrue(d.e.law, d.day); err != nil {
		return err
	}
	by := g.debtOf(c) - to
	g.stated = d.day
	if by <= 0 {
		return nil // already so
	}
	if _, err := d.stay(c, eventAmount, happening{amount: to}); err != nil {
		return err
	}
	if _, err := g.spread(d.e.law, payment{moveReduced, c, by, d.day}); err != nil {
		return err
	}
	return d.settle(c)
}

// grant enters a deferral.
func (d *desk) grant(c *kase, until calendar.Day) error {
	if changeRule(c.state(), filing.ChangeDeferral).Effect != service.Applied {
		return nil
	}
	if c.deferredUntil(until) {
		return nil // already so
	}
	from := d.deferralStart(c)
	before, err := d.deferralsWithin(c)
	if err != nil {
		return err
	}
	most, last, err := d.e.law.deferralLimits(from, d.day)
	if err != nil {
		return err
	}
	c.deferrals = append(c.deferrals, deferral{d.day, until})
	if int64(before) >= most {
		return d.finish(c, eventDeferralTooMany, Lapsed, filing.FinalLapsed)
	}
	number, err := d.step(c, eventDeferral, c.at(Deferral), happening{text: until.String()})
	if err != nil {
		return err
	}
	c.deferredFrom = from
	d.details.deferrals = append(d.details.deferrals, detail[keptDeferral]{c.id, number, keptDeferral{deferral{d.day, until}, d.file}})
	d.cancel(c, dueStart)
	d.cancel(c, dueResume)
	d.cancel(c, dueDeferral)
	d.cancel(c, dueLapse)
	if until > last {
		d.set(c, dueLapse, last.AddDays(1))
		return nil
	}
	d.set(c, dueDeferral, until.AddDays(1))
	return d.warnOfDeferral(c, before+1, most, until, last)
}

// deferredUntil tells whether the case is deferred until the day.
func (c *kase) deferredUntil(until calendar.Day) bool {
	n := len(c.deferrals)
	return c.base == Deferral && n > 0 && c.deferrals[n-1].until == until
}

// deferralStart is the day from which a deferral granted now is measured: what
// runs unbroken is one. One that ended before yesterday is over, also where no
// evening has told so yet.
func (d *desk) deferralStart(c *kase) calendar.Day {
	n := len(c.deferrals)
	if c.base == Deferral && !c.deferredFrom.IsZero() && n > 0 && d.day <= c.deferrals[n-1].until.AddDays(1) {
		return c.deferredFrom
	}
	return d.day
}

// deferralsWithin counts the deferrals of the twelve months back (UB 4:10).
func (d *desk) deferralsWithin(c *kase) (int, error) {
	since, err := d.e.law.before(statute.DeferralWindow, d.day)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, f := range c.deferrals {
		if f.granted > since {
			n++
		}
	}
	return n, nil
}

// deferralLimits are how many deferrals a year may have, and the last day of
// one that began on the day.
func (l law) deferralLimits(from, today calendar.Day) (most int64, last calendar.Day, err error) {
	if most, _, err = l.table.Count(statute.DeferralCount, today.Time()); err != nil {
		return 0, 0, err
	}
	last, err = l.after(statute.DeferralLength, from)
	return most, last, err
}

// nearLimit is how many days before its longest a deferral is warned of.
const nearLimit = 14

// nearDeferralLimit tells of the last deferral that the year allows, and of one
// that comes near two months.
func nearDeferralLimit(count int, most int64, until, last calendar.Day) bool {
	return int64(count) >= most || until.AddDays(nearLimit) >= last
}

// warnOfDeferral warns of a deferral near the limits of UB 4:10.
func (d *desk) warnOfDeferral(c *kase, count int, most int64, until, last calendar.Day) error {
	if !nearDeferralLimit(count, most, until, last) {
		return nil
	}
	d.letter(c, toApplicant, notice.DeferralWarning, notice.Facts{"granted": notice.Text(until.String()), "lapses": notice.Date(last.AddDays(1))})
	_, err := d.note(c, "deferral_warning", c.state(), c.state(), happening{text: last.String()})
	return err
}
