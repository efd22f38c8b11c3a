package intake

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// slots is the guard row of one submission and the halves that wait in it.
type slots struct {
	key        key
	file, note *half
	expires    time.Time // zero while nothing waits
}

// key names a submission (DESIGN decision 4).
type key struct {
	codeID      int64
	transaction filing.Transaction
	sequence    int64
}

// pair lays the halves beside those that wait. The submission row is locked
// before either half is read or written, so that two halves that come at once
// find each other (DESIGN decision 4).
func (s *settlement) pair(g submission) error {
	waiting, err := s.lockSubmission(g.lead())
	if err != nil {
		return err
	}
	before := *waiting
	if err := s.lapse(waiting); err != nil {
		return err
	}
	done, err := s.repeatOf(g, orWaiting)
	if err != nil {
		return err
	}
	if done {
		return s.saveSlots(waiting, before, time.Time{})
	}
	if waiting.file, err = s.fill(waiting.file, g.file); err != nil {
		return err
	}
	if waiting.note, err = s.fill(waiting.note, g.note); err != nil {
		return err
	}
	if !waiting.complete(g.lead().policy()) {
		return s.wait(waiting, before)
	}
	whole := submission{file: waiting.file, note: waiting.note}
	waiting.file, waiting.note = nil, nil
	if err := s.saveSlots(waiting, before, time.Time{}); err != nil {
		return err
	}
	return s.settle(whole)
}

func (w *slots) complete(p filing.Policy) bool {
	return w.file != nil && (w.note != nil || p.CoverNote == filing.NoteOptional)
}

// fill puts a new half in its slot. The same half again is a repeat of the one
// that waits; another replaces it.
func (s *settlement) fill(waiting, come *half) (*half, error) {
	switch {
	case come == nil, come.repeats != nil:
		return waiting, nil
	case waiting == nil:
		return come, nil
	case waiting.same(come):
		come.repeats = waiting
		return waiting, nil
	}
	return come, s.supersede(waiting)
}

// supersede gives a half that was replaced its receipt (R27, R63).
func (s *settlement) supersede(h *half) error {
	return s.conclude(pair(h, nil), filing.Superseded, told{}, 0)
}

// lapse rejects what has waited too long (R63), whether or not anybody has
// looked since.
func (s *settlement) lapse(w *slots) error {
	if w.expires.IsZero() || w.expires.After(s.now) {
		return nil
	}
	g := submission{file: w.file, note: w.note}
	w.file, w.note = nil, nil
	code := codeNoNote
	if g.file == nil {
		code = codeNoFile
	}
	lead := g.lead()
	errs := []filing.Error{*refusal(code, lead.policy().PairHours)}
	expected, err := s.door.Expected(s.tx, lead.code.ID, lead.transaction, lead.set)
	if err != nil {
		return err
	}
	if expected != 0 && expected != lead.sequence() { // to send both with the same number would not help
		errs = append(errs, *refusal(codeSequence, lead.sequence(), expected))
	}
	return s.reject(g, errs)
}

func (s *settlement) wait(now *slots, before slots) error {
	limit := time.Duration(0)
	for _, h := range []*half{now.file, now.note} {
		if h == nil {
			continue
		}
		h.outcome = filing.Waiting
		limit = time.Duration(h.policy().PairHours) * time.Hour
	}
	return s.saveSlots(now, before, s.now.Add(limit))
}

func (s *settlement) lockSubmission(h *half) (*slots, error) {
	k := key{h.code.ID, h.transaction, h.sequence()}
	var ours int64
	err := s.tx.QueryRow(`INSERT INTO intake_submission (code_id, transaction_name, sequence) VALUES ($1, $2, $3)
		ON CONFLICT (code_id, transaction_name, sequence) DO NOTHING RETURNING code_id`,
		k.codeID, string(k.transaction), k.sequence).Scan(&ours)
	switch {
	case errors.Is(err, store.ErrNoRows):
		return s.readSlots(k)
	case err != nil:
		return nil, fmt.Errorf("intake: open a submission: %w", err)
	}
	return &slots{key: k}, nil // a row of our own is ours until the commit
}

// readSlots locks the row of the key until the commit.
func (s *settlement) readSlots(k key) (*slots, error) {
	w := slots{key: k}
	var file, note, expires sql.NullInt64
	err := s.tx.LockRow(`SELECT file_half, note_half, expires FROM intake_submission
		WHERE code_id = $1 AND transaction_name = $2 AND sequence = $3`, k.codeID, string(k.transaction), k.sequence).Scan(&file, &note, &expires)
	if err != nil {
		return nil, fmt.Errorf("intake: lock a submission: %w", err)
	}
	if expires.Valid {
		w.expires = store.Moment(expires.Int64)
	}
	if w.file, err = s.waitingHalf(file); err != nil {
		return nil, err
	}
	w.note, err = s.waitingHalf(note)
	return &w, err
}

// waitingHalf finds a half that waits: one of the same message, which is not
// entered yet, or one from before.
func (s *settlement) waitingHalf(id sql.NullInt64) (*half, error) {
	if !id.Valid {
		return nil, nil
	}
	for _, h := range s.halves {
		if h.id == id.Int64 {
			return h, nil
		}
	}
	h, err := s.door.readHalf(s.tx, `WHERE h.id = $1`, id.Int64)
	if err != nil {
		return nil, err
	}
	h.code, h.known, err = s.door.rooms.Parties.ByID(s.tx, h.code.ID)
	return h, err
}

func (s *settlement) saveSlots(now *slots, before slots, expires time.Time) error {
	if now.file == before.file && now.note == before.note {
		return nil
	}
	var until any
	if !expires.IsZero() {
		until = store.Micros(expires)
	}
	k := now.key
	err := store.One(errNotOne)(s.tx.Exec(`UPDATE intake_submission SET file_half = $1, note_half = $2, expires = $3
		WHERE code_id = $4 AND transaction_name = $5 AND sequence = $6`,
		idOf(now.file), idOf(now.note), until, k.codeID, string(k.transaction), k.sequence))
	if err != nil {
		return fmt.Errorf("intake: update submission %v: %w", k, err)
	}
	return nil
}

func idOf(h *half) any {
	if h == nil {
		return nil
	}
	return h.id
}

var errNotOne = errors.New("the row is not in the state expected")
