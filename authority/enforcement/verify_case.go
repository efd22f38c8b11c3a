package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// verifyCases holds a change against the states and the debts of its cases. One
// that concerns several is made in those where it can be, and refused only if
// there is none.
func (c *checking) verifyCases(doc service.Document, change *filing.Change, targets []*kase) error {
	best := changeRule(targets[0].state(), change.Kind)
	of := targets[0]
	for _, k := range targets {
		rule := changeRule(k.state(), change.Kind)
		if rule.Effect == service.Applied {
			best, of = rule, k
			break
		}
		if rule.Effect != "" && best.Effect == "" {
			best, of = rule, k
		}
	}
	if best.Code != "" {
		sv, en := of.state().words()
		c.refuse(doc, best.Code, of.number, sv, en)
		return nil
	}
	if best.Effect == service.Applied && !slices.ContainsFunc(targets, func(k *kase) bool { return takes(k, change) }) {
		best.Effect = service.Already
	}
	c.notes[doc.Number] = service.Result{Effect: best.Effect, CaseNumber: of.number}
	for _, k := range targets {
		if !takes(k, change) {
			continue
		}
		if err := c.verifyCase(doc, change, k); err != nil {
			return err
		}
	}
	return nil
}

// takes tells whether the change has something to change in the case as it
// stands. A deferral until a day until which it is deferred has not, and does
// not count as another (UB 4:10).
func takes(k *kase, change *filing.Change) bool {
	return changeRule(k.state(), change.Kind).Effect == service.Applied &&
		(change.Kind != filing.ChangeDeferral || !k.deferredUntil(change.Until))
}

// verifyCase holds a change that the state allows against the case.
func (c *checking) verifyCase(doc service.Document, change *filing.Change, k *kase) error {
	switch change.Kind {
	case filing.ChangeAmount:
		if debt := k.group.debtOf(k); change.Amount >= debt || change.Amount < 0 {
			c.refuse(doc, codeNotBelow, change.Amount, debt)
		}
	case filing.ChangeDeferral:
		return c.verifyDeferral(doc, change, k)
	}
	return nil
}

// verifyDeferral refuses a deferral that would let the application lapse (UB
// 4:10), and warns of one that comes near to it.
func (c *checking) verifyDeferral(doc service.Document, change *filing.Change, k *kase) error {
	if c.e.config.Deferrals == LapseDeferral {
		return nil
	}
	before, err := c.deferralsWithin(k)
	if err != nil {
		return err
	}
	most, last, err := c.e.law.deferralLimits(c.deferralStart(k), c.day)
	if err != nil {
		return err
	}
	switch {
	case int64(before) >= most:
		c.refuse(doc, codeTooMany, k.number, before)
	case change.Until > last:
		c.refuse(doc, codeTooLong, change.Until, last)
	case nearDeferralLimit(before+1, most, change.Until, last):
		c.warnings[doc.Number] = filing.NewError(warnDeferral, placeOf(doc), k.number, before+1, last)
	}
	return nil
}

// verifyHeldDeferral refuses a deferral that is too long though it began today.
func (c *checking) verifyHeldDeferral(doc service.Document, change *filing.Change) error {
	if change.Kind != filing.ChangeDeferral || c.e.config.Deferrals == LapseDeferral {
		return nil
	}
	_, last, err := c.e.law.deferralLimits(c.day, c.day)
	if err == nil && change.Until > last {
		c.refuse(doc, codeTooLong, change.Until, last)
	}
	return err
}

// applicantsOf reads the applicants of all applications found, in their order.
func applicantsOf(r store.Reader, f finding) (map[int64][]identity.Number, error) {
	var ids []int64
	for _, l := range f.byNumber {
		ids = append(ids, l.application)
	}
	for _, all := range f.byReference {
		for _, l := range all {
			ids = append(ids, l.application)
		}
	}
	rows, err := listed(r, `SELECT application_id, identity FROM enforcement_party WHERE application_id IN %s AND role = 'applicant'
		ORDER BY application_id, position`,
		distinct(ids), func(rows *store.Rows) (o owned[string], err error) {
			err = rows.Scan(&o.owner, &o.row)
			return o, err
		})
	if err != nil {
		return nil, fmt.Errorf("enforcement: read applicants: %w", err)
	}
	by := map[int64][]identity.Number{}
	for _, o := range rows {
		n, err := store.ParseIdentity(o.row)
		if err != nil {
			return nil, err
		}
		by[o.owner] = append(by[o.owner], n)
	}
	return by, nil
}
