package authority

import (
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/restructuring"
	"filtjanst/filing"

	"github.com/google/go-cmp/cmp"
)

// What a story keeps as symbols and codes is told in words; what was written by
// people stands as it is.
func TestStoryWords(t *testing.T) {
	t.Parallel()
	matrix, err := notice.NewMatrix()
	if err != nil {
		t.Fatal(err)
	}
	w := &World{matrix: matrix}
	for _, test := range []struct {
		room, kind, text string
		want             *Words
	}{
		{"bf", "withdrawal", string(filing.WithdrawnPaid), &Words{"svaranden har betalat", "the respondent has paid"}},
		{"bf", "held_not_applicable", "withdrawal D347", &Words{
			"återkallelse: D347 Svaranden i handlingen är inte svarande i målet. Kontrollera målnumret och svarandens identitetsnummer.",
			"withdrawal: D347 The respondent of the document is not a respondent in the case. Check the case number and the respondent's identity number.",
		}},
		{"ve", "held_not_applicable", "assignment D361", &Words{
			"överlåtelse: D361 Ange målnumret ensamt, eller bara löpnummer och egen referens.",
			"assignment: D361 Give the case number alone, or only sequence number and own reference.",
		}},
		{"bf", "no_address", "bf.order_to_answer: respondent", &Words{"Föreläggande att svara på ansökan, till svaranden", "The order to answer an application, to the respondent"}},
		{"ve", "closed", string(filing.FinalPaidLinked), &Words{"betalt i sammanhörande mål", "paid in a linked case"}},
		{"ve", "title_awaited", string(enforcement.LacksTitle) + " " + string(enforcement.LacksChain), &Words{
			"exekutionstiteln saknas, överlåtelser saknas", "the enforcement title is missing, assignments are missing"}},
		{"sc", "leave_out", string(restructuring.IsCopy), &Words{"anmäld tidigare", "reported before"}},
		{"sc", "open", "kungjort 2026-11-20", &Words{"kungjort 2026-11-20", "announced 2026-11-20"}},
		{"ve", "money", "Arbetsgivaren AB", nil},
		{"ve", "deferral", "2026-12-01", nil},
		{"bf", "objection", "", nil},
	} {
		if diff := cmp.Diff(test.want, w.detail(test.room, CaseEvent{Kind: test.kind, Text: test.text})); diff != "" {
			t.Errorf("%s %s %q: %s", test.room, test.kind, test.text, diff)
		}
	}
}
