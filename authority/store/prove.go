package store

import (
	"context"
	"fmt"
)

// Prove commits a small write, and so tells whether the database can take any:
// one on a full disk, or a standby, can still be read.
func (db *DB) Prove(ctx context.Context) error {
	err := db.DoFirst(ctx, func(tx Tx) error {
		_, err := tx.Exec(`INSERT INTO store_proof (id, number) VALUES (1, 1)
			ON CONFLICT (id) DO UPDATE SET number = store_proof.number + 1`)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: no write can be committed; see whether its disk is full: %w", err)
	}
	return nil
}
