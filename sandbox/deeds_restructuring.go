package sandbox

import (
	"context"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// openRestructuring registers the decision to initiate, announced the same day
// and with the applicant as known creditor.
func openRestructuring(ctx context.Context, d *doing) error {
	var debtor, creditor filing.Party
	err := d.read(ctx, func(r store.Reader) (err error) {
		debtor, creditor, err = d.Enforcements.Opponents(r, d.number)
		return err
	})
	if err != nil {
		return err
	}
	today := calendar.Today(d.Clock)
	o := restructuring.Opening{Debtor: debtor, Decided: today, Announced: today}
	if creditor.Town != "" && creditor.PostalCode != "" {
		o.Creditors = []filing.Party{creditor}
	}
	_, err = d.Matters.Open(ctx, d.by, o)
	return err
}

// matter is the restructuring of the debtor that is not closed.
func (d *doing) matter(ctx context.Context) (found restructuring.Matter, reports []restructuring.Report, err error) {
	err = d.read(ctx, func(r store.Reader) error {
		debtor, _, err := d.Enforcements.Opponents(r, d.number)
		if err != nil {
			return err
		}
		all, err := d.Matters.OfDebtor(r, debtor.Identity)
		if err != nil {
			return err
		}
		for _, m := range all {
			if m.Closed.IsZero() {
				found = m
			}
		}
		if found.ID == 0 {
			return service.UnknownCase(d.number)
		}
		reports, err = d.Matters.Reports(r, found.ID)
		return err
	})
	return found, reports, err
}

// propose examines the claims and proposes to pay half of what is reported.
func propose(ctx context.Context, d *doing) error {
	m, reports, err := d.matter(ctx)
	if err != nil {
		return err
	}
	var reported money.Amount
	for _, r := range reports {
		for _, c := range r.Claims {
			reported += c.Amount
		}
		err := d.Matters.Examine(ctx, d.by, r.Number, 0)
		if _, refused := service.RefusedAs(err); err != nil && !refused {
			return err
		}
	}
	return d.Matters.Propose(ctx, d.by, m.Number, restructuring.Terms{Distributed: reported / 2})
}

// grantRestructuring grants what was proposed. What was reported too late for the
// proposal is proposed first; where nothing was reported there is nothing to pay
// on, and the matter ends.
func grantRestructuring(ctx context.Context, d *doing) error {
	m, reports, err := d.matter(ctx)
	if err != nil {
		return err
	}
	if len(reports) == 0 {
		return d.Matters.Close(ctx, d.by, m.Number, restructuring.CauseRejected)
	}
	if m.Revision == 0 {
		if err := propose(ctx, d); err != nil {
			return err
		}
	}
	return d.Matters.Grant(ctx, d.by, m.Number, 0)
}

func refuseRestructuring(ctx context.Context, d *doing) error {
	m, _, err := d.matter(ctx)
	if err != nil {
		return err
	}
	return d.Matters.Close(ctx, d.by, m.Number, restructuring.CauseRejected)
}
