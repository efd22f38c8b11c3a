package filing_test

import (
	"bytes"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/statute"
)

// TestRulesOfADay: the digest tells what law a file was checked with, however
// often and in whatever order days and tables are asked for.
func TestRulesOfADay(t *testing.T) {
	t.Parallel()
	other, err := statute.New([]byte(`[[number]]
symbol = "cost.reminder"
section = "IKL §§2, 4"
sv = "betalningspåminnelse"
en = "reminder"
value = [{ from = 2026-01-01, kronor = 70, source = "L", from_source = "W" }]
`))
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, filing.Own(), filing.TextForm, filingtest.New(3).Applications(1))
	rules := func(e filing.Expect) string {
		_, facts, err := filing.Check(bytes.NewReader(file), filing.Own(), e)
		if err != nil {
			t.Fatal(err)
		}
		return facts.Rules
	}
	now, before := filing.Expect{Today: filingtest.Today}, filing.Expect{Today: filingtest.Today.AddDays(-3650)}
	first, old, changed := rules(now), rules(before), rules(filing.Expect{Today: filingtest.Today, Law: other})
	if first == old || first == changed {
		t.Errorf("law of other days, or another table, has the digest %s too", first)
	}
	if again := rules(now); again != first {
		t.Errorf("the same day gives %s and %s", first, again)
	}
}
