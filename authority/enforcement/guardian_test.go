package enforcement_test

import (
	"context"
	"slices"
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/filing/filingtest"
)

func tellGuardian(e *enforcement.Enforcements, ctx context.Context, by service.Officer, number string) error {
	return e.TellGuardian(ctx, by, number,
		notice.Office{Name: "Överförmyndaren i Exempelstad", Address: notice.Address{Street: "Torget 1", PostalCode: "11122", Town: "Exempelstad"}})
}

// The chief guardian is told of a debtor who is under 18 when the case is
// registered; that he is to be, is noted then (UF 2:9).
func TestTheChiefGuardianIsToldOfAMinor(t *testing.T) {
	eachPost(t, func(p *post) {
		for _, born := range []string{"20080303", "20080302"} { // registered on 2 March 2026, and on the day after
			young := born == "20080303"
			a := application(born, 1)
			a.Respondents[0].Identity = filingtest.Number(born + "980")
			p.open(a)
			p.number = p.one(born).Number
			if awaited := slices.Contains(p.told(p.number), "guardian_awaited"); awaited != young {
				p.Errorf("born %s: the chief guardian is awaited %t", born, awaited)
			}
			p.sleep(1)
			p.came()
			err := tellGuardian(p.room, p.Context(), officer, p.number)
			if !young {
				p.wantRefusal("of age", err, "not_minor")
				continue
			}
			p.must(err)
			words := p.wantLetters("a minor", "ve.guardian_notice chief_guardian post")
			p.wantWords(words, "Överförmyndaren i Exempelstad", "Den som målet gäller är Gäldenär 1", "2 mars 2026", "2 kap. 9 §")
			p.must(p.room.Withdraw(p.Context(), officer, p.number))
			p.wantRefusal("closed", tellGuardian(p.room, p.Context(), officer, p.number), "wrong_state")
		}
		organisation := application("B", 1)
		organisation.Respondents[0].Identity = company().Identity
		p.open(organisation)
		p.wantRefusal("an organisation", tellGuardian(p.room, p.Context(), officer, p.one("B").Number), "not_minor")
	})
}
