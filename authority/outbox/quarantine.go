package outbox

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/store"
)

// QuarantinedEvent is the kind of the journal event of a quarantined message.
const QuarantinedEvent = "outbox.quarantined"

// InQuarantine is a message that could not be delivered, and why.
type InQuarantine struct {
	Listed
	Code, Info string
}

// quarantine keeps the salt of the journal event, whose data is the code.
func quarantine(tx store.Tx, id int64, why *Refusal, salt []byte, at time.Time) error {
	_, err := tx.Exec(`UPDATE outbox_message
		SET quarantined = $1, quarantine_code = $2, quarantine_info = $3, quarantine_salt = $4
		WHERE id = $5 AND quarantined IS NULL AND acknowledged IS NULL`,
		store.Micros(at), cut(why.Code), cut(why.Info), salt, id)
	if err != nil {
		return fmt.Errorf("outbox: quarantine message %d: %w", id, err)
	}
	return endPush(tx, id)
}

// Quarantined lists the messages of all addresses that wait for an operator,
// those with ids above after.
func (b *Box) Quarantined(r store.Reader, after int64, limit int) ([]InQuarantine, error) {
	all, err := store.Collect(func(rows *store.Rows) (q InQuarantine, err error) {
		var code, info sql.NullString
		q.Listed, err = scanListed(rows, &code, &info)
		q.Code, q.Info = code.String, info.String
		return q, err
	})(r.Query(`SELECT `+listColumns+`, m.quarantine_code, m.quarantine_info FROM outbox_message m
		WHERE m.quarantined IS NOT NULL AND m.id > $1 ORDER BY m.id LIMIT $2`, after, limit))
	if err != nil {
		return nil, fmt.Errorf("outbox: list the quarantine: %w", err)
	}
	return all, nil
}

// Release takes a message out of quarantine: it is listed again, and pushed
// again from the first attempt if it was to be pushed.
func (b *Box) Release(tx store.Tx, id int64) error {
	var address, url string
	err := tx.LockRow(`SELECT address, push_url FROM outbox_message WHERE id = $1 AND quarantined IS NOT NULL`, id).Scan(&address, &url)
	if errors.Is(err, store.ErrNoRows) {
		return ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("outbox: read message %d in quarantine: %w", id, err)
	}
	_, err = tx.Exec(`UPDATE outbox_message SET quarantined = NULL, quarantine_code = NULL, quarantine_info = NULL, quarantine_salt = NULL WHERE id = $1`, id)
	if err != nil {
		return fmt.Errorf("outbox: release message %d: %w", id, err)
	}
	if url == "" {
		return nil
	}
	return startPush(tx, id, address)
}
