package filer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filtjanst/filer/ledger"
	"filtjanst/filer/traffic"
	"filtjanst/filing"
	"filtjanst/shs"
)

// Received is one file that came, and what it meant for the book.
type Received struct {
	Path        string             `json:"path"`
	Transaction filing.Transaction `json:"transaction,omitempty"` // "" for a message that is no file of ours
	Sequence    int64              `json:"sequence,omitempty"`
	Outcome     filing.Outcome     `json:"outcome,omitempty"` // of a receipt
	Expected    int64              `json:"expected_sequence,omitempty"`
	ReadIn      string             `json:"read_in,omitempty"`
	Errors      []filing.Error     `json:"errors,omitempty"` // of a receipt
	ErrorCount  int                `json:"error_count,omitempty"`
	Cases       int64              `json:"cases,omitempty"` // of a confirmation
	Match       *ledger.Match      `json:"match,omitempty"` // of a confirmation
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

// takeIn takes every saved file that is not in the book yet: receipts first,
// since a confirmation belongs to an approved file.
func (d *Desk) takeIn(ctx context.Context) ([]Received, error) {
	files, err := d.Book.Unmatched(ctx)
	if err != nil {
		return nil, err
	}
	var received []Received
	for _, wanted := range []bool{false, true} {
		for _, f := range files {
			if (f.Transaction == filing.BFConfirmation) != wanted {
				continue
			}
			r, err := d.take(ctx, f)
			if err != nil {
				return received, err
			}
			received = append(received, r)
		}
	}
	return received, nil
}

// take reads one saved file into the book. A file that cannot be used is told
// once and not looked at again.
func (d *Desk) take(ctx context.Context, f ledger.Fetched) (Received, error) {
	r := Received{Path: f.Path, Transaction: f.Transaction}
	var err error
	switch f.Transaction {
	case filing.BFApplicationReceipt:
		err = d.takeReceipt(ctx, f, &r)
	case filing.BFConfirmation:
		err = d.takeConfirmation(ctx, f, &r)
	case "":
		r.Problem = "not a file of any transaction that the profiles know; it is kept as it came"
	case managementKind:
		err = d.takeManagement(ctx, f, &r)
	}
	var problem *problemError
	if errors.As(err, &problem) {
		r.Problem = problem.Error()
	} else if err != nil {
		return r, err
	}
	return r, d.Book.Matched(ctx, f.Address, f.Tx)
}

// problemError is a file that cannot be taken into the book: it is told, and
// the others go on.
type problemError struct{ text string }

func (e *problemError) Error() string { return e.text }

func problem(format string, args ...any) error { return &problemError{fmt.Sprintf(format, args...)} }

func (d *Desk) takeReceipt(ctx context.Context, f ledger.Fetched, r *Received) error {
	content, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer content.Close()
	receipt, err := filing.ReadReceipt(content, d.Set, filing.BFApplicationReceipt)
	if err != nil {
		return problem("the receipt cannot be read: %v", err)
	}
	r.Sequence, r.Outcome, r.Expected, r.ReadIn = receipt.Sequence, receipt.Outcome, receipt.Expected, receipt.ReadIn.String()
	r.Errors, r.ErrorCount = receipt.Errors, receipt.ErrorCount
	file, err := d.answered(ctx, receipt)
	if err != nil {
		return err
	}
	return d.Book.Answer(ctx, file.ID, ledger.Receipt{Receipt: receipt, Path: f.Path})
}

// answered finds the file that a receipt answers by the digest of its bytes,
// so that a receipt for other bytes than were sent is never believed. The note
// decides only where it came alone.
func (d *Desk) answered(ctx context.Context, receipt filing.Receipt) (ledger.File, error) {
	if digest := firstOf(receipt.Digest, receipt.NoteDigest); digest != "" {
		files, err := d.Book.Files(ctx, ledger.Filter{Digest: digest})
		if err != nil {
			return ledger.File{}, err
		}
		if len(files) > 0 {
			return latest(files), nil
		}
	}
	return ledger.File{}, problem("the receipt for number %d answers a file with SHA-256 %.12s…, which the book does not have: what the authority took in is not what was sent from here", receipt.Sequence, receipt.Digest)
}

// latest prefers a file without receipt, then the one built last.
func latest(files []ledger.File) ledger.File {
	best := files[0]
	for _, f := range files[1:] {
		if (f.ReceiptPath == "") != (best.ReceiptPath == "") {
			if f.ReceiptPath == "" {
				best = f
			}
		} else if f.ID > best.ID {
			best = f
		}
	}
	return best
}

func (d *Desk) takeConfirmation(ctx context.Context, f ledger.Fetched, r *Received) error {
	content, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer content.Close()
	var cases []ledger.Case
	confirmation, err := filing.Read(content, d.Set, filing.BFConfirmation, func(c *filing.ConfirmedCase) error {
		cases = append(cases, ledger.Case{Reference: c.Reference, CaseNumber: c.CaseNumber, Registered: c.Registered, Fee: c.Fee})
		return nil
	})
	if err != nil {
		return problem("the confirmation cannot be read: %v", err)
	}
	r.Sequence, r.Cases, r.ReadIn = confirmation.Sequence, int64(len(cases)), confirmation.ReadIn.String()
	files, err := d.Book.Files(ctx, ledger.Filter{
		Code: confirmation.PartyCode, Transaction: filing.BFApplication, Sequence: confirmation.Sequence,
		States: []ledger.State{ledger.Approved, ledger.Confirmed},
	})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return problem("the confirmation answers number %d of %s, of which the book has no approved file", confirmation.Sequence, confirmation.PartyCode)
	}
	match, err := d.Book.Confirm(ctx, latest(files).ID, f.Path, cases)
	r.Match = &match
	return err
}

// managementKind marks a saved confirm or error message of SHS.
const managementKind filing.Transaction = "shs.management"

// takeManagement reads a confirm or error message. An error says that a
// message did not get through: its file may be mended and sent again.
func (d *Desk) takeManagement(ctx context.Context, f ledger.Fetched, r *Received) error {
	content, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer content.Close()
	m, err := shs.ReadManagement(content)
	if err != nil {
		return problem("the message from the node cannot be read: %v", err)
	}
	if m.Failure == nil {
		return nil
	}
	reason := strings.TrimSpace(string(m.Failure.Code) + " " + m.Failure.Info)
	r.Problem = "the node could not deliver a message: " + reason
	return d.Book.Returned(ctx, m.CorrID, reason)
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
