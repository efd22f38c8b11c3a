package filer

import (
	"context"
	"strconv"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// openings takes in decisions to initiate debt restructuring against debtors of
// the filer.
func (t *taking) openings() error {
	_, err := lines(t, func(f filing.FileFacts, o *filing.RestructuringOpening) error {
		reference := o.Reference
		if reference == "" && o.CaseNumber != "" {
			c, err := t.Case(filing.Enforcement, o.CaseNumber)
			if err != nil {
				return err
			}
			reference = c.Reference
		}
		e := ledger.Event{
			Kind: ledger.EventOpening, Code: "person", Day: o.Decided, PartyCode: f.PartyCode, Sequence: f.Sequence,
			Reference: reference, CaseNumber: o.CaseNumber,
			Details: map[string]string{"matter": o.MatterNumber, "announced": o.Announced.String(), "last_day": o.LastDay.String()},
		}
		if o.Business {
			e.Code = "business"
		}
		return t.Tell(e)
	})
	return err
}

// claimReports takes in the numbers of claim reports and how they stand.
func (t *taking) claimReports() error {
	_, err := lines(t, func(f filing.FileFacts, r *filing.ConfirmedClaim) error {
		c, err := t.Case(filing.Restructuring, r.ClaimNumber)
		if err != nil {
			return err
		}
		reference := t.adopt(&c, f, r.Reference)
		c.Parent, c.Registered, c.Claimed, c.Origin = r.MatterNumber, r.Registered, r.Sum, filing.OriginFile
		c.Moved(string(r.Status), !ended(string(r.Status)), max(r.Registered, f.Created, c.Since))
		if err := t.Put(c); err != nil {
			return err
		}
		details := map[string]string{"matter": r.MatterNumber}
		if r.Late {
			details["late"] = "yes"
		}
		return t.Tell(ledger.Event{
			Kind: ledger.EventReport, Code: string(r.Status), Day: r.Registered, PartyCode: f.PartyCode, Sequence: f.Sequence,
			Reference: reference, CaseNumber: r.ClaimNumber, Amounts: map[string]money.Amount{"sum": r.Sum}, Details: details,
		})
	})
	return err
}

// extracts takes in the answers to questions. What they hold of a person stays
// in the file; the event counts it.
func (t *taking) extracts() error {
	_, err := lines(t, func(f filing.FileFacts, x *filing.Extract) error {
		var owed money.Amount
		for _, d := range x.Debts {
			owed += d.Amount
		}
		e := ledger.Event{
			Kind: ledger.EventExtract, Code: string(x.Result), Day: x.Date, PartyCode: f.PartyCode, Sequence: f.Sequence, Reference: x.Reference,
			Details: map[string]string{"debts": strconv.Itoa(len(x.Debts)), "measures": strconv.Itoa(len(x.Measures))},
		}
		if len(x.Debts) > 0 {
			e.Amounts = map[string]money.Amount{"debts": owed}
		}
		return t.Tell(e)
	})
	return err
}

// delivery takes in a numbered delivery for credit information: that it came,
// and how many lines it has.
func (t *taking) delivery() error {
	facts, err := lines(t, func(filing.FileFacts, filing.Content) error { return nil })
	if err != nil {
		return err
	}
	t.r.Delivery = facts.Delivery
	late, err := t.NumberDelivery(facts.PartyCode, t.from.Transaction, facts.Sequence)
	if err != nil {
		return err
	}
	details := map[string]string{"lines": strconv.FormatInt(t.r.Cases, 10)}
	if late {
		details["was_missing"] = "yes"
	}
	return t.Tell(ledger.Event{
		Kind: ledger.EventDelivery, Code: string(facts.Delivery), Day: facts.PeriodTo, PartyCode: facts.PartyCode, Sequence: facts.Sequence, Details: details,
	})
}

// missed tells which numbered deliveries are missing, once each, with the files
// that showed it.
func (d *Desk) missed(ctx context.Context, received []Received) error {
	gaps, err := d.Book.MissDeliveries(ctx, func(g ledger.Gap) ledger.Event {
		return ledger.Event{Kind: ledger.EventMissing, Day: d.today(), Transaction: g.Transaction, PartyCode: g.Code, Sequence: g.Number}
	})
	if err != nil {
		return err
	}
	for _, g := range gaps {
		for i := range received {
			if received[i].Transaction == g.Transaction && received[i].Sequence > g.Number {
				received[i].Missing = append(received[i].Missing, g.Number)
				break
			}
		}
	}
	return nil
}

// statuses takes in a status report. The authority knows best how a case stands
// on the day of the report; where the book had it otherwise, or not at all, an
// event tells so.
func (t *taking) statuses() error {
	held := statusLines{}
	f, err := lines(t, func(f filing.FileFacts, s *filing.CaseStatus) error { return t.status(f, held.next(s)) })
	if err != nil {
		return err
	}
	return t.status(f, held.held)
}

// status takes in the lines of one case.
func (t *taking) status(f filing.FileFacts, all []filing.CaseStatus) error {
	if len(all) == 0 {
		return nil
	}
	c, err := t.Case(all[0].Service, all[0].CaseNumber)
	if err != nil {
		return err
	}
	s := asOneCase(all, c.Claimed)
	if c.Since > f.PeriodTo { // the book is newer
		return nil
	}
	known := c.State != ""
	before := c.State
	reference := t.adopt(&c, f, s.Reference)
	if c.State != s.State {
		c.State, c.Open, c.Since, c.LastDay = s.State, !ended(s.State), s.Since, 0
	}
	remaining := s.Remaining
	c.Registered, c.Claimed, c.Reduced, c.Received, c.PaidOut, c.Fees, c.Remaining = s.Registered, s.Claimed, s.Reduced, s.Received, s.PaidOut, s.Fees, &remaining
	if err := t.Put(c); err != nil || before == s.State {
		return err
	}
	details := map[string]string{"before": before}
	if !known {
		details = map[string]string{"unknown": "yes"}
	}
	return t.Tell(ledger.Event{
		Kind: ledger.EventStatus, Code: s.State, Day: s.Since, PartyCode: f.PartyCode, Sequence: f.Sequence, Reference: reference, CaseNumber: s.CaseNumber,
		Service: s.Service, Details: details,
		Amounts: map[string]money.Amount{"claimed": s.Claimed, "received": s.Received, "paid_out": s.PaidOut, "remaining": s.Remaining, "fees": s.Fees},
	})
}
