package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"filtjanst/authority/store"
)

// Open returns the message of a tx.id at the address and its bytes, as often
// as asked until it is acknowledged (then ErrAcknowledged, with the message).
// The caller closes the bytes.
func (b *Box) Open(ctx context.Context, address, txID string) (Listed, io.ReadCloser, error) {
	l, body, err := b.open(ctx, "m.tx_id = $2", address, txID)
	if err == nil && !l.Acknowledged.IsZero() {
		body.Close()
		return l, nil, ErrAcknowledged
	}
	return l, body, err
}

// open reads one message that is not quarantined, and opens its bytes after
// the read transaction has ended.
func (b *Box) open(ctx context.Context, where, address string, key any) (Listed, io.ReadCloser, error) {
	var l Listed
	query := `SELECT ` + listColumns + `, m.body FROM outbox_message m
		WHERE m.address = $1 AND ` + where + ` AND m.quarantined IS NULL`
	err := b.db.Read(ctx, func(r store.Reader) error {
		var err error
		l, err = readOne(r, query, address, key)
		return err
	})
	if err != nil {
		return Listed{}, nil, err
	}
	body, err := b.bytes(ctx, l)
	return l, body, err
}

func readOne(r store.Reader, query string, args ...any) (Listed, error) {
	var body []byte
	l, err := scanListed(r.QueryRow(query, args...), &body)
	if errors.Is(err, store.ErrNoRows) {
		return Listed{}, ErrNotFound
	}
	if err != nil {
		return Listed{}, fmt.Errorf("outbox: read a message: %w", err)
	}
	if l.Body.Key == "" {
		l.Body.Inline = body
	}
	one := []Listed{l}
	err = addMeta(r, one)
	return one[0], err
}

func (b *Box) bytes(ctx context.Context, l Listed) (io.ReadCloser, error) {
	if l.Body.Key == "" {
		return io.NopCloser(bytes.NewReader(l.Body.Inline)), nil
	}
	body, err := b.blobs.Open(ctx, l.Body.Key)
	if err != nil {
		return nil, fmt.Errorf("outbox: open the bytes of message %d: %w", l.ID, err)
	}
	return body, nil
}

// Fetched records that the message was sent whole over any channel; the first
// time stands (R19). It does not end the waiting; Ack does.
func (b *Box) Fetched(tx store.Tx, id int64, at time.Time) error {
	return mark(tx, "fetched", id, at)
}

// mark sets a moment of a message that has none yet. column is one of ours.
func mark(tx store.Tx, column string, id int64, at time.Time) error {
	_, err := tx.Exec(`UPDATE outbox_message SET `+column+` = $1 WHERE id = $2 AND `+column+` IS NULL`, store.Micros(at), id)
	if err != nil {
		return fmt.Errorf("outbox: mark message %d as %s: %w", id, column, err)
	}
	return nil
}
