package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// ErrFenced says that another worker has taken over the file, or that it is
// not where this worker left it.
var ErrFenced = errors.New("intake: another worker reads the file in")

// fileRow enters an approved file. One that took effect at once is read in.
func (s *settlement) fileRow(h *half) error {
	var day, done any
	var cursor int64
	if s.evening(h) {
		day = s.readIn
	} else {
		done, cursor = store.Micros(s.now), h.findings.Facts.Documents
	}
	err := s.tx.Later(`INSERT INTO intake_file (id, code_id, main_code_id, arrived, read_in_day, cursor_at, fence, done_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7)`, h.id, h.code.ID, h.code.MainID, store.Micros(h.from.arrived), day, cursor, done)
	if err != nil {
		return fmt.Errorf("intake: enter file %d: %w", h.id, err)
	}
	return nil
}

const selectFile = `SELECT f.id, m.transaction_id, m.sender, h.party_code, f.code_id, f.main_code_id, h.transaction_name, h.form,
	h.name, h.sequence, h.documents, h.sum, f.arrived, f.read_in_day, h.digest, h.set_digest
	FROM intake_file f JOIN intake_half h ON h.id = f.id JOIN intake_message m ON m.id = h.message_id `

func scanFile(rows *store.Rows) (f service.File, err error) {
	var arrived, sum int64
	err = rows.Scan(&f.ID, &f.TransactionID, &f.Sender, &f.PartyCode, &f.CodeID, &f.MainCodeID, &f.Transaction, &f.Form,
		&f.Name, &f.Sequence, &f.Documents, &sum, &arrived, &f.ReadInDay, &f.Digest, &f.SetDigest)
	f.Arrived, f.Sum = store.Moment(arrived), money.Amount(sum)
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

// File returns an approved file.
func (d *Door) File(r store.Reader, id int64) (service.File, bool, error) {
	all, err := store.Collect(scanFile)(r.Query(selectFile+`WHERE f.id = $1`, id))
	if err != nil || len(all) == 0 {
		return service.File{}, false, wrapID("read file", id, err)
	}
	return all[0], true, nil
}

// Open returns the bytes of an approved file and the set that every reading of
// it uses.
func (d *Door) Open(ctx context.Context, id int64) (io.ReadCloser, *filing.Set, error) {
	var h *half
	err := d.rooms.DB.Read(ctx, func(r store.Reader) (err error) {
		h, err = d.readHalf(r, `JOIN intake_file f ON f.id = h.id WHERE h.id = $1`, id)
		return err
	})
	if err != nil {
		return nil, nil, wrapID("open file", id, err)
	}
	body, err := d.content(ctx, h)
	return body, h.set, wrapID("open file", id, err)
}

// content opens the bytes of a half, wherever they are.
func (d *Door) content(ctx context.Context, h *half) (io.ReadCloser, error) {
	if h.key != "" {
		return d.rooms.Blobs.Open(ctx, h.key)
	}
	if !h.stored {
		return io.NopCloser(bytes.NewReader(h.inline)), nil
	}
	var body []byte
	err := d.rooms.DB.Read(ctx, func(r store.Reader) error {
		return r.QueryRow(`SELECT body FROM intake_bytes WHERE half_id = $1`, h.id).Scan(&body)
	})
	return io.NopCloser(bytes.NewReader(body)), err
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
	err := one(tx.Exec(`UPDATE intake_file SET cursor_at = $1, fence = $2
		WHERE id = $3 AND cursor_at = $4 AND fence <= $2 AND done_at IS NULL`, to, fence, id, from))
	return fenced("advance file", id, err)
}

// Done ends the read-in of a file whose documents are all read in, under the
// fence of a lease.
func (d *Door) Done(tx store.Tx, id, fence int64, at time.Time) error {
	err := one(tx.Exec(`UPDATE intake_file SET done_at = $1, fence = $2 WHERE id = $3 AND fence <= $2 AND done_at IS NULL
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
