package sandbox

import (
	"testing"

	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// TestLettersLeftToAPrintService: where letters are left nobody reads one before
// a print service outside has acknowledged it, and then it is as if it had been
// written that day.
func TestLettersLeftToAPrintService(t *testing.T) {
	t.Parallel()
	s := openedWith(t, Options{Dir: t.TempDir(), LeaveLetters: true})
	d := deskOf(t, s, "DEF", nil)
	built(t, d, filing.BFApplication, livingClaims(t, s, "DEF", 983))
	delivered(t, d, filing.BFApplicationReceipt)
	evening(t, s)
	number := contents[*filing.ConfirmedCase](t, fetchOne(t, d, filing.BFConfirmation))[0].CaseNumber
	pass(t, s, 12)
	w := testWorld(s)
	if got := stateOf(t, s, number).Pairs[0].State; got != string(paymentorder.Ordered) {
		t.Fatalf("with the letter in the queue the case is %s", got)
	}
	items, err := w.Letters.Fetch(t.Context(), notice.MaxFetch)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, it := range items {
		ids = append(ids, it.ID)
	}
	if len(ids) == 0 {
		t.Fatal("no letter was left")
	}
	if _, err := w.Letters.Acknowledge(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	sent := calendar.Today(w.Clock)
	pass(t, s, 10)
	if got := stateOf(t, s, number).Pairs[0]; got.State != string(paymentorder.Contested) || got.Since.Before(sent.AddDays(8)) {
		t.Errorf("ten days after the letter was sent on %s the case is %s since %s", sent, got.State, got.Since)
	}
	if left := queued(t, s); left == 0 {
		t.Error("what was written since is not left")
	}
}

func queued(t *testing.T, s *Sandbox) (n int64) {
	t.Helper()
	w := testWorld(s)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		counts, err := w.Letters.Counts(r)
		n = counts[notice.Queued]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
