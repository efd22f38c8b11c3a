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
			if number := running[claimOf(f.MainCodeID, a.Respondents[i].Identity, a.Title.Number)]; number != "" {
				j.Warnings = append(j.Warnings, filing.NewError(warnRunning, placeOf(doc), number, a.Title.Number))
				break
			}
		}
	}
	return j, nil
}

// titlesAgainst finds by claim the open cases of a main code and its sub-codes
// about the titles and debtors of the documents.
func titlesAgainst(r store.Reader, mainCodeID int64, docs []service.Document) (map[int64]string, error) {
	var wanted []int64
	for _, doc := range docs {
		a, ok := doc.Content.(*filing.EnforcementApplication)
		for i := 0; ok && i < len(a.Respondents); i++ {
			wanted = append(wanted, claimOf(mainCodeID, a.Respondents[i].Identity, a.Title.Number))
		}
	}
	return enforced(r, wanted)
}
