package extract

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// The faults of requests that only the registers and the day can tell.
const (
	codeNotUnderCollection filing.Code = "D501"
	codePurposeNotGiven    filing.Code = "D502"
	codeNoPurpose          filing.Code = "D503"
	codePersonTwice        filing.Code = "D504"
	codeNoProcurement      filing.Code = "D505"
	codePeriodNotBegun     filing.Code = "D506"
	codePeriodEnded        filing.Code = "D507"
	codePeriod             filing.Code = "D508"
	codeForeign            filing.Code = "D509"
)

// Verify checks each question against the kind of user, the statement of R60
// or the period of R76, and that nobody is asked for twice among the documents
// it is given.
func (a *Answers) Verify(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	user, err := a.user(r, f)
	if err != nil {
		return service.Judgement{}, err
	}
	var errs []filing.Error
	seen := make(map[identity.Number]bool, len(docs))
	for _, d := range docs {
		q, ok := d.Content.(*filing.ExtractRequest)
		if !ok {
			return service.Judgement{}, fmt.Errorf("extract: document %d of file %d is no request", d.Number, f.ID)
		}
		at := filing.Place{Reference: q.Reference, Document: int(d.Number)}
		if seen[q.Identity] {
			errs = append(errs, filing.NewError(codePersonTwice, at))
		}
		seen[q.Identity] = true
		errs = append(errs, a.faults(user, calendar.Of(f.Arrived), q, at)...)
	}
	return service.RefusedBy(errs...), nil
}

// user is who asks: the permit, and the scope that goes with it.
type user struct {
	permit int64
	name   string // of the scope; of the permit where there is no such scope
	scope  Scope
	known  bool
}

func (a *Answers) user(r store.Reader, f service.File) (user, error) {
	p, found, err := a.extracts.permits.Of(r, f.MainCodeID, a.id)
	if err != nil || !found {
		return user{}, err
	}
	scope, known := a.extracts.scopeOf(a.id, p.Scope)
	return user{permit: p.ID, name: p.Scope, scope: scope, known: known}, nil
}

func (a *Answers) faults(u user, today calendar.Day, q *filing.ExtractRequest, at filing.Place) []filing.Error {
	var errs []filing.Error
	if k := q.Identity.Kind(); k == identity.Foreign {
		errs = append(errs, filing.NewError(codeForeign, at))
	}
	if a.id == filing.ProcurementExtract {
		return append(errs, procurementFaults(today, q, at)...)
	}
	return append(errs, purposeFaults(u, q, at)...)
}

func purposeFaults(u user, q *filing.ExtractRequest, at filing.Place) []filing.Error {
	if q.Purpose == "" {
		return []filing.Error{filing.NewError(codeNoPurpose, at)}
	}
	if !slices.Contains(u.scope.Purposes, q.Purpose) {
		sv, en := purposeWords(q.Purpose)
		return []filing.Error{filing.NewError(codePurposeNotGiven, at, sv, en)}
	}
	if q.Purpose == filing.PurposeCollection && !q.UnderCollection {
		return []filing.Error{filing.NewError(codeNotUnderCollection, at)}
	}
	return nil
}

// purposeWords are a purpose for people.
func purposeWords(p filing.RequestPurpose) (swedish, english string) {
	switch p {
	case filing.PurposeCollection:
		return "inkasso", "collection"
	case filing.PurposeSupervision:
		return "tillsyn", "supervision"
	case filing.PurposeSuitability:
		return "lämplighetsprövning", "assessment of suitability"
	}
	return string(p), string(p)
}

// procurementFaults holds the question to the period that it states (R76).
func procurementFaults(today calendar.Day, q *filing.ExtractRequest, at filing.Place) []filing.Error {
	var errs []filing.Error
	if q.Procurement == "" {
		errs = append(errs, filing.NewError(codeNoProcurement, at))
	}
	switch {
	case q.PeriodFrom.IsZero() || q.PeriodTo.IsZero() || q.PeriodTo < q.PeriodFrom:
		errs = append(errs, filing.NewError(codePeriod, at, q.PeriodFrom, q.PeriodTo))
	case today < q.PeriodFrom:
		errs = append(errs, filing.NewError(codePeriodNotBegun, at, q.PeriodFrom))
	case today > q.PeriodTo:
		errs = append(errs, filing.NewError(codePeriodEnded, at, q.PeriodTo))
	}
	return errs
}
