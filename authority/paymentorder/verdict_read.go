package paymentorder

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// readVerdicts reads verdicts with their respondents and parts, at most
// store.MostAmong.
func readVerdicts(r store.Reader, where string, args ...any) ([]*Verdict, error) {
	all, err := store.Collect(scanVerdict)(r.Query(`SELECT id, number, case_id, case_number, reference, code_id, day,
		applicant_identity, applicant_name, joint, enforced, interest, costs, total, legal_force
		FROM paymentorder_verdict WHERE `+where, args...))
	if err == nil {
		err = addToVerdicts(r, all)
	}
	if err != nil {
		return nil, fmt.Errorf("paymentorder: read verdicts: %w", err)
	}
	return all, nil
}

func scanVerdict(rows *store.Rows) (*Verdict, error) {
	v := &Verdict{}
	var applicant string
	var interest, costs, total int64
	err := rows.Scan(&v.ID, &v.VerdictNumber, &v.CaseID, &v.CaseNumber, &v.Reference, &v.CodeID, &v.Date, &applicant,
		&v.Applicant.Name, &v.Joint, &v.Enforced, &interest, &costs, &total, &v.LegalForce)
	if err != nil {
		return nil, err
	}
	v.Interest, v.Costs, v.Total = money.Amount(interest), money.Amount(costs), money.Amount(total)
	v.Applicant.Identity, err = store.ParseIdentity(applicant)
	return v, err
}

func addToVerdicts(r store.Reader, all []*Verdict) error {
	for i := range all {
		if i%store.MostAmong != 0 {
			continue
		}
		some := all[i:min(i+store.MostAmong, len(all))]
		at := map[int64]*Verdict{}
		ids := make([]int64, len(some))
		for k, v := range some {
			at[v.ID], ids[k] = v, v.ID
		}
		places, args := store.Among(1, ids)
		if err := addVerdictRespondents(r, at, places, args); err != nil {
			return err
		}
		if err := addVerdictParts(r, at, places, args); err != nil {
			return err
		}
	}
	return nil
}

func addVerdictRespondents(r store.Reader, at map[int64]*Verdict, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT verdict_id, identity, name, enforcement_case, set_aside FROM paymentorder_verdict_respondent
		WHERE verdict_id IN (`+places+`) ORDER BY verdict_id, position`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var id, aside int64
		var full string
		var p filing.VerdictRespondent
		if err := row.Scan(&id, &full, &p.Name, &p.EnforcementCase, &aside); err != nil {
			return err
		}
		if p.Identity, err = store.ParseIdentity(full); err != nil {
			return err
		}
		at[id].Respondents, at[id].SetAside = append(at[id].Respondents, p), append(at[id].SetAside, money.Amount(aside))
	}
	return nil
}

func addVerdictParts(r store.Reader, at map[int64]*Verdict, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT verdict_id, part, type, amount, accrued, interest_kind, interest_rate, interest_from
		FROM paymentorder_verdict_part WHERE verdict_id IN (`+places+`) ORDER BY verdict_id, part`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var id, amount, accrued, rate int64
		var p filing.GrantedPart
		if err := row.Scan(&id, &p.Part, &p.Type, &amount, &accrued, &p.Interest.Kind, &rate, &p.Interest.From); err != nil {
			return err
		}
		p.Amount, p.Accrued, p.Interest.Rate = money.Amount(amount), money.Amount(accrued), money.Rate(rate)
		at[id].Parts = append(at[id].Parts, p)
	}
	return nil
}
