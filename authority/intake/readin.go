package intake

import (
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// ErrFenced says that another worker has taken over the file, or that it is
// not where this worker left it.
var ErrFenced = errors.New("intake: another worker reads the file in")

// fileRow enters an approved file. One that took effect at once is read in.
func (s *settlement) fileRow(h *half) error {
	f := s.fileOf(h)
	var day, answer, done any
	var cursor int64
	switch s.door.timing(h) {
	case service.Evening:
		day = f.ReadInDay
	case service.Answered:
		answer = store.Micros(f.AnswerAt)
	default:
		done, cursor = store.Micros(s.now), f.Documents
	}
	err := s.tx.Later(`INSERT INTO intake_file (id, code_id, main_code_id, transaction_name, sequence, arrived,
		read_in_day, answer_at, refused, cursor_at, fence, done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)`,
		f.ID, f.CodeID, f.MainCodeID, string(f.Transaction), f.Sequence, store.Micros(f.Arrived),
		day, answer, refusedOf(f.Refused).pack(), cursor, done)
	return wrapID("enter file", f.ID, err)
}

const selectFile = `SELECT f.id, m.transaction_id, m.sender, h.party_code, f.code_id, f.main_code_id, h.transaction_name, h.form,
	h.name, h.sequence, h.documents, h.sum, f.arrived, f.read_in_day, COALESCE(f.answer_at, 0), f.refused, h.digest, h.set_digest
	FROM intake_file f JOIN intake_half h ON h.id = f.id JOIN intake_message m ON m.id = h.message_id `

func scanFile(rows *store.Rows) (f service.File, err error) {
	var arrived, answer, sum int64
	var packed []byte
	err = rows.Scan(&f.ID, &f.TransactionID, &f.Sender, &f.PartyCode, &f.CodeID, &f.MainCodeID, &f.Transaction, &f.Form,
		&f.Name, &f.Sequence, &f.Documents, &sum, &arrived, &f.ReadInDay, &answer, &packed, &f.Digest, &f.SetDigest)
	if err != nil {
		return f, err
	}
	f.Arrived, f.Sum = store.Moment(arrived), money.Amount(sum)
	if answer != 0 {
		f.AnswerAt = store.Moment(answer)
	}
	f.Refused, err = unpack(packed)
	return f, err
}

// Due lists files that are to be read in by the day and are not yet (R28), in
// the order of day and arrival, at most limit of them, that stand after the
// file given; 0 begins. A missed evening is caught up by itself.
func (d *Door) Due(r store.Reader, today calendar.Day, after int64, limit int) ([]service.File, error) {
	query, args := selectFile+`WHERE f.done_at IS NULL AND f.read_in_day <= $1`, []any{today, limit}
	if after != 0 {
		query += ` AND (f.read_in_day, f.arrived, f.id) > (SELECT a.read_in_day, a.arrived, a.id FROM intake_file a WHERE a.id = $3)`
		args = append(args, after)
	}
	all, err := store.Collect(scanFile)(r.Query(query+` ORDER BY f.read_in_day, f.arrived, f.id LIMIT $2`, args...))
	if err != nil {
		return nil, fmt.Errorf("intake: list the files to read in by %s: %w", today, err)
	}
	return all, nil
}

// NextReadIn returns the earliest day for which a file waits; ok is false when
// none does.
func (d *Door) NextReadIn(r store.Reader) (day calendar.Day, ok bool, err error) {
	if err := r.QueryRow(`SELECT MIN(read_in_day) FROM intake_file WHERE done_at IS NULL`).Scan(&day); err != nil {
		return 0, false, fmt.Errorf("intake: find the next evening: %w", err)
	}
	return day, !day.IsZero(), nil
}

// DueAnswers lists files that are answered later whose time has come by now and
// that are not answered yet, in the order of that time, at most limit of them,
// that stand after the file given; 0 begins.
func (d *Door) DueAnswers(r store.Reader, now time.Time, after int64, limit int) ([]service.File, error) {
	query, args := selectFile+`WHERE f.done_at IS NULL AND f.answer_at <= $1`, []any{store.Micros(now), limit}
	if after != 0 {
		query += ` AND (f.answer_at, f.id) > (SELECT a.answer_at, a.id FROM intake_file a WHERE a.id = $3)`
		args = append(args, after)
	}
	all, err := store.Collect(scanFile)(r.Query(query+` ORDER BY f.answer_at, f.id LIMIT $2`, args...))
	if err != nil {
		return nil, fmt.Errorf("intake: list the files to answer by %s: %w", now.Format(time.RFC3339), err)
	}
	return all, nil
}

// NextAnswer returns when the next file is to be answered; ok is false when
// none waits for an answer.
func (d *Door) NextAnswer(r store.Reader) (at time.Time, ok bool, err error) {
	var micros *int64
	if err := r.QueryRow(`SELECT MIN(answer_at) FROM intake_file WHERE answer_at IS NOT NULL AND done_at IS NULL`).Scan(&micros); err != nil {
		return time.Time{}, false, fmt.Errorf("intake: find the next answer: %w", err)
	}
	if micros == nil {
		return time.Time{}, false, nil
	}
	return store.Moment(*micros), true, nil
}

// File returns an approved file.
func (d *Door) File(r store.Reader, id int64) (service.File, bool, error) {
	f, err := d.file(r, id)
	if errors.Is(err, store.ErrNoRows) {
		return service.File{}, false, nil
	}
	return f, err == nil, wrapID("read file", id, err)
}

// file reads an approved file, or returns store.ErrNoRows.
func (*Archive) file(r store.Reader, id int64) (service.File, error) {
	all, err := store.Collect(scanFile)(r.Query(selectFile+`WHERE f.id = $1`, id))
	if err == nil && len(all) == 0 {
		err = store.ErrNoRows
	}
	if err != nil {
		return service.File{}, err
	}
	return all[0], nil
}

// Progress tells how many documents of the file are read in, and whether the
// read-in has ended.
func (d *Door) Progress(r store.Reader, id int64) (cursor int64, done bool, err error) {
	err = r.QueryRow(`SELECT cursor_at, done_at IS NOT NULL FROM intake_file WHERE id = $1`, id).Scan(&cursor, &done)
	return cursor, done, wrapID("read the progress of file", id, err)
}

// Advance moves the cursor from one number of documents to another, under the
// fence of a lease, in the transaction that applies those between. ErrFenced
// says that another worker has taken over; the transaction must not commit.
func (d *Door) Advance(tx store.Tx, id, from, to, fence int64) error {
	err := store.One(errNotOne)(tx.Exec(`UPDATE intake_file SET cursor_at = $1, fence = $2
		WHERE id = $3 AND cursor_at = $4 AND fence <= $2 AND done_at IS NULL`, to, fence, id, from))
	return fenced("advance file", id, err)
}

// Done ends the read-in of a file whose documents are all read in, under the
// fence of a lease.
func (d *Door) Done(tx store.Tx, id, fence int64, at time.Time) error {
	err := store.One(errNotOne)(tx.Exec(`UPDATE intake_file SET done_at = $1, fence = $2 WHERE id = $3 AND fence <= $2 AND done_at IS NULL
		AND cursor_at = (SELECT documents FROM intake_half WHERE id = $3)`, store.Micros(at), fence, id))
	return fenced("end the read-in of file", id, err)
}

func fenced(act string, id int64, err error) error {
	if errors.Is(err, errNotOne) {
		err = ErrFenced
	}
	return wrapID(act, id, err)
}

func wrapID(act string, id int64, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("intake: %s %d: %w", act, id, err)
}
