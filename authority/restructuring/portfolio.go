package restructuring

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// CaseStatuses tells how the reports of a code stand, for its status report: in
// order of id, at most limit of them after the given id. next is the id of the
// last, 0 when there are no more.
func (m *Matters) CaseStatuses(r store.Reader, codeID, after int64, limit int) (all []filing.CaseStatus, next int64, err error) {
	reports, err := store.Collect(func(rows *store.Rows) (Report, error) { return scanReport(rows) })(
		r.Query(selectReport+`WHERE code_id = $1 AND id > $2 AND NOT blocked ORDER BY id LIMIT $3`, codeID, after, limit))
	if err != nil {
		return nil, 0, fmt.Errorf("restructuring: list the reports of code %d: %w", codeID, err)
	}
	for _, report := range reports {
		s, err := m.caseStatus(r, report)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, s)
	}
	if len(reports) == limit && limit > 0 {
		next = reports[limit-1].ID
	}
	return all, next, nil
}

func (m *Matters) caseStatus(r store.Reader, report Report) (filing.CaseStatus, error) {
	claims, err := claimsOf(r, report.ID)
	if err != nil {
		return filing.CaseStatus{}, err
	}
	report.Claims = claims
	status, err := m.status(r, report)
	if err != nil {
		return filing.CaseStatus{}, err
	}
	s := filing.CaseStatus{
		Service: filing.Restructuring, Reference: report.Reference, CaseNumber: report.Number, State: string(status.Status),
		Registered: report.Registered, Claimed: report.Total,
	}
	var debtor string
	err = r.QueryRow(`SELECT debtor, debtor_name FROM restructuring_matter WHERE id = $1`, report.MatterID).Scan(&debtor, &s.Respondent.Name)
	if err != nil {
		return s, fmt.Errorf("restructuring: read the debtor of report %s: %w", report.Number, err)
	}
	if s.Respondent.Identity, err = unstored(debtor); err != nil {
		return s, err
	}
	for i, c := range status.Claims {
		s.Since = max(s.Since, c.Since)
		s.PaidOut += c.Paid
		s.Received += c.Paid + c.Held
		s.Remaining += c.remaining(claims[i])
	}
	return s, nil
}

// remaining is what a claim still expects: of its share in a plan, of the whole
// before one or without one.
func (c ClaimStanding) remaining(claim Claim) money.Amount {
	switch c.Status {
	case filing.ClaimPlanned:
		return max(0, c.Share-c.Paid-c.Held)
	case filing.ClaimDischarged:
		return 0
	}
	return max(0, claim.Amount+claim.Interest-c.Paid-c.Held)
}
