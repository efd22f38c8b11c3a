package restructuring

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Status is what a filer is told of a report of its own (R73).
type Status struct {
	filing.ConfirmedClaim
	Matter State // of the matter
	Claims []ClaimStanding
}

// ClaimStanding is where one claim of a report stands.
type ClaimStanding struct {
	Position int64
	Status   filing.ClaimStatus
	Since    calendar.Day
	LeftOut  Reason       // why, where it is left out
	CopyOf   string       // an earlier report of the same claim
	Share    money.Amount // by the proposal that stands
	Paid     money.Amount // to the account
	Held     money.Amount // no usable account
}

// StatusOf tells the status of a report by its number. A report of another code
// is not told apart from one that does not exist.
func (m *Matters) StatusOf(r store.Reader, codeID int64, claim string) (Status, bool, error) {
	report, found, err := oneReport(r, r.QueryRow(selectReport+`WHERE number = $1 AND code_id = $2 AND NOT blocked`, claim, codeID))
	if err != nil || !found {
		return Status{}, false, err
	}
	s, err := m.status(r, report)
	return s, err == nil, err
}

// StatusesOf tells the status of the reports with an own reference of the code,
// the oldest first.
func (m *Matters) StatusesOf(r store.Reader, codeID int64, reference string) ([]Status, error) {
	reports, err := store.Collect(func(rows *store.Rows) (Report, error) { return scanReport(rows) })(
		r.Query(selectReport+`WHERE code_id = $1 AND reference = $2 AND NOT blocked ORDER BY id`, codeID, reference))
	if err != nil {
		return nil, fmt.Errorf("restructuring: find the reports with a reference of code %d: %w", codeID, err)
	}
	all := make([]Status, len(reports))
	for i, report := range reports {
		if report.Claims, err = claimsOf(r, report.ID); err != nil {
			return nil, err
		}
		if all[i], err = m.status(r, report); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (m *Matters) status(r store.Reader, report Report) (Status, error) {
	c, err := confirmed(r, report)
	if err != nil {
		return Status{}, err
	}
	s := Status{ConfirmedClaim: c}
	if err := r.QueryRow(`SELECT state FROM restructuring_matter WHERE id = $1`, report.MatterID).Scan(&s.Matter); err != nil {
		return Status{}, err
	}
	for i, claim := range report.Claims {
		standing := ClaimStanding{Position: int64(i + 1), Status: claim.State, Since: claim.Since, LeftOut: claim.LeftOut, CopyOf: claim.CopyOf}
		if err := standing.addMoney(r, report); err != nil {
			return Status{}, err
		}
		s.Claims = append(s.Claims, standing)
	}
	return s, nil
}

func (c *ClaimStanding) addMoney(r store.Reader, report Report) error {
	var share, paid, held int64
	err := r.QueryRow(`SELECT
		(SELECT COALESCE(MAX(s.share), 0) FROM restructuring_share s JOIN restructuring_matter m
			ON m.id = s.matter_id AND m.revision = s.revision WHERE s.report_id = $1 AND s.position = $2),
		(SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM restructuring_payout_line WHERE report_id = $1 AND position = $2 AND state = 'paid'),
		(SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM restructuring_payout_line WHERE report_id = $1 AND position = $2 AND state = 'held')`,
		report.ID, c.Position).Scan(&share, &paid, &held)
	if err != nil {
		return fmt.Errorf("restructuring: read what report %s was given: %w", report.Number, err)
	}
	if c.Status == filing.ClaimProposed || c.Status == filing.ClaimPlanned || c.Status == filing.ClaimDischarged {
		c.Share = money.Amount(share)
	}
	c.Paid, c.Held = money.Amount(paid), money.Amount(held)
	return nil
}
