package restructuring

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// CaseStatuses tells how the reports of a code stand, which are asked for. next is
// the id of the last, 0 when there are no more. What is blocked is left out.
func (*Matters) CaseStatuses(r store.Reader, of service.CasesOf) (all []filing.CaseStatus, next int64, err error) {
	which, args := `code_id = $1 AND id > $2`, []any{of.CodeID, of.After, of.Limit}
	if of.Reference != "" {
		which, args = which+` AND reference = $4`, append(args, of.Reference)
	}
	found, err := statusesWhere(r, `id IN (SELECT id FROM restructuring_report WHERE `+which+` AND NOT blocked ORDER BY id LIMIT $3)`, args...)
	if err != nil {
		return nil, 0, fmt.Errorf("restructuring: list the reports of code %d: %w", of.CodeID, err)
	}
	for _, s := range found {
		all = append(all, s.caseStatus())
	}
	if len(found) == of.Limit && of.Limit > 0 {
		next = found[of.Limit-1].report.ID
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
