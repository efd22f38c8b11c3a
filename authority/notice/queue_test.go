package notice

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

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
