package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// ready is a file that takes effect at once, read before the transaction that
// settles it, with the work that its service prepared.
type ready struct {
	documents []service.Document
	tooMany   bool
	refused   refused // the documents that the work leaves out
	work      []service.Work
}

// refused holds numbers of documents.
type refused map[int64]bool

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

// apply lets the service verify and apply a file that takes effect at once
// (R31). Files read in by evening pass.
func (s *settlement) apply(h *half, outcome filing.Outcome) (filing.Outcome, []filing.Error, error) {
	if s.evening(h) {
		return outcome, nil, nil
	}
	f := h.file(0)
	r, there := s.visit.ready[h.id]
	if !there {
		return "", nil, &unreadyError{half: h, file: f, refused: formallyRefused(h)}
	}
	if r.tooMany {
		return filing.Rejected, []filing.Error{*refusal(codeTooManyDocs)}, nil
	}
	judgement, err := s.door.routes[h.transaction].service.Verify(s.tx, f, without(r.documents, formallyRefused(h)))
	if err != nil {
		return "", nil, fmt.Errorf("intake: verify file %s: %w", f.TransactionID, err)
	}
	errs, out := judgement.Errors, formallyRefused(h)
	if !out.add(errs) || len(errs) > 0 && h.policy().DocumentErrors != filing.PerDocument || len(out) >= len(r.documents) {
		return filing.Rejected, errs, nil
	}
	if !maps.Equal(out, r.refused) {
		return "", nil, &unreadyError{half: h, file: f, refused: out}
	}
	for _, work := range r.work {
		if err := work(s.tx); err != nil {
			return "", nil, fmt.Errorf("intake: apply file %s: %w", f.TransactionID, err)
		}
	}
	if len(out) > 0 {
		outcome = filing.ApprovedInPart
	}
	return outcome, errs, nil
}

func formallyRefused(h *half) refused {
	out := refused{}
	for _, n := range h.findings.Verdict.Refused {
		out[int64(n)] = true
	}
	return out
}

// add marks the documents of the errors; false if one is of the whole file.
func (r refused) add(errs []filing.Error) bool {
	for _, e := range errs {
		if e.Class != filing.Document {
			return false
		}
		r[int64(e.Document)] = true
	}
	return true
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

// prepare reads the documents and lets the service prepare its work, in chunks
// in file order.
func (v *visit) prepare(ctx context.Context, u *unreadyError) error {
	r := v.ready[u.half.id]
	if r == nil {
		r = &ready{}
		if err := v.readDocuments(ctx, u.half, r); err != nil {
			return fmt.Errorf("intake: read the documents of file %s: %w", u.file.TransactionID, err)
		}
		v.ready[u.half.id] = r
	}
	r.refused, r.work = u.refused, nil
	if r.tooMany {
		return nil
	}
	s := v.door.routes[u.half.transaction].service
	docs := without(r.documents, u.refused)
	for len(docs) > 0 {
		n := min(len(docs), service.ChunkSize)
		work, err := s.Apply(ctx, u.file, docs[:n])
		if err != nil {
			return fmt.Errorf("intake: prepare file %s: %w", u.file.TransactionID, err)
		}
		r.work = append(r.work, work)
		docs = docs[n:]
	}
	return nil
}

func (v *visit) readDocuments(ctx context.Context, h *half, r *ready) error {
	if h.findings.Facts.Documents > service.MaxAtOnce {
		r.tooMany = true
		return nil
	}
	src, err := v.door.content(ctx, h)
	if err != nil {
		return err
	}
	defer src.Close()
	reader, err := filing.Documents(src, h.set, h.transaction, h.form)
	if err != nil {
		return err
	}
	reader.At(calendar.Of(h.from.arrived).Time())
	skip := formallyRefused(h)
	for n := int64(1); ; n++ {
		a, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !skip[n] {
			return err
		}
		r.documents = append(r.documents, service.Document{Number: n, Content: a})
	}
}
