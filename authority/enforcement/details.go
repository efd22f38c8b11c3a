package enforcement

import (
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// details are the rows that tell what happened, in the words of its own table.
// The number of each is the id of its event.
type details struct {
	deferrals      []detail[keptDeferral]
	investigations []detail[filing.Investigation]
	earnings       []detail[EarningsDecision]
	accounts       []detail[account]
	newFees        []detail[newFee]
}

type detail[T any] struct {
	caseID, number int64
	row            T
}

type keptDeferral struct {
	deferral
	file int64
}

// account is an interim account, or with a reason the final one, with its sums
// as said.
type account struct {
	day                            calendar.Day
	reason                         filing.FinalReason
	sums                           sums
	claimed, remaining, feesUnpaid money.Amount
}

// newFee is the notice of a new basic fee.
type newFee struct {
	noticed, day calendar.Day
	fee, unpaid  money.Amount
}

// The kinds of line: which row tells them.
const (
	lineCase          = "case"
	lineInvestigation = "investigation"
	lineEarnings      = "earnings"
	lineAccount       = "account"
	lineNewFee        = "new_fee"
)

func (d *desk) writeDetails() error {
	for _, write := range []func() error{d.writeDeferrals, d.writeInvestigations, d.writeEarnings, d.writeAccounts, d.writeNewFees} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) writeDeferrals() error {
	all := d.details.deferrals
	return d.copyIn("enforcement_deferral", []string{"case_id", "number", "granted", "until", "file"}, len(all),
		rowsOf(all, func(r detail[keptDeferral]) []any {
			return []any{r.caseID, r.number, r.row.granted.String(), r.row.until.String(), r.row.file}
		}))
}

func (d *desk) writeInvestigations() error {
	all := d.details.investigations
	return d.copyIn("enforcement_investigation", []string{"case_id", "number", "day", "result", "planned", "words"}, len(all),
		rowsOf(all, func(r detail[filing.Investigation]) []any {
			return []any{r.caseID, r.number, r.row.Date.String(), string(r.row.Result), r.row.Planned, r.row.Text}
		}))
}

func (d *desk) writeEarnings() error {
	all := d.details.earnings
	columns := []string{"case_id", "number", "kind", "decided", "employer_identity", "employer_name", "care_of", "street", "postal_code",
		"town", "country", "amount", "all_above", "reserve", "daily", "from_day", "until"}
	return d.copyIn("enforcement_earnings", columns, len(all), rowsOf(all, func(r detail[EarningsDecision]) []any {
		e, at := r.row.EarningsAttachment, r.row.Address
		return []any{r.caseID, r.number, string(e.Kind), e.Decided.String(), store.Identity(e.Employer.Identity), e.Employer.Name, at.CareOf,
			at.Street, at.PostalCode, at.Town, at.Country, ore(e.Amount), e.AllAboveReserve, ore(e.Reserve), e.Daily, e.From, e.Until}
	}))
}

func accountColumns() []string {
	return []string{"case_id", "number", "reason", "day", "claimed", "accrued", "restored", "received", "linked", "reduced",
		"interest", "costs", "capital", "fees", "returned", "paid_out", "taken_back", "remaining", "fees_unpaid"}
}

func (d *desk) writeAccounts() error {
	all := d.details.accounts
	return d.copyIn("enforcement_account", accountColumns(), len(all), rowsOf(all, func(r detail[account]) []any {
		a, s := r.row, r.row.sums
		return []any{r.caseID, r.number, string(a.reason), a.day.String(), ore(a.claimed), ore(s.accrued), ore(s.restored),
			ore(s.received), ore(s.linked), ore(s.reduced), ore(s.own[ofInterest]), ore(s.own[ofCosts]), ore(s.own[ofCapital]),
			ore(s.fees), ore(s.returned), ore(s.paidOut), ore(s.takenBack), ore(a.remaining), ore(a.feesUnpaid)}
	}))
}

func (d *desk) writeNewFees() error {
	all := d.details.newFees
	return d.copyIn("enforcement_new_fee", []string{"case_id", "number", "noticed", "fee_day", "fee", "unpaid"}, len(all),
		rowsOf(all, func(r detail[newFee]) []any {
			return []any{r.caseID, r.number, r.row.noticed.String(), r.row.day.String(), ore(r.row.fee), ore(r.row.unpaid)}
		}))
}
