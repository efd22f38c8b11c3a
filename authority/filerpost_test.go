package authority_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
	"filtjanst/authority/notice"
	"filtjanst/authority/store"
	"filtjanst/filing/filingtest"
)

// queued are the letters that wait to be printed, oldest first.
func queued(t *testing.T, w *authority.World) (all []notice.Item) {
	t.Helper()
	must(t, w.DB.Read(t.Context(), func(r store.Reader) (err error) {
		all, _, err = w.Letters.List(r, notice.Filter{})
		return err
	}))
	return all
}

// A filer gets a letter when a service is suspended and when the suspension is
// lifted (R21). One that has no address gets none, which stands with its code.
func TestFilersAreWrittenToOfSuspensions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.World(authority.Production)
	of := given{"service": "bf"}
	h.act("permit", "suspend", "ABC", of)
	party, err := w.Party(t.Context(), "ABC")
	must(t, err)
	if n := len(party.Entries); n != 1 || party.Entries[0].Text != "permit.suspension" || party.Entries[0].Swedish != "brev kunde inte sändas: adress saknas" {
		t.Errorf("of a code without address is told %+v", party.Entries)
	}
	h.act("party", "change", "ABC", given{"street": "Gatan 1", "postal_code": "12345", "town": "Provköping"})
	for _, step := range []struct{ act, refused string }{{"suspend", "wrong_state"}, {"resume", ""}, {"suspend", ""}, {"revoke", ""}} {
		if got := h.act("permit", step.act, "ABC", of); got != step.refused {
			t.Errorf("%s: refused as %q, want %q", step.act, got, step.refused)
		}
	}
	var told []string
	for _, l := range queued(t, w) {
		told = append(told, string(l.Message)+" to "+l.Recipient.Name+", "+l.Recipient.Town)
		if l.Day != filingtest.Today || l.PurgeAfter != filingtest.Today.AddMonths(12) || l.Officer != "Handläggare 7" {
			t.Errorf("%s of %s is kept until %s, by %s", l.Message, l.Day, l.PurgeAfter, l.Officer)
		}
		want := []string{"Betalningsföreläggande"}
		if l.Message == notice.SuspensionNotice {
			want = append(want, "Ansökan.")
		}
		var page bytes.Buffer
		must(t, w.Letters.HTML(&page, l))
		for _, words := range want {
			if !bytes.Contains(page.Bytes(), []byte(words)) {
				t.Errorf("%s does not say %s:\n%s", l.Message, words, &page)
			}
		}
	}
	if diff := cmp.Diff([]string{"permit.suspension_lifted to Inkasso Test, Provköping", "permit.suspension to Inkasso Test, Provköping"}, told); diff != "" {
		t.Error(diff)
	}
}
