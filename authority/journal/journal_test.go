package journal_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/journal"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func event(id int64) journal.Event {
	return journal.Event{
		ID: id, Kind: "file received", Subject: "file 17",
		At:   time.Date(2026, 11, 23, 10, 0, 0, 1000, time.UTC),
		Data: []byte("approved"), Salt: bytes.Repeat([]byte{7}, journal.SaltSize),
	}
}

func TestAppendAndReadBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		room := journal.New(db)
		first, err := room.NewIDs(t.Context(), 3)
		if err != nil {
			t.Fatal(err)
		}
		var digests []journal.Digest
		err = db.Do(t.Context(), func(tx store.Tx) (err error) {
			digests, err = room.AppendAll(tx, []journal.Event{event(first), event(first + 1), event(first + 2)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, db, room, first, 1)
		want := []journal.Entry{{ID: first + 1, Kind: "file received", Subject: "file 17", At: event(1).At, Digest: digests[1]}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if digests[0] == digests[1] {
			t.Error("two events have one digest")
		}
	})
}

func read(t *testing.T, db *store.DB, room *journal.Journal, after int64, limit int) (all []journal.Entry) {
	t.Helper()
	err := db.Read(t.Context(), func(r store.Reader) (err error) {
		all, err = room.Of(r, "file 17", after, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAppendUndone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		room := journal.New(db)
		err := db.Do(t.Context(), func(tx store.Tx) error {
			if _, err := room.Append(tx, event(1)); err != nil {
				return err
			}
			return context.Canceled
		})
		if err == nil {
			t.Fatal("the error of the closure was lost")
		}
		if all := read(t, db, room, 0, 10); len(all) != 0 {
			t.Errorf("%d events stayed", len(all))
		}
	})
}

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*journal.Event){
		"no id":          func(e *journal.Event) { e.ID = 0 },
		"kind or":        func(e *journal.Event) { e.Kind = "" },
		"or subject":     func(e *journal.Event) { e.Subject = "" },
		"salt has 3":     func(e *journal.Event) { e.Salt = e.Salt[:3] },
		"event has no t": func(e *journal.Event) { e.At = time.Time{} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := event(1)
			spoil(&e)
			_, err := journal.New(nilIDs(t)).Append(nil, e)
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func nilIDs(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Every part of an event enters its digest, and none can be mistaken for
// another's continuation.
func TestDigestTellsEventsApart(t *testing.T) {
	t.Parallel()
	seen := map[journal.Digest]string{}
	for name, change := range map[string]func(*journal.Event){
		"as it is":     func(*journal.Event) {},
		"id":           func(e *journal.Event) { e.ID++ },
		"time":         func(e *journal.Event) { e.At = e.At.Add(time.Microsecond) },
		"kind":         func(e *journal.Event) { e.Kind = "file" },
		"subject":      func(e *journal.Event) { e.Subject = "file 18" },
		"data":         func(e *journal.Event) { e.Data = []byte("rejected") },
		"salt":         func(e *journal.Event) { e.Salt = bytes.Repeat([]byte{8}, journal.SaltSize) },
		"moved border": func(e *journal.Event) { e.Kind, e.Subject = "file receivedf", "ile 17" },
	} {
		e := event(1)
		change(&e)
		if other, twice := seen[e.Digest()]; twice {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[e.Digest()] = name
	}
}
