package filer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"filtjanst/filer/ledger"
	"filtjanst/filer/traffic"
)

// keeper saves what a channel fetches: the bytes in the incoming directory,
// then a line in the book.
type keeper struct {
	desk  *Desk
	inbox traffic.Inbox
}

func (k *keeper) Has(ctx context.Context, address, id string) (bool, error) {
	return k.desk.Book.HasFetched(ctx, address, id)
}

func (k *keeper) Unacknowledged(ctx context.Context, address string) ([]string, error) {
	list, err := k.desk.Book.Unacked(ctx, address)
	var ids []string
	for _, f := range list {
		if !f.IsPart() {
			ids = append(ids, f.Tx)
		}
	}
	return ids, err
}

func (k *keeper) Acknowledged(ctx context.Context, address, id string) error {
	return k.desk.Book.Acked(ctx, address, id)
}

// Save stores the parts of a message. The first part carries the message's
// id in the book; further parts add their number to it. The line of the first
// is written last, so that a message counts as saved only when all of it is.
func (k *keeper) Save(ctx context.Context, next func() (traffic.Incoming, error)) error {
	var parts []ledger.Fetched
	for {
		in, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		f, err := k.keep(in)
		if err != nil {
			return err
		}
		if len(parts) > 0 {
			f.Tx = ledger.PartID(in.ID, len(parts))
		}
		parts = append(parts, f)
	}
	for i := len(parts) - 1; i >= 0; i-- {
		if err := k.desk.Book.Saved(ctx, parts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (k *keeper) keep(in traffic.Incoming) (ledger.Fetched, error) {
	transaction, body, err := k.desk.identify(in)
	if err != nil {
		return ledger.Fetched{}, err
	}
	name := in.Name
	if name == "" {
		name = fmt.Sprintf("%s.%s", transaction, in.ID)
	}
	inbox := k.inbox
	if transaction == managementKind {
		inbox.Dir = filepath.Join(inbox.Dir, "shs") // messages between nodes, apart from files
	}
	path, digest, err := inbox.Keep(filepath.Base(name), in.ID, body)
	return ledger.Fetched{Address: in.Address, Tx: in.ID, Transaction: transaction, Path: path, Digest: digest}, err
}
