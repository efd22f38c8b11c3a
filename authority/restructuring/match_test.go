package restructuring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// match is what the first filer has of a debtor.
func (r *room) match(o restructuring.Opening, matches ...restructuring.Match) {
	r.portfolio[o.Debtor.Identity] = matches
}

func (r *room) outgoing(day calendar.Day) (all []service.Batch) {
	r.Helper()
	r.read(func(rd store.Reader) (err error) {
		all, err = r.matters.Outgoing(rd, day)
		return err
	})
	return all
}

func (r *room) send(batches []service.Batch) {
	r.Helper()
	for _, b := range batches {
		r.must(r.db.Do(r.Context(), func(tx store.Tx) error { return r.matters.Sent(tx, b) }))
	}
}

// Openings go out once, numbered, to the codes with a permit and the extension.
func TestOpeningsGoOut(t *testing.T) {
	each(t, func(r *room) {
		first, second := r.opening(), r.opening()
		r.match(first, restructuring.Match{CodeID: 1, Reference: "A", CaseNumber: "2026-1"}, restructuring.Match{CodeID: 2, Reference: "B"})
		r.must(r.matters.Watch(r.Context(), officer, 1, []restructuring.Watched{{Identity: second.Debtor.Identity, Reference: "LIST"}}))
		r.open(first)
		r.open(second)
		today := r.today()
		want := []service.Batch{{Key: "sc.opening/1/1-2", Transaction: "sc.opening", CodeID: 1, Code: "ABC", Day: today, Sequence: 1, Documents: 2}}
		got := r.outgoing(today)
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(got, r.outgoing(today)); diff != "" {
			r.Errorf("named otherwise before it was sent:\n%s", diff)
		}
		r.send(got)
		if again := r.outgoing(today); len(again) != 0 {
			r.Errorf("named again: %+v", again)
		}
		third := r.opening()
		r.match(third, restructuring.Match{CodeID: 1, Reference: "C"})
		r.open(third)
		if got := r.outgoing(today); len(got) != 1 || got[0].Sequence != 2 || got[0].Key != "sc.opening/1/3-3" {
			r.Errorf("the next: %+v", got)
		}
	})
}

// Two replicas name what is to go out, and an opening comes between: the second
// file neither repeats the number of the first nor its lines.
func TestOvertakenBatch(t *testing.T) {
	each(t, func(r *room) {
		first, second := r.opening(), r.opening()
		r.match(first, restructuring.Match{CodeID: 1, Reference: "A"})
		r.match(second, restructuring.Match{CodeID: 1, Reference: "B"})
		r.open(first)
		one := r.outgoing(r.today())
		r.open(second)
		other := r.outgoing(r.today())
		r.send(one)
		if err := r.db.Do(r.Context(), func(tx store.Tx) error { return r.matters.Sent(tx, other[0]) }); err == nil {
			r.Errorf("sent twice: %+v and %+v", one[0], other[0])
		}
		if rest := r.outgoing(r.today()); len(rest) != 1 || rest[0].Sequence != 2 || rest[0].Documents != 1 {
			r.Errorf("left to send: %+v", rest)
		}
	})
}

// What is found after the evening's day is for the next evening: a file tells of
// nothing later than its own day.
func TestOpeningOfALaterDayWaits(t *testing.T) {
	each(t, func(r *room) {
		first, second := r.opening(), r.opening()
		r.match(first, restructuring.Match{CodeID: 1, Reference: "A"})
		r.match(second, restructuring.Match{CodeID: 1, Reference: "B"})
		r.open(first)
		evening := r.today()
		r.pass(evening.AddDays(1))
		second.Decided, second.Announced = r.today(), r.today()
		r.open(second)
		batches := r.outgoing(evening)
		if len(batches) != 1 || batches[0].Documents != 1 || batches[0].Key != "sc.opening/1/1-1" {
			r.Fatalf("of the evening before: %+v", batches)
		}
		r.send(batches)
		if rest := r.outgoing(evening); len(rest) != 0 {
			r.Errorf("left to that evening: %+v", rest)
		}
		if next := r.outgoing(r.today()); len(next) != 1 || next[0].Documents != 1 || next[0].Key != "sc.opening/1/2-2" {
			r.Errorf("the next evening: %+v", next)
		}
	})
}

// What is withheld when a file is written is told once it is let out.
func TestWithheldOpeningIsToldLater(t *testing.T) {
	each(t, func(r *room) {
		first, second := r.opening(), r.opening()
		r.match(first, restructuring.Match{CodeID: 1, Reference: "A"})
		third := r.opening()
		r.match(second, restructuring.Match{CodeID: 1, Reference: "B"})
		r.match(third, restructuring.Match{CodeID: 1, Reference: "C"})
		r.open(first)
		withheld := r.open(second)
		r.open(third)
		block := func(blocked bool) {
			r.must(r.db.Do(r.Context(), func(tx store.Tx) error {
				_, err := tx.Exec(`UPDATE restructuring_matter SET blocked = $1 WHERE id = $2`, blocked, withheld.ID)
				return err
			}))
		}
		block(true)
		r.send(r.outgoing(r.today()))
		block(false)
		if rest := r.outgoing(r.today()); len(rest) != 1 || rest[0].Documents != 1 {
			r.Errorf("left to send: %+v", rest)
		}
	})
}

