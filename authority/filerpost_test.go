package authority_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
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

// Invoices and credit notes go on paper to those who have chosen that (R69);
// reminders, which have no electronic form, to all.
func TestFeesOnPaper(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.World(authority.Production)
	address := given{"street": "Gatan 1", "postal_code": "12345", "town": "Provköping"}
	h.act("party", "change", "ABC", address)
	for i, step := range []struct {
		notice, charged, closed, reminded string
		unpaid                            string
		want                              []string
	}{
		{"electronic", "2026-12-10", "2027-01-04", "2027-02-15", "300,00", []string{"fee.reminder 2027-02-15"}},
		{"both", "2027-02-10", "2027-03-01", "2027-04-12", "360,00", []string{"fee.invoice 2027-03-01", "fee.credit_note 2027-04-12", "fee.reminder 2027-04-12"}},
		{"paper", "2027-05-10", "2027-06-01", "2027-07-12", "360,00", []string{"fee.invoice 2027-06-01", "fee.credit_note 2027-07-12", "fee.reminder 2027-07-12"}},
	} {
		h.act("party", "change", "ABC", given{"notice": step.notice})
		before, item := len(queued(t, w)), int64(1000+i)
		must(t, w.DB.Do(t.Context(), func(tx store.Tx) error {
			return w.Fees.Charge(tx, fee.Item{ID: item, CodeID: 1, CaseID: 7, Reference: "2026-0000017", Own: "A-1",
				Kind: fee.ApplicationFee, Amount: 400_00, Day: calendar.MustDay(step.charged)})
		}))
		run := func(day string) {
			_, err := w.Fees.Run(t.Context(), calendar.MustDay(day))
			must(t, err)
		}
		run(step.closed)
		all := invoicesOf(t, w, step.closed)
		must(t, w.Fees.CreditInvoice(t.Context(), service.Officer{Name: "Ekonomi", Reason: "avgiften var fel"}, all[0].Number,
			[]fee.CreditLine{{ItemID: item, Amount: 100_00}}, calendar.MustDay(step.reminded)))
		run(step.reminded)
		run(step.reminded)
		var got []string
		for _, l := range queued(t, w)[before:] {
			got = append(got, string(l.Message)+" "+l.Day.String())
			wantWords(t, w, l, wordsOfFees[l.Message]...)
			if l.Message == notice.InvoiceReminder {
				wantWords(t, w, l, step.unpaid)
			}
		}
		slices.Sort(got[max(0, len(got)-2):])
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s: %s", step.notice, diff)
		}
	}
}

func invoicesOf(t *testing.T, w *authority.World, on string) (all []fee.Invoice) {
	t.Helper()
	must(t, w.DB.Read(t.Context(), func(r store.Reader) (err error) {
		all, err = w.Fees.Invoices(r, 1, calendar.MustDay(on), calendar.MustDay(on))
		return err
	}))
	return all
}

// wordsOfFees are what the letters of TestFeesOnPaper say.
var wordsOfFees = map[notice.Message][]string{
	notice.InvoiceLetter: {"bankgiro 991-2346", "460,00", "Ansökningsavgift, mål 2026-0000017, er ref. A-1", "Påminnelseavgift, faktura 2027"},
	notice.CreditNoteLetter: {"Kreditfaktura", "Ansökningsavgift, mål 2026-0000017, er ref. A-1", "100,00", "Kvar att betala på faktura 2027", "360,00",
		"bankgiro 991-2346"},
	notice.InvoiceReminder: {"bankgiro 991-2346", "Betala senast"},
}

// What is credited in full leaves nothing to pay.
func TestCreditNoteOfAllThatWasLeft(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.World(authority.Production)
	h.act("party", "change", "ABC", given{"street": "Gatan 1", "postal_code": "12345", "town": "Provköping", "notice": "paper"})
	must(t, w.DB.Do(t.Context(), func(tx store.Tx) error {
		return w.Fees.Charge(tx, fee.Item{ID: 1000, CodeID: 1, Kind: fee.ApplicationFee, Amount: 300_00, Day: calendar.MustDay("2026-12-10")})
	}))
	_, err := w.Fees.Run(t.Context(), calendar.MustDay("2027-01-04"))
	must(t, err)
	must(t, w.Fees.CreditInvoice(t.Context(), service.Officer{Name: "Ekonomi", Reason: "avgiften var fel"}, invoicesOf(t, w, "2027-01-04")[0].Number,
		nil, calendar.MustDay("2027-01-05")))
	_, err = w.Fees.Run(t.Context(), calendar.MustDay("2027-01-05"))
	must(t, err)
	for _, l := range queued(t, w) {
		if l.Message != notice.CreditNoteLetter {
			continue
		}
		wantWords(t, w, l, "300,00", ">0,00\u00a0kr")
		if _, told := l.Facts["due"]; told {
			t.Error("it tells when to pay nothing")
		}
		return
	}
	t.Error("no credit note was sent")
}

// What goes as UBL is a document that the room of fees makes.
func TestWhatGoesAsUBLIsADocument(t *testing.T) {
	t.Parallel()
	matrix, err := notice.NewMatrix()
	must(t, err)
	var got []string
	for _, e := range matrix.Entries() {
		if e.Electronic != "" {
			got = append(got, string(e.ID))
		}
	}
	if diff := cmp.Diff([]string{"fee." + string(fee.InvoiceDocument), "fee." + string(fee.CreditNote)}, got); diff != "" {
		t.Error(diff)
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
