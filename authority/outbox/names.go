package outbox

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

const transportSuffix = ".etr"

// transportName is the name on e-transport: profile name, outbox id, ÅÅMMDD.
func transportName(profileName string, id int64, created time.Time) string {
	return filing.ETransportName(profileName, id, calendar.Of(created))
}

// idOfName finds the outbox id in a name on e-transport.
func idOfName(name string) (int64, bool) {
	if n := len(name) - len(transportSuffix); n > 0 && strings.EqualFold(name[n:], transportSuffix) {
		name = name[:n]
	}
	parts := strings.Split(name, ".")
	if len(parts) < 3 {
		return 0, false
	}
	id, err := strconv.ParseInt(parts[len(parts)-2], 10, 64)
	return id, err == nil && id > 0
}

const waitingNames = `SELECT m.name, m.id, m.created FROM outbox_message m
	WHERE m.address = $1 AND m.transaction_name = $2 AND m.sent IS NULL AND m.acknowledged IS NULL
	AND m.quarantined IS NULL AND m.id > $3 ORDER BY m.id LIMIT $4`

// Names lists what waits for an address on e-transport, of one transaction, by
// the names it is fetched by; nothing that was once sent whole. More than limit
// go on after the id that next gives; 0 is the end.
func (b *Box) Names(r store.Reader, address string, transaction filing.Transaction, after int64, limit int) (names []string, next int64, err error) {
	type entry struct {
		name string
		id   int64
	}
	found, err := store.Collect(func(rows *store.Rows) (e entry, err error) {
		var created int64
		err = rows.Scan(&e.name, &e.id, &created)
		e.name = transportName(e.name, e.id, store.Moment(created))
		return e, err
	})(r.Query(waitingNames, address, string(transaction), after, limit+1))
	if err != nil {
		return nil, 0, fmt.Errorf("outbox: list names of %s: %w", address, err)
	}
	if len(found) > limit {
		found = found[:limit]
		next = found[limit-1].id
	}
	for _, e := range found {
		names = append(names, e.name)
	}
	return names, next, nil
}

// OpenByName returns the message listed under the name at the address, and its
// bytes, for as long as it is kept: 60 days after it was sent (Purge). The
// name is matched without regard to case, and the suffix may be left out.
func (b *Box) OpenByName(ctx context.Context, address, name string) (Listed, io.ReadCloser, error) {
	id, ok := idOfName(name)
	if !ok {
		return Listed{}, nil, ErrNotFound
	}
	l, body, err := b.open(ctx, "m.id = $2", address, id)
	if err != nil {
		return Listed{}, nil, err
	}
	listed := l.ListedName()
	if strings.EqualFold(name, listed) || strings.EqualFold(name+transportSuffix, listed) {
		return l, body, nil
	}
	body.Close()
	return Listed{}, nil, ErrNotFound
}

// SentWhole records that e-transport has sent the whole file: it is listed no
// more, and still found by name. Repeating changes nothing.
func (b *Box) SentWhole(tx store.Tx, id int64, at time.Time) error {
	if err := mark(tx, "sent", id, at); err != nil {
		return err
	}
	return b.Fetched(tx, id, at)
}
