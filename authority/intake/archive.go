package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"filtjanst/authority/blob"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Archive is the approved files with their bytes, for the services that must
// find one again. The door stands before one of its own.
type Archive struct {
	db      *store.DB
	blobs   blob.Store
	indexes *indexes

	mu   sync.RWMutex
	sets map[string]*filing.Set // by digest; grows with the sets ever used
}

var (
	_ service.Files  = (*Archive)(nil)
	_ service.Keeper = (*Archive)(nil)
)

// NewArchive returns the archive of the database and its blobs.
func NewArchive(db *store.DB, blobs blob.Store) *Archive {
	return &Archive{db: db, blobs: blobs, indexes: newIndexes(), sets: map[string]*filing.Set{}}
}

// FileOf finds the approved file of a party code's series; the latest with the
// number, if the series has begun anew.
func (*Archive) FileOf(r store.Reader, codeID int64, tx filing.Transaction, sequence int64) (id int64, found bool, err error) {
	err = r.QueryRow(`SELECT id FROM intake_file WHERE code_id = $1 AND transaction_name = $2 AND sequence = $3
		ORDER BY id DESC LIMIT 1`, codeID, string(tx), sequence).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return 0, false, nil
	}
	return id, err == nil, wrapID("find a file of code", codeID, err)
}

// Waits tells whether the file is approved and not yet read in to its end.
func (*Archive) Waits(r store.Reader, id int64) (waits bool, err error) {
	err = r.QueryRow(`SELECT EXISTS (SELECT 1 FROM intake_file WHERE id = $1 AND done_at IS NULL)`, id).Scan(&waits)
	return waits, wrapID("ask for file", id, err)
}

// References streams the own references of an approved file, without those of
// refused documents.
func (a *Archive) References(ctx context.Context, id int64) iter.Seq2[service.Reference, error] {
	return func(yield func(service.Reference, error) bool) {
		for d, err := range a.documents(ctx, id) {
			if err != nil {
				yield(service.Reference{}, wrapID("read the references of file", id, err))
				return
			}
			if !yield(service.Reference{Number: d.Number, Reference: d.Content.OwnReference()}, nil) {
				return
			}
		}
	}
}

// Contents reads documents of an approved file by their numbers.
func (a *Archive) Contents(ctx context.Context, id int64, numbers []int64) (map[int64]filing.Content, error) {
	wanted := refusedOf(numbers)
	found := map[int64]filing.Content{}
	for d, err := range a.documents(ctx, id) {
		if err != nil {
			return nil, wrapID("read documents of file", id, err)
		}
		if wanted[d.Number] {
			found[d.Number] = d.Content
		}
		if len(found) == len(wanted) {
			break
		}
	}
	return found, nil
}

// documents streams the documents of an approved file that were not refused.
func (a *Archive) documents(ctx context.Context, id int64) iter.Seq2[service.Document, error] {
	return func(yield func(service.Document, error) bool) {
		var h *half
		var f service.File
		err := a.db.Read(ctx, func(r store.Reader) (err error) {
			if f, err = a.file(r, id); err != nil {
				return err
			}
			h, err = a.readHalf(r, `WHERE h.id = $1`, id)
			return err
		})
		if err != nil {
			yield(service.Document{}, err)
			return
		}
		for d, err := range a.read(ctx, h, refusedOf(f.Refused), &filing.FileFacts{}) {
			if !yield(d, err) || ctx.Err() != nil {
				return
			}
		}
	}
}

// read streams the documents of a half but those refused. A fault of another
// ends it, as an error. What the file says of itself is in facts with the first
// document, but for totals at its end.
func (a *Archive) read(ctx context.Context, h *half, skip refused, facts *filing.FileFacts) iter.Seq2[service.Document, error] {
	return func(yield func(service.Document, error) bool) {
		src, err := a.content(ctx, h)
		if err != nil {
			yield(service.Document{}, err)
			return
		}
		defer src.Close()
		reader, err := filing.Documents(src, h.set, h.transaction, h.form)
		if err != nil {
			yield(service.Document{}, err)
			return
		}
		reader.At(calendar.Of(h.from.arrived).Time())
		for n := int64(1); ; n++ {
			content, err := reader.Next()
			if n == 1 {
				*facts = reader.File()
			}
			switch {
			case errors.Is(err, io.EOF):
				return
			case skip[n]:
				continue
			case err != nil:
				yield(service.Document{}, fmt.Errorf("document %d: %w", n, err))
				return
			}
			if !yield(service.Document{Number: n, Content: content, Began: reader.Position()}, nil) {
				return
			}
		}
	}
}

// Open returns the bytes of an approved file and the set that every reading of
// it uses.
func (a *Archive) Open(ctx context.Context, id int64) (io.ReadCloser, *filing.Set, error) {
	var h *half
	err := a.db.Read(ctx, func(r store.Reader) (err error) {
		h, err = a.readHalf(r, `JOIN intake_file f ON f.id = h.id WHERE h.id = $1`, id)
		return err
	})
	if err != nil {
		return nil, nil, wrapID("open file", id, err)
	}
	body, err := a.content(ctx, h)
	return body, h.set, wrapID("open file", id, err)
}

// content opens the bytes of a half, wherever they are.
func (a *Archive) content(ctx context.Context, h *half) (io.ReadCloser, error) {
	if h.key != "" {
		return a.blobs.Open(ctx, h.key)
	}
	if !h.stored {
		return io.NopCloser(bytes.NewReader(h.inline)), nil
	}
	var body []byte
	err := a.db.Read(ctx, func(r store.Reader) error {
		return r.QueryRow(`SELECT body FROM intake_bytes WHERE half_id = $1`, h.id).Scan(&body)
	})
	return io.NopCloser(bytes.NewReader(body)), err
}

// KeepUntil sets the last day on which the bytes of a file, and of its cover
// note, are kept, once all its cases are closed; the zero day keeps them until
// further notice.
func (*Archive) KeepUntil(tx store.Tx, id int64, last calendar.Day) error {
	if err := store.One(errNotOne)(tx.Exec(`UPDATE intake_half SET purge_after = $1 WHERE id = $2`, last, id)); err != nil {
		return wrapID("set the retention of", id, err)
	}
	_, err := tx.Exec(`UPDATE intake_half SET purge_after = $1
		WHERE id = (SELECT note_half FROM intake_receipt WHERE half_id = $2)`, last, id)
	return wrapID("set the retention of the note of", id, err)
}
