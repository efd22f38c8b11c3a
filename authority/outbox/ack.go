package outbox

import (
	"fmt"
	"time"

	"filtjanst/authority/store"
)

const oneByTxID = `SELECT ` + listColumns + `, m.body FROM outbox_message m
	WHERE m.address = $1 AND m.tx_id = $2 AND m.quarantined IS NULL`

// Ack acknowledges a message of the address. It may be repeated: first is true
// once, for the caller to put a confirm for the sender in the same transaction
// where the product asks for one. The caller must not confirm an Adm message.
func (b *Box) Ack(tx store.Tx, address, txID string, at time.Time) (first bool, l Listed, err error) {
	l, err = readOne(lockingReader{tx}, oneByTxID, address, txID)
	if err != nil || !l.Acknowledged.IsZero() {
		return false, l, err
	}
	if err := mark(tx, "acknowledged", l.ID, at); err != nil {
		return false, l, err
	}
	if err := endPush(tx, l.ID); err != nil {
		return false, l, err
	}
	return true, withAck(l, at), nil
}

func withAck(l Listed, at time.Time) Listed {
	l.Acknowledged = at
	return l
}

// lockingReader locks the rows that QueryRow finds.
type lockingReader struct{ store.Tx }

func (r lockingReader) QueryRow(query string, args ...any) *store.Row {
	return r.LockRow(query, args...)
}

// Confirmed acknowledges what a confirm message (shs.md §8.3) of the recipient
// answers: everything but Adm at the recipient's addresses with the two ids. It
// returns how many it was the first for; a confirm that comes twice changes nothing.
func (b *Box) Confirmed(tx store.Tx, organisation, corrID, contentID string, at time.Time) (int64, error) {
	return answered(tx, `acknowledged = $1`, organisation, corrID, contentID, store.Micros(at))
}

// Fault quarantines what an error message of the recipient answers, with the
// error's code and text. The caller raises the alarm.
func (b *Box) Fault(tx store.Tx, organisation, corrID, contentID, code, info string, at time.Time) (int64, error) {
	return answered(tx, `quarantined = $1, quarantine_code = $6, quarantine_info = $7`,
		organisation, corrID, contentID, store.Micros(at), cut(code), cut(info))
}

// answered updates the messages that an adm message is about, and ends their
// pushing. An organisation owns its number and what follows it after a dot.
func answered(tx store.Tx, set, organisation, corrID, contentID string, at int64, more ...any) (int64, error) {
	args := append([]any{at, corrID, contentID, organisation, len(organisation) + 1}, more...)
	n, err := store.Changed(tx.Exec(`UPDATE outbox_message SET `+set+`
		WHERE corr_id = $2 AND content_id = $3 AND (address = $4 OR substr(address, 1, $5) = $4 || '.')
		AND sequence_type <> 'adm' AND acknowledged IS NULL AND quarantined IS NULL`, args...))
	if err != nil {
		return 0, fmt.Errorf("outbox: apply the answer to %s: %w", corrID, err)
	}
	_, err = tx.Exec(`DELETE FROM outbox_push WHERE message IN (SELECT id FROM outbox_message
		WHERE corr_id = $1 AND content_id = $2 AND (acknowledged IS NOT NULL OR quarantined IS NOT NULL))`, corrID, contentID)
	if err != nil {
		return 0, fmt.Errorf("outbox: end the pushing of %s: %w", corrID, err)
	}
	return n, nil
}
