package permit_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// desk is one over the main code ABC and its sub-code ABC1.
func (b bench) desk() *permit.Desk {
	b.t.Helper()
	parties := party.New(b.db)
	b.must(b.do(func(tx store.Tx) error {
		if err := parties.AddOrganisation(tx, party.Organisation{Number: "5560000167", Name: "Inkasso"}); err != nil {
			return err
		}
		main := party.Code{ID: 7, Code: "ABC", Organisation: "5560000167", Name: "Inkasso"}
		if err := parties.AddCode(tx, main); err != nil {
			return err
		}
		sub := main
		sub.ID, sub.MainID, sub.Code = 8, 7, "ABC1"
		return parties.AddSubCode(tx, sub)
	}))
	return permit.NewDesk(b.room, parties, calendar.NewFixed(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)), nil)
}

// TestDeskActs plays decisions by their names and the words of an officer.
func TestDeskActs(t *testing.T) {
	t.Parallel()
	type words = map[string]string
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		acts := map[string]service.Act{}
		for _, a := range b.desk().Acts() {
			acts[a.Name] = a
		}
		for i, step := range []struct {
			act, code string
			given     words
			refused   string
		}{
			{"suspend", "ABC", words{"service": "de"}, "no_permit"},
			{"grant", "XYZ", words{"service": "de"}, "unknown_code"},
			{"grant", "ABC1", words{"service": "de"}, "sub_code"},
			{"grant", "ABC", words{"service": "de", "transactions": "bf.application"}, "unknown_transaction"},
			{"grant", "ABC", words{"service": "de", "transactions": "de.answer"}, "unknown_transaction"},
			{"grant", "ABC", words{"service": "de", "until": "2026-11-22"}, "bad_terms"},
			{"grant", "ABC", words{"service": "xx"}, "bad_parameter"},
			{"grant", "abc", words{"service": "de", "scope": "collection", "per_day": "10"}, ""},
			{"grant", "ABC", words{"service": "de"}, "permit_exists"},
			{"amend", "ABC", words{"service": "de", "per_month": "100", "until": "2027-12-31"}, ""},
			{"amend", "ABC", words{"service": "de", "per_day": "-1"}, "bad_parameter"},
			{"amend", "ABC", words{"service": "de", "until": "2028-12-31", "without_end": "yes"}, "bad_terms"},
			{"amend", "ABC", words{"service": "de", "transactions": "de.request", "without_end": "no"}, ""},
			{"amend", "ABC", words{"service": "de", "transactions": "all", "without_end": "yes"}, ""},
			{"resume", "ABC", words{"service": "de"}, "wrong_state"},
			{"suspend", "ABC", words{"service": "de"}, ""},
			{"resume", "ABC", words{"service": "de"}, ""},
			{"switch_on", "ABC1", words{"transaction": "xx.status_report"}, ""},
			{"switch_on", "ABC1", words{"transaction": "bf.application"}, "bad_parameter"},
			{"switch_off", "ABC", words{"transaction": "xx.status_report"}, "already_switched"},
			{"switch_off", "ABC1", words{"transaction": "xx.status_report"}, ""},
			{"revoke", "ABC", words{"service": "de"}, ""},
			{"amend", "ABC", words{"service": "de", "per_day": "1"}, "wrong_state"},
			{"grant", "ABC", words{"service": "de", "scope": "collection"}, ""},
		} {
			v, err := service.NewValues(acts[step.act], step.given, calendar.MustDay("2026-11-23"))
			if err == nil {
				err = acts[step.act].Do(t.Context(), officer(), step.code, v)
			}
			refusal, is := service.RefusedAs(err)
			if codeOf(refusal) != step.refused || err != nil && !is {
				t.Errorf("step %d, %s: %v, want the refusal %q", i, step.act, err, step.refused)
			}
		}
		var told []string
		b.must(b.db.Read(t.Context(), func(r store.Reader) error {
			p, _, err := b.room.Of(r, 7, filing.DebtExtract)
			if err != nil {
				return err
			}
			all, err := b.room.Decisions(r, p.ID)
			for _, d := range all {
				told = append(told, d.Kind+" "+d.Detail)
			}
			return err
		}))
		want := []string{
			"grant from 2026-11-23, scope collection, 10 documents a day",
			"amend from 2026-11-23, until 2027-12-31, scope collection, 10 documents a day, 100 documents a month",
			"amend from 2026-11-23, until 2027-12-31, only de.request, scope collection, 10 documents a day, 100 documents a month",
			"amend from 2026-11-23, scope collection, 10 documents a day, 100 documents a month",
			"suspend ", "resume ", "revoke ", "grant from 2026-11-23, scope collection",
		}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDeskWantsToKnowWhoAndWhy(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		d := b.desk()
		for _, by := range []service.Officer{{Name: "officer 4"}, {Reason: "asked for"}} {
			for name, err := range map[string]error{
				"grant":  d.Grant(t.Context(), by, "ABC", permit.Permit{Service: filing.DebtExtract}),
				"switch": d.SwitchOn(t.Context(), by, "ABC", "xx.status_report"),
			} {
				if _, refused := service.RefusedAs(err); !refused {
					t.Errorf("%s by %+v: %v", name, by, err)
				}
			}
		}
	})
}
