package notice

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
)

// room is one test's letters.
type room struct {
	testing.TB
	*Letters
	db   *store.DB
	wall time.Time
}

var noon = time.Date(2026, 12, 7, 11, 0, 0, 0, time.UTC)

func eachRoom(t *testing.T, fn func(r *room)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newRoom(t, open())) })
}

func newRoom(t testing.TB, db *store.DB) *room {
	t.Helper()
	r := &room{TB: t, db: db, wall: noon}
	var err error
	r.Letters, err = New(db, calendar.NewFixed(noon), Config{
		Sender: sender, Forwarding: forwarding, Lease: time.Hour, Wall: func() time.Time { return r.wall },
	})
	r.must(err)
	return r
}

func (r *room) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *room) do(fn func(tx store.Tx) error) {
	r.Helper()
	r.must(r.db.Do(r.Context(), fn))
}

// letter is the example of the name under an id.
func (r *room) letter(name string, id int64) Letter {
	r.Helper()
	l, ok := examples(r, r.matrix)[name]
	if !ok {
		r.Fatalf("there is no example %s", name)
	}
	l.ID = id
	return l
}

// put enters n letters with the ids from 1.
func (r *room) put(n int) {
	r.Helper()
	all := make([]Letter, n)
	one := r.letter("bf.order_to_answer/respondent", 1)
	for i := range all {
		all[i] = one
		all[i].ID = int64(i + 1)
	}
	r.do(func(tx store.Tx) error { return r.Put(tx, all...) })
}

// fetch returns the ids and attempts of what is offered.
func (r *room) fetch(n int) string {
	r.Helper()
	items, err := r.Fetch(r.Context(), n)
	r.must(err)
	var all []string
	for _, it := range items {
		all = append(all, fmt.Sprintf("%d/%d", it.ID, it.Attempt))
	}
	return strings.Join(all, " ")
}

func (r *room) get(id int64) Item {
	r.Helper()
	var it Item
	r.must(r.db.Read(r.Context(), func(rd store.Reader) error {
		var ok bool
		var err error
		it, ok, err = r.Get(rd, id)
		if err == nil && !ok {
			err = ErrNoLetter
		}
		return err
	}))
	return it
}

func (r *room) kinds(id int64) string {
	r.Helper()
	var all []string
	r.must(r.db.Read(r.Context(), func(rd store.Reader) error {
		events, err := r.Events(rd, id)
		for _, e := range events {
			all = append(all, fmt.Sprintf("%s/%d", e.Kind, e.Attempt))
		}
		return err
	}))
	return strings.Join(all, " ")
}

func (r *room) want(what, got, want string) {
	r.Helper()
	if got != want {
		r.Errorf("%s: got %q, want %q", what, got, want)
	}
}
