package notice

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
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

func TestALetterIsKeptAsItWasPut(t *testing.T) {
	eachRoom(t, func(r *room) {
		all := examples(r, r.matrix)
		var letters []Letter
		for _, l := range all {
			l.Officer, l.PurgeAfter = "handläggare 7", calendar.MustDay("2029-12-31")
			letters = append(letters, l)
		}
		slices.SortFunc(letters, func(a, b Letter) int { return int(a.ID - b.ID) })
		r.do(func(tx store.Tx) error { return r.Put(tx, letters...) })
		items, err := r.Fetch(r.Context(), len(letters))
		r.must(err)
		if len(items) != len(letters) {
			r.Fatalf("%d of %d letters were offered", len(items), len(letters))
		}
		for i, it := range items {
			want := letters[i]
			want.Language = Swedish
			if diff := cmp.Diff(Item{Letter: want, State: Fetched, Attempt: 1}, it); diff != "" {
				r.Errorf("letter %d (-put +kept):\n%s", it.ID, diff)
			}
		}
	})
}

func TestPutRefusesAndKeepsNothing(t *testing.T) {
	eachRoom(t, func(r *room) {
		good, bad := r.letter("bf.verdict/filer", 1), r.letter("bf.verdict/filer", 2)
		bad.Facts = Facts{}
		err := r.db.Do(r.Context(), func(tx store.Tx) error { return r.Put(tx, good, bad) })
		if err == nil || !strings.Contains(err.Error(), "letter 2") {
			r.Errorf("got %v", err)
		}
		r.want("what is offered", r.fetch(10), "")
	})
}

func TestLettersAreOfferedUntilAcknowledged(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(5)
		r.want("first fetch", r.fetch(2), "1/1 2/1")
		r.want("second fetch", r.fetch(2), "3/1 4/1")
		ack, err := r.Acknowledge(r.Context(), []int64{2, 3})
		r.must(err)
		if diff := cmp.Diff(Acknowledgement{First: []int64{2, 3}}, ack); diff != "" {
			r.Error(diff)
		}
		r.wall = r.wall.Add(time.Hour - time.Second)
		r.want("before the lease has run out", r.fetch(1), "5/1")
		r.wall = r.wall.Add(time.Second)
		r.want("when it has", r.fetch(9), "1/2 4/2")
		r.want("and no more", r.fetch(9), "")
		r.want("events", r.kinds(1), "fetched/1 fetched/2")
		if it := r.get(2); it.State != Acknowledged || !it.Sent.Equal(noon) {
			r.Errorf("letter 2 is %s, sent %s", it.State, it.Sent)
		}
	})
}

func TestAcknowledge(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(4)
		r.fetch(2)
		r.wall = r.wall.Add(2 * time.Hour) // after the lease: sent all the same
		ids := []int64{1, 3, 99}
		ack, err := r.Acknowledge(r.Context(), ids)
		r.must(err)
		if diff := cmp.Diff(Acknowledgement{First: []int64{1}, Refused: []int64{3, 99}}, ack); diff != "" {
			r.Error(diff)
		}
		for range 2 {
			ack, err = r.Acknowledge(r.Context(), []int64{1})
			r.must(err)
			if diff := cmp.Diff(Acknowledgement{Again: []int64{1}}, ack); diff != "" {
				r.Error(diff)
			}
		}
		r.want("events", r.kinds(1), "acknowledged/1 acknowledged_again/1 fetched/1")
		r.want("what is offered", r.fetch(9), "2/2 3/1 4/1")
	})
}

