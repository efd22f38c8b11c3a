// Package journal keeps what happened, in order, so that it can be proved.
//
// A transaction appends event rows: id, kind, subject and a salted digest of
// what the event says. The data themselves stay with the room that owns them
// and never enter the journal, so that personal data can be weeded while the
// proof stands. The package must not know what any kind of event means.
package journal

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"filtjanst/authority/store"
)

// SaltSize is the number of random bytes that keep a digest from being found
// by trying likely data.
const SaltSize = 16

// Event is one thing that happened.
type Event struct {
	ID      int64
	Kind    string // "file received", a word of the room that appends it
	Subject string // what it concerns, as "file 4711"; no personal data
	At      time.Time
	Data    []byte // enters the digest, is not stored
	Salt    []byte // SaltSize bytes; the caller keeps it with the data
}

// Digest is the salted digest of an event.
type Digest [sha256.Size]byte

// String returns the digest as lower-case hex.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// IsZero tells whether there is no digest.
func (d Digest) IsZero() bool { return d == Digest{} }

// domain keeps these digests apart from all others.
const domain = "filtjanst journal event 1"

// Digest computes what the journal keeps of the event. Who has the data and
// the salt can compute it again.
func (e Event) Digest() Digest {
	h := sha256.New()
	number := make([]byte, 8)
	for _, n := range []int64{e.ID, store.Micros(e.At)} {
		binary.BigEndian.PutUint64(number, uint64(n))
		h.Write(number)
	}
	for _, part := range [][]byte{[]byte(domain), []byte(e.Kind), []byte(e.Subject), e.Salt, e.Data} {
		binary.BigEndian.PutUint64(number, uint64(len(part)))
		h.Write(number)
		h.Write(part)
	}
	return Digest(h.Sum(nil))
}

// Salt reads a new salt. It is called before the transaction.
func Salt(random io.Reader) ([]byte, error) {
	salt := make([]byte, SaltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return nil, fmt.Errorf("journal: read a salt: %w", err)
	}
	return salt, nil
}

// Journal appends events and reads them back.
type Journal struct{ ids *store.IDs }

// New returns the journal of the database.
func New(db *store.DB) *Journal { return &Journal{ids: db.IDs("journal_event")} }

// NewIDs returns the first of n event ids in a row. It is called before the
// transaction that appends them.
func (j *Journal) NewIDs(ctx context.Context, n int) (int64, error) { return j.ids.Next(ctx, n) }

// Append enters the event within the transaction of what happened and returns
// its digest.
func (*Journal) Append(tx store.Tx, e Event) (Digest, error) {
	digests, err := appendAll(tx, []Event{e})
	if err != nil {
		return Digest{}, fmt.Errorf("journal: append event %d (%s, %s): %w", e.ID, e.Kind, e.Subject, err)
	}
	return digests[0], nil
}

// AppendAll enters events in bulk, as those of one chunk.
func (*Journal) AppendAll(tx store.Tx, events []Event) ([]Digest, error) {
	digests, err := appendAll(tx, events)
	if err != nil {
		return nil, fmt.Errorf("journal: append %d events: %w", len(events), err)
	}
	return digests, nil
}

func appendAll(tx store.Tx, events []Event) ([]Digest, error) {
	digests := make([]Digest, len(events))
	for i, e := range events {
		if err := e.check(); err != nil {
			return nil, err
		}
		digests[i] = e.Digest()
	}
	columns := []string{"id", "kind", "subject", "at", "digest"}
	_, err := tx.CopyIn("journal_event", columns, func(yield func([]any) bool) {
		for i, e := range events {
			if !yield([]any{e.ID, e.Kind, e.Subject, store.Micros(e.At), digests[i][:]}) {
				return
			}
		}
	})
	return digests, err
}

func (e Event) check() error {
	switch {
	case e.ID <= 0:
		return fmt.Errorf("the event has no id; fetch one before the transaction")
	case e.Kind == "" || e.Subject == "":
		return fmt.Errorf("the event lacks kind or subject")
	case len(e.Salt) != SaltSize:
		return fmt.Errorf("the salt has %d bytes, should have %d", len(e.Salt), SaltSize)
	case e.At.IsZero():
		return fmt.Errorf("the event has no time")
	}
	return nil
}

// Entry is an event as the journal keeps it.
type Entry struct {
	ID      int64
	Kind    string
	Subject string
	At      time.Time
	Digest  Digest
}

// Of lists the events of a subject by id, at most limit, after the given id.
func (*Journal) Of(r store.Reader, subject string, after int64, limit int) ([]Entry, error) {
	all, err := store.Collect(scan)(r.Query(`SELECT id, kind, subject, at, digest FROM journal_event
		WHERE subject = $1 AND id > $2 ORDER BY id LIMIT $3`, subject, after, limit))
	if err != nil {
		return nil, fmt.Errorf("journal: list events of %s: %w", subject, err)
	}
	return all, nil
}

func scan(rows *store.Rows) (Entry, error) {
	var e Entry
	var at int64
	var digest []byte
	if err := rows.Scan(&e.ID, &e.Kind, &e.Subject, &at, &digest); err != nil {
		return Entry{}, err
	}
	if len(digest) != len(e.Digest) {
		return Entry{}, fmt.Errorf("event %d has a digest of %d bytes", e.ID, len(digest))
	}
	e.At, e.Digest = store.Moment(at), Digest(digest)
	return e, nil
}
