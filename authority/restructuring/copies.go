package restructuring

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// creditor tells who has reported in which matter.
type creditor struct {
	matter         int64
	identity, name string // name only where there is no number
}

func creditorOf(matter int64, identity, name string) creditor {
	if identity != "" {
		name = ""
	}
	return creditor{matter, identity, name}
}

// claimKey is what makes two claims of one creditor the same.
type claimKey struct {
	creditor
	amount, interest int64
	origin, due      calendar.Day
	caseNumber       string
}

func keyOf(who creditor, c filing.ReportedClaim) claimKey {
	return claimKey{who, int64(c.Amount), int64(c.Interest), c.Origin, c.DueDate, c.CaseNumber}
}

// findCopies flags claims that the same creditor has reported in the same
// matter before, in the register or earlier in the chunk, and not withdrawn.
func findCopies(tx store.Tx, c chunk) error {
	known, err := knownClaims(tx, c)
	if err != nil {
		return fmt.Errorf("restructuring: look for earlier reports: %w", err)
	}
	for i := range c.reports {
		r := &c.reports[i]
		who := creditorOf(r.matter.ID, store.Identity(r.Creditor.Identity), r.Creditor.Name)
		r.copies = make([]string, len(r.Claims))
		if r.stopped {
			continue
		}
		for k, claim := range r.Claims {
			key := keyOf(who, claim)
			r.copies[k] = known[key]
			known[key] = cmp.Or(r.copies[k], c.block.number(r.document))
		}
	}
	return nil
}

// knownClaims are the claims in the matters of the chunk that its creditors
// have reported before, each with the number of the earliest report.
func knownClaims(tx store.Tx, c chunk) (map[claimKey]string, error) {
	ids, creditors := map[int64]bool{}, map[string]bool{}
	for _, r := range c.reports {
		ids[r.matter.ID], creditors[store.Identity(r.Creditor.Identity)] = true, true
	}
	matters, args := store.Among(1, slices.Collect(maps.Keys(ids)))
	numbers, more := store.Among(1+len(args), slices.Collect(maps.Keys(creditors)))
	known := map[claimKey]string{}
	rows := store.Each(tx.Query(`SELECT r.matter_id, r.identity, r.name, r.number, c.amount, c.interest, c.origin, c.due_date,
		c.case_number FROM restructuring_report r JOIN restructuring_claim c ON c.report_id = r.id
		WHERE r.matter_id IN (`+matters+`) AND r.identity IN (`+numbers+`) AND c.state <> 'withdrawn' ORDER BY r.id DESC, c.position`, append(args, more...)...))
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		var k claimKey
		var number string
		if err := row.Scan(&k.matter, &k.identity, &k.name, &number, &k.amount, &k.interest, &k.origin, &k.due, &k.caseNumber); err != nil {
			return nil, err
		}
		k.creditor = creditorOf(k.matter, k.identity, k.name)
		known[k] = number // the earliest comes last
	}
	return known, nil
}
