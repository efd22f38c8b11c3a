package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/store"
)

// Keep is how long a message is kept after it was acknowledged or sent whole,
// whichever came last (DESIGN decision 13).
const Keep = 60 * 24 * time.Hour

// purgeChunk is how many messages one transaction deletes, so that nobody
// waits long for the writer.
const purgeChunk = 100

const purgeable = `SELECT id, blob_key FROM outbox_message
	WHERE acknowledged < $1 AND COALESCE(sent, 0) < $1
	UNION SELECT id, blob_key FROM outbox_message
	WHERE sent < $1 AND COALESCE(acknowledged, 0) < $1 ORDER BY 1 LIMIT $2`

// Purge deletes messages that were acknowledged or sent before the time given,
// bytes too, in chunks, and returns how many. What nobody has fetched stays.
func (b *Box) Purge(ctx context.Context, before time.Time) (int, error) {
	var deleted int
	for {
		var keys []string
		var n int
		err := b.db.DoLast(ctx, func(tx store.Tx) error {
			var err error
			n, keys, err = purgeSome(tx, before)
			return err
		})
		if err != nil {
			return deleted, fmt.Errorf("outbox: delete old messages: %w", err)
		}
		deleted += n
		if err := b.deleteBlobs(ctx, keys); err != nil {
			return deleted, err
		}
		if n < purgeChunk {
			return deleted, nil
		}
	}
}

type old struct {
	id  int64
	key string
}

func purgeSome(tx store.Tx, before time.Time) (int, []string, error) {
	found, err := store.Collect(func(rows *store.Rows) (o old, err error) {
		err = rows.Scan(&o.id, &o.key)
		return o, err
	})(tx.Query(purgeable, store.Micros(before), purgeChunk))
	if err != nil || len(found) == 0 {
		return 0, nil, err
	}
	ids, keys := make([]int64, len(found)), []string{}
	for i, o := range found {
		ids[i] = o.id
		if o.key != "" {
			keys = append(keys, o.key)
		}
	}
	places, args := store.Among(1, ids)
	_, err = tx.Exec(`DELETE FROM outbox_message WHERE id IN (`+places+`)`, args...)
	return len(found), keys, err
}

// deleteBlobs runs after the commit; a blob that is left is swept.
func (b *Box) deleteBlobs(ctx context.Context, keys []string) error {
	var errs []error
	for _, key := range keys {
		errs = append(errs, b.blobs.Delete(ctx, key))
	}
	return errors.Join(errs...)
}

// HasBlob tells whether a message has its bytes under the key, for the sweep.
func (b *Box) HasBlob(r store.Reader, key string) (has bool, err error) {
	if key == "" {
		return false, nil
	}
	err = r.QueryRow(`SELECT EXISTS (SELECT 1 FROM outbox_message WHERE blob_key = $1 AND blob_key <> '')`, key).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("outbox: look for blob %s: %w", key, err)
	}
	return has, nil
}

// HasOnce tells whether a message with the key Once is or was put and is kept.
func (b *Box) HasOnce(r store.Reader, once string) (has bool, err error) {
	err = r.QueryRow(`SELECT EXISTS (SELECT 1 FROM outbox_message WHERE once_key = $1)`, once).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("outbox: look for %s: %w", once, err)
	}
	return has, nil
}
