package intake

import (
	"context"

	"filtjanst/authority/journal"
	"filtjanst/shs"
)

// stub is what one outgoing message needs: ids, names and a salt. Stubs are
// fetched before the transaction, since its closure may run twice.
type stub struct {
	outbox, event   int64
	txID, contentID string
	salt            []byte
}

// stubsFor is how many messages the settlement of n halves can put out: each
// half may be answered and may supersede another or find it lapsed, which is
// then answered too, and one confirm.
func stubsFor(n int) int { return 2*n + 1 }

func (d *Door) newStubs(ctx context.Context, n int) ([]stub, error) {
	outbox, err := d.rooms.Outbox.NewIDs(ctx, n)
	if err != nil {
		return nil, err
	}
	events, err := d.rooms.Journal.NewIDs(ctx, n)
	if err != nil {
		return nil, err
	}
	d.random.Lock()
	defer d.random.Unlock()
	stubs := make([]stub, n)
	for i := range stubs {
		stubs[i] = stub{outbox: outbox + int64(i), event: events + int64(i)}
		if err := d.name(&stubs[i]); err != nil {
			return nil, err
		}
	}
	return stubs, nil
}

func (d *Door) name(s *stub) (err error) {
	if s.txID, err = shs.NewID(d.rooms.Random); err != nil {
		return err
	}
	if s.contentID, err = shs.NewID(d.rooms.Random); err != nil {
		return err
	}
	s.salt, err = journal.Salt(d.rooms.Random)
	return err
}

// newID makes a UUID. The source of randomness need not be safe for many.
func (d *Door) newID() (string, error) {
	d.random.Lock()
	defer d.random.Unlock()
	return shs.NewID(d.rooms.Random)
}
