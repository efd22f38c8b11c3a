//go:build windows

package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// flock takes the lock without waiting. It covers a byte far behind the text
// of the file, so that others can read who holds it.
func flock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
}
