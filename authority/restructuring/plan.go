package restructuring

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// planLength is five years, of an F-restructuring three (SKSL §34, FSKS §36).
func (a *act) planLength() (calendar.Period, string, error) {
	symbol := statute.PlanLength
	if a.Business {
		symbol = statute.PlanLengthBusiness
	}
	return a.room.period(symbol, a.day)
}

// Grant grants the restructuring with its plan. The plan ends five years (three
// of an F-restructuring) after the decision to initiate, or before, if until is
// given for reasons (SKSL §34, FSKS §36).
func (m *Matters) Grant(ctx context.Context, by service.Officer, matter string, until calendar.Day) error {
	return m.do(ctx, by, matter, granted, Enforcer.RestructuringGranted, func(a *act) error {
		length, _, err := a.planLength()
		if err != nil {
			return err
		}
		latest := length.From(a.Decided)
		if until.IsZero() {
			until = latest
		}
		if until <= a.day || until > latest {
			return badPlanEnd(latest)
		}
		return a.grant(until)
	})
}

func badPlanEnd(latest calendar.Day) error {
	return service.Refuse("bad_plan_end", fmt.Sprintf("Planen ska sluta efter i dag och senast %s.", latest),
		fmt.Sprintf("The plan must end after today and on %s at the latest.", latest))
}

func (a *act) grant(until calendar.Day) error {
	p, _, err := a.room.Proposal(a.tx, a.Matter)
	if err != nil {
		return err
	}
	if err := a.move(granted, fact{amount: p.Distributed, text: "plan till " + until.String()}); err != nil {
		return err
	}
	_, err = a.tx.Exec(`UPDATE restructuring_matter SET granted = $1, plan_end = $2 WHERE id = $3`, a.day, until, a.ID)
	if err != nil {
		return err
	}
	a.Granted, a.PlanEnd = a.day, until
	if err := a.moveClaims(granted); err != nil {
		return err
	}
	if err := a.deadline(planEnded, until); err != nil {
		return err
	}
	if err := a.nextPayout(a.day); err != nil {
		return err
	}
	if err := a.sendDecision(p); err != nil {
		return err
	}
	return a.tellEnforcement()
}

// nextPayout sets the day of the next yearly payout, if it comes within the
// plan.
func (a *act) nextPayout(from calendar.Day) error {
	year, _, err := a.room.period(statute.RestructuringPayout, a.day)
	if err != nil {
		return err
	}
	if next := year.From(from); next < a.PlanEnd {
		return a.deadline(payoutDue, next)
	}
	return nil
}

func (a *act) sendDecision(p Proposal) error {
	return a.toCreditors(sums(p.Lines), func(r Report, s Share) (notice.Message, notice.Facts) {
		facts := notice.Facts{
			"decided": notice.Date(a.day), "claim": notice.Amount(s.Claim), "share": notice.Text(percent(s.Share, s.Claim)),
			"to_pay": notice.Amount(s.Share), "plan_until": notice.Date(a.PlanEnd),
		}
		if r.HasAccount() {
			facts["account"] = notice.Text(account(r.Payee))
		}
		return notice.RestructuringDecision, facts
	})
}

// account names an account for its owner.
func account(p filing.Payee) string { return string(p.Kind) + " " + p.Account }

// CloseCause is why a matter ends without restructuring.
type CloseCause string

// The causes.
const (
	CauseRejected   CloseCause = "rejected"   // avslag
	CauseWithdrawn  CloseCause = "withdrawn"  // återkallad ansökan
	CauseDeath      CloseCause = "death"      // gäldenären avled
	CauseBankruptcy CloseCause = "bankruptcy" // konkurs
	CauseComposed   CloseCause = "reorganisation"
)

func closeCauses() []string {
	return []string{string(CauseRejected), string(CauseWithdrawn), string(CauseDeath), string(CauseBankruptcy)}
}

// lapseCauses are those of SKSL §54.
func lapseCauses() []string {
	return []string{string(CauseBankruptcy), string(CauseDeath), string(CauseComposed)}
}

// Close ends a matter without restructuring.
func (m *Matters) Close(ctx context.Context, by service.Officer, matter string, why CloseCause) error {
	return m.end(ctx, by, matter, closed, why, closeCauses())
}

