package authority_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/store"
	"filtjanst/calendar"
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
		wantWords(t, w, l, want...)
	}
	if diff := cmp.Diff([]string{"permit.suspension_lifted to Inkasso Test, Provköping", "permit.suspension to Inkasso Test, Provköping"}, told); diff != "" {
		t.Error(diff)
	}
}

// Invoices and reminders go on paper to those who have chosen that (R69).
func TestInvoicesAndRemindersOnPaper(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.World(authority.Production)
	address := given{"street": "Gatan 1", "postal_code": "12345", "town": "Provköping"}
	h.act("party", "change", "ABC", address)
	for i, step := range []struct {
		notice, charged, closed, reminded string
		want                              []string
	}{
		{"electronic", "2026-12-10", "2027-01-04", "2027-02-15", nil},
		{"both", "2027-02-10", "2027-03-01", "2027-04-12", []string{"fee.invoice 2027-03-01", "fee.reminder 2027-04-12"}},
		{"paper", "2027-05-10", "2027-06-01", "2027-07-12", []string{"fee.invoice 2027-06-01", "fee.reminder 2027-07-12"}},
	} {
		h.act("party", "change", "ABC", given{"notice": step.notice})
		before := len(queued(t, w))
		must(t, w.DB.Do(t.Context(), func(tx store.Tx) error {
			return w.Fees.Charge(tx, fee.Item{ID: int64(1000 + i), CodeID: 1, CaseID: 7, Reference: "2026-0000017", Own: "A-1",
				Kind: fee.ApplicationFee, Amount: 300_00, Day: calendar.MustDay(step.charged)})
		}))
		for _, day := range []string{step.closed, step.reminded, step.reminded} {
			_, err := w.Fees.Run(t.Context(), calendar.MustDay(day))
			must(t, err)
		}
		var got []string
		for _, l := range queued(t, w)[before:] {
			got = append(got, string(l.Message)+" "+l.Day.String())
			wantWords(t, w, l, "bankgiro 991-2346", "360,00")
			if l.Message == notice.InvoiceLetter {
				wantWords(t, w, l, "Ansökningsavgift, mål 2026-0000017, er ref. A-1", "Påminnelseavgift, faktura 2027")
			}
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s: %s", step.notice, diff)
		}
	}
}

// wantWords wants words in the letter.
func wantWords(t *testing.T, w *authority.World, l notice.Item, want ...string) {
	t.Helper()
	var page bytes.Buffer
	must(t, w.Letters.HTML(&page, l))
	for _, words := range want {
		if !bytes.Contains(page.Bytes(), []byte(words)) {
			t.Errorf("%s does not say %s:\n%s", l.Message, words, &page)
		}
	}
}