func TestMatchesAreKept(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		r.match(o, restructuring.Match{CodeID: 1, Reference: "A", CaseNumber: "2026-1"},
			restructuring.Match{CodeID: 1, Reference: "A", CaseNumber: "2026-1"}, restructuring.Match{CodeID: 2, Reference: "B"})
		m := r.open(o)
		r.send(r.outgoing(r.today()))
		var got []restructuring.Logged
		r.read(func(rd store.Reader) (err error) {
			got, err = r.matters.Matches(rd, m.ID)
			return err
		})
		want := []restructuring.Logged{{
			Match:        restructuring.Match{CodeID: 1, Code: "ABC", Reference: "A", CaseNumber: "2026-1"},
			MatterNumber: m.Number, Permit: 1, Purpose: "restructuring opened: claim to be reported", Day: r.today(), Told: r.today(),
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// Without permit nothing is matched, and a permit or extension that ends holds
// back what was matched.
func TestNothingGoesWithoutPermit(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		r.match(o, restructuring.Match{CodeID: 1, Reference: "A"}, restructuring.Match{CodeID: 99, Reference: "gone"})
		m := r.open(o)
		r.report(claim(m, 1, 100))
		if got := r.outgoing(r.today()); len(got) != 2 {
			r.Fatalf("%+v", got)
		}
		r.switchedOn[1] = false
		if got := r.outgoing(r.today()); len(got) != 0 {
			r.Errorf("with the extension off: %+v", got)
		}
		r.switchedOn[1] = true
		act := permit.Act{ID: 10, Reason: "test", By: "H1"}
		r.must(r.db.Do(r.Context(), func(tx store.Tx) error { return r.permits.Suspend(tx, 1, act) }))
		if got := r.outgoing(r.today()); len(got) != 2 {
			r.Errorf("suspended, messages stay available (R22): %+v", got)
		}
		act.ID = 11
		r.must(r.db.Do(r.Context(), func(tx store.Tx) error { return r.permits.Revoke(tx, 1, act) }))
		if got := r.outgoing(r.today()); len(got) != 0 {
			r.Errorf("after revocation: %+v", got)
		}
	})
}

func TestExtensionIsOffByDefault(t *testing.T) {
	each(t, func(r *room) {
		r.switchedOn = map[int64]bool{}
		o := r.opening()
		r.match(o, restructuring.Match{CodeID: 1, Reference: "A"})
		m := r.open(o)
		r.report(claim(m, 1, 100))
		r.switchedOn[1] = true // what happened before is not sent
		if got := r.outgoing(r.today()); len(got) != 0 {
			r.Errorf("%+v", got)
		}
	})
}

// A list lodged while a claim period runs is matched at once; a new list takes
// the place of the old.
func TestWatch(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		m := r.open(o)
		lodge := func(list ...restructuring.Watched) error { return r.matters.Watch(r.Context(), officer, 1, list) }
		w := restructuring.Watched{Identity: o.Debtor.Identity, Reference: "A"}
		r.must(lodge(w, w))
		if got := r.outgoing(r.today()); len(got) != 1 || got[0].Documents != 1 {
			r.Errorf("%+v", got)
		}
		r.must(lodge(restructuring.Watched{Identity: person(900), Reference: "B"}))
		if n := r.count(`SELECT COUNT(*) FROM restructuring_watch`); n != 1 {
			r.Errorf("%d on the list", n)
		}
		r.must(r.matters.Close(r.Context(), officer, m.Number, restructuring.CauseRejected))
		w.Reference = "C"
		r.must(lodge(w))
		if n := r.count(`SELECT COUNT(*) FROM restructuring_match`); n != 1 {
			r.Errorf("%d matches after the matter was closed", n)
		}
		r.refused(lodge(restructuring.Watched{Identity: person(1)}), "bad_watch")
		r.refused(lodge(restructuring.Watched{Identity: identity.Number{}, Reference: "D"}), "bad_watch")
	})
}

// The confirmation of a file is named when the whole of it is read in, once.
func TestConfirmationWaitsForTheWholeFile(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		f, docs := r.file(claim(m, 1, 1), claim(m, 2, 2))
		r.must(r.apply(f, docs[:1]))
		if got := r.outgoing(r.today()); len(got) != 0 {
			r.Errorf("half of it: %+v", got)
		}
		r.must(r.apply(f, docs[1:]))
		got := r.outgoing(r.today())
		want := []service.Batch{{Key: "sc.confirmation/1", Transaction: "sc.confirmation", CodeID: 1, Code: "ABC", File: 1, Day: r.today(), Sequence: 1, Documents: 2}}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("(-want +got):\n%s", diff)
		}
		r.send(got)
		if got := r.outgoing(r.today()); len(got) != 0 {
			r.Errorf("named again: %+v", got)
		}
	})
}

// A list that is not lodged anew goes after a year.
func TestWatchIsPurged(t *testing.T) {
	each(t, func(r *room) {
		r.must(r.matters.Watch(r.Context(), officer, 1, []restructuring.Watched{{Identity: person(900), Reference: "A"}}))
		for _, tt := range []struct {
			day  calendar.Day
			left int64
		}{{begun.AddMonths(12), 1}, {begun.AddMonths(12).AddDays(1), 0}} {
			_, err := r.matters.Purge(r.Context(), tt.day)
			r.must(err)
			if n := r.count(`SELECT COUNT(*) FROM restructuring_watch`); n != tt.left {
				r.Errorf("on %s: %d are left", tt.day, n)
			}
		}
	})
}
