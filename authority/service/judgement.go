package service

import "filtjanst/filing"

// Judgement is what the registers say of a file and its documents.
type Judgement struct {
	// Errors refuse: one of class General the whole file, one of class Document
	// the document of its number, which is then not applied (R43).
	Errors []filing.Error
	// Warnings are told to the filer and refuse nothing.
	Warnings []filing.Error
	// Notes tell, by number, what becomes of documents that are not refused, for
	// the receipt (R43). A document without one is applied.
	Notes map[int64]Result
}

// Result is what becomes of one document once its file is approved.
type Result struct {
	Effect     Effect
	CaseNumber string // "" when there is none yet (R30)
}

// Effect is what a document that is not refused does (DESIGN decision 11).
type Effect = filing.AppliedResult

// The effects.
const (
	Applied = filing.Applied // verkställd
	Already = filing.Already // it was so already; nothing changes
	Held    = filing.Held    // waits for the evening, before read-in (R70)
)

// RefusedBy is the judgement of errors alone.
func RefusedBy(errs ...filing.Error) Judgement { return Judgement{Errors: errs} }