// Two print services at once never get the same letter.
func TestFetchersShareTheQueue(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(60)
		var mu sync.Mutex
		var wait sync.WaitGroup
		seen := map[int64]int{}
		for range 4 {
			wait.Go(func() {
				for {
					items, err := r.Fetch(r.Context(), 7)
					if err != nil || len(items) == 0 {
						if err != nil {
							r.Error(err)
						}
						return
					}
					mu.Lock()
					for _, it := range items {
						seen[it.ID]++
					}
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		for id := int64(1); id <= 60; id++ {
			if seen[id] != 1 {
				r.Errorf("letter %d was offered %d times", id, seen[id])
			}
		}
	})
}

func TestReturnAndRequeue(t *testing.T) {
	by := service.Officer{Name: "handläggare 7", Reason: "ny adress i folkbokföringen"}
	eachRoom(t, func(r *room) {
		r.put(3)
		ctx := r.Context()
		if _, refused := service.RefusedAs(r.Return(ctx, 1, "papper slut")); !refused {
			r.Error("a letter in the queue was returned")
		}
		r.fetch(2)
		if _, refused := service.RefusedAs(r.Return(ctx, 1, " ")); !refused {
			r.Error("a letter was returned without a reason")
		}
		r.must(r.Return(ctx, 1, "papper slut"))
		_, err := r.Acknowledge(ctx, []int64{2})
		r.must(err)
		r.must(r.Return(ctx, 2, "adressaten okänd"))
		if a, b := r.get(1), r.get(2); a.State != Failed || b.State != Returned || b.Reason != "adressaten okänd" {
			r.Errorf("got %s and %s, %s", a.State, b.State, b.Reason)
		}
		if _, refused := service.RefusedAs(r.Return(ctx, 2, "igen")); !refused {
			r.Error("a returned letter was returned")
		}
		if _, refused := service.RefusedAs(r.Requeue(ctx, by, 3, Address{})); !refused {
			r.Error("a letter in the queue was requeued")
		}
		if _, refused := service.RefusedAs(r.Requeue(ctx, service.Officer{Name: "x"}, 1, Address{})); !refused {
			r.Error("requeued without a reason")
		}
		moved := Address{Street: "Nya vägen 2", PostalCode: "12345", Town: "Orten"}
		r.must(r.Requeue(ctx, by, 1, Address{}))
		r.must(r.Requeue(ctx, by, 2, moved))
		if a, b := r.get(1), r.get(2); a.Recipient.Street == "" || b.Recipient.Address != moved || !b.Sent.IsZero() || b.Reason != "" {
			r.Errorf("got %+v and %+v", a, b)
		}
		r.want("what is offered", r.fetch(9), "1/2 2/2 3/1")
		r.want("events", r.kinds(2), "acknowledged/1 fetched/1 requeued/1 returned/1 fetched/2")
	})
}

func TestBatch(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(3)
		protected := r.letter("bf.order_to_answer/respondent", 4)
		protected.Recipient.Protected = true
		r.do(func(tx store.Tx) error {
			if err := r.Put(tx, protected); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE notice_letter SET facts = '{}' WHERE id = 2`) // cannot be drawn
			return err
		})
		var out bytes.Buffer
		ids, err := r.Batch(r.Context(), &out, 10)
		r.must(err)
		if diff := cmp.Diff([]int64{1, 3, 4}, ids); diff != "" {
			r.Error(diff)
		}
		lines := r.unpack(out.Bytes())
		want := []Line{
			{1, "1.pdf", OrderToAnswer, Post, 1}, {3, "3.pdf", OrderToAnswer, Post, 1}, {4, "4.pdf", OrderToAnswer, Forwarded, 1},
		}
		if diff := cmp.Diff(want, lines); diff != "" {
			r.Error(diff)
		}
		if it := r.get(2); it.State != Failed || !strings.Contains(it.Reason, "missing") {
			r.Errorf("the letter that cannot be drawn is %s: %s", it.State, it.Reason)
		}
		out.Reset()
		ids, err = r.Batch(r.Context(), &out, 10)
		if err != nil || len(ids) != 0 || out.Len() != 0 {
			r.Errorf("an empty queue gave %v, %d bytes, %v", ids, out.Len(), err)
		}
	})
}

// unpack reads a batch and holds each PDF for one.
func (r *room) unpack(archive []byte) (lines []Line) {
	r.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	r.must(err)
	list, err := z.Open("letters.jsonl")
	r.must(err)
	defer list.Close()
	for decoder := json.NewDecoder(list); decoder.More(); {
		var line Line
		r.must(decoder.Decode(&line))
		lines = append(lines, line)
		pdf, err := z.Open(line.File)
		r.must(err)
		var start [5]byte
		if _, err := pdf.Read(start[:]); err != nil || string(start[:]) != "%PDF-" {
			r.Errorf("%s begins %q: %v", line.File, start, err)
		}
		r.must(pdf.Close())
	}
	return lines
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the line is down") }

// A batch that was lost on its way is offered again, as a later print.
func TestALostBatchIsOfferedAgain(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(2)
		if _, err := r.Batch(r.Context(), brokenWriter{}, 10); err == nil {
			r.Error("the broken line went unnoticed")
		}
		r.wall = r.wall.Add(time.Hour)
		r.want("what is offered", r.fetch(9), "1/2 2/2")
	})
}

func TestList(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(7)
		other := r.letter("ve.final_account/filer", 8)
		r.do(func(tx store.Tx) error { return r.Put(tx, other) })
		r.fetch(3)
		for _, test := range []struct {
			filter Filter
			want   string
		}{
			{Filter{Limit: 3}, "1 2 3|4 5 6|7 8"},
			{Filter{Limit: 4}, "1 2 3 4|5 6 7 8"},
			{Filter{}, "1 2 3 4 5 6 7 8"},
			{Filter{State: Queued, Limit: 3}, "4 5 6|7 8"},
			{Filter{Case: "VE-26-0000003"}, "8"},
			{Filter{Case: "nothing"}, ""},
		} {
			r.want(fmt.Sprintf("%+v", test.filter), r.pages(test.filter), test.want)
		}
		var counts map[State]int64
		r.must(r.db.Read(r.Context(), func(rd store.Reader) (err error) {
			counts, err = r.Counts(rd)
			return err
		}))
		if diff := cmp.Diff(map[State]int64{Fetched: 3, Queued: 5}, counts); diff != "" {
			r.Error(diff)
		}
	})
}

func (r *room) pages(f Filter) string {
	r.Helper()
	var all []string
	for {
		var ids []string
		var next int64
		r.must(r.db.Read(r.Context(), func(rd store.Reader) error {
			items, n, err := r.List(rd, f)
			next = n
			for _, it := range items {
				ids = append(ids, fmt.Sprint(it.ID))
			}
			return err
		}))
		all = append(all, strings.Join(ids, " "))
		if next == 0 {
			return strings.Join(all, "|")
		}
		f.After = next
	}
}

func TestIDsComeInARow(t *testing.T) {
	eachRoom(t, func(r *room) {
		first, err := r.NewIDs(r.Context(), 3)
		r.must(err)
		next, err := r.NewIDs(r.Context(), 1)
		r.must(err)
		if next != first+3 {
			r.Errorf("got %d after three from %d", next, first)
		}
	})
}
