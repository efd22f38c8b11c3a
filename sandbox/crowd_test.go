package sandbox

import (
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"

	"github.com/google/go-cmp/cmp"
)

// storyOf is what happened in the cases of a test world, without ids.
func storyOf(t *testing.T, s *Sandbox, numbers []string) (all []authority.CaseEvent) {
	t.Helper()
	for _, number := range numbers {
		all = append(all, stateOf(t, s, number).Events...)
	}
	return all
}

// TestSameClaimsSameLives: the same files give the same acts, however the clock
// is moved and whether the sandbox is started again on the way.
func TestSameClaimsSameLives(t *testing.T) {
	t.Parallel()
	var stories [2][]authority.CaseEvent
	for i, stride := range []int{60, 7} {
		s := opened(t)
		d := deskOf(t, s, "DEF", nil)
		var serials []int
		for _, b := range Behaviours() {
			serials = append(serials, b.Serial)
		}
		built(t, d, filing.BFApplication, livingClaims(t, s, "DEF", serials...))
		delivered(t, d, filing.BFApplicationReceipt)
		evening(t, s)
		var numbers []string
		for _, c := range contents[*filing.ConfirmedCase](t, fetchOne(t, d, filing.BFConfirmation)) {
			numbers = append(numbers, c.CaseNumber)
		}
		until := s.Now().Add(60 * 24 * time.Hour)
		for s.Now().Before(until) {
			pass(t, s, min(stride, int(until.Sub(s.Now()).Hours()/24)))
		}
		stories[i] = storyOf(t, s, numbers)
	}
	if diff := cmp.Diff(stories[0], stories[1]); diff != "" {
		t.Errorf("two lives differ:\n%s", diff)
	}
}

// TestPlansOutliveARestart: what a debtor is going to do is done after the
// sandbox was started again, and once.
func TestPlansOutliveARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := Open(t.Context(), Options{Dir: dir, Begin: calendar.MustDay("2026-11-23").At(9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	w := first.Authority.World(authority.Test)
	p := plan{number: "2026-0000001", respondent: 1, serial: 980, due: calendar.Today(w.Clock).AddDays(3)}
	for range 2 {
		err = w.DB.Do(t.Context(), func(tx store.Tx) error { return keep(tx, []plan{p}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := openedIn(t, dir)
	pass(t, second, 10)
	if diff := cmp.Diff([]string{"980.0 unknown_case"}, refusals(t, second)); diff != "" {
		t.Errorf("-wants +got:\n%s", diff)
	}
}
