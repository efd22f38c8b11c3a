package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const lockFile = "lock"

// lockDir makes this process the only one that opens the database in dir. The
// lock file stays after the unlock: removing it would let two processes hold
// locks on two files of one name.
func lockDir(dir string) (*os.File, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("store: open the lock of the data directory: %w", err)
	}
	if err := flock(f); err != nil {
		holder := holderOf(path)
		f.Close()
		return nil, fmt.Errorf("store: %s is in use by process %s; stop it, or send the command to it: %w", dir, holder, err)
	}
	if err := writeHolder(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("store: write %s: %w", path, err)
	}
	return f, nil
}

func writeHolder(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0)
	return err
}

func holderOf(path string) string {
	text, err := os.ReadFile(path)
	if err != nil || len(text) == 0 {
		return "unknown"
	}
	return strings.TrimSpace(string(text))
}
