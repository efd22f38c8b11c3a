package notice

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"filtjanst/authority/service"
)

// model is what the room should think of a letter.
type model struct {
	state   State
	attempt int64
	until   time.Time // end of the latest offer
}

// TestRandomLives plays print services that fetch, acknowledge, fail and
// forget: a letter is offered only when it is free, with the attempt that is
// next, and none is ever lost.
func TestRandomLives(t *testing.T) {
	eachRoom(t, func(r *room) {
		const letters, steps = 12, 150
		r.put(letters)
		dice := rand.New(rand.NewPCG(3, 7))
		all := map[int64]*model{}
		for id := int64(1); id <= letters; id++ {
			all[id] = &model{state: Queued}
		}
		for range steps {
			r.wall = r.wall.Add(time.Duration(dice.IntN(40)) * time.Minute)
			id := 1 + dice.Int64N(letters)
			switch dice.IntN(5) {
			case 0, 1:
				r.playFetch(all, 1+dice.IntN(4))
			case 2:
				r.playAcknowledge(all[id], id)
			case 3:
				r.playReturn(all[id], id)
			case 4:
				r.playRequeue(all[id], id)
			}
		}
		for id, m := range all {
			if it := r.get(id); it.State != m.state || it.Attempt != m.attempt {
				r.Errorf("letter %d is %s/%d, should be %s/%d", id, it.State, it.Attempt, m.state, m.attempt)
			}
		}
	})
}

// free are the ids that may be offered, in the order of the offer.
func (r *room) free(all map[int64]*model) []int64 {
	var late, queued []int64
	for _, id := range slices.Sorted(maps.Keys(all)) {
		switch m := all[id]; {
		case m.state == Fetched && !m.until.After(r.wall):
			late = append(late, id)
		case m.state == Queued:
			queued = append(queued, id)
		}
	}
	return append(late, queued...)
}

func (r *room) playFetch(all map[int64]*model, n int) {
	r.Helper()
	free := r.free(all)
	free = free[:min(n, len(free))]
	slices.Sort(free)
	want := ""
	for i, id := range free {
		m := all[id]
		m.state, m.attempt, m.until = Fetched, m.attempt+1, r.wall.Add(time.Hour)
		if i > 0 {
			want += " "
		}
		want += fmt.Sprintf("%d/%d", id, m.attempt)
	}
	r.want("what is offered", r.fetch(n), want)
}

func (r *room) playAcknowledge(m *model, id int64) {
	r.Helper()
	ack, err := r.Acknowledge(r.Context(), []int64{id})
	r.must(err)
	switch m.state {
	case Fetched:
		m.state = Acknowledged
		r.want("acknowledged", fmt.Sprint(ack), fmt.Sprint(Acknowledgement{First: []int64{id}}))
	case Acknowledged:
		r.want("acknowledged twice", fmt.Sprint(ack), fmt.Sprint(Acknowledgement{Again: []int64{id}}))
	default:
		r.want("acknowledged when "+string(m.state), fmt.Sprint(ack), fmt.Sprint(Acknowledgement{Refused: []int64{id}}))
	}
}

func (r *room) playReturn(m *model, id int64) {
	r.Helper()
	to, may := map[State]State{Fetched: Failed, Acknowledged: Returned}[m.state]
	r.allowed(may, r.Return(r.Context(), id, "skäl"))
	if may {
		m.state = to
	}
}

func (r *room) playRequeue(m *model, id int64) {
	r.Helper()
	may := m.state == Failed || m.state == Returned
	r.allowed(may, r.Requeue(r.Context(), service.Officer{Name: "h", Reason: "igen"}, id, Address{}))
	if may {
		m.state = Queued
	}
}

// allowed holds the outcome of an act against whether it may be done.
func (r *room) allowed(may bool, err error) {
	r.Helper()
	if _, refused := service.RefusedAs(err); refused == may || err != nil && !refused {
		r.Errorf("may be done: %t; got %v", may, err)
	}
}

func TestActs(t *testing.T) {
	by := service.Officer{Name: "handläggare 7", Reason: "kom i retur"}
	eachRoom(t, func(r *room) {
		r.put(1)
		r.fetch(1)
		acts := map[string]service.Act{}
		for _, a := range r.Acts() {
			acts[a.Name] = a
		}
		do := func(name, number string, by service.Officer, given map[string]string) error {
			v, err := service.NewValues(acts[name], given, 0)
			r.must(err)
			return acts[name].Do(r.Context(), by, number, v)
		}
		address := map[string]string{"street": "Nya vägen 2", "postal_code": "12345", "town": "Orten"}
		r.allowed(false, do("letter_return", "x", by, nil))
		r.allowed(false, do("letter_return", "1", service.Officer{}, nil))
		r.must(do("letter_return", "1", by, nil))
		r.allowed(false, do("letter_requeue", "1", by, map[string]string{"street": "Nya vägen 2"}))
		r.must(do("letter_requeue", "1", by, address))
		it := r.get(1)
		r.want("the street", it.Recipient.Street, "Nya vägen 2")
		r.want("events", r.kinds(1), "failed/1 fetched/1 requeued/1")
	})
}
