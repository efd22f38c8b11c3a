package outbox_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/blob"
	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

const filer = "5560000167"

var epoch = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// bench is one test's outbox.
type bench struct {
	*testing.T
	db    *store.DB
	box   *outbox.Box
	blobs blob.Store
}

func each(t *testing.T, fn func(b *bench)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		blobs, err := blob.OpenDir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		db := open()
		fn(&bench{T: t, db: db, box: outbox.New(db, blobs), blobs: blobs})
	})
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// message makes the nth message for the filer.
func (b *bench) message(n int) outbox.Message {
	b.Helper()
	id, err := b.box.NewIDs(b.Context(), 1)
	b.must(err)
	return outbox.Message{
		ID: id, TxID: fmt.Sprintf("tx-%03d", n), CorrID: fmt.Sprintf("corr-%03d", n), ContentID: fmt.Sprintf("content-%03d", n),
		Address: filer, Code: "ABC", Transaction: filing.BFConfirmation, Sequence: outbox.Event, Product: "product",
		Name: "SUPRO.ABC.ANSBEKR", DataPartType: "confirmation", From: "2021002114", Subject: "Bekräftelse åäö",
		Meta: map[string]string{"sequence": fmt.Sprint(n)},
		Body: outbox.Inline(fmt.Appendf(nil, "content %d", n)), Created: epoch.Add(time.Duration(n) * time.Second),
	}
}

func (b *bench) put(messages ...outbox.Message) {
	b.Helper()
	b.must(b.do(func(tx store.Tx) error {
		for _, m := range messages {
			if err := b.box.Put(tx, m); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (b *bench) do(fn func(store.Tx) error) error { return b.db.Do(b.Context(), fn) }

func (b *bench) list(address string, f outbox.Filter) (list []outbox.Listed, next outbox.Cursor) {
	b.Helper()
	b.must(b.db.Read(b.Context(), func(r store.Reader) (err error) {
		list, next, err = b.box.List(r, address, f)
		return err
	}))
	return list, next
}

func (b *bench) ack(address, txID string, at time.Time) (first bool, err error) {
	err = b.do(func(tx store.Tx) (err error) {
		first, _, err = b.box.Ack(tx, address, txID, at)
		return err
	})
	return first, err
}

func (b *bench) names(address string, after int64, limit int) (names []string, next int64) {
	b.Helper()
	b.must(b.db.Read(b.Context(), func(r store.Reader) (err error) {
		names, next, err = b.box.Names(r, address, filing.BFConfirmation, after, limit)
		return err
	}))
	return names, next
}

func ids(list []outbox.Listed) string {
	var all []string
	for _, l := range list {
		all = append(all, l.TxID)
	}
	return strings.Join(all, " ")
}

func content(t *testing.T, body io.ReadCloser) string {
	t.Helper()
	defer body.Close()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatIsPutIsListedAndOpened(t *testing.T) {
	each(t, func(b *bench) {
		m := b.message(1)
		m.Once, m.Originator, m.EndRecipient = "key", "1", "2"
		b.put(m)
		list, next := b.list(filer, outbox.Filter{})
		if len(list) != 1 || next != "" {
			b.Fatalf("%d messages, cursor %q", len(list), next)
		}
		want := m
		want.Body.Inline = nil
		if diff := cmp.Diff(outbox.Listed{Message: want}, list[0]); diff != "" {
			b.Error(diff)
		}
		opened, body, err := b.box.Open(b.Context(), filer, m.TxID)
		b.must(err)
		if got := content(b.T, body); got != "content 1" {
			b.Errorf("content %q", got)
		}
		if diff := cmp.Diff(outbox.Listed{Message: m}, opened); diff != "" {
			b.Error(diff)
		}
	})
}

func TestAddressesAreComparedWhole(t *testing.T) {
	each(t, func(b *bench) {
		for i, address := range []string{filer, filer + ".a", filer + ".ab", "556000016"} {
			m := b.message(i)
			m.Address = address
			b.put(m)
		}
		for i, address := range []string{filer, filer + ".a", filer + ".ab", "556000016"} {
			list, _ := b.list(address, outbox.Filter{})
			if got, want := ids(list), fmt.Sprintf("tx-%03d", i); got != want {
				b.Errorf("%s lists %q, want %q", address, got, want)
			}
		}
		if _, _, err := b.box.Open(b.Context(), filer, "tx-001"); !errors.Is(err, outbox.ErrNotFound) {
			b.Errorf("opening another's message: %v", err)
		}
		if _, err := b.ack(filer+".a", "tx-000", epoch); !errors.Is(err, outbox.ErrNotFound) {
			b.Errorf("acknowledging another's message: %v", err)
		}
	})
}

func TestFetchedAgainUntilAcknowledged(t *testing.T) {
	each(t, func(b *bench) {
		m := b.message(1)
		b.put(m)
		for range 3 {
			_, body, err := b.box.Open(b.Context(), filer, m.TxID)
			b.must(err)
			content(b.T, body)
			b.must(b.do(func(tx store.Tx) error { return b.box.Fetched(tx, m.ID, epoch.Add(time.Hour)) }))
		}
		if list, _ := b.list(filer, outbox.Filter{NoAck: true}); len(list) != 1 {
			b.Fatal("a fetched message is no longer listed")
		}
		for i, want := range []bool{true, false, false} {
			first, err := b.ack(filer, m.TxID, epoch.Add(time.Duration(i+2)*time.Hour))
			b.must(err)
			if first != want {
				b.Errorf("acknowledgement %d: first = %v", i, first)
			}
		}
		if list, _ := b.list(filer, outbox.Filter{NoAck: true}); len(list) != 0 {
			b.Error("an acknowledged message is listed with noack")
		}
		list, _ := b.list(filer, outbox.Filter{})
		if len(list) != 1 || !list[0].Acknowledged.Equal(epoch.Add(2*time.Hour)) || !list[0].Fetched.Equal(epoch.Add(time.Hour)) {
			b.Errorf("listed as %+v", list)
		}
		if _, _, err := b.box.Open(b.Context(), filer, m.TxID); !errors.Is(err, outbox.ErrAcknowledged) {
			b.Errorf("opening an acknowledged message: %v", err)
		}
	})
}

func TestOneOfManyAcknowledgementsIsFirst(t *testing.T) {
	each(t, func(b *bench) {
		b.put(b.message(1))
		firsts := make(chan bool, 8)
		for range cap(firsts) {
			go func() {
				first, err := b.ack(filer, "tx-001", epoch)
				if err != nil {
					b.Error(err)
				}
				firsts <- first
			}()
		}
		n := 0
		for range cap(firsts) {
			if <-firsts {
				n++
			}
		}
		if n != 1 {
			b.Errorf("%d acknowledgements were the first", n)
		}
	})
}
