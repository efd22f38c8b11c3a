package gateway

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/shs"
)

// delivery is the delivery service over the outboxes of the worlds.
type delivery struct {
	worlds       worlds
	organisation string
	log          *slog.Logger
}

// List lists the outbox in the world of the filter's status.
func (d *delivery) List(ctx context.Context, peer shs.Peer, box shs.Address, f shs.Filter) ([]shs.Listed, error) {
	w, err := d.worlds.ofStatus(ctx, f.Status)
	if err != nil {
		return nil, d.emptyFor(ctx, peer, box)
	}
	var list []shs.Listed
	err = w.DB.Read(ctx, func(r store.Reader) error {
		list = nil
		if err := w.admitOwner(r, peer, box); err != nil {
			return err
		}
		return pages(w, r, box.Key(), f, func(l outbox.Listed) bool {
			list = append(list, shs.ListedOf(labelOf(w.Status, d.organisation, l.Message), l.Created))
			return len(list) < f.Limit
		})
	})
	return list, err
}

// emptyFor is the list of a status that the host name has not got: empty for
// who may look at all.
func (d *delivery) emptyFor(ctx context.Context, peer shs.Peer, box shs.Address) error {
	for _, w := range d.worlds.reachable(ctx) {
		if err := w.DB.Read(ctx, func(r store.Reader) error { return w.admitOwner(r, peer, box) }); err != nil {
			return err
		}
	}
	return nil
}

// pages walks the outbox behind the message of f.After until take has enough.
// Where that message is not there any more, it begins anew and nothing is lost.
func pages(w *World, r store.Reader, address string, f shs.Filter, take func(outbox.Listed) bool) error {
	found, err := walk(w, r, address, f, f.After, take)
	if err != nil || found {
		return err
	}
	_, err = walk(w, r, address, f, "", take)
	return err
}

// walk takes what stands behind the tx.id, and tells whether it came by it.
func walk(w *World, r store.Reader, address string, f shs.Filter, after string, take func(outbox.Listed) bool) (bool, error) {
	filter := filterOf(f)
	passed := after == ""
	for {
		page, next, err := w.Box.List(r, address, filter)
		if err != nil {
			return passed, err
		}
		for _, l := range page {
			if passed && !take(l) {
				return true, nil
			}
			passed = passed || strings.EqualFold(l.TxID, after)
		}
		if next == "" {
			return passed, nil
		}
		filter.After = next
	}
}

// filterOf translates what a peer asks for. What it has fetched and acknowledged
// is not listed (shs.md §5.2): a peer that asks without noack would else see the
// same first page for ever.
func filterOf(f shs.Filter) outbox.Filter {
	to := outbox.Filter{
		Products: f.Products, NoAck: f.Unacknowledged, Unfinished: true, Since: f.Since,
		CorrID: f.CorrID, ContentID: f.ContentID, Originator: actor(f.Originator), EndRecipient: actor(f.EndRecipient),
		Sequence: outbox.SequenceType(f.Sequence), Sort: sortOf(f.SortBy), Descending: f.Descending,
		ArrivalDescending: f.ArrivalLatest, Limit: outbox.MaxLimit,
	}
	if f.After == "" && f.Limit > 0 {
		to.Limit = min(f.Limit, outbox.MaxLimit)
	}
	for _, m := range f.Meta {
		if to.Meta == nil {
			to.Meta = map[string]string{}
		}
		to.Meta[m.Name] = m.Value
	}
	return to
}

// sortOf translates what to sort by. All messages here have one transfer type,
// so that sorting by it leaves the order of arrival.
func sortOf(k shs.SortKey) outbox.SortBy {
	if k == "transfertype" {
		return outbox.SortByArrival
	}
	return outbox.SortBy(k)
}

// actor is the normalised form of an address; other text stays as it is.
func actor(s string) string {
	if a, err := shs.ParseAddress(s); err == nil {
		return a.Key()
	}
	return shs.TrimURN(s)
}

// Open gives a message until it is acknowledged, as often as it is asked for.
func (d *delivery) Open(ctx context.Context, peer shs.Peer, box shs.Address, txID string) (*shs.Outgoing, error) {
	var out *shs.Outgoing
	err := d.find(ctx, peer, box, func(w *World) error {
		l, body, err := w.Box.Open(ctx, box.Key(), strings.ToLower(txID))
		if err != nil {
			return err
		}
		out = d.outgoing(ctx, w, l, body)
		return nil
	})
	return out, err
}

// find tries the worlds that the request may look into, until one has it.
func (d *delivery) find(ctx context.Context, peer shs.Peer, box shs.Address, in func(*World) error) error {
	err := shs.ErrUnknownPeer
	for _, w := range d.worlds.reachable(ctx) {
		if refused := w.DB.Read(ctx, func(r store.Reader) error { return w.admitOwner(r, peer, box) }); refused != nil {
			if !errors.Is(refused, shs.ErrUnknownPeer) {
				return refused
			}
			continue
		}
		if err = forSHS(in(w)); !errors.Is(err, shs.ErrNotFound) {
			return err
		}
	}
	return err
}

func (d *delivery) outgoing(ctx context.Context, w *World, l outbox.Listed, body io.ReadCloser) *shs.Outgoing {
	return &shs.Outgoing{
		Label:    labelOf(w.Status, d.organisation, l.Message),
		Payloads: []shs.Payload{{ContentType: contentType(l.Message), Open: func() (io.ReadCloser, error) { return body, nil }}},
		Done: func(err error) {
			body.Close()
			if err == nil {
				d.fetched(context.WithoutCancel(ctx), w, l)
			}
		},
	}
}

// fetched records that the message was sent whole (R19). It is not lost where
// that fails: the message is there until it is acknowledged.
func (d *delivery) fetched(ctx context.Context, w *World, l outbox.Listed) {
	now := w.Clock.Now()
	if err := w.DB.Do(ctx, func(tx store.Tx) error { return w.Box.Fetched(tx, l.ID, now) }); err != nil {
		d.log.ErrorContext(ctx, "gateway: a fetch could not be recorded", "world", w.Name, "message", l.ID, "reason", err)
	}
}

// Ack marks the message acknowledged. All messages here come from ourselves, so
// that there is nobody to confirm to.
func (d *delivery) Ack(ctx context.Context, peer shs.Peer, box shs.Address, txID string) error {
	return d.find(ctx, peer, box, func(w *World) error {
		now := w.Clock.Now()
		return w.DB.Do(ctx, func(tx store.Tx) error {
			_, _, err := w.Box.Ack(tx, box.Key(), strings.ToLower(txID), now)
			return err
		})
	})
}
