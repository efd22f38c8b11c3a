package restructuring

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
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
func (*Matters) StatusOf(r store.Reader, codeID int64, claim string) (Status, bool, error) {
	all, err := statusesWhere(r, `number = $1 AND code_id = $2 AND NOT blocked`, claim, codeID)
	if err != nil || len(all) == 0 {
		return Status{}, false, err
	}
	return all[0].Status, true, nil
}

// StatusesOf tells the status of the reports with an own reference of the code,
// the oldest first.
func (*Matters) StatusesOf(r store.Reader, codeID int64, reference string) ([]Status, error) {
	found, err := statusesWhere(r, `code_id = $1 AND reference = $2 AND NOT blocked`, codeID, reference)
	all := make([]Status, len(found))
	for i, s := range found {
		all[i] = s.Status
	}
	return all, err
}

// standingReport is a report with what its status is told from.
type standingReport struct {
	Status
	report Report
	matter Matter
}

func statusesWhere(r store.Reader, where string, args ...any) ([]standingReport, error) {
	reports, err := reportsWhere(r, where, args...)
	if err != nil {
		return nil, err
	}
	var all []standingReport
	for some := range slices.Chunk(reports, service.ChunkSize) {
		standing, err := statuses(r, some)
		if err != nil {
			return nil, err
		}
		all = append(all, standing...)
	}
	return all, nil
}

func statuses(r store.Reader, reports []Report) ([]standingReport, error) {
	matters, err := mattersOfReports(r, reports)
	if err != nil {
		return nil, err
	}
	given, err := givenTo(r, reports)
	if err != nil {
		return nil, err
	}
	all := make([]standingReport, len(reports))
	for i, report := range reports {
		matter := matters[report.MatterID]
		all[i] = standingReport{report: report, matter: matter, Status: Status{ConfirmedClaim: confirmed(report, matter.Number), Matter: matter.State}}
		for k, claim := range report.Claims {
			s := given[claimAt{report.ID, int64(k + 1)}]
			s.Position, s.Status, s.Since, s.LeftOut, s.CopyOf = int64(k+1), claim.State, claim.Since, claim.LeftOut, claim.CopyOf
			if s.Status != filing.ClaimProposed && s.Status != filing.ClaimPlanned && s.Status != filing.ClaimDischarged {
				s.Share = 0
			}
			all[i].Claims = append(all[i].Claims, s)
		}
	}
	return all, nil
}

// mattersOfReports are the matters of reports by their ids.
func mattersOfReports(r store.Reader, reports []Report) (map[int64]Matter, error) {
	ids := make([]int64, len(reports))
	for i, report := range reports {
		ids[i] = report.MatterID
	}
	found, err := among(r, "id", ids)
	byID := map[int64]Matter{}
	for _, matter := range found {
		byID[matter.ID] = matter
	}
	return byID, err
}

// givenTo is what each claim of the reports has been given: its share by the
// proposal that stands, what was paid and what is held.
func givenTo(r store.Reader, reports []Report) (map[claimAt]ClaimStanding, error) {
	given := map[claimAt]ClaimStanding{}
	if len(reports) == 0 {
		return given, nil
	}
	ids := make([]int64, len(reports))
	for i, report := range reports {
		ids[i] = report.ID
	}
	places, args := store.Among(1, ids)
	rows := store.Each(r.Query(`SELECT s.report_id, s.position, 'share', s.share FROM restructuring_report r
			JOIN restructuring_matter m ON m.id = r.matter_id
			JOIN restructuring_share s ON s.matter_id = m.id AND s.revision = m.revision AND s.report_id = r.id WHERE r.id IN (`+places+`)
		UNION ALL SELECT report_id, position, state, CAST(SUM(amount) AS BIGINT) FROM restructuring_payout_line
			WHERE report_id IN (`+places+`) GROUP BY report_id, position, state`, args...))
	for row, err := range rows {
		if err != nil {
			return nil, fmt.Errorf("restructuring: read what reports were given: %w", err)
		}
		var at claimAt
		var what string
		var sum int64
		if err := row.Scan(&at.report, &at.position, &what, &sum); err != nil {
			return nil, err
		}
		given[at] = given[at].with(what, money.Amount(sum))
	}
	return given, nil
}

func (c ClaimStanding) with(what string, sum money.Amount) ClaimStanding {
	switch what {
	case "share":
		c.Share = sum
	case string(Paid):
		c.Paid = sum
	case string(Held):
		c.Held = sum
	}
	return c
}
