//go:build unix

package blob

import (
	"errors"
	"os"
)

// syncDir makes the names within a directory durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
