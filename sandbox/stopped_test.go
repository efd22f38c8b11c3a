package sandbox

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// stop takes back lines of the latest file of the transaction, or all of it, and
// tells with what code that is refused.
func (l lodger) stop(t *testing.T, tx filing.Transaction, references ...string) (refused string) {
	t.Helper()
	_, err := testWorld(l.s).Stop(t.Context(), authority.StopCall{
		File: fmt.Sprintf("%s/%s/%d", l.code, tx, l.next(t, tx)-1), References: references, By: officer.Name, Reason: officer.Reason,
	})
	if r, is := service.RefusedAs(err); is {
		return r.Code
	}
	if err != nil {
		t.Fatal(err)
	}
	return ""
}

// TestStoppedReports: a filer takes a line of its claim reports back before the
// evening. What does not wait any longer is not stopped.
func TestStoppedReports(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	who := debtor(silent, 1)
	matter := l.restructured(t, who)
	l.mustLodge(t, filing.SCClaim, reported("A1", matter, who), reported("A2", matter, who))
	codes := []string{l.stop(t, filing.SCClaim, "A3"), l.stop(t, filing.SCClaim, "A1")}
	evening(t, l.s)
	codes = append(codes, l.stop(t, filing.SCClaim, "A2"))
	if diff := cmp.Diff([]string{"unknown_reference", "", "file_not_waiting"}, codes); diff != "" {
		t.Errorf("refusals: %s", diff)
	}
	if diff := cmp.Diff([]string{"A1 withdrawn", "A2 registered"}, l.standing(t, matter)); diff != "" {
		t.Error(diff)
	}
}

// TestStoppedQuestions: the answer has no line for what its filer has stopped.
func TestStoppedQuestions(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, openedWith(t, Options{Dir: t.TempDir(), AnswerAfter: 2 * time.Hour}), "ABC")
	answers := func() (all []string) {
		t.Helper()
		advance(t, l.s, 24*time.Hour)
		for _, m := range l.drained(t) {
			if !strings.EqualFold(m.product, l.ready.Products[filing.DEAnswer]) {
				continue
			}
			all = append(all, "file")
			_, err := filing.Read(bytes.NewReader(m.body), filing.Own(), filing.DEAnswer, func(e *filing.Extract) error {
				all = append(all, e.Reference)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	for _, step := range []struct {
		stopped, want []string
	}{
		{[]string{"Q2"}, []string{"file", "Q1", "Q3"}},
		{nil, []string{"file"}},
	} {
		l.mustLodge(t, filing.DERequest, asked(1), asked(2), asked(3))
		if code := l.stop(t, filing.DERequest, step.stopped...); code != "" {
			t.Fatalf("stopping %v: %s", step.stopped, code)
		}
		if diff := cmp.Diff(step.want, answers()); diff != "" {
			t.Errorf("stopped %v: %s", step.stopped, diff)
		}
		if code := l.stop(t, filing.DERequest); code != "file_not_waiting" {
			t.Errorf("an answered file: %q", code)
		}
	}
	number := l.registered(t, filing.BFApplication, owed("A1", debtor(silent, 1)))["A1"][0]
	l.mustLodge(t, filing.BFWithdrawal, withdrawal(number))
	if code := l.stop(t, filing.BFWithdrawal); code != "not_stoppable" {
		t.Errorf("what takes effect at once: %q", code)
	}
}
