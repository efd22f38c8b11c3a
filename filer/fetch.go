package filer

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"slices"
	"time"

	"filtjanst/filer/ledger"
	"filtjanst/filer/traffic"
	"filtjanst/filing"
	"filtjanst/shs"
)

// Received is one file that came, and what it meant for the book.
type Received struct {
	Path        string             `json:"path"`
	Transaction filing.Transaction `json:"transaction,omitempty"` // "" for a message that is no file of ours
	Sequence    int64              `json:"sequence,omitempty"`    // of the own file that is answered, or of the delivery
	Outcome     filing.Outcome     `json:"outcome,omitempty"`     // of a receipt
	Expected    int64              `json:"expected_sequence,omitempty"`
	ReadIn      string             `json:"read_in,omitempty"`
	Errors      []filing.Error     `json:"errors,omitempty"` // of a receipt
	ErrorCount  int                `json:"error_count,omitempty"`
	Warnings    []filing.Error     `json:"warnings,omitempty"` // of a receipt
	Results     map[string]int64   `json:"results,omitempty"`  // documents of a receipt: applied, already, held, refused
	Cases       int64              `json:"cases,omitempty"`    // documents of an answer
	Match       *ledger.Match      `json:"match,omitempty"`    // of a confirmation
	Delivery    filing.Delivery    `json:"delivery,omitempty"`
	Missing     []int64            `json:"missing_deliveries,omitempty"`
	Foreign     int64              `json:"without_reference,omitempty"` // cases that were not lodged by file from here
	Events      int64              `json:"events"`
	// Problem tells why the file was not taken into the book.
	Problem string `json:"problem,omitempty"`
}

// Fetch fetches what waits at the authority, saves it, and takes it into the
// book. What was saved before but not taken in, as after a crash, is taken in
// too. The error is for what could not be fetched; the rest is returned.
func (d *Desk) Fetch(ctx context.Context) ([]Received, error) {
	channel, err := d.channel()
	if err != nil {
		return nil, err
	}
	_, fetchErr := channel.Fetch(ctx, &keeper{desk: d, inbox: traffic.Inbox{Dir: d.Config.Incoming}})
	received, err := d.takeIn(ctx)
	return received, errors.Join(fetchErr, err)
}

// pause is how long FetchWithin waits between two looks.
const pause = 500 * time.Millisecond

// FetchWithin is Fetch that waits so long, by wall time, for something to come.
func (d *Desk) FetchWithin(ctx context.Context, wait time.Duration) ([]Received, error) {
	limit := time.Now().Add(wait)
	for {
		received, err := d.Fetch(ctx)
		if err != nil || len(received) > 0 || !time.Now().Before(limit) {
			return received, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// Import takes in a file that was fetched by other means, such as the portal's
// web pages.
func (d *Desk) Import(ctx context.Context, path string) ([]Received, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	id, err := contentID(f)
	if err != nil {
		return nil, err
	}
	k := &keeper{desk: d, inbox: traffic.Inbox{Dir: d.Config.Incoming}}
	given := false
	err = k.Save(ctx, func() (traffic.Incoming, error) {
		if given {
			return traffic.Incoming{}, io.EOF
		}
		given = true
		return traffic.Incoming{Address: "import", ID: id, Name: f.Name(), Body: f}, nil
	})
	if err != nil {
		return nil, err
	}
	if err := k.Acknowledged(ctx, "import", id); err != nil {
		return nil, err
	}
	return d.takeIn(ctx)
}

// contentID tells imported files apart by their bytes: the portal gives the same
// name again and again.
func contentID(f *os.File) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	_, err := f.Seek(0, io.SeekStart)
	return hex.EncodeToString(hash.Sum(nil)), err
}

// takeIn takes every saved file that is not in the book yet, in the order in
// which they build on each other, and tells which numbered deliveries are
// missing.
func (d *Desk) takeIn(ctx context.Context) ([]Received, error) {
	files, err := d.Book.Unmatched(ctx)
	if err != nil {
		return nil, err
	}
	takers := takers()
	slices.SortStableFunc(files, func(a, b ledger.Fetched) int {
		return cmp.Compare(takers[a.Transaction].rank, takers[b.Transaction].rank)
	})
	var received []Received
	for _, f := range files {
		r, taken, err := d.take(ctx, f, takers[f.Transaction].take)
		if err != nil {
			return received, err
		}
		if taken {
			received = append(received, r)
		}
	}
	return received, d.missed(ctx, received)
}

// headSize is how much of a file is looked at to tell what it is.
const headSize = 16 << 10

// identify tells what a fetched part is from its beginning.
func (d *Desk) identify(in traffic.Incoming) (filing.Transaction, io.Reader, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(in.Body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), in.Body)
	if in.Product == shs.ProductConfirm || in.Product == shs.ProductError {
		return managementKind, whole, nil
	}
	transaction, _, _ := d.Set.Identify(head[:n])
	return transaction, whole, nil
}
