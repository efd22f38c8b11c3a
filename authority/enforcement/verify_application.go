package enforcement

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// verifyApplications refuses what cannot be applied for by file (R58), and
// warns of titles that the filer has under enforcement already.
func verifyApplications(r store.Reader, f service.File, docs []service.Document) (j service.Judgement, err error) {
	running, err := titlesAgainst(r, f.MainCodeID, docs)
	if err != nil {
		return j, err
	}
	for _, doc := range docs {
		a, ok := doc.Content.(*filing.EnforcementApplication)
		if !ok {
			return j, fmt.Errorf("enforcement: document %d is a %T, no application", doc.Number, doc.Content)
		}
		if a.Measure != filing.Payment && a.Measure != filing.Repossession {
			j.Errors = append(j.Errors, filing.NewError(codeMeasure, placeOf(doc), string(a.Measure)))
			continue
		}
		for i := range a.Respondents {
			if number := running[claim{store.Identity(a.Respondents[i].Identity), a.Title.Number}]; number != "" {
				j.Warnings = append(j.Warnings, filing.NewError(warnRunning, placeOf(doc), number, a.Title.Number))
				break
			}
		}
	}
	return j, nil
}

// claim is a title against a debtor.
type claim struct{ debtor, title string }

// titlesAgainst finds the open cases of a main code and its sub-codes against the
// debtors of the documents, by their titles.
func titlesAgainst(r store.Reader, mainCodeID int64, docs []service.Document) (map[claim]string, error) {
	var debtors []string
	for _, doc := range docs {
		a, ok := doc.Content.(*filing.EnforcementApplication)
		for i := 0; ok && i < len(a.Respondents); i++ {
			debtors = append(debtors, store.Identity(a.Respondents[i].Identity))
		}
	}
	type open struct {
		claim
		number string
	}
	all, err := listedFor(r, `SELECT c.identity, a.title_number, c.number FROM enforcement_case c
		JOIN enforcement_application a ON a.id = c.application_id
		WHERE a.main_code_id = $1 AND c.closed IS NULL AND a.title_number <> '' AND c.identity IN %s`, mainCodeID, unique(debtors),
		func(rows *store.Rows) (o open, err error) {
			err = rows.Scan(&o.debtor, &o.title, &o.number)
			return o, err
		})
	if err != nil {
		return nil, fmt.Errorf("enforcement: find cases of the same titles: %w", err)
	}
	running := map[claim]string{}
	for _, o := range all {
		running[o.claim] = o.number
	}
	return running, nil
}
