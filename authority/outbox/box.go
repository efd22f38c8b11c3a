package outbox

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/blob"
	"filtjanst/authority/store"
)

// Box is the outboxes of one world.
type Box struct {
	db    *store.DB
	blobs blob.Store
	ids   *store.IDs
}

// New makes the outboxes over their tables and the blobs of the same world.
func New(db *store.DB, blobs blob.Store) *Box {
	return &Box{db: db, blobs: blobs, ids: db.IDs("outbox_message")}
}

// NewIDs returns the first of n ids in a row for messages. It is called before
// the transaction that puts them.
func (b *Box) NewIDs(ctx context.Context, n int) (int64, error) { return b.ids.Next(ctx, n) }

// messageColumns are those that a message has from the beginning, in the order
// of its row.
func messageColumns() []string {
	return []string{
		"id", "tx_id", "corr_id", "content_id", "address", "code", "transaction_name", "sequence_type", "product",
		"name", "data_part_type", "sender", "originator", "end_recipient", "subject",
		"body", "blob_key", "size", "digest", "created", "once_key", "push_url",
	}
}

func (m Message) row() []any {
	return []any{
		m.ID, m.TxID, m.CorrID, m.ContentID, m.Address, m.Code, string(m.Transaction), string(m.Sequence), m.Product,
		m.Name, m.DataPartType, m.From, m.Originator, m.EndRecipient, m.Subject,
		m.Body.Inline, m.Body.Key, m.Body.Size, m.Body.Digest, store.Micros(m.Created), orNull(m.Once), m.PushTo,
	}
}

// Put lays messages in their outboxes, in the transaction of what they tell of.
// A body with a key must have been staged before. A second message of the same
// Once or TxID is refused by a unique constraint, at the latest by the commit;
// see IsTwice.
func (b *Box) Put(tx store.Tx, messages ...Message) error {
	for _, m := range messages {
		if err := m.check(); err != nil {
			return err
		}
	}
	_, err := tx.CopyIn("outbox_message", messageColumns(), func(yield func([]any) bool) {
		for _, m := range messages {
			if !yield(m.row()) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("outbox: put %d messages: %w", len(messages), err)
	}
	for _, m := range messages {
		if err := errors.Join(putMeta(tx, m), putPush(tx, m)); err != nil {
			return err
		}
	}
	return nil
}

// IsTwice tells whether Put failed because the message was there already, by
// its Once or its TxID.
func IsTwice(err error) bool {
	constraint, ok := store.IsUnique(err)
	return ok && (constraint == "outbox_message(once_key)" || constraint == "outbox_message(tx_id)")
}

func (m Message) check() error {
	switch {
	case m.ID <= 0:
		return fmt.Errorf("outbox: message %s has no id: take one from NewIDs", m.TxID)
	case m.TxID == "":
		return fmt.Errorf("outbox: message %d has no tx.id", m.ID)
	case m.Address == "":
		return fmt.Errorf("outbox: message %d has no address", m.ID)
	case m.Created.IsZero():
		return fmt.Errorf("outbox: message %d has no time", m.ID)
	case m.Body.Key != "" && m.Body.Inline != nil:
		return fmt.Errorf("outbox: message %d has both bytes and a blob", m.ID)
	}
	return nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func putMeta(tx store.Tx, m Message) error {
	for name, value := range m.Meta {
		_, err := tx.Exec(`INSERT INTO outbox_meta (message, name, value) VALUES ($1, $2, $3)`, m.ID, name, value)
		if err != nil {
			return fmt.Errorf("outbox: put meta of message %d: %w", m.ID, err)
		}
	}
	return nil
}

func putPush(tx store.Tx, m Message) error {
	if m.PushTo == "" {
		return nil
	}
	return startPush(tx, m.ID, m.Address)
}
