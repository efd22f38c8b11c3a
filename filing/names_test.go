package filing_test

import (
	"testing"

	"filtjanst/calendar"
	"filtjanst/filing"

	"github.com/google/go-cmp/cmp"
)

func TestFileNames(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay("2026-11-23")
	for _, c := range []struct {
		tx               filing.Transaction
		generation, want string
	}{
		{filing.BFApplication, "", "ABC.ANSOKAN"},
		{filing.BFApplication, "b", "ABC_ANSOKAN.D261123"},
		{filing.BFApplicationReceipt, "a", "SUPRO.ABC.KVITTENS"},
		{filing.BFConfirmation, "a", "SUPRO.ABC.ANSBEKR"},
	} {
		got, err := filing.Own().FileName(c.tx, filing.NameFacts{Code: "ABC", Day: day}, c.generation)
		if err != nil || got != c.want {
			t.Errorf("name of %s, generation %q = %q, %v; wants %q", c.tx, c.generation, got, err, c.want)
		}
	}
	if _, err := filing.Own().FileName(filing.BFApplication, filing.NameFacts{Code: "ABC"}, "c"); err == nil {
		t.Error("a generation that does not exist has a name")
	}
	if got := filing.ETransportName("SUPRO.ABC.KVITTENS", 4711, day); got != "SUPRO.ABC.KVITTENS.4711.261123.etr" {
		t.Errorf("name on e-transport = %q", got)
	}
}

func TestNamesAreReadTolerantly(t *testing.T) {
	t.Parallel()
	application := func(generation string) filing.NameMatch {
		return filing.NameMatch{Transaction: filing.BFApplication, Code: "KBL", Generation: generation}
	}
	for _, c := range []struct {
		name string
		want []filing.NameMatch
	}{
		{"KBL.ANSOKAN", []filing.NameMatch{application("a"), application("b")}},
		{"Kbl.Ansökan.D261123.etr", []filing.NameMatch{application("a"), application("b")}},
		{"kbl_ansokan.d261123", []filing.NameMatch{application("a"), application("b")}},
		{"KBL_ANSO\u0308KAN.xml", []filing.NameMatch{application("a"), application("b")}},
		{`C:\ut\KBL.ANSOKAN.txt`, []filing.NameMatch{application("a"), application("b")}},
		{"Supro.kbl.kvittens.000123.20261123.etr", []filing.NameMatch{{Transaction: filing.BFApplicationReceipt, Code: "KBL", Generation: "a"}}},
		{"KBL.ANSOKAN.MISSIV", []filing.NameMatch{
			{Transaction: filing.BFApplicationNote, Code: "KBL", Generation: "a"}, {Transaction: filing.BFApplicationNote, Code: "KBL", Generation: "b"},
		}},
		{"KBL.NEDS", []filing.NameMatch{
			{Transaction: filing.BFReduction, Code: "KBL", Generation: "a"}, {Transaction: filing.BFReduction, Code: "KBL", Generation: "b"},
		}},
		{"2026-11-23_KBL_LUB_01.xml", []filing.NameMatch{
			{Transaction: filing.VEEarningsAttachment, Code: "KBL", Generation: "a"}, {Transaction: filing.VEEarningsAttachment, Code: "KBL", Generation: "b"},
		}},
		{"KBL.NEDSATT", nil},
		{"KBL.ANSOKAN.OLD", nil},
		{"ANSOKAN", nil},
		{"", nil},
	} {
		got := filing.Own().MatchName(c.name)
		if len(got) == 0 {
			got = nil
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.name, d)
		}
	}
}

func TestEveryNameIsReadBack(t *testing.T) {
	t.Parallel()
	facts := filing.NameFacts{Code: "A1", Day: calendar.MustDay("2026-01-02"), Sequence: 9}
	for _, set := range sets(t) {
		for _, tx := range set.Transactions() {
			l, _ := set.Layout(tx)
			for generation := range l.Names().Templates {
				name, err := set.FileName(tx, facts, generation)
				if err != nil {
					t.Fatal(err)
				}
				found := false
				for _, m := range set.MatchName(filing.ETransportName(name, 77, facts.Day)) {
					found = found || m.Transaction == tx && m.Code == facts.Code
				}
				if !found {
					t.Errorf("%s: %q of %s is not read back", set.Name(), name, tx)
				}
			}
		}
	}
}
