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
)

// Verify refuses reports in matters that do not exist, are another debtor's, or
// have ended. A report after the claim period is warned of, and flagged when it
// is read in.
func (*Matters) Verify(r store.Reader, f service.File, docs []service.Document) (j service.Judgement, err error) {
	for some := range slices.Chunk(docs, service.ChunkSize) {
		if err := verify(r, calendar.Of(f.Arrived), some, &j); err != nil {
			return service.Judgement{}, err
		}
	}
	return j, nil
}

func verify(r store.Reader, arrived calendar.Day, docs []service.Document, j *service.Judgement) (err error) {
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
	for i, report := range reports {
		matter, found := known.of(report)
		place := filing.Place{Reference: report.Reference, Document: int(docs[i].Number)}
		fault := faultOf(report, matter, found, place)
		switch {
		case fault != nil:
			j.Errors = append(j.Errors, *fault)
		case arrived > matter.LastDay:
			j.Warnings = append(j.Warnings, filing.NewError(codeLate, place, filing.GivenNumber(matter.Number), matter.LastDay))
		}
	}
	return nil
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
