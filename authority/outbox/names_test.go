package outbox_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
)

func (b *bench) sentWhole(id int64) {
	b.Helper()
	b.must(b.do(func(tx store.Tx) error { return b.box.SentWhole(tx, id, epoch.Add(time.Hour)) }))
}

func TestNamesAreListedUntilSentWhole(t *testing.T) {
	each(t, func(b *bench) {
		first, second, other, acked := b.message(1), b.message(2), b.message(3), b.message(4)
		other.Address = filer + ".in"
		first.Created = time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC) // 3 March in Stockholm
		b.put(first, second, other, acked)
		if _, err := b.ack(filer, acked.TxID, epoch); err != nil {
			b.Fatal(err)
		}
		want := []string{
			fmt.Sprintf("SUPRO.ABC.ANSBEKR.%d.260303.etr", first.ID),
			fmt.Sprintf("SUPRO.ABC.ANSBEKR.%d.260302.etr", second.ID),
		}
		names, next := b.names(filer, 0, 10)
		if !slices.Equal(names, want) || next != 0 {
			b.Fatalf("names %v (next %d), want %v", names, next, want)
		}
		names, next = b.names(filer, 0, 1)
		rest, end := b.names(filer, next, 1)
		if !slices.Equal(append(names, rest...), want) || end != 0 {
			b.Errorf("two pages: %v %v", names, rest)
		}
		for range 2 {
			b.sentWhole(first.ID)
		}
		if names, _ := b.names(filer, 0, 10); !slices.Equal(names, want[1:]) {
			b.Errorf("names after sending: %v", names)
		}
		for _, name := range []string{want[0], strings.ToLower(want[0]), strings.TrimSuffix(want[0], ".etr")} {
			l, body, err := b.box.OpenByName(b.Context(), filer, name)
			b.must(err)
			if got := content(b.T, body); got != "content 1" || !l.Sent.Equal(epoch.Add(time.Hour)) {
				b.Errorf("%s: %q, sent %v", name, got, l.Sent)
			}
		}
	})
}

func TestNamesThatOpenNothing(t *testing.T) {
	each(t, func(b *bench) {
		m := b.message(1)
		b.put(m)
		good := fmt.Sprintf("SUPRO.ABC.ANSBEKR.%d.260302.etr", m.ID)
		tests := map[string]string{
			"":                                       filer,
			".etr":                                   filer,
			"../../etc/passwd":                       filer,
			"SUPRO.ABC.ANSBEKR":                      filer,
			fmt.Sprintf("OTHER.%d.260302.etr", m.ID): filer,
			strings.Replace(good, "260302", "260303", 1):                       filer,
			strings.Replace(good, fmt.Sprint(m.ID), fmt.Sprint(m.ID+1), 1):     filer,
			strings.Replace(good, fmt.Sprint(m.ID), "0", 1):                    filer,
			strings.Replace(good, fmt.Sprint(m.ID), "99999999999999999999", 1): filer,
			strings.Replace(good, fmt.Sprint(m.ID), "+"+fmt.Sprint(m.ID), 1):   filer,
			good: filer + "1",
		}
		for name, address := range tests {
			if _, _, err := b.box.OpenByName(b.Context(), address, name); !errors.Is(err, outbox.ErrNotFound) {
				b.Errorf("%q at %s: %v", name, address, err)
			}
		}
	})
}

func TestPurge(t *testing.T) {
	each(t, func(b *bench) {
		const n = 230 // more than two chunks
		all := make([]outbox.Message, n)
		for i := range all {
			all[i] = b.message(i)
		}
		large := make([]byte, outbox.InlineLimit+1)
		body, err := b.box.Stage(b.Context(), "blob", writing(large))
		b.must(err)
		all[5].Body = body
		b.put(all...)
		b.must(b.do(func(tx store.Tx) error {
			for i, m := range all[:n-3] {
				var err error
				if i%2 == 0 {
					_, _, err = b.box.Ack(tx, filer, m.TxID, epoch)
				} else {
					err = b.box.SentWhole(tx, m.ID, epoch)
				}
				if err != nil {
					return err
				}
			}
			return b.box.SentWhole(tx, all[0].ID, epoch.Add(2*time.Hour)) // acknowledged long ago, sent lately
		}))
		deleted, err := b.box.Purge(b.Context(), epoch.Add(time.Hour))
		b.must(err)
		if want := n - 4; deleted != want {
			b.Errorf("%d deleted, want %d", deleted, want)
		}
		left, _ := b.list(filer, outbox.Filter{})
		if got, want := ids(left), "tx-000 tx-227 tx-228 tx-229"; got != want {
			b.Errorf("left %s, want %s", got, want)
		}
		if _, err := b.blobs.Stat(b.Context(), "blob"); err == nil {
			b.Error("the bytes of a deleted message are left")
		}
	})
}

func TestHasBlob(t *testing.T) {
	each(t, func(b *bench) {
		m := b.message(1)
		var err error
		m.Body, err = b.box.Stage(b.Context(), "here", writing(make([]byte, outbox.InlineLimit+1)))
		b.must(err)
		b.put(m, b.message(2))
		for key, want := range map[string]bool{"here": true, "gone": false, "": false} {
			b.must(b.db.Read(b.Context(), func(r store.Reader) error {
				has, err := b.box.HasBlob(r, key)
				if has != want {
					b.Errorf("%q: %v", key, has)
				}
				return err
			}))
		}
	})
}
