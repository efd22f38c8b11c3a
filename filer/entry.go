package filer

import (
	"slices"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/identity"
)

// entry is what the book keeps of a document that is not an act.
func (d *Desk) entry(c filing.Content) ledger.Document {
	e := ledger.Document{Reference: c.OwnReference(), Sum: filing.SumOf(c)}
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
