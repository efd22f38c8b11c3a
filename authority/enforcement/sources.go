package enforcement

import (
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// sources is where the documents of each outgoing transaction come from.
func sources() map[filing.Transaction]source {
	line := func(selected, joined string, scan func(*store.Rows) (filing.Content, error)) source {
		return source{selected + ` FROM enforcement_line l JOIN enforcement_case c ON c.id = l.case_id
			JOIN enforcement_application a ON a.id = c.application_id ` + joined + ofStream + ` ORDER BY l.line`, scan}
	}
	return map[filing.Transaction]source{
		filing.VEConfirmation: line(confirmedColumns, `JOIN enforcement_group g ON g.id = c.group_id`, scanConfirmed),
		filing.VEEarningsAttachment: line(`SELECT a.reference, c.number, e.kind, e.decided, e.employer_identity, e.employer_name,
			e.amount, e.all_above, e.reserve, e.daily, e.from_day, e.until`,
			`JOIN enforcement_earnings e ON e.case_id = l.case_id AND e.number = l.number`, scanEarnings),
		filing.VENewFee: line(`SELECT a.reference, c.number, c.identity, f.fee_day, f.fee, f.unpaid`,
			`JOIN enforcement_new_fee f ON f.case_id = l.case_id AND f.number = l.number`, scanNewFee),
		filing.VEFinalAccount: line(`SELECT a.reference, c.number, k.day, k.reason, k.claimed, k.accrued, k.restored, k.received, k.linked,
			k.reduced, k.interest, k.costs, k.capital, k.fees, k.returned, k.paid_out, k.taken_back, k.remaining, k.fees_unpaid`,
			`JOIN enforcement_account k ON k.case_id = l.case_id AND k.number = l.number`, scanFinal),
		filing.VEInterimAccount: line(`SELECT a.reference, c.number, l.kind,
			i.day, COALESCE(i.result, ''), i.planned, COALESCE(i.words, ''),
			k.day, COALESCE(k.received, 0), COALESCE(k.linked, 0), COALESCE(k.fees, 0), COALESCE(k.interest, 0), COALESCE(k.costs, 0),
			COALESCE(k.capital, 0), COALESCE(k.paid_out, 0), COALESCE(k.remaining, 0)`,
			`LEFT JOIN enforcement_investigation i ON l.kind = 'investigation' AND i.case_id = l.case_id AND i.number = l.number
			LEFT JOIN enforcement_account k ON l.kind = 'account' AND k.case_id = l.case_id AND k.number = l.number`, scanReport),
	}
}

const confirmedColumns = `SELECT a.reference, c.number, c.registered, c.identity,
	CASE WHEN g.cases > 1 THEN (SELECT f.number FROM enforcement_case f WHERE f.id = g.id) ELSE '' END,
	c.confirmed_fee, c.claimed, c.confirmed, c.lodge_by, a.title_number, c.held_code, c.repeats`

const selectConfirmed = confirmedColumns + ` FROM enforcement_case c JOIN enforcement_application a ON a.id = c.application_id
	JOIN enforcement_group g ON g.id = c.group_id`

func scanConfirmed(rows *store.Rows) (filing.Content, error) {
	c := &filing.ConfirmedEnforcement{}
	var full string
	err := rows.Scan(&c.Reference, &c.CaseNumber, &c.Registered, &full, &c.LinkGroup, (*int64)(&c.Fee), (*int64)(&c.Sum), &c.State,
		&c.LodgeBy, &c.Title, &c.HeldCode, &c.Repeats)
	c.HeldRefused = c.HeldCode != ""
	if c.Repeats != "" {
		c.Warning = string(warnRunning)
	}
	if err == nil {
		c.Respondent, err = store.ParseIdentity(full)
	}
	return c, err
}

func scanEarnings(rows *store.Rows) (filing.Content, error) {
	e := &filing.EarningsAttachment{}
	var full string
	err := rows.Scan(&e.Reference, &e.CaseNumber, &e.Kind, &e.Decided, &full, &e.Employer.Name, (*int64)(&e.Amount),
		&e.AllAboveReserve, (*int64)(&e.Reserve), &e.Daily, &e.From, &e.Until)
	if err == nil {
		e.Employer.Identity, err = store.ParseIdentity(full)
	}
	return e, err
}

func scanNewFee(rows *store.Rows) (filing.Content, error) {
	f := &filing.NewFee{}
	var full string
	err := rows.Scan(&f.Reference, &f.CaseNumber, &full, &f.FeeDay, (*int64)(&f.Fee), (*int64)(&f.Unpaid))
	if err == nil {
		f.Respondent, err = store.ParseIdentity(full)
	}
	return f, err
}

func scanFinal(rows *store.Rows) (filing.Content, error) {
	f := &filing.FinalAccount{}
	err := rows.Scan(&f.Reference, &f.CaseNumber, &f.Closed, &f.Reason, (*int64)(&f.Claimed), (*int64)(&f.Interest), (*int64)(&f.Restored),
		(*int64)(&f.Received), (*int64)(&f.Linked), (*int64)(&f.Reduced), (*int64)(&f.InterestPaid), (*int64)(&f.Costs),
		(*int64)(&f.Capital), (*int64)(&f.Fees), (*int64)(&f.Returned), (*int64)(&f.PaidOut), (*int64)(&f.TakenBack),
		(*int64)(&f.Remaining), (*int64)(&f.FeesUnpaid))
	return f, err
}

func scanReport(rows *store.Rows) (filing.Content, error) {
	r := &filing.EnforcementReport{}
	i, a := &filing.Investigation{}, &filing.InterimAccount{}
	var kind string
	err := rows.Scan(&r.Reference, &r.CaseNumber, &kind, &i.Date, &i.Result, &i.Planned, &i.Text, &a.Date, (*int64)(&a.Received),
		(*int64)(&a.Linked), (*int64)(&a.Fees), (*int64)(&a.Interest), (*int64)(&a.Costs), (*int64)(&a.Capital),
		(*int64)(&a.PaidOut), (*int64)(&a.Remaining))
	if kind == lineAccount {
		r.Account = a
	} else {
		r.Investigation = i
	}
	return r, err
}
