package enforcement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// relocated says where a debtor lives now.
func relocated(key filing.CaseKey, n int) *filing.PartyChange {
	key.Respondent = person(n)
	return &filing.PartyChange{CaseKey: key, Kind: filing.ChangedAddress, OfRespondent: true,
		Party: &filing.Party{Street: "Nya vägen 3", PostalCode: "22233", Town: "Testås"}}
}

func (b *bench) judgeParty(f service.File, docs []service.Document) (j service.Judgement) {
	b.Helper()
	b.must(b.db.Do(b.Context(), func(tx store.Tx) (err error) {
		j, err = b.room.VerifyPartyChange(tx, f, docs)
		return err
	}))
	return j
}

// Each fault of a change of party data has its code.
func TestPartyChangesThatAreRefused(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1), application("B", 2), application("C", 3, 4))
		number, ended := b.one("A").Number, b.one("B").Number
		b.must(b.room.Withdraw(b.Context(), officer, ended))
		both := filing.CaseKey{Sequence: b.one("A").Sequence, Reference: "C"}
		as := func(c *filing.PartyChange, change func(*filing.PartyChange)) *filing.PartyChange {
			change(c)
			return c
		}
		unnamed := func(c *filing.PartyChange) { c.Respondent = filing.CaseKey{}.Respondent }
		elsewhere := func(c *filing.PartyChange) { c.Party.Street = "Andra vägen 4" }
		for name, test := range map[string]struct {
			changes []*filing.PartyChange
			want    []filing.Code
		}{
			"unknown":               {[]*filing.PartyChange{relocated(key("U-2026-9999999"), 1)}, []filing.Code{"D401"}},
			"ended":                 {[]*filing.PartyChange{relocated(key(ended), 2)}, []filing.Code{"D451"}},
			"other respondent":      {[]*filing.PartyChange{relocated(key(number), 9)}, []filing.Code{"D347"}},
			"other applicant":       {[]*filing.PartyChange{as(relocated(key(number), 1), func(c *filing.PartyChange) { c.Applicant = person(9) })}, []filing.Code{"D348"}},
			"which of two":          {[]*filing.PartyChange{as(relocated(both, 3), unnamed)}, []filing.Code{"D360"}},
			"the only one":          {[]*filing.PartyChange{as(relocated(key(number), 1), unnamed)}, nil},
			"twice":                 {[]*filing.PartyChange{relocated(key(number), 1), as(relocated(key(number), 1), unnamed)}, []filing.Code{"D350"}},
			"contradiction":         {[]*filing.PartyChange{relocated(key(number), 1), as(relocated(key(number), 1), elsewhere)}, []filing.Code{"D351"}},
			"of two respondents":    {[]*filing.PartyChange{relocated(both, 3), as(relocated(both, 4), elsewhere)}, nil},
			"refused before good":   {[]*filing.PartyChange{relocated(key(number), 9), relocated(key(number), 1)}, []filing.Code{"D347"}},
			"a name and an address": {[]*filing.PartyChange{relocated(key(number), 1), as(relocated(key(number), 1), func(c *filing.PartyChange) { c.Kind, c.Party.Name = filing.ChangedName, "Nyttnamn" })}, nil},
		} {
			f := b.file(filing.XXPartyChange, len(test.changes))
			if diff := cmp.Diff(test.want, codes(b.judgeParty(f, documents(test.changes...)))); diff != "" {
				b.Errorf("%s: %s", name, diff)
			}
		}
	})
}

// What changes for the applicant of several cases is written though the first of
// them has ended.
func TestPartyChangeWhereTheFirstCaseHasEnded(t *testing.T) {
	each(t, func(b *bench) {
		f := b.open(application("A", 1, 2))
		b.must(b.room.Withdraw(b.Context(), officer, b.find("A")[0].Number))
		b.lodgeParty(documents(&filing.PartyChange{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "A"},
			Kind: filing.ChangedName, Party: &filing.Party{Name: "Nyttnamn AB"}}))
		if got := b.text(`SELECT name FROM enforcement_party WHERE role = 'applicant'`); got != "Nyttnamn AB" {
			b.Errorf("the applicant is %s", got)
		}
	})
}

// A case that joined the debt of an earlier verdict has an application and an
// applicant of its own.
func TestPartyChangeInACaseThatJoinedADebt(t *testing.T) {
	each(t, func(b *bench) {
		b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1))
		second := b.enforce(ofJoint("2", b.today(), 2000_00, 0, 2))[0][0]
		renamed := &filing.PartyChange{CaseKey: key(second), Kind: filing.ChangedName, Party: &filing.Party{Name: "Nyttnamn AB", Identity: person(9)}}
		f := b.file(filing.XXPartyChange, 1)
		if diff := cmp.Diff([]filing.Code{"D348"}, codes(b.judgeParty(f, documents(renamed)))); diff != "" {
			b.Error(diff)
		}
	})
}
