package paymentorder

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// codeRepeated warns of a claim that is open or decided in another case.
const codeRepeated filing.Code = "W431"

// claimKey is what tells a claim: creditor, invoice and debtor.
type claimKey struct{ applicant, invoice, respondent string }

// standing is a case in which a claim stands.
type standing struct {
	number string
	state  State
}

// repeats warns of applications whose claim the same filer has lodged in a case
// that is open or decided. It refuses nothing: a claim may be lodged anew for good
// reasons.
func repeats(r store.Reader, f service.File, docs []service.Document) ([]filing.Error, error) {
	var warnings []filing.Error
	for first := 0; first < len(docs); first += store.MostAmong {
		some := docs[first:min(first+store.MostAmong, len(docs))]
		stands, err := claimsOf(r, f, some)
		if err != nil {
			return nil, fmt.Errorf("paymentorder: find claims that are lodged already: %w", err)
		}
		for _, d := range some {
			if w, found := repeated(d, stands); found {
				warnings = append(warnings, w)
			}
		}
	}
	return warnings, nil
}

// repeated is the first claim of an application that stands already.
func repeated(d service.Document, stands map[claimKey]standing) (filing.Error, bool) {
	a := application(d)
	for k := range eachClaim(a) {
		if at, found := stands[k]; found {
			sv, en := at.state.words()
			return filing.NewError(codeRepeated, filing.Place{Reference: a.Reference, Document: int(d.Number)},
				k.invoice, at.number, sv, en), true
		}
	}
	return filing.Error{}, false
}

// eachClaim yields the claims of an application that an invoice tells.
func eachClaim(a *filing.Application) func(yield func(claimKey) bool) {
	return func(yield func(claimKey) bool) {
		for i := range a.Parts {
			for k := range a.Respondents {
				c := claimKey{store.Identity(a.Applicants[0].Identity), a.Parts[i].InvoiceNumber, store.Identity(a.Respondents[k].Identity)}
				if c.invoice != "" && c.respondent != "" && !yield(c) {
					return
				}
			}
		}
	}
}

// claimsOf reads the claims of the filer against the respondents of the
// applications.
func claimsOf(r store.Reader, f service.File, docs []service.Document) (map[claimKey]standing, error) {
	found := map[claimKey]standing{}
	var respondents []string
	for _, d := range docs {
		for k := range eachClaim(application(d)) {
			respondents = append(respondents, k.respondent)
		}
	}
	for some := range store.Chunks(respondents) {
		places, args := store.Among(2, some)
		rows := store.Each(r.Query(`SELECT a.identity, k.invoice_number, p.identity, c.number, s.state
			FROM paymentorder_party p JOIN paymentorder_case c ON c.id = p.case_id
			JOIN paymentorder_party a ON a.case_id = c.id AND a.role = 'applicant' AND a.position = 1
			JOIN paymentorder_claim_part k ON k.case_id = c.id AND k.invoice_number <> ''
			JOIN paymentorder_state s ON s.case_id = c.id AND s.respondent = p.position AND s.part = k.position
			WHERE p.identity IN (`+places+`) AND p.role = 'respondent' AND c.main_code_id = $1
			AND s.state NOT IN ('discontinued', 'dismissed', 'set_aside') ORDER BY c.id, s.slice`, append([]any{f.MainCodeID}, args...)...))
		for row, err := range rows {
			if err != nil {
				return nil, err
			}
			var k claimKey
			var at standing
			if err := row.Scan(&k.applicant, &k.invoice, &k.respondent, &at.number, &at.state); err != nil {
				return nil, err
			}
			found[k] = at
		}
	}
	return found, nil
}
