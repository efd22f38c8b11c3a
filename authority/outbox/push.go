package outbox

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"filtjanst/authority/store"
)

// Deliverer hands a message to a filer's own receive service, at Message.PushTo
// and under its TxID, and returns nil once the service has said that it has
// it. A *Refusal says that sending it again is of no use; any other error is
// tried again.
type Deliverer interface {
	Deliver(ctx context.Context, m Message, body io.Reader) error
}

// Refusal is the answer of a receive service that will not take a message.
type Refusal struct {
	Code string // error code of SHS, as IllegalProductType
	Info string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("outbox: the receive service refused the message: %s: %s", r.Code, r.Info)
}

// GaveUp is the quarantine code of a message that was tried for too long.
const GaveUp = "GaveUp"

// PushPolicy says how stubbornly messages are pushed. Zero fields are those of
// DefaultPushPolicy. Times are wall time.
type PushPolicy struct {
	Attempts int           // then the message is quarantined
	First    time.Duration // wait after the first failure; doubled after each
	Longest  time.Duration // wait at most
	Lease    time.Duration // how long one delivery may take
}

// DefaultPushPolicy goes on for three days: a filer's service may be down over
// a weekend.
func DefaultPushPolicy() PushPolicy {
	return PushPolicy{Attempts: 80, First: 30 * time.Second, Longest: time.Hour, Lease: 10 * time.Minute}
}

func (p PushPolicy) filled() PushPolicy {
	d := DefaultPushPolicy()
	if p.Attempts <= 0 {
		p.Attempts = d.Attempts
	}
	if p.First <= 0 {
		p.First = d.First
	}
	if p.Longest <= 0 {
		p.Longest = d.Longest
	}
	if p.Lease <= 0 {
		p.Lease = d.Lease
	}
	return p
}

// wait is how long to wait after the nth failure.
func (p PushPolicy) wait(failures int64) time.Duration {
	d := p.First
	for ; failures > 1 && d < p.Longest; failures-- {
		d *= 2
	}
	return min(d, p.Longest)
}

// startPush puts a message among those to push, at once.
func startPush(tx store.Tx, id int64, address string) error {
	_, err := tx.Exec(`INSERT INTO outbox_push (message, address, attempts, next_at, last_error)
		VALUES ($1, $2, 0, 0, '')`, id, address)
	if err != nil {
		return fmt.Errorf("outbox: put message %d for pushing: %w", id, err)
	}
	return nil
}

// endPush takes a message off what is pushed, if it is there.
func endPush(tx store.Tx, id int64) error {
	_, err := tx.Exec(`DELETE FROM outbox_push WHERE message = $1`, id)
	if err != nil {
		return fmt.Errorf("outbox: end the pushing of message %d: %w", id, err)
	}
	return nil
}

// postpone notes a failed attempt, unless the message has been taken off
// meanwhile, as by a confirm that was faster.
func postpone(tx store.Tx, id int64, next time.Time, cause error) error {
	_, err := tx.Exec(`UPDATE outbox_push SET attempts = attempts + 1, next_at = $1, last_error = $2 WHERE message = $3`,
		store.Micros(next), cut(cause.Error()), id)
	if err != nil {
		return fmt.Errorf("outbox: postpone message %d: %w", id, err)
	}
	return nil
}

// maxErrorText bounds in bytes what is kept of a peer's error, which may hold
// whole pages (shs.md §8.4).
const maxErrorText = 2000

// cut makes a peer's words fit for a row: bounded, valid UTF-8, without NUL,
// which PostgreSQL does not take.
func cut(text string) string {
	text = text[:min(len(text), maxErrorText)]
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}
