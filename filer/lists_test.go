package filer

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filer/claimlist"
	"filtjanst/filing"
)

// Every transaction that is built of a list, from the usual columns in CSV and
// from JSON, passes the check and gets its own series.
func TestBuildOfEveryList(t *testing.T) {
	t.Parallel()
	const titles = "Ärendenr;Uppdragsgivarnr;Pers/orgnr;Namn;Adress;Postnr;Ort;Titel;Titelnr;Utfärdare;Titeldag;Laga kraft;Skuldtyp;Belopp;Räntetyp;Ränta fr.o.m.;Grund\n" +
		"T-1;1042;900602-2397;Provsson Örjan;Testgatan 1;123 45;Provköping;dom;T 1-26;Provköpings tingsrätt;2026-05-02;2026-05-23;kapital;1000,00;RL6;2026-05-02;Obetald hyra.\n" +
		"T-1;1042;900602-2397;Provsson Örjan;Testgatan 1;123 45;Provköping;dom;T 1-26;Provköpings tingsrätt;2026-05-02;2026-05-23;annan;250,00;;;Obetald hyra.\n"
	const reports = "Ärendenr;Skuldsaneringsärende;Uppdragsgivarnr;Pers/orgnr;Namn;Belopp;Ränta;Uppkom;Tvistig;Grund\n" +
		"R-1;S-2026-17;1042;900602-2397;Provsson Örjan;500,00;12,50;2025-01-31;N;Telefoni.\nR-1;S-2026-17;1042;900602-2397;Provsson Örjan;100,00;;2025-02-28;J;Telefoni.\n"
	const questions = "reference;identity;under collection\nQ-1;900602-2397;J\nQ-2;5560000167;J\n"
	const contracts = `[{"reference":"P-1","identity":"5560000167","procurement":"U-2026-4","period_from":"2026-01-01","period_to":"2026-12-31"}]`
	for _, test := range []struct {
		transaction filing.Transaction
		list        string
		documents   int64
		sum         int64
		note        bool
	}{
		{filing.VEApplication, titles, 1, 1250_00, true},
		{filing.SCClaim, reports, 1, 612_50, false},
		{filing.DERequest, questions, 2, 0, false},
		{filing.PERequest, contracts, 1, 0, false},
	} {
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			t.Run(string(test.transaction)+" "+string(form), func(t *testing.T) {
				t.Parallel()
				d := desk(t, form)
				b, err := d.Build(t.Context(), BuildRequest{Transaction: test.transaction, From: strings.NewReader(test.list), JSON: test.list[0] == '[', Requester: "Handläggare 7"})
				if err != nil {
					t.Fatalf("%v: %v", err, b.Report.Problems)
				}
				if b.File.Documents != test.documents || int64(b.File.Sum) != test.sum || b.File.Sequence != 1 || (b.File.NotePath != "") != test.note {
					t.Errorf("file %+v, problems %v", b.File, b.Report.Problems)
				}
				if f, err := os.Stat(b.File.Path); err != nil || f.Size() == 0 {
					t.Error(err)
				}
			})
		}
	}
}

// What a row lacks is told by its column, and the others go on.
func TestBuildOfListsTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	list := "Ärendenr;Pers/orgnr;Under inkasso\nQ-1;900602-2397;J\nQ-2;900602-2398;J\nQ-3;5560000167;N\nQ-1;5560000167;J\n"
	b, err := d.Build(t.Context(), BuildRequest{Transaction: filing.DERequest, From: strings.NewReader(list), Requester: "H"})
	if err == nil {
		t.Fatalf("a reference that stands twice is let through: %+v", b.File)
	}
	var told []string
	for _, p := range b.Refusals() {
		told = append(told, p.Reference+" "+p.Column)
	}
	if diff := cmp.Diff([]string{"Q-1 Pers/orgnr", "Q-1 Ärendenr", "Q-2 Pers/orgnr", "Q-3 Under inkasso"}, sorted(told)); diff != "" {
		t.Error(diff)
	}
	if _, err := d.Build(t.Context(), BuildRequest{Transaction: filing.DERequest, From: strings.NewReader(list)}); err == nil {
		t.Error("a request without a requester is built")
	}
}

// A mapping of another kind of list is refused in words.
func TestMappingOfAnotherList(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	_, text, err := claimlist.MappingOf(claimlist.Acts)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/acts.toml"
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = d.Build(t.Context(), BuildRequest{Transaction: filing.DERequest, From: strings.NewReader("x"), Mapping: path, Requester: "H"})
	if err == nil || !strings.Contains(err.Error(), `list = "questions"`) {
		t.Error(err)
	}
	if done, err := d.Do(t.Context(), DoRequest{Act: Withdraw, From: strings.NewReader("Ärendenr\nX\n"), Mapping: path}); !errors.Is(err, ErrNothing) {
		t.Errorf("%+v, %v", done, err)
	}
}

// The same claim in a later list is told with where it stands, until the case
// was withdrawn.
func TestClaimedBefore(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	again := build(t, d)
	if len(again.Claimed) != 2 {
		t.Fatalf("%+v", again.Claimed)
	}
	first := again.Claimed[0]
	if first.Row != 2 || first.Earlier != "26-0081234" || first.Case != "B1" || first.State != stateRegistered || first.File.Sequence != 1 {
		t.Errorf("%+v", first)
	}
	if err := d.Book.Discard(t.Context(), again.File.ID, "given up"); err != nil {
		t.Fatal(err)
	}
	withdrawn := do(t, d, DoRequest{Act: Withdraw, From: strings.NewReader("Ärendenr\n26-0081234\n")}).Files[0]
	receive(t, d, withdrawn, filing.Approved, nil)
	if third := build(t, d); len(third.Claimed) != 1 || third.Claimed[0].Case != "B2" {
		t.Errorf("%+v", third.Claimed)
	}
	raw, err := os.ReadFile(d.Config.Ledger)
	if err != nil {
		t.Fatal(err)
	}
	wal, _ := os.ReadFile(d.Config.Ledger + "-wal")
	if text := string(raw) + string(wal); strings.Contains(text, "9006022397") || strings.Contains(text, "900602-2397") {
		t.Error("the book holds a personal number")
	}
}
