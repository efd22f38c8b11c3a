package intake

import (
	"fmt"

	"filtjanst/authority/store"
)

// HasBlob tells whether a half has its bytes in the blob of the key, for
// blob.Sweep: a blob that no room has is left over from a message that was not
// taken.
func (d *Door) HasBlob(r store.Reader, key string) (has bool, err error) {
	err = r.QueryRow(`SELECT EXISTS (SELECT 1 FROM intake_half WHERE blob_key = $1)`, key).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("intake: ask for blob %s: %w", key, err)
	}
	return has, nil
}
