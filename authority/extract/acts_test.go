package extract_test

import (
	"bytes"
	"slices"
	"testing"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// act carries out an act by its name and parameters as written.
func (b *bench) act(name, number string, given map[string]string) error {
	b.Helper()
	for _, a := range b.room.Acts() {
		if a.Name != name {
			continue
		}
		v, err := service.NewValues(a, given, b.today())
		if err != nil {
			return err
		}
		return a.Do(b.Context(), officer, number, v)
	}
	b.Fatalf("there is no act %s", name)
	return nil
}

// Acts by name do what they say, are refused where they cannot be done, and
// leave a record of who and why.
func TestActs(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.register("ABC", "XYZ")
		b.load(extract.PublicCases, whole("A-1", 1, row{"notice": "", "notice_day": ""}), whole("A-2", 2, nil))
		person := map[string]string{"person": extracttest.Person(1).Full()}
		steps := []struct {
			act, number string
			given       map[string]string
			refused     string
		}{
			{"notice", "A-1", map[string]string{"day": "2026-03-01"}, ""},
			{"notice", "A-1", map[string]string{"unnecessary": "yes"}, ""},
			{"notice", "A-1", map[string]string{"day": "2026-03-03"}, "bad_day"},
			{"notice", "A-9", map[string]string{"day": "2026-03-01"}, "unknown_case"},
			{"end_public_case", "A-1", map[string]string{"day": "2026-03-03"}, "bad_day"},
			{"end_public_case", "A-1", map[string]string{}, "missing_parameter"},
			{"end_public_case", "A-1", map[string]string{"day": "2026-03-02"}, ""},
			{"end_public_case", "A-1", map[string]string{"day": "2026-03-02"}, "wrong_state"},
			{"notice", "A-1", map[string]string{"day": "2026-03-01"}, "wrong_state"},
			{"block", "", person, ""},
			{"block", "", person, "already_withheld"},
			{"block", "A-1", person, ""},
			{"unblock", "", person, ""},
			{"unblock", "", person, "not_withheld"},
			{"crime", "", person, "no_number"},
			{"crime", "E-1", person, ""},
			{"no_crime", "E-1", person, ""},
			{"no_crime", "E-1", person, "not_withheld"},
			{"secrecy_began", "", person, ""},
			{"secrecy_ended", "", person, ""},
			{"block", "", map[string]string{"person": "12"}, "bad_parameter"},
			{"subscribe", "ABC", map[string]string{"extract": "ce.extract", "difference": "often"}, "bad_parameter"},
			{"subscribe", "NIX", map[string]string{"extract": "ce.extract"}, "unknown_code"},
			{"subscribe", "abc", map[string]string{"extract": "ce.extract", "difference": "weekly", "difference_on": "2"}, ""},
			{"subscribe", "ABC", map[string]string{"extract": "ce.extract"}, "subscribed"},
			{"reschedule", "ABC", map[string]string{"extract": "ce.extract", "full": "monthly", "full_on": "3"}, ""},
			{"reschedule", "XYZ", map[string]string{"extract": "ce.extract", "full": "monthly", "full_on": "3"}, "not_subscribed"},
			{"reschedule", "NIX", map[string]string{"extract": "ce.extract", "full": "monthly", "full_on": "3"}, "unknown_code"},
			{"unsubscribe", "NIX", map[string]string{"extract": "ce.extract"}, "unknown_code"},
			{"reschedule", "ABC", map[string]string{"extract": "ce.extract"}, "bad_schedule"},
			{"unsubscribe", "aBc", map[string]string{"extract": "ce.extract"}, ""},
		}
		done := int64(0)
		for _, s := range steps {
			if got := refusal(b.act(s.act, s.number, s.given)); got != s.refused {
				b.Errorf("%s %s %v: refused as %q, want %q", s.act, s.number, s.given, got, s.refused)
			}
			if s.refused == "" {
				done++
			}
		}
		if n := b.count(`SELECT COUNT(*) FROM extract_act WHERE officer = $1 AND reason = $2`, officer.Name, officer.Reason); n != done {
			b.Errorf("%d acts are recorded of %d", n, done)
		}
		b.read(func(r store.Reader) error {
			all, err := b.room.Subscriptions(r)
			if len(all) != 1 || all[0].Code != "ABC" || all[0].CodeID != codeID || all[0].MainCodeID != codeID || all[0].Active {
				b.Errorf("subscriptions: %+v", all)
			}
			return err
		})
		b.read(func(r store.Reader) error {
			story, err := b.room.Story(r, "A-1", identity.Number{})
			if len(story) != 4 {
				b.Errorf("the story of A-1: %+v", story)
			}
			return err
		})
	})
}

func TestActsNeedAnOfficer(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	if err := b.room.Block(t.Context(), service.Officer{Name: "x"}, extracttest.Person(1), ""); refusal(err) != "no_reason" {
		t.Errorf("without a reason: %v", err)
	}
	if err := b.room.GiveNotice(t.Context(), service.Officer{Reason: "x"}, "A-1", day("2026-03-01"), false); refusal(err) != "no_officer" {
		t.Errorf("without a name: %v", err)
	}
}

