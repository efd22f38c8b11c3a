package filer

import (
	"context"
	"slices"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/identity"
)

// entry is what the book keeps of a document that is not an act.
func (d *Desk) entry(c filing.Content) ledger.Document {
	e := ledger.Document{Reference: c.OwnReference(), Sum: sumOf(c)}
	switch a := c.(type) {
	case *filing.Application:
		e.Respondents, e.OptedOut = int64(len(a.Respondents)), a.NoEnforcement
		e.Claims = d.claimsOf(a)
	case *filing.EnforcementApplication:
		e.Respondents = int64(len(a.Respondents))
	}
	return e
}

// claimsOf are the claims of an application: each applicant's on each respondent
// by each invoice.
func (d *Desk) claimsOf(a *filing.Application) []ledger.Digest {
	var all []ledger.Digest
	for _, p := range a.Parts {
		if p.InvoiceNumber == "" {
			continue
		}
		for _, creditor := range a.Applicants {
			for _, debtor := range a.Respondents {
				all = append(all, d.claim(creditor.Identity, p.InvoiceNumber, debtor.Identity)...)
			}
		}
	}
	slices.SortFunc(all, func(a, b ledger.Digest) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(all)
}

func (d *Desk) claim(creditor identity.Number, invoice string, debtor identity.Number) []ledger.Digest {
	if creditor.IsZero() || debtor.IsZero() {
		return nil
	}
	return []ledger.Digest{d.digest.Claim(creditor, invoice, debtor)}
}

// ClaimedBefore tells that a claim of an application stands in an earlier one
// that is open or decided.
type ClaimedBefore struct {
	Row       int         `json:"row,omitempty"`
	Reference string      `json:"reference"`
	Earlier   string      `json:"earlier_reference"`
	File      ledger.File `json:"earlier_file"`
	Case      string      `json:"case_number,omitempty"`
	State     string      `json:"state,omitempty"` // of that case
}

// claimedBefore holds the claims of a file against those of the files before
// it, once for each application. A case that was withdrawn or dismissed may be
// filed again.
func (d *Desk) claimedBefore(ctx context.Context, b *batch, f ledger.File) ([]ClaimedBefore, error) {
	at := map[ledger.Digest]int{}
	var claims []ledger.Digest
	for i, e := range b.entries {
		for _, c := range e.Claims {
			at[c] = i
			claims = append(claims, c)
		}
	}
	found, err := d.Book.Claimed(ctx, claims, f.ID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	cases, err := d.Book.CasesNumbered(ctx, numbersOf(found))
	if err != nil {
		return nil, err
	}
	var all []ClaimedBefore
	told := map[int]bool{}
	for _, e := range found {
		i := at[e.Digest]
		c, known := cases[e.Document.CaseNumber]
		if told[i] || known && !c.Open && (c.State == stateDiscontinued || c.State == "dismissed") {
			continue
		}
		told[i] = true
		all = append(all, ClaimedBefore{Row: b.rows[i], Reference: b.entries[i].Reference, Earlier: e.Document.Reference, File: e.File,
			Case: e.Document.CaseNumber, State: c.State})
	}
	slices.SortFunc(all, func(a, b ClaimedBefore) int { return a.Row - b.Row })
	return all, nil
}

func numbersOf(found []ledger.Earlier) []string {
	var all []string
	for _, e := range found {
		if e.Document.CaseNumber != "" {
			all = append(all, e.Document.CaseNumber)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
