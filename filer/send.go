package filer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filtjanst/filer/ledger"
	"filtjanst/filer/traffic"
	"filtjanst/filing"
	"filtjanst/shs"
)

// NoteOrder tells how a cover note goes with its file (R63).
type NoteOrder string

// The orders. E-transport takes one file at a time, so that together means
// the note right after the file.
const (
	NoteTogether NoteOrder = "together"
	NoteBefore   NoteOrder = "before"
	NoteAfter    NoteOrder = "after"
)

// SendRequest says what is sent, and how.
type SendRequest struct {
	Transaction filing.Transaction // "" = every one
	Sequence    int64              // 0 = all files that may be sent
	Note        NoteOrder          // "" = together
	Again       bool               // also a file whose arrival is unclear
}

// Delivery is what became of one file.
type Delivery struct {
	File     ledger.File `json:"file"`
	Held     bool        `json:"held,omitempty"`    // waits for the receipt of an earlier file (R75)
	Unclear  bool        `json:"unclear,omitempty"` // nobody knows whether it arrived
	Repeated bool        `json:"repeated,omitempty"`
	Outcome  string      `json:"outcome,omitempty"` // when the channel tells it at once
	Reason   string      `json:"reason,omitempty"`
}

// Send sends built files in the order of their numbers. A file is held until
// the receipt of the earlier one has come. One that was being sent when the
// program stopped goes again under its first ids.
func (d *Desk) Send(ctx context.Context, r SendRequest) ([]Delivery, error) {
	switch r.Note {
	case "":
		r.Note = NoteTogether
	case NoteTogether, NoteBefore, NoteAfter:
	default:
		return nil, fmt.Errorf("the cover note can go together, before or after, not %q", r.Note)
	}
	states := []ledger.State{ledger.Built, ledger.Sending}
	if r.Again {
		states = append(states, ledger.Unclear)
	}
	files, err := d.Book.Files(ctx, ledger.Filter{Code: d.Config.Code, Transaction: r.Transaction, Sequence: r.Sequence, States: states})
	if err != nil || len(files) == 0 {
		return nil, err
	}
	channel, err := d.channel()
	if err != nil {
		return nil, err
	}
	var deliveries []Delivery
	for _, f := range files {
		delivery, err := d.deliver(ctx, channel, f, r)
		if err != nil {
			return deliveries, err
		}
		deliveries = append(deliveries, delivery)
	}
	return deliveries, nil
}

func (d *Desk) deliver(ctx context.Context, channel traffic.Channel, f ledger.File, r SendRequest) (Delivery, error) {
	if err := intact(f); err != nil {
		return Delivery{}, err
	}
	fileTx, noteTx, err := d.transmissions(f, r.Note)
	if err != nil {
		return Delivery{}, err
	}
	intended, err := d.Book.Intend(ctx, f.ID, d.Config.Channel, fileTx, noteTx)
	if errors.Is(err, ledger.ErrHeld) {
		return Delivery{File: f, Held: true, Reason: err.Error()}, nil
	}
	if err != nil {
		return Delivery{}, err
	}
	delivery := Delivery{File: intended}
	for _, p := range parcels(intended, r.Note) {
		sent, err := channel.Send(ctx, p)
		if err != nil {
			return d.failed(ctx, delivery, err)
		}
		delivery.Repeated = delivery.Repeated || sent.Repeated
		delivery.Outcome = sent.Outcome
		delivery.File.TransactionID = firstOf(sent.TransactionID, delivery.File.TransactionID)
	}
	delivery.File.State = ledger.Sent
	return delivery, d.Book.Delivered(ctx, f.ID, delivery.File.TransactionID)
}

// intact tells whether the file on disk is the one that was built, by which its
// receipt will be known. A note that differs is the authority's to refuse.
func intact(f ledger.File) error {
	there, err := digestOf(f.Path)
	if err != nil {
		return fmt.Errorf("number %d cannot be read: %w", f.Sequence, err)
	}
	if there != f.Digest {
		return fmt.Errorf("%s has been changed since it was built as number %d: give it up with renumber --discard %[2]d and build it anew", f.Path, f.Sequence)
	}
	return nil
}

func digestOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, f)
	return hex.EncodeToString(hash.Sum(nil)), err
}

// failed notes why a file was not delivered, or that nobody knows. Over SHS an
// unclear file stays in sending, and goes again under the same ids.
func (d *Desk) failed(ctx context.Context, delivery Delivery, cause error) (Delivery, error) {
	delivery.Reason = cause.Error()
	switch {
	case errors.Is(cause, traffic.ErrRefused):
		return delivery, errors.Join(cause, d.Book.NotDelivered(ctx, delivery.File.ID, delivery.Reason))
	case errors.Is(cause, traffic.ErrUnclear) && delivery.File.Channel == eTransport && delivery.File.State != ledger.Unclear:
		delivery.Unclear, delivery.File.State = true, ledger.Unclear
		return delivery, errors.Join(cause, d.Book.Doubt(ctx, delivery.File.ID, delivery.Reason))
	}
	return delivery, cause
}

const eTransport = "e-transport"

// transmissions gives the ids under which file and note go: the same id where
// they go together, and none for a note that is not there.
func (d *Desk) transmissions(f ledger.File, order NoteOrder) (file, note string, err error) {
	if file, err = shs.NewID(d.random); err != nil || f.NotePath == "" {
		return file, "", err
	}
	if order == NoteTogether && d.Config.Channel != eTransport {
		return file, file, nil
	}
	note, err = shs.NewID(d.random)
	return file, note, err
}

// partKind is the kind of a data part that is a file of the transaction.
func partKind(t filing.Transaction) string {
	kinds := map[filing.Transaction]string{
		filing.BFWithdrawal: "aterkallelse", filing.BFReduction: "nedsattning", filing.VEChange: "andring", filing.SCClaim: "fordringsanmalan",
		filing.DERequest: "forfragan", filing.PERequest: "forfragan", filing.XXPartyChange: "partsuppgifter",
	}
	return firstOf(kinds[t], "ansokan")
}

// parcels cuts a file and its note into transmissions, by the ids under which
// the book says that they go.
func parcels(f ledger.File, order NoteOrder) []traffic.Parcel {
	file := traffic.Item{Path: f.Path, Name: filepath.Base(f.Path), Kind: partKind(f.Transaction)}
	note := traffic.Item{Path: f.NotePath, Name: filepath.Base(f.NotePath), Kind: "missiv"}
	parcel := func(id string, items ...traffic.Item) traffic.Parcel {
		return traffic.Parcel{TxID: id, Transaction: f.Transaction, Sequence: f.Sequence, Items: items}
	}
	switch {
	case f.NotePath == "":
		return []traffic.Parcel{parcel(f.FileTx, file)}
	case f.NoteTx == f.FileTx:
		return []traffic.Parcel{parcel(f.FileTx, file, note)}
	case order == NoteBefore:
		return []traffic.Parcel{parcel(f.NoteTx, note), parcel(f.FileTx, file)}
	}
	return []traffic.Parcel{parcel(f.FileTx, file), parcel(f.NoteTx, note)}
}
