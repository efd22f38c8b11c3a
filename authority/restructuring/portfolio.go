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
func (*Matters) CaseStatuses(r store.Reader, codeID, after int64, limit int) (all []filing.CaseStatus, next int64, err error) {
	found, err := statusesWhere(r, `id IN (SELECT id FROM restructuring_report
		WHERE code_id = $1 AND id > $2 AND NOT blocked ORDER BY id LIMIT $3)`, codeID, after, limit)
	if err != nil {
		return nil, 0, fmt.Errorf("restructuring: list the reports of code %d: %w", codeID, err)
	}
	for _, s := range found {
		all = append(all, s.caseStatus())
	}
	if len(found) == limit && limit > 0 {
		next = found[limit-1].report.ID
	}
	return all, next, nil
}

func (r standingReport) caseStatus() filing.CaseStatus {
	s := filing.CaseStatus{
		Service: filing.Restructuring, Reference: r.Reference, CaseNumber: r.ClaimNumber, State: string(r.Status.Status),
		Registered: r.Registered, Claimed: r.report.Total,
	}
	s.Respondent.Identity, s.Respondent.Name = r.matter.Debtor.Identity, r.matter.Debtor.Name
	for i, c := range r.Claims {
		s.Since = max(s.Since, c.Since)
		s.PaidOut += c.Paid
		s.Received += c.Paid + c.Held
		s.Remaining += c.remaining(r.report.Claims[i])
	}
	return s
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
