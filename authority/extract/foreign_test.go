package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Two persons who were born on one day, and have no Swedish number, are told of
// apart: no line sums what both owe, and no case of one lifts the secrecy of a
// case of the other.
func TestPersonsWithoutSwedishNumberAreNotJoined(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		born := cell{"identity": "birth_date:1975-03-09"}
		b.private("enforcement_debts", debt("E-1", 1, born), debt("E-2", 1, with(cell{"measure": "repossession"}, born)),
			debt("E-3", 1, with(cell{"measure": "repossession", "closed": "2026-01-01"}, born)), debt("E-4", 1, nil))
		for _, line := range linesOf[*filing.CreditBalance](b, filing.CEDebtBalanceExtract) {
			if line.Identity != extracttest.Person(1) {
				b.Errorf("the balance of %s is told: %d cases", line.Identity.ForeignKind(), line.PrivateCases)
			}
		}
		got := map[string]identity.ForeignKind{}
		for _, line := range linesOf[*filing.CreditLine](b, filing.CEExtract) {
			got[line.ID] = line.Identity.ForeignKind()
		}
		if diff := cmp.Diff(map[string]identity.ForeignKind{"E-2": identity.BirthDate}, got); diff != "" {
			b.Errorf("repossessions told (-want +got):\n%s", diff)
		}
	})
}
