package intake

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Among which halves a repeat is looked for. One that waits is a matter of its
// submission, and looked for only once that is locked.
const (
	answeredOnly = `'approved', 'approved in part'`
	orWaiting    = `'approved', 'approved in part', 'waiting'`
)

// repeatOf tells whether everything in the submission came before on
// e-transport, where no id of the sender's shows it: the same organisation,
// transaction and bytes, approved or waiting. Bytes that were rejected are
// checked afresh (DESIGN decision 12).
func (s *settlement) repeatOf(g submission, among string) (bool, error) {
	all := true
	for _, h := range []*half{g.file, g.note} {
		if h == nil || h.stored || h.repeats != nil {
			continue
		}
		if err := s.findRepeated(h, among); err != nil {
			return false, err
		}
		all = all && h.repeats != nil
	}
	return all && g.lead().repeats != nil, nil
}

func (s *settlement) findRepeated(h *half, among string) error {
	if h.from.channel != ETransport {
		return nil
	}
	first, err := s.door.readHalf(s.tx, `WHERE h.digest = $1 AND h.sender = $2 AND h.transaction_name = $3 AND h.role = $4
		AND h.repeats IS NULL AND h.outcome IN (`+among+`) ORDER BY h.id LIMIT 1`,
		h.digest, h.from.sender, string(h.transaction), string(h.role))
	if errors.Is(err, store.ErrNoRows) {
		return nil
	}
	h.repeats = first
	return err
}

// first returns the half whose message answers for this one, if every part is
// a repeat and all are of one message.
func (s *settlement) first() *half {
	var first *half
	for _, h := range s.halves {
		if h.repeats == nil || first != nil && first.from.message != h.repeats.from.message {
			return nil
		}
		first = h.repeats
	}
	if first.from.message == s.visit.id {
		return nil
	}
	return first
}

// answer is what the sender is told.
func (s *settlement) answer() Answer {
	a := Answer{TransactionID: s.visit.transactionID, Arrived: s.visit.arrived}
	if first := s.first(); first != nil {
		a = Answer{TransactionID: first.from.transactionID, Arrived: first.from.arrived, Duplicate: true}
	}
	for _, h := range s.halves {
		a.Outcomes = append(a.Outcomes, HalfAnswer{Transaction: h.own(), Outcome: h.answered()})
	}
	return a
}

// own is the transaction of the half itself.
func (h *half) own() filing.Transaction {
	if h.role == filing.RoleNote {
		return h.note
	}
	return h.transaction
}

func (h *half) answered() filing.Outcome {
	if h.repeats != nil {
		return h.repeats.outcome
	}
	return h.outcome
}

// Seen returns the first answer to the sender's transmission, if it was taken.
// Without an id of the sender's nothing was seen.
func (d *Door) Seen(ctx context.Context, sender, txid string) (Answer, bool, error) {
	if txid == "" {
		return Answer{}, false, nil
	}
	answer, seen, err := d.answerOf(ctx, `m.sender = $1 AND m.tx_id = $2`, sender, txid)
	answer.Duplicate = seen
	return answer, seen, err
}

// answerOf tells what was answered to a message.
func (d *Door) answerOf(ctx context.Context, where string, args ...any) (a Answer, found bool, err error) {
	err = d.rooms.DB.Read(ctx, func(r store.Reader) error {
		a, found, err = readAnswer(r, where, args)
		return err
	})
	if err != nil {
		return Answer{}, false, fmt.Errorf("intake: read what was answered: %w", err)
	}
	return a, found, nil
}

func readAnswer(r store.Reader, where string, args []any) (Answer, bool, error) {
	var a Answer
	var id, arrived int64
	err := r.QueryRow(`SELECT m.id, COALESCE(f.transaction_id, m.transaction_id), COALESCE(f.arrived, m.arrived), m.repeats IS NOT NULL
		FROM intake_message m LEFT JOIN intake_message f ON f.id = m.repeats WHERE `+where, args...).
		Scan(&id, &a.TransactionID, &arrived, &a.Duplicate)
	if errors.Is(err, store.ErrNoRows) {
		return Answer{}, false, nil
	}
	if err != nil {
		return Answer{}, false, err
	}
	a.Arrived = store.Moment(arrived)
	a.Outcomes, err = store.Collect(scanHalfAnswer)(r.Query(`SELECT transaction_name, role, answered FROM intake_half
		WHERE message_id = $1 ORDER BY part`, id))
	return a, true, err
}

func scanHalfAnswer(rows *store.Rows) (a HalfAnswer, err error) {
	var role filing.Role
	err = rows.Scan(&a.Transaction, &role, &a.Outcome)
	if info, _ := filing.Info(a.Transaction); role == filing.RoleNote {
		a.Transaction = info.Note
	}
	return a, err
}
