// Package blob keeps bytes too large for a row, under names of our own: a
// directory of the file system or a bucket of object storage.
//
// An object is written once, before the commit of the row that names it, and
// is durable when Put returns. It is never changed. One without a row is swept
// later ([Sweep]); so a crash between the two leaves nothing that matters.
//
// The package knows nothing of what the bytes mean or which row names them.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"time"
)

// Store keeps objects. All methods are safe for concurrent use, also by several
// processes over one place.
type Store interface {
	// Put stores all of r under key and returns its size and digest once it is
	// durable. An existing key gives [ErrExists] and is left as it was. After
	// any error, nothing is to be found under the key, except that an error of
	// the last step (of a sync, of the network) may leave the object whole;
	// the sweep takes it.
	Put(ctx context.Context, key string, r io.Reader) (Written, error)
	// Open opens the object for reading and seeking, or returns [ErrNotFound].
	Open(ctx context.Context, key string) (Object, error)
	// Stat describes the object, or returns [ErrNotFound].
	Stat(ctx context.Context, key string) (Info, error)
	// Delete removes the object. One that is not there is no error.
	Delete(ctx context.Context, key string) error
	// List walks all objects in no particular order. An error is the last
	// thing yielded. Objects may be deleted meanwhile.
	List(ctx context.Context) iter.Seq2[Info, error]
}

// Written tells what Put has stored.
type Written struct {
	Size   int64
	SHA256 [32]byte
}

// Object is an open object.
type Object interface {
	io.ReadSeekCloser
	Size() int64
}

// Info describes a stored object.
type Info struct {
	Key      string
	Size     int64
	Modified time.Time // by the clock of the place it is kept
}

var (
	// ErrExists is returned by Put for a key in use.
	ErrExists = errors.New("the key is in use")
	// ErrNotFound is returned for a key that is not there.
	ErrNotFound = errors.New("there is no such object")
	// ErrKey is returned for a key that is not 1 to 128 of A–Z a–z 0–9 - _.
	ErrKey = errors.New("a key has 1 to 128 of A-Z a-z 0-9 - _")
)

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

// CheckKey returns [ErrKey] for what cannot be a key, such as a name that means
// something to a file system.
func CheckKey(key string) error {
	if !keyForm.MatchString(key) {
		return fmt.Errorf("%.140q: %w", key, ErrKey)
	}
	return nil
}

// valid is CheckKey for an operation.
func valid(op, key string) error {
	if err := CheckKey(key); err != nil {
		return fmt.Errorf("blob: %s: %w", op, err)
	}
	return nil
}

// failed tells what was attempted on which key.
func failed(op, key string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("blob: %s %.140q: %w", op, key, err)
}

// Sweep deletes objects last modified before olderThan that exists does not
// know, and returns how many. An object whose row may still be on its way must
// not be older than olderThan. It goes on after an object that cannot be
// deleted and returns all errors.
func Sweep(ctx context.Context, s Store, olderThan time.Time, exists func(key string) (bool, error)) (int, error) {
	var errs []error
	n := 0
	for info, err := range s.List(ctx) {
		if err != nil {
			errs = append(errs, err)
			break
		}
		if !info.Modified.Before(olderThan) {
			continue
		}
		known, err := exists(info.Key)
		if err != nil {
			errs = append(errs, failed("sweep", info.Key, err))
			break
		}
		if known {
			continue
		}
		if err := s.Delete(ctx, info.Key); err != nil {
			errs = append(errs, err)
			continue
		}
		n++
	}
	return n, errors.Join(errs...)
}
