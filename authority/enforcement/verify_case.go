package enforcement

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/statute"
)

// compare holds a change against earlier ones of the same subject in the file:
// the same again is refused once, what contradicts is refused on both sides.
func (c *checking) compare(doc service.Document, change *filing.Change, s subject) {
	for _, other := range c.earlier[s] {
		before := other.Content.(*filing.Change) // as kept below
		if other.Number == doc.Number {
			continue
		}
		switch {
		case sameChange(change, before):
			c.refuse(doc, codeTwice, other.Number)
		case contradict(change, before):
			c.refuse(doc, codeContradicts, other.Number)
			c.refuse(other, codeContradicts, doc.Number)
		}
	}
	c.earlier[s] = append(c.earlier[s], doc)
}

func sameChange(a, b *filing.Change) bool {
	return a.Kind == b.Kind && a.Amount == b.Amount && a.Until == b.Until
}

// contradict tells whether two changes of one case cannot both hold.
func contradict(a, b *filing.Change) bool {
	return a.Kind == b.Kind || a.Kind == filing.ChangeWithdrawal || b.Kind == filing.ChangeWithdrawal
}

// verifyCase holds a change against the state and the debt of a case.
func (c *checking) verifyCase(doc service.Document, change *filing.Change, k *kase) error {
	rule := changeRule(k.state(), change.Kind)
	if rule.Code != "" {
		sv, en := k.state().words()
		c.refuse(doc, rule.Code, k.number, sv, en)
		return nil
	}
	c.notes[doc.Number] = service.Result{Effect: rule.Effect, CaseNumber: k.number}
	switch change.Kind {
	case filing.ChangeAmount:
		c.verifyAmount(doc, change, k)
	case filing.ChangeDeferral:
		return c.verifyDeferral(doc, change, k)
	}
	return nil
}

// verifyAmount refuses an amount that is not below the debt. In linked cases
// the same amount may be given for each, and different ones contradict.
func (c *checking) verifyAmount(doc service.Document, change *filing.Change, k *kase) {
	if debt := k.group.debt(); change.Amount >= debt || change.Amount < 0 {
		c.refuse(doc, codeNotBelow, change.Amount, debt)
	}
	for _, other := range k.group.cases {
		for _, d := range c.earlier[subject{caseID: other.id}] {
			before := d.Content.(*filing.Change)
			if other != k && before.Kind == filing.ChangeAmount && before.Amount != change.Amount {
				c.refuse(doc, codeContradicts, d.Number)
				c.refuse(d, codeContradicts, doc.Number)
			}
		}
	}
}

func (c *checking) verifyDeferral(doc service.Document, change *filing.Change, k *kase) error {
	if c.e.config.Deferrals == LapseDeferral {
		return nil
	}
	before, err := c.deferralsWithin(k)
	if err != nil {
		return err
	}
	most, _, err := c.e.law.table.Count(statute.DeferralCount, c.day.Time())
	if err != nil {
		return err
	}
	if int64(before) >= most {
		c.refuse(doc, codeTooMany, k.number, before)
	}
	from := c.deferralStart(k)
	c.verifyLength(doc, change, from)
	_, last, err := c.e.law.deferralLimits(from, c.day)
	if err == nil && nearDeferralLimit(before+1, most, change.Until, last) {
		c.warnings[doc.Number] = filing.NewError(warnDeferral, placeOf(doc), k.number, before+1, last)
	}
	return err
}

// verifyLength refuses a deferral that would let the application lapse.
func (c *checking) verifyLength(doc service.Document, change *filing.Change, from calendar.Day) {
	last, err := c.e.law.after(statute.DeferralLength, from)
	if err == nil && change.Until > last && c.e.config.Deferrals != LapseDeferral {
		c.refuse(doc, codeTooLong, change.Until, last)
	}
}

// applicantsOf reads the applicants of all applications found.
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
	rows, err := listed(r, `SELECT application_id, identity FROM enforcement_party WHERE application_id IN %s AND role = 'applicant'`,
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
