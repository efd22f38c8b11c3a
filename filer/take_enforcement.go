package filer

import (
	"filtjanst/calendar"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// enforcement takes in confirmed enforcement cases: those of an application
// file, those that verdicts opened, and those registered by hand.
func (t *taking) enforcement() error {
	var cases []ledger.Case
	var origin filing.Origin
	details := remarks{}
	facts, err := lines(t, func(f filing.FileFacts, c *filing.ConfirmedEnforcement) error {
		details.refused(c.CaseNumber, c.HeldRefused, c.HeldCode)
		details.warned(c.CaseNumber, c.Warning, c.Repeats)
		origin = f.Origin
		k := confirmedEnforcement(c)
		k.Debtor = t.desk.digest.Debtor(c.Respondent)
		if origin == filing.OriginFile {
			cases = append(cases, k)
			return nil
		}
		return t.registered(f, k)
	})
	if err != nil || origin != filing.OriginFile {
		return err
	}
	return t.confirm(facts, filing.VEApplication, cases, details)
}

func confirmedEnforcement(c *filing.ConfirmedEnforcement) ledger.Case {
	owed := c.Sum
	k := ledger.Case{
		Service: filing.Enforcement, Number: c.CaseNumber, Reference: c.Reference, Registered: c.Registered, Since: c.Registered,
		State: string(c.State), Open: true, Title: c.Title, LinkGroup: c.LinkGroup, LastDay: c.LodgeBy, Claimed: c.Sum, Fees: c.Fee, Remaining: &owed,
	}
	if c.State == filing.StateDiscontinued {
		k.Open, k.Reason = false, string(filing.FinalWithdrawn)
	}
	return k
}

// registered takes in a case that came of no application file. One that
// enforces a verdict is linked to the payment-order case, and takes its own
// reference where it carries none.
func (t *taking) registered(facts filing.FileFacts, k ledger.Case) error {
	parent, linked := ledger.Case{}, false
	if facts.Origin == filing.OriginPaymentOrder {
		var err error
		if parent, linked, err = t.CaseOfTitle(k.Title, k.Reference); err != nil {
			return err
		}
	}
	c, err := t.Case(filing.Enforcement, k.Number)
	if err != nil {
		return err
	}
	again := !c.Registered.IsZero()
	if c.Since > k.Since {
		k.State, k.Open, k.Since, k.Reason, k.LastDay = c.State, c.Open, c.Since, c.Reason, c.LastDay
	}
	k.Reference, k.Code, k.Parent = firstOf(k.Reference, c.Reference, parent.Reference), c.Code, firstOf(c.Parent, parent.Number)
	if k.Debtor == (ledger.Digest{}) {
		k.Debtor = c.Debtor
	}
	k.Origin, k.Received, k.PaidOut, k.Reduced, k.Linked = facts.Origin, c.Received, c.PaidOut, c.Reduced, c.Linked
	t.adopt(&k, facts, "")
	if err := t.Put(k); err != nil || again {
		return err
	}
	details := map[string]string{"origin": string(facts.Origin)}
	if k.Title != "" {
		details["title"] = k.Title
	}
	if linked || k.Parent != "" {
		details["payment_order_case"] = k.Parent
	}
	return t.tellConfirmed(facts, k, details)
}

// onCase brings an answer on an enforcement case into the book: edit changes
// the case, and the event is told under its own reference, or, for a case that
// was not lodged by file, under its number alone.
func (t *taking) onCase(facts filing.FileFacts, number, reference string, e ledger.Event, edit func(*ledger.Case)) error {
	c, err := t.Case(filing.Enforcement, number)
	if err != nil {
		return err
	}
	e.Reference = t.adopt(&c, facts, reference)
	e.CaseNumber, e.PartyCode, e.Sequence = number, facts.PartyCode, facts.Sequence
	edit(&c)
	if err := t.Put(c); err != nil {
		return err
	}
	return t.Tell(e)
}

func (t *taking) earnings() error {
	_, err := lines(t, func(f filing.FileFacts, a *filing.EarningsAttachment) error {
		e := ledger.Event{Kind: ledger.EventEarnings, Code: string(a.Kind), Day: a.Decided, Details: map[string]string{}, Amounts: map[string]money.Amount{}}
		if a.Employer.Name != "" {
			e.Details["employer"] = a.Employer.Name
		}
		if a.AllAboveReserve {
			e.Details["all_above_reserve"] = "yes"
		} else if a.Amount != 0 {
			e.Amounts["amount"] = a.Amount
		}
		if a.Reserve != 0 {
			e.Amounts["reserve"] = a.Reserve
		}
		dayDetail(e.Details, "from", a.From)
		dayDetail(e.Details, "until", a.Until)
		return t.onCase(f, a.CaseNumber, a.Reference, e, func(c *ledger.Case) {
			state := stateEarnings
			if a.Kind == filing.EarningsRevoked {
				state = stateInProgress
			}
			if c.Open {
				c.Moved(state, true, a.Decided)
			}
		})
	})
	return err
}

func dayDetail(details map[string]string, name string, day calendar.Day) {
	if !day.IsZero() {
		details[name] = day.String()
	}
}

// reports takes in investigation reports and interim accounts, which stand in
// one file.
func (t *taking) reports() error {
	_, err := lines(t, func(f filing.FileFacts, r *filing.EnforcementReport) error {
		if r.Investigation != nil {
			if err := t.investigation(f, r); err != nil {
				return err
			}
		}
		if r.Account != nil {
			return t.account(f, r)
		}
		return nil
	})
	return err
}

func (t *taking) investigation(f filing.FileFacts, r *filing.EnforcementReport) error {
	i := r.Investigation
	e := ledger.Event{Kind: ledger.EventInvestigate, Code: string(i.Result), Day: i.Date, Details: map[string]string{}}
	dayDetail(e.Details, "planned", i.Planned)
	if i.Text != "" {
		e.Details["text"] = i.Text
	}
	return t.onCase(f, r.CaseNumber, r.Reference, e, func(c *ledger.Case) {
		switch {
		case !c.Open || i.Result == filing.AssetsFound:
		case i.Planned.IsZero():
			c.Moved(stateInvestigated, true, i.Date)
		case c.Moved(stateMonitoring, true, i.Date):
			c.LastDay = i.Planned
		}
	})
}

func (t *taking) account(f filing.FileFacts, r *filing.EnforcementReport) error {
	a := r.Account
	e := ledger.Event{Kind: ledger.EventAccount, Day: a.Date, Amounts: map[string]money.Amount{
		"received": a.Received, "linked": a.Linked, "fees": a.Fees, "interest": a.Interest, "costs": a.Costs,
		"capital": a.Capital, "paid_out": a.PaidOut, "remaining": a.Remaining,
	}}
	return t.onCase(f, r.CaseNumber, r.Reference, e, func(c *ledger.Case) {
		c.Received += a.Received
		c.Linked += a.Linked
		c.PaidOut += a.PaidOut
		c.Remaining = &a.Remaining
	})
}

func (t *taking) newFees() error {
	_, err := lines(t, func(f filing.FileFacts, n *filing.NewFee) error {
		e := ledger.Event{Kind: ledger.EventNewFee, Day: f.Created, Amounts: map[string]money.Amount{"fee": n.Fee, "unpaid": n.Unpaid},
			Details: map[string]string{"fee_day": n.FeeDay.String()}}
		return t.onCase(f, n.CaseNumber, n.Reference, e, func(*ledger.Case) {})
	})
	return err
}

func (t *taking) finalAccounts() error {
	_, err := lines(t, func(f filing.FileFacts, a *filing.FinalAccount) error {
		e := ledger.Event{Kind: ledger.EventFinal, Code: string(a.Reason), Day: a.Closed, Amounts: map[string]money.Amount{
			"claimed": a.Claimed, "interest": a.Interest, "restored": a.Restored, "received": a.Received, "linked": a.Linked,
			"reduced": a.Reduced, "interest_paid": a.InterestPaid, "costs": a.Costs, "capital": a.Capital, "fees": a.Fees,
			"returned": a.Returned, "paid_out": a.PaidOut, "taken_back": a.TakenBack, "remaining": a.Remaining, "fees_unpaid": a.FeesUnpaid,
		}}
		return t.onCase(f, a.CaseNumber, a.Reference, e, func(c *ledger.Case) {
			c.Moved(stateClosed, false, max(a.Closed, c.Since))
			c.Reason = string(a.Reason)
			c.Claimed, c.Received, c.Linked, c.Reduced, c.PaidOut = a.Claimed, a.Received, a.Linked, a.Reduced, a.PaidOut-a.TakenBack
			c.Remaining = &a.Remaining
		})
	})
	return err
}
