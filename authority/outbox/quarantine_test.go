package outbox_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/journal"
	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
)

func TestPushGivesUp(t *testing.T) {
	refused := &outbox.Refusal{Code: "IllegalProductType", Info: "no such product"}
	tests := map[string]struct {
		answer   error
		attempts int
		code     string
	}{
		"after many panics":    {nil, 3, outbox.GaveUp},
		"after many failures":  {errors.New("connection refused"), 3, outbox.GaveUp},
		"at once when refused": {fmt.Errorf("push: %w", refused), 1, "IllegalProductType"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				p, clock := &peer{answer: answering(test.answer)}, &wallClock{now: epoch}
				pusher := b.pusher(p, clock, outbox.PushPolicy{Attempts: 3})
				m := b.pushed(1, filer)
				b.put(m)
				for range test.attempts + 2 {
					b.push(pusher, 0)
					clock.advance(24 * time.Hour)
				}
				if len(p.got) != test.attempts {
					b.Errorf("%d attempts, want %d", len(p.got), test.attempts)
				}
				b.quarantined(m, test.code)
				b.released(m, p, pusher)
			})
		})
	}
}

// answering is a peer's answer, or a panic in place of none.
func answering(err error) func(outbox.Message) error {
	return func(outbox.Message) error {
		if err == nil {
			panic("in the delivery")
		}
		return err
	}
}

func (b *bench) quarantined(m outbox.Message, code string) {
	b.Helper()
	b.must(b.db.Read(b.Context(), func(r store.Reader) error {
		all, err := b.box.Quarantined(r, 0, 10)
		if err != nil {
			return err
		}
		if len(all) != 1 || all[0].ID != m.ID || all[0].Code != code || all[0].Info == "" {
			b.Errorf("in quarantine: %+v", all)
		}
		events, err := journal.New(b.db).Of(r, m.TxID, 0, 10)
		if len(events) != 1 || events[0].Kind != outbox.QuarantinedEvent {
			b.Errorf("events %+v", events)
		}
		return err
	}))
	if list, _ := b.list(filer, outbox.Filter{}); len(list) != 0 {
		b.Error("a quarantined message is listed")
	}
}

func (b *bench) released(m outbox.Message, p *peer, pusher *outbox.Pusher) {
	b.Helper()
	p.answer = nil
	b.must(b.do(func(tx store.Tx) error { return b.box.Release(tx, m.ID) }))
	b.push(pusher, 1)
	if err := b.do(func(tx store.Tx) error { return b.box.Release(tx, m.ID) }); !errors.Is(err, outbox.ErrNotFound) {
		b.Errorf("releasing twice: %v", err)
	}
}
