package intake

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
)

// Knows tells whether a half has its bytes in the blob of the key, for
// blob.Sweep: a blob that no room knows is left over from a message that was
// not taken.
func (d *Door) Knows(ctx context.Context, key string) (known bool, err error) {
	err = d.rooms.DB.Read(ctx, func(r store.Reader) error {
		return r.QueryRow(`SELECT EXISTS (SELECT 1 FROM intake_half WHERE blob_key = $1)`, key).Scan(&known)
	})
	if err != nil {
		return false, fmt.Errorf("intake: ask for blob %s: %w", key, err)
	}
	return known, nil
}
