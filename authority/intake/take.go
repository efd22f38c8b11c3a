package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// What a crash or a failure leaves, at each point of Take:
//
//	1 while bytes are read       a started blob, nameless: the blob store clears it. No answer; the
//	                             message is sent again.
//	2 after the blob, before     a blob that no row names: swept after 24 h. No answer; sent again, it
//	  the commit                 is kept under a new transaction id.
//	3 in the transaction         nothing of it: message, halves, numbering, receipt, journal and outbox
//	                             stand or fall together. No answer; sent again.
//	4 during the commit,         unknown: the row is asked for by our transaction id. There: its answer.
//	  connection lost            Not there, or not to be reached: no answer; sent again, see 5.
//	5 after the commit, before   everything stands. Sent again it is a repeat: the sender's tx.id, or on
//	  the answer is out          e-transport its digest, finds the first answer.
//	6 a blob given up, as that   a blob that no row names: swept.
//	  of a repeat

// maxParts bounds the parts of one message: a few submissions, not an archive.
const maxParts = 16

// attempts bounds how often a settlement is begun anew because others changed
// what it had prepared for.
const attempts = 8

// rereadTime bounds the question whether an unknown commit was kept.
const rereadTime = 10 * time.Second

// visit is one message at the door.
type visit struct {
	door          *Door
	arrival       Arrival
	transactionID string
	today         calendar.Day
	id            int64 // of its row
	stubs         []stub
	halves        []*half
	keys          []string // blobs begun
	arrived       time.Time
	readIn        calendar.Day
	ready         map[int64]*ready // at-once files prepared, by half
}

// Take takes in one message whole, or nothing of it. next gives its parts and
// io.EOF after the last; the body of a part is read before next is called
// again. An error means that there is no answer and that the same message can
// be sent again; a *Refusal says what must be mended first.
func (d *Door) Take(ctx context.Context, a Arrival, next func() (Part, error)) (Answer, error) {
	answer, seen, err := d.Seen(ctx, a.Sender, a.TxID)
	if err != nil || seen {
		return answer, err
	}
	v, err := d.admit(ctx, a)
	if err != nil {
		return Answer{}, err
	}
	if err := v.receive(ctx, next); err != nil {
		v.discard(ctx)
		return Answer{}, err
	}
	return v.commit(ctx)
}

func (d *Door) admit(ctx context.Context, a Arrival) (*visit, error) {
	if a.Sender == "" {
		return nil, errors.New("intake: a message without sender")
	}
	v := &visit{door: d, arrival: a, today: calendar.Today(d.rooms.Clock), ready: map[int64]*ready{}}
	var err error
	if v.transactionID, err = d.newID(); err != nil {
		return nil, err
	}
	if v.arrival.Address == "" {
		v.arrival.Address = a.Sender
	}
	if a.CorrID == "" {
		v.arrival.CorrID = v.transactionID
	}
	v.id, err = d.ids.Next(ctx, 1)
	return v, err
}

// receive keeps and checks all parts.
func (v *visit) receive(ctx context.Context, next func() (Part, error)) (err error) {
	for number := 1; ; number++ {
		p, err := next()
		if ended(err) {
			break
		}
		if err != nil {
			return brokenOff(err)
		}
		if number > maxParts {
			return tooManyParts()
		}
		h, err := v.keep(ctx, p, number)
		if err != nil {
			return err
		}
		v.halves = append(v.halves, h)
	}
	if len(v.halves) == 0 {
		return nothingIn()
	}
	v.arrived = v.door.rooms.Clock.Now().UTC().Truncate(time.Second)
	v.readIn = v.door.rooms.Evening.Next(v.arrived)
	for _, h := range v.halves {
		h.from.arrived = v.arrived
	}
	v.stubs, err = v.door.newStubs(ctx, stubsFor(len(v.halves)))
	return err
}

// discard removes the blobs of a message that was not taken. What it cannot
// remove is swept.
func (v *visit) discard(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for _, key := range v.keys {
		if err := v.door.rooms.Blobs.Delete(ctx, key); err != nil {
			v.door.log.Warn("a blob given up is left for the sweep", "key", key, "error", err)
		}
	}
}

// commit settles the message in one transaction and returns its answer.
func (v *visit) commit(ctx context.Context) (Answer, error) {
	for range attempts {
		var s *settlement
		err := v.write(ctx, func(tx store.Tx) error {
			s = v.settlement(tx)
			return s.message()
		})
		if err == nil {
			v.release(ctx, s)
			return s.answer(), nil
		}
		again, err := v.failed(ctx, err)
		if err != nil {
			return Answer{}, err
		}
		if again != nil {
			return *again, nil
		}
	}
	return Answer{}, fmt.Errorf("intake: message %s was overtaken by others %d times; send it again", v.transactionID, attempts)
}

// write settles before all other writes, as a receipt should; but a file of many
// documents that takes effect at once is bulk work, and others' receipts go first.
func (v *visit) write(ctx context.Context, settle func(store.Tx) error) error {
	for _, r := range v.ready {
		if len(r.documents) > service.ChunkSize {
			return v.door.rooms.DB.DoLast(ctx, settle)
		}
	}
	return v.door.rooms.DB.DoFirst(ctx, settle)
}

// failed decides what follows a failed commit: an answer that is there
// already, an error, or neither to begin anew.
func (v *visit) failed(ctx context.Context, err error) (*Answer, error) {
	if unready, ok := errors.AsType[*unreadyError](err); ok {
		return nil, v.prepare(ctx, unready)
	}
	constraint, unique := store.IsUnique(err)
	switch {
	case unique && constraint == "intake_message(sender,tx_id)":
		return v.answerOfWinner(ctx)
	case unique && constraint == "intake_half(repeat_key)":
		return nil, nil // the winner's half is there now and is found
	case errors.Is(err, store.ErrOutcomeUnknown):
		return v.answerIfKept(ctx, err)
	}
	return nil, fmt.Errorf("intake: settle message %s: %w", v.transactionID, err)
}

// answerOfWinner gives the answer of the same transmission that came in first.
func (v *visit) answerOfWinner(ctx context.Context) (*Answer, error) {
	answer, seen, err := v.door.Seen(ctx, v.arrival.Sender, v.arrival.TxID)
	if err != nil || !seen {
		return nil, err
	}
	v.discard(ctx)
	return &answer, nil
}

func (v *visit) answerIfKept(ctx context.Context, unknown error) (*Answer, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rereadTime)
	defer cancel()
	answer, kept, err := v.door.answerOf(ctx, `m.transaction_id = $1`, v.transactionID)
	if err != nil || !kept {
		return nil, errors.Join(fmt.Errorf("intake: whether message %s was taken is not known; send it again: %w", v.transactionID, unknown), err)
	}
	return &answer, nil
}

// release deletes the blobs of parts that turned out to be repeats.
func (v *visit) release(ctx context.Context, s *settlement) {
	v.keys = v.keys[:0]
	for _, h := range s.halves {
		if h.repeats != nil && h.key != "" {
			v.keys = append(v.keys, h.key)
		}
	}
	v.discard(ctx)
}
