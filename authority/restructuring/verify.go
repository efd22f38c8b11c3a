package restructuring

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// The faults of a report against the register.
const (
	codeUnknownMatter filing.Code = "D421"
	codeNoOpening     filing.Code = "D422"
	codeMatterEnded   filing.Code = "D423"
	codeLate          filing.Code = "W421"
	codeUnknownCase   filing.Code = "W422"
)

// Verify refuses reports in matters that do not exist, are another debtor's, or
// have ended. A report after the claim period is warned of, and flagged when it
// is read in; so is a claim with the number of a case that the filer has not, of
// which nothing tells whether there is one.
func (m *Matters) Verify(r store.Reader, f service.File, docs []service.Document) (j service.Judgement, err error) {
	for some := range slices.Chunk(docs, service.ChunkSize) {
		if err := m.verify(r, f, some, &j); err != nil {
			return service.Judgement{}, err
		}
	}
	return j, nil
}

func (m *Matters) verify(r store.Reader, f service.File, docs []service.Document, j *service.Judgement) (err error) {
	reports := make([]*filing.ClaimReport, len(docs))
	for i, d := range docs {
		if reports[i], err = reportIn(d); err != nil {
			return err
		}
	}
	known, err := mattersOf(r, reports)
	if err != nil {
		return err
	}
	unknown, err := m.unknownCases(r, f, reports)
	if err != nil {
		return err
	}
	arrived := calendar.Of(f.Arrived)
	for i, report := range reports {
		matter, found := known.of(report)
		place := filing.Place{Reference: report.Reference, Document: int(docs[i].Number)}
		fault := faultOf(report, matter, found, place)
		if fault != nil {
			j.Errors = append(j.Errors, *fault)
			continue
		}
		if arrived > matter.LastDay {
			j.Warnings = append(j.Warnings, filing.NewError(codeLate, place, filing.GivenNumber(matter.Number), matter.LastDay))
		}
		for _, number := range caseNumbers(report) {
			if unknown[number] {
				place.Value = number
				j.Warnings = append(j.Warnings, filing.NewError(codeUnknownCase, place, number))
			}
		}
	}
	return nil
}

// caseNumbers are those of the claims of the reports, each once and in order.
func caseNumbers(reports ...*filing.ClaimReport) (all []string) {
	for _, report := range reports {
		for _, c := range report.Claims {
			if c.CaseNumber != "" {
				all = append(all, c.CaseNumber)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// unknownCases are the case numbers in the reports that are no cases of the
// filer.
func (m *Matters) unknownCases(r store.Reader, f service.File, reports []*filing.ClaimReport) (map[string]bool, error) {
	numbers := caseNumbers(reports...)
	if len(numbers) == 0 || len(m.cases) == 0 {
		return nil, nil
	}
	unknown := map[string]bool{}
	for _, number := range numbers {
		unknown[number] = true
	}
	for _, known := range m.cases {
		found, err := known(r, f, numbers)
		if err != nil {
			return nil, err
		}
		for _, number := range found {
			delete(unknown, number)
		}
	}
	return unknown, nil
}

func reportIn(d service.Document) (*filing.ClaimReport, error) {
	report, ok := d.Content.(*filing.ClaimReport)
	if !ok {
		return nil, fmt.Errorf("restructuring: document %d is %T, not a claim report", d.Number, d.Content)
	}
	return report, nil
}

// faultOf tells what is wrong with a report. Of a matter whose debtor is
// another it says no more than that there is none for this debtor.
func faultOf(report *filing.ClaimReport, matter Matter, found bool, at filing.Place) *filing.Error {
	given := report.Debtor.Identity
	var fault filing.Error
	switch {
	case !found && report.MatterNumber != "":
		at.Value = report.MatterNumber
		fault = filing.NewError(codeUnknownMatter, at, report.MatterNumber)
	case !found || !given.IsZero() && given != matter.Debtor.Identity:
		fault = filing.NewError(codeNoOpening, at)
	case !matter.Open():
		at.Value = matter.Number
		sv, en := stateWords(States().States, string(matter.State))
		fault = filing.NewError(codeMatterEnded, at, filing.GivenNumber(matter.Number), sv, en)
	default:
		return nil
	}
	return &fault
}
