package claimlist

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"filtjanst/identity"
)

const claimJSON = `{
  "reference": "26-0081234", "client_number": "1042", "party_kind": "person", "identity": "900602-2397",
  "name": "Provsson Örjan", "street": "Testgatan 12 lgh 1102", "postal_code": "12345", "town": "Provköping",
  "mobile": "0700000001", "email": "orjan@example.com", "collection_cost": 180, "application_fee": "300,00", "own_work": 380.00,
  "demand_date": "2026-10-05", "pay_before": "2026-10-19", "enforcement": true,
  "invoices": [
    {"invoice_number": "0088213045", "invoice_date": "2026-05-31", "due_date": "2026-06-30", "capital": 449.00, "interest_type": "interest_act",
     "interest_from": "2026-07-01", "accrued": 17.96, "accrued_to": "2026-11-23", "reminder_fee": 60, "ground": "Obetald faktura för mobilabonnemang, maj 2026."},
    {"Fakturanr": "0088240117", "Fakturadat": "2026-06-30", "Förfallodat": "2026-07-31", "Kapital": "1 348,00", "Räntetyp": "RL6",
     "Ränta fr.o.m.": "2026-08-01", "Uppl. ränta": "42,47", "Ränta t.o.m.": "2026-11-23", "Påminn.avg": "60,00", "Grund": "Slutbetalning av mobiltelefon enligt avtal 2025-12-01; avtalet uppsagt."}
  ]
}`

func TestJSONGivesTheSameApplicationAsTheExport(t *testing.T) {
	t.Parallel()
	want := read(t, example(t), options(t)).Applications[0]
	for name, text := range map[string]string{"array": "[" + claimJSON + "]", "wrapped": `{"claims": [` + claimJSON + `]}`, "lines": claimJSON} {
		list, err := ReadJSON(strings.NewReader(text), options(t))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(list.Applications) != 1 {
			t.Fatalf("%s: %v", name, list.Report.Problems)
		}
		if diff := cmp.Diff(want, list.Applications[0], cmpopts.EquateComparable(identity.Number{})); diff != "" {
			t.Errorf("%s (-export +json):\n%s", name, diff)
		}
	}
}

func TestJSONThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		`[{"referens": "1"}]`:                  "referens",
		`[{"reference": {"a": 1}}]`:            "text or a number",
		`[{"reference": "1", "invoices": []}]`: "invoices",
		`[{`:                                   "JSON",
	} {
		_, err := ReadJSON(strings.NewReader(text), options(t))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