// Lapse ends a granted restructuring: by bankruptcy, death or a confirmed plan
// of reorganisation (SKSL §54). What earlier payouts hold for creditors without
// an account is theirs still, until three months after the day on which the
// plan would have ended.
func (m *Matters) Lapse(ctx context.Context, by service.Officer, matter string, why CloseCause) error {
	return m.end(ctx, by, matter, lapsed, why, lapseCauses())
}

func (m *Matters) end(ctx context.Context, by service.Officer, matter, event string, why CloseCause, causes []string) error {
	if !slices.Contains(causes, string(why)) {
		return service.Refuse("unknown_cause", fmt.Sprintf("Orsaken %q finns inte för åtgärden.", why),
			fmt.Sprintf("There is no cause %q for this act.", why))
	}
	return m.do(ctx, by, matter, event, Enforcer.RestructuringEnded, func(a *act) error {
		if err := a.move(event, fact{text: string(why)}); err != nil {
			return err
		}
		if err := a.moveClaims(event); err != nil {
			return err
		}
		if err := a.waitForAccounts(); err != nil {
			return err
		}
		return a.tellEnforcement()
	})
}

// Review changes the end of a running plan, to seven years after the decision
// to initiate at the most (SKSL §§48–51).
func (m *Matters) Review(ctx context.Context, by service.Officer, matter string, until calendar.Day) error {
	return m.do(ctx, by, matter, reviewed, nil, func(a *act) error {
		longest, _, err := a.room.period(statute.PlanLongest, a.day)
		if err != nil {
			return err
		}
		if latest := longest.From(a.Decided); until <= a.day || until > latest {
			return badPlanEnd(latest)
		}
		if err := a.move(reviewed, fact{text: "plan till " + until.String()}); err != nil {
			return err
		}
		if _, err := a.tx.Exec(`UPDATE restructuring_matter SET plan_end = $1 WHERE id = $2`, until, a.ID); err != nil {
			return err
		}
		a.PlanEnd = until
		if err := a.deadline(planEnded, until); err != nil {
			return err
		}
		return a.resumePayouts()
	})
}

// resumePayouts sets the next yearly payout of a plan whose end has been
// changed: none is waited for any more when the last year of the old plan ran.
func (a *act) resumePayouts() error {
	year, _, err := a.room.period(statute.RestructuringPayout, a.day)
	if err != nil {
		return err
	}
	last := a.Granted
	for next := year.From(last); next.AddDays(1) < a.day; next = year.From(last) {
		last = next
	}
	if err := a.cancel(payoutDue); err != nil {
		return err
	}
	return a.nextPayout(last)
}

// Delay is a payment that the debtor has not made in full.
type Delay struct {
	DueDay    calendar.Day
	Due, Paid money.Amount
}

// LatePayment tells the creditors that the debtor is late: more than two weeks,
// and not with a trivial sum (SKSF §15).
func (m *Matters) LatePayment(ctx context.Context, by service.Officer, matter string, d Delay) error {
	return m.do(ctx, by, matter, delayed, nil, func(a *act) error {
		if err := a.checkDelay(d); err != nil {
			return err
		}
		if err := a.move(delayed, fact{amount: d.Due - d.Paid, text: "förföll " + d.DueDay.String()}); err != nil {
			return err
		}
		p, _, err := a.room.Proposal(a.tx, a.Matter)
		if err != nil {
			return err
		}
		return a.toCreditors(sums(p.Lines), func(Report, Share) (notice.Message, notice.Facts) {
			return notice.DelayNotice, notice.Facts{
				"due_day": notice.Date(d.DueDay), "due": notice.Amount(d.Due), "paid": notice.Amount(d.Paid),
			}
		})
	})
}

func (a *act) checkDelay(d Delay) error {
	delay, _, err := a.room.period(statute.RestructuringDelay, a.day)
	if err != nil {
		return err
	}
	trivial, _, err := a.room.statute.Amount(statute.DelayTrivial, a.day.Time())
	if err != nil {
		return err
	}
	switch {
	case d.DueDay.IsZero() || a.day <= delay.From(d.DueDay):
		return service.Refuse("not_late", "Dröjsmålet är inte längre än två veckor.", "The delay is not longer than two weeks.")
	case d.Paid < 0 || d.Due-d.Paid <= money.Amount(trivial):
		return service.Refuse("trivial", "Det som fattas är ringa.", "What is lacking is trivial.")
	}
	return nil
}
