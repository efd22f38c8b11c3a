package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"filtjanst/authority/blob"
)

// ErrInjected is what a Memory told to fail returns.
var ErrInjected = errors.New("blobtest: failure injected")

// When is the moment at which a write is made to fail.
type When int

// The moments.
const (
	Before When = iota + 1 // nothing is kept
	After                  // the write is kept and its caller does not know
)

// Memory is a blob.Store in memory. It is what a test hands to code that must
// bear failures.
type Memory struct {
	now func() time.Time

	mu      sync.Mutex
	objects map[string]entry
	put     When // of the next Put
	del     When // of the next Delete
}

type entry struct {
	content  []byte
	modified time.Time
}

// NewMemory makes an empty store whose objects are dated by now; nil is the
// wall clock.
func NewMemory(now func() time.Time) *Memory {
	if now == nil {
		now = time.Now
	}
	return &Memory{now: now, objects: map[string]entry{}}
}

// FailPut makes the next Put fail.
func (m *Memory) FailPut(w When) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put = w
}

// FailDelete makes the next Delete fail.
func (m *Memory) FailDelete(w When) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.del = w
}

// Put keeps all of r.
func (m *Memory) Put(ctx context.Context, key string, r io.Reader) (blob.Written, error) {
	if err := blob.CheckKey(key); err != nil {
		return blob.Written{}, fmt.Errorf("put: %w", err)
	}
	content, err := io.ReadAll(r)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return blob.Written{}, fmt.Errorf("put %q: %w", key, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, there := m.objects[key]; there {
		return blob.Written{}, fmt.Errorf("put %q: %w", key, blob.ErrExists)
	}
	fail := take(&m.put)
	if fail == Before {
		return blob.Written{}, ErrInjected
	}
	m.objects[key] = entry{content, m.now()}
	if fail == After {
		return blob.Written{}, ErrInjected
	}
	return blob.Written{Size: int64(len(content)), SHA256: sha256.Sum256(content)}, nil
}

func take(w *When) When {
	fail := *w
	*w = 0
	return fail
}

type object struct{ *bytes.Reader }

func (object) Close() error { return nil }

// Open opens the object.
func (m *Memory) Open(_ context.Context, key string) (blob.Object, error) {
	e, err := m.find("open", key)
	if err != nil {
		return nil, err
	}
	return object{bytes.NewReader(e.content)}, nil
}

// Stat describes the object.
func (m *Memory) Stat(_ context.Context, key string) (blob.Info, error) {
	e, err := m.find("stat", key)
	if err != nil {
		return blob.Info{}, err
	}
	return info(key, e), nil
}

func info(key string, e entry) blob.Info {
	return blob.Info{Key: key, Size: int64(len(e.content)), Modified: e.modified}
}

func (m *Memory) find(op, key string) (entry, error) {
	if err := blob.CheckKey(key); err != nil {
		return entry{}, fmt.Errorf("%s: %w", op, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	e, there := m.objects[key]
	if !there {
		return entry{}, fmt.Errorf("%s %q: %w", op, key, blob.ErrNotFound)
	}
	return e, nil
}

// Delete removes the object.
func (m *Memory) Delete(_ context.Context, key string) error {
	if err := blob.CheckKey(key); err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	fail := take(&m.del)
	if fail == Before {
		return ErrInjected
	}
	delete(m.objects, key)
	if fail == After {
		return ErrInjected
	}
	return nil
}

// List walks the objects by key.
func (m *Memory) List(ctx context.Context) iter.Seq2[blob.Info, error] {
	return func(yield func(blob.Info, error) bool) {
		m.mu.Lock()
		all := maps.Clone(m.objects)
		m.mu.Unlock()
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if err := ctx.Err(); err != nil {
				yield(blob.Info{}, err)
				return
			}
			if !yield(info(key, all[key]), nil) {
				return
			}
		}
	}
}
