package outbox

import (
	"fmt"

	"filtjanst/authority/store"
)

// endPush takes a message off the list of what is pushed.
func endPush(tx store.Tx, id int64) error {
	_, err := tx.Exec(`DELETE FROM outbox_push WHERE message = $1`, id)
	if err != nil {
		return fmt.Errorf("outbox: end the pushing of message %d: %w", id, err)
	}
	return nil
}
