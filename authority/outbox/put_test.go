package outbox_test

import (
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
)

func TestConstraintsOfPut(t *testing.T) {
	each(t, func(b *bench) {
		m := b.message(1)
		m.Once = "bf/confirmation/7"
		b.put(m)
		for name, change := range map[string]func(*outbox.Message){
			"same once":  func(m *outbox.Message) { m.TxID = "other" },
			"same tx.id": func(m *outbox.Message) { m.Once = "other" },
		} {
			again := b.message(1)
			again.Once = m.Once
			change(&again)
			if err := b.do(func(tx store.Tx) error { return b.box.Put(tx, again) }); !outbox.IsTwice(err) {
				b.Errorf("%s: %v", name, err)
			}
		}
		for name, change := range map[string]func(*outbox.Message){
			"no id":      func(m *outbox.Message) { m.ID = 0 },
			"no tx.id":   func(m *outbox.Message) { m.TxID = "" },
			"no address": func(m *outbox.Message) { m.Address = "" },
			"no time":    func(m *outbox.Message) { m.Created = time.Time{} },
			"two bodies": func(m *outbox.Message) { m.Body.Key = "k" },
		} {
			bad := b.message(2)
			change(&bad)
			if err := b.do(func(tx store.Tx) error { return b.box.Put(tx, bad) }); err == nil {
				b.Errorf("%s: was put", name)
			}
		}
	})
}

func TestConfirmedAndFault(t *testing.T) {
	each(t, func(b *bench) {
		plain, internal, other, adm, pushed := b.message(1), b.message(1), b.message(1), b.message(1), b.message(1)
		for i, m := range []*outbox.Message{&plain, &internal, &other, &adm, &pushed} {
			m.TxID = fmt.Sprintf("tx-%d", i)
		}
		internal.Address, other.Address = filer+".in", filer+"1"
		adm.Sequence, adm.Product = outbox.Adm, "confirm"
		pushed.CorrID, pushed.PushTo = "corr-2", "https://peer.example"
		b.put(plain, internal, other, adm, pushed)
		confirm := func(want int64) {
			b.Helper()
			b.must(b.do(func(tx store.Tx) error {
				n, err := b.box.Confirmed(tx, filer, "corr-001", "content-001", epoch)
				if n != want {
					b.Errorf("%d confirmed, want %d", n, want)
				}
				return err
			}))
		}
		confirm(2)
		confirm(0)
		b.must(b.do(func(tx store.Tx) error {
			n, err := b.box.Fault(tx, filer, "corr-2", "content-001", "UnknownReceiver", "text", epoch)
			if n != 1 {
				b.Errorf("%d faults applied", n)
			}
			return err
		}))
		list, _ := b.list(filer, outbox.Filter{NoAck: true})
		if ids(list) != "tx-3" {
			b.Errorf("still listed: %s", ids(list))
		}
		if n := b.count(`SELECT count(*) FROM outbox_push`); n != 0 {
			b.Errorf("%d messages are pushed after the fault", n)
		}
	})
}

func (b *bench) count(query string) (n int) {
	b.Helper()
	b.must(b.db.Read(b.Context(), func(r store.Reader) error { return r.QueryRow(query).Scan(&n) }))
	return n
}
