package evening

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// chunk is documents that are applied together, and the numbers of documents
// between which the cursor moves: those refused on arrival are passed over.
type chunk struct {
	docs     []service.Document
	file     service.File // with what it says of itself
	from, to int64
}

// read sends the documents after the cursor to chunks, in file order.
func (x *reading) read(ctx context.Context, body io.Reader, cursor int64, chunks chan<- chunk) error {
	documents, err := filing.Documents(body, x.set, x.file.Transaction, x.file.Form)
	if err != nil {
		return err
	}
	documents.At(calendar.Of(x.file.Arrived).Time()) // the day of its check
	s := sender{ctx: ctx, chunks: chunks, size: x.pace.next, sent: cursor}
	var n int64
	for {
		content, err := documents.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if n++; n == 1 {
			s.file = x.file.Telling(documents.File())
		}
		switch {
		case err != nil && !x.refused(n):
			err = fmt.Errorf("read document %d: %w", n, err)
		case n <= cursor || x.refused(n):
			err = context.Cause(ctx)
		default:
			err = s.add(service.Document{Number: n, Content: content})
		}
		if err != nil {
			return err
		}
	}
	if n != x.file.Documents {
		return fmt.Errorf("it holds %d documents, %d were approved", n, x.file.Documents)
	}
	return s.flush(n)
}

// refused tells whether the document was refused on arrival (R43).
func (x *reading) refused(n int64) bool {
	_, found := slices.BinarySearch(x.file.Refused, n)
	return found
}

// sender gathers documents into chunks.
type sender struct {
	ctx    context.Context
	chunks chan<- chunk
	size   func() int // of the next chunk
	docs   []service.Document
	file   service.File
	sent   int64 // number of the last document sent or passed over
}

func (s *sender) add(d service.Document) error {
	if s.docs == nil {
		s.docs = make([]service.Document, 0, s.size())
	}
	s.docs = append(s.docs, d)
	if len(s.docs) < cap(s.docs) {
		return nil
	}
	return s.flush(d.Number)
}

// flush sends what is gathered and moves the cursor on to a number.
func (s *sender) flush(to int64) error {
	if s.sent == to {
		return nil
	}
	select {
	case s.chunks <- chunk{s.docs, s.file, s.sent, to}:
		s.docs, s.sent = nil, to
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	}
}
