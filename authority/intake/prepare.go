package intake

import (
	"context"
	"fmt"
	"iter"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// ready is what is known of the documents of a file before the transaction that
// settles it.
type ready struct {
	// Of a file that takes effect at once: its documents, and the work that its
	// service prepared for those that are not refused.
	documents []service.Document
	facts     filing.FileFacts
	refused   refused
	work      []service.Work
	// Of a file that takes effect later, what its service has judged.
	judged *judged
}

// unreadyError ends a settlement that needs a file prepared, or prepared
// without other documents.
type unreadyError struct {
	half    *half
	file    service.File
	refused refused
}

func (e *unreadyError) Error() string {
	return fmt.Sprintf("intake: file %s is not prepared", e.file.TransactionID)
}

// prepare does outside the transaction what the settlement found missing.
func (v *visit) prepare(ctx context.Context, u *unreadyError) error {
	r := v.ready[u.half.id]
	if r == nil {
		r = &ready{}
		if err := v.read(ctx, u, r); err != nil {
			return fmt.Errorf("intake: read the documents of file %s: %w", u.file.TransactionID, err)
		}
		v.ready[u.half.id] = r
	}
	if v.door.timing(u.half) != service.AtOnce {
		return nil
	}
	if err := v.prepareWork(ctx, u, r); err != nil {
		return fmt.Errorf("intake: prepare file %s: %w", u.file.TransactionID, err)
	}
	return nil
}

func (v *visit) read(ctx context.Context, u *unreadyError, r *ready) (err error) {
	if v.door.timing(u.half) != service.AtOnce {
		r.judged, err = v.verify(ctx, u)
		return err
	}
	for d, err := range v.door.read(ctx, u.half, u.refused, &r.facts) {
		if err != nil {
			return err
		}
		r.documents = append(r.documents, d)
	}
	return v.door.findUnread(ctx, u.half, r.documents)
}

// prepareWork lets the service prepare its work, in chunks in file order.
func (v *visit) prepareWork(ctx context.Context, u *unreadyError, r *ready) error {
	r.refused, r.work = u.refused, nil
	s := v.door.routes[u.half.transaction].service
	docs := without(r.documents, u.refused)
	for len(docs) > 0 {
		n := min(len(docs), service.ChunkSize)
		work, err := s.Apply(ctx, u.file.Telling(r.facts), docs[:n])
		if err != nil {
			return err
		}
		r.work = append(r.work, work)
		docs = docs[n:]
	}
	return nil
}

// verify lets the service judge the documents chunk by chunk, so that memory is
// bounded by the chunk and by what is told of the errors.
func (v *visit) verify(ctx context.Context, u *unreadyError) (*judged, error) {
	all := newJudged(u.refused)
	s := v.door.routes[u.half.transaction].service
	var facts filing.FileFacts
	for docs, err := range chunked(v.door.read(ctx, u.half, u.refused, &facts)) {
		if err != nil {
			return nil, err
		}
		if err := v.door.findUnread(ctx, u.half, docs); err != nil {
			return nil, err
		}
		var judgement service.Judgement
		err := v.door.db.Read(ctx, func(r store.Reader) (err error) {
			judgement, err = s.Verify(r, u.file.Telling(facts), docs)
			return err
		})
		if err != nil {
			return nil, err
		}
		if all.add(judgement, docs); all.whole {
			break
		}
	}
	return all, nil
}

// chunked gathers documents. A slice is valid until the next.
func chunked(docs iter.Seq2[service.Document, error]) iter.Seq2[[]service.Document, error] {
	return func(yield func([]service.Document, error) bool) {
		chunk := make([]service.Document, 0, service.ChunkSize)
		for d, err := range docs {
			if err != nil {
				yield(nil, err)
				return
			}
			if chunk = append(chunk, d); len(chunk) < cap(chunk) {
				continue
			}
			if !yield(chunk, nil) {
				return
			}
			chunk = chunk[:0]
		}
		if len(chunk) > 0 {
			yield(chunk, nil)
		}
	}
}

func without(all []service.Document, out refused) []service.Document {
	var kept []service.Document
	for _, d := range all {
		if !out[d.Number] {
			kept = append(kept, d)
		}
	}
	return kept
}
