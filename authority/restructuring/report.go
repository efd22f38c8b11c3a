package restructuring

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Report is a claim report as it stands in the register.
type Report struct {
	ID             int64
	Number         string // by which its filer asks for it (R73)
	MatterID       int64
	File           int64
	Reference      string
	CodeID         int64
	Arrived        time.Time
	Registered     calendar.Day
	Late           bool // it came after the claim period
	Creditor       filing.Party
	Representative string
	Payee          filing.Payee
	Total          money.Amount
	Blocked        bool
	Claims         []Claim
}

// Status is where the report stands: as the claim of it that is furthest in.
func (r Report) Status() filing.ClaimStatus {
	order := []filing.ClaimStatus{filing.ClaimPlanned, filing.ClaimProposed, filing.ClaimRegistered, filing.ClaimDischarged,
		filing.ClaimLapsed, filing.ClaimEnded, filing.ClaimLeftOut, filing.ClaimWithdrawn}
	for _, s := range order {
		for _, c := range r.Claims {
			if c.State == s {
				return s
			}
		}
	}
	return filing.ClaimRegistered
}

// HasAccount tells whether the creditor can be paid.
func (r Report) HasAccount() bool { return r.Payee.Account != "" }

const selectReport = `SELECT id, number, matter_id, file, reference, code_id, arrived, registered, late, identity, name, care_of,
	street, postal_code, town, country, phone, email, representative, payee_kind, payee_account, payee_name, payee_identity,
	total, blocked FROM restructuring_report `

// Report finds a report by its number.
func (*Matters) Report(r store.Reader, number string) (Report, bool, error) {
	return oneReport(r, r.QueryRow(selectReport+`WHERE number = $1`, number))
}

func oneReport(r store.Reader, row *store.Row) (Report, bool, error) {
	report, err := scanReport(row)
	if errors.Is(err, store.ErrNoRows) {
		return Report{}, false, nil
	}
	if err == nil {
		report.Claims, err = claimsOf(r, report.ID)
	}
	if err != nil {
		return Report{}, false, fmt.Errorf("restructuring: read a report: %w", err)
	}
	return report, true, nil
}

// Reports lists the reports of a matter in the order of their registration.
func (*Matters) Reports(r store.Reader, matter int64) ([]Report, error) {
	return reportsWhere(r, `matter_id = $1`, matter)
}

// reportsWhere lists reports with their claims in the order of registration.
func reportsWhere(r store.Reader, where string, args ...any) ([]Report, error) {
	all, err := store.Collect(scanReportRow)(r.Query(selectReport+`WHERE `+where+` ORDER BY id`, args...))
	if err == nil {
		err = addClaims(r, all)
	}
	if err != nil {
		return nil, fmt.Errorf("restructuring: list reports: %w", err)
	}
	return all, nil
}

func scanReportRow(rows *store.Rows) (Report, error) { return scanReport(rows) }

// addClaims gives reports, which come by id, their claims.
func addClaims(r store.Reader, all []Report) error {
	for some := range slices.Chunk(all, service.ChunkSize) {
		at, ids := map[int64]int{}, make([]int64, len(some))
		for i, report := range some {
			at[report.ID], ids[i] = i, report.ID
		}
		places, args := store.Among(1, ids)
		rows := store.Each(r.Query(`SELECT report_id, `+claimFields+` FROM restructuring_claim
			WHERE report_id IN (`+places+`) ORDER BY report_id, position`, args...))
		for row, err := range rows {
			if err != nil {
				return err
			}
			var report int64
			c, err := scanClaim(row, &report)
			if err != nil {
				return err
			}
			i := at[report]
			some[i].Claims = append(some[i].Claims, c)
		}
	}
	return nil
}

func scanReport(row scanner) (r Report, err error) {
	var arrived, total int64
	var creditor, payee string
	p := &r.Creditor
	err = row.Scan(&r.ID, &r.Number, &r.MatterID, &r.File, &r.Reference, &r.CodeID, &arrived, &r.Registered, &r.Late, &creditor,
		&p.Name, &p.CareOf, &p.Street, &p.PostalCode, &p.Town, &p.Country, &p.Phone, &p.Email, &r.Representative,
		&r.Payee.Kind, &r.Payee.Account, &r.Payee.Name, &payee, &total, &r.Blocked)
	if err != nil {
		return Report{}, err
	}
	r.Arrived, r.Total = store.Moment(arrived), money.Amount(total)
	if p.Identity, err = store.ParseIdentity(creditor); err != nil {
		return Report{}, err
	}
	r.Payee.Identity, err = store.ParseIdentity(payee)
	return r, err
}

const claimFields = `amount, interest, origin, due_date, case_number, ground, disputed, not_due, counter_performance, condition,
	security, security_amount, guarantor, guarantor_name, copy_of, examined, state, since, left_out`

func claimsOf(r store.Reader, report int64) ([]Claim, error) {
	return store.Collect(func(rows *store.Rows) (Claim, error) { return scanClaim(rows) })(
		r.Query(`SELECT `+claimFields+` FROM restructuring_claim WHERE report_id = $1 ORDER BY position`, report))
}

// scanClaim reads claimFields, and what is selected before them.
func scanClaim(rows *store.Rows, before ...any) (c Claim, err error) {
	var amount, interest, security int64
	var guarantor string
	err = rows.Scan(append(before, &amount, &interest, &c.Origin, &c.DueDate, &c.CaseNumber, &c.Ground, &c.Disputed, &c.NotDue,
		&c.CounterPerformance, &c.Condition, &c.Security, &security, &guarantor, &c.Guarantor.Name, &c.CopyOf, &c.Examined,
		&c.State, &c.Since, &c.LeftOut)...)
	if err != nil {
		return Claim{}, err
	}
	c.Amount, c.Interest, c.SecurityAmount = money.Amount(amount), money.Amount(interest), money.Amount(security)
	c.Guarantor.Identity, err = store.ParseIdentity(guarantor)
	return c, err
}
