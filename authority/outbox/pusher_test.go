package outbox_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/journal"
	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
)

func writing(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}
}

// peer is a filer's receive service.
type peer struct {
	mu     sync.Mutex
	got    []string
	answer func(m outbox.Message) error
}

func (p *peer) Deliver(_ context.Context, m outbox.Message, body io.Reader) error {
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	p.mu.Lock()
	p.got = append(p.got, fmt.Sprintf("%s %s %d", m.TxID, m.PushTo, len(text)))
	answer := p.answer
	p.mu.Unlock()
	if answer == nil {
		return nil
	}
	return answer(m)
}

// wallClock is moved by hand.
type wallClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *wallClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *wallClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (b *bench) pusher(p *peer, clock *wallClock, policy outbox.PushPolicy) *outbox.Pusher {
	b.Helper()
	pusher, err := outbox.NewPusher(b.box, outbox.PusherConfig{
		Deliverer: p, Policy: policy, Journal: journal.New(b.db), Random: rand.Reader, Holder: rand.Text(),
		Field: func() time.Time { return epoch }, Now: clock.Now,
	})
	b.must(err)
	return pusher
}

func (b *bench) pushed(n int, address string) outbox.Message {
	m := b.message(n)
	m.Address, m.PushTo = address, "https://"+address+".example/shs/rs"
	return m
}

func (b *bench) push(p *outbox.Pusher, want int) {
	b.Helper()
	n, err := p.Push(b.Context())
	b.must(err)
	if n != want {
		b.Errorf("%d delivered, want %d", n, want)
	}
}

func TestPushDelivers(t *testing.T) {
	each(t, func(b *bench) {
		p, clock := &peer{}, &wallClock{now: epoch}
		pusher := b.pusher(p, clock, outbox.PushPolicy{})
		large := b.pushed(2, "5560000167")
		var err error
		large.Body, err = b.box.Stage(b.Context(), "large", writing(make([]byte, 100_000)))
		b.must(err)
		b.put(b.pushed(1, "5560000167"), large, b.pushed(3, "5560000241"), b.message(4))
		b.push(pusher, 3)
		b.push(pusher, 0)
		slices.Sort(p.got)
		want := []string{"tx-001 https://5560000167.example/shs/rs 9", "tx-002 https://5560000167.example/shs/rs 100000",
			"tx-003 https://5560000241.example/shs/rs 9"}
		if !slices.Equal(p.got, want) {
			b.Errorf("delivered %q", p.got)
		}
		list, _ := b.list(filer, outbox.Filter{NoAck: true})
		if len(list) != 3 || list[0].Sent.IsZero() || list[0].Fetched.IsZero() || !list[2].Sent.IsZero() {
			b.Errorf("after the push: %+v", list)
		}
	})
}

func TestPushIsTriedAgainWithBackOff(t *testing.T) {
	each(t, func(b *bench) {
		down := true
		p, clock := &peer{}, &wallClock{now: epoch}
		p.answer = func(outbox.Message) error {
			if down {
				return errors.New("connection refused")
			}
			return nil
		}
		pusher := b.pusher(p, clock, outbox.PushPolicy{First: time.Minute, Longest: 3 * time.Minute})
		b.put(b.pushed(1, filer))
		b.push(pusher, 0)
		for i, wait := range []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute, 3 * time.Minute} {
			clock.advance(wait - time.Microsecond)
			b.push(pusher, 0)
			if len(p.got) != i+1 {
				b.Fatalf("pushed again before %v had passed", wait)
			}
			clock.advance(time.Microsecond)
			b.push(pusher, 0)
			if len(p.got) != i+2 {
				b.Fatalf("%d attempts after %v, want %d", len(p.got), wait, i+2)
			}
		}
		down = false
		clock.advance(3 * time.Minute)
		b.push(pusher, 1)
	})
}

func TestPushersDoNotDeliverAtOnce(t *testing.T) {
	each(t, func(b *bench) {
		var all []outbox.Message
		for i := range 40 {
			all = append(all, b.pushed(i, fmt.Sprintf("55600001%02d", i%3)))
		}
		b.put(all...)
		p, clock := &peer{}, &wallClock{now: epoch}
		var wait sync.WaitGroup
		for range 4 {
			pusher := b.pusher(p, clock, outbox.PushPolicy{})
			wait.Go(func() {
				if _, err := pusher.Push(b.Context()); err != nil {
					b.Error(err)
				}
			})
		}
		wait.Wait()
		b.must(func() error { _, err := b.pusher(p, clock, outbox.PushPolicy{}).Push(b.Context()); return err }())
		slices.Sort(p.got)
		if n := len(slices.Compact(slices.Clone(p.got))); n != 40 || len(p.got) != 40 {
			b.Errorf("%d deliveries of %d messages, want 40 of 40", len(p.got), n)
		}
	})
}

// A pusher that lost its lease while it delivered records nothing: the message
// is delivered again under the same tx.id.
func TestDeliveryThatOutlivedItsLeaseIsRepeated(t *testing.T) {
	each(t, func(b *bench) {
		m := b.pushed(1, filer)
		b.put(m)
		p, clock := &peer{}, &wallClock{now: epoch}
		const short = 50 * time.Millisecond
		slow := b.pusher(p, clock, outbox.PushPolicy{Lease: short})
		var other store.Lease
		p.answer = func(outbox.Message) (err error) {
			p.answer = nil
			time.Sleep(2 * short)
			other, err = b.db.AcquireLease(b.Context(), "outbox/push/"+filer, "other", time.Hour)
			return err
		}
		if _, err := slow.Push(b.Context()); err != nil {
			b.Fatal(err)
		}
		if list, _ := b.list(filer, outbox.Filter{}); !list[0].Sent.IsZero() {
			b.Error("the outcome was written without the lease")
		}
		b.must(b.db.ReleaseLease(b.Context(), other))
		b.push(b.pusher(p, clock, outbox.PushPolicy{}), 1)
		if len(p.got) != 2 || p.got[0] != p.got[1] {
			b.Errorf("delivered %q", p.got)
		}
	})
}