func TestActsAreWhole(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	seen := map[string]bool{}
	for _, a := range b.room.Acts() {
		if seen[a.Name] || a.Swedish == "" || a.English == "" || a.Basis == "" {
			t.Errorf("act %+v", a)
		}
		seen[a.Name] = true
		for _, p := range a.Params {
			if p.Swedish == "" || p.English == "" || p.Kind == service.ChoiceParam && len(p.Choices) == 0 {
				t.Errorf("act %s: parameter %+v", a.Name, p)
			}
		}
	}
}

// What is kept no longer goes, and nothing else (law.md §9).
func TestPurge(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.load(extract.PublicCases, whole("A-1", 1, nil), whole("A-2", 1, row{"ended": "2026-02-02"}), whole("A-3", 2, nil))
		b.ask(b.room.Debt(), 1, collection("x", 1), collection("y", 2))
		b.subscribe("ABC", codeID, filing.CEExtract, daily)
		b.evening()
		b.must(b.room.Block(b.Context(), officer, extracttest.Person(2), ""))
		rows := func() [4]int64 {
			return [4]int64{b.count(`SELECT COUNT(*) FROM extract_public_case`), b.count(`SELECT COUNT(*) FROM extract_lookup`),
				b.count(`SELECT COUNT(*) FROM extract_act`), b.count(`SELECT COUNT(*) FROM extract_line`)}
		}
		purge := func(today calendar.Day, want [4]int64) {
			b.Helper()
			_, err := b.room.Purge(b.Context(), today)
			b.must(err)
			if got := rows(); got != want {
				b.Errorf("on %s are kept %v, want %v", today, got, want)
			}
		}
		purge(day("2031-12-31"), [4]int64{3, 2, 2, 3}) // the ended line is not yet told of
		b.nextDay()
		b.evening()
		b.bureau("ABC").receive()
		purge(day("2031-12-31"), [4]int64{3, 2, 2, 2})
		purge(day("2032-01-01"), [4]int64{2, 0, 0, 2})
	})
}

// A person's name, and what is withheld of one, are kept while anything is known
// of the person, and go when nothing is.
func TestPurgeOfPersons(t *testing.T) {
	each(t, func(b *bench) {
		for n := 1; n <= 3; n++ {
			b.load(extract.Persons, row{"identity": extracttest.Person(n).Full(), "name": "N"})
			b.must(b.room.Block(b.Context(), officer, extracttest.Person(n), ""))
		}
		b.load(extract.PublicCases, whole("A-1", 1, nil), whole("A-2", 2, row{"ended": "2026-02-02"}))
		purge := func(today calendar.Day, want ...int64) {
			b.Helper()
			_, err := b.room.Purge(b.Context(), today)
			b.must(err)
			for _, table := range []string{"extract_person", "extract_withheld"} {
				var got []int64
				for n := 1; n <= 3; n++ {
					if b.count(`SELECT COUNT(*) FROM `+table+` WHERE identity = $1`, extracttest.Person(n).Full()) > 0 {
						got = append(got, int64(n))
					}
				}
				if !slices.Equal(got, want) {
					b.Errorf("on %s %s holds the persons %v, want %v", today, table, got, want)
				}
			}
		}
		purge(day("2031-12-31"), 1, 2, 3)
		purge(day("2032-01-01"), 1)
		b.do(func(tx store.Tx) error {
			_, err := tx.Exec(`DELETE FROM extract_public_case`)
			return err
		})
		purge(day("2032-01-02"), 1)
		purge(day("2032-01-30"))
	})
}

func TestDocumentedFormats(t *testing.T) {
	t.Parallel()
	for _, f := range extract.Formats() {
		found := false
		for _, c := range f.Columns {
			found = found || c.Name == f.Key
			if c.Swedish == "" || c.English == "" || c.Type == extract.Text && c.Longest == 0 || c.Type == extract.Choice && len(c.Choices) == 0 {
				t.Errorf("%s: column %+v", f.Kind, c)
			}
		}
		var file bytes.Buffer
		if err := extracttest.Register(&file, f.Kind, extracttest.Size{Persons: 10, Cases: 10, Today: day("2026-03-02")}); err != nil || !found {
			t.Errorf("%s: %v, key %v", f.Kind, err, found)
		}
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	var formats, scopes bytes.Buffer
	if err := extract.WriteFormats(&formats); err != nil {
		t.Fatal(err)
	}
	if err := extract.WriteScopes(&scopes, extract.StandardScopes()); err != nil {
		t.Fatal(err)
	}
	for _, f := range extract.Formats() {
		if !bytes.Contains(formats.Bytes(), []byte("## "+string(f.Kind)+"\n")) {
			t.Errorf("no word of %s", f.Kind)
		}
	}
	for _, s := range extract.StandardScopes() {
		if !bytes.Contains(scopes.Bytes(), []byte("## "+string(s.Service)+": "+s.User+"\n")) {
			t.Errorf("no word of %s", s.User)
		}
	}
}
