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

// chunk is documents that are applied together, and the numbers in the file
// between which the cursor moves: those refused on arrival are passed over, and
// not counted for the service.
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
	var n, accepted int64
	for {
		content, err := documents.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if n++; n == 1 {
			s.file = x.accepted().Telling(documents.File())
		}
		refused := x.refused(n)
		if !refused {
			accepted++
		}
		switch {
		case err != nil && !refused:
			err = fmt.Errorf("read document %d: %w", n, err)
		case n <= cursor || refused:
			err = context.Cause(ctx)
		default:
			err = s.add(service.Document{Number: accepted, Content: content}, n)
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

// accepted is the file as its service applies it.
func (x *reading) accepted() service.File {
	f := x.file
	f.Documents -= int64(len(f.Refused))
	return f
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

// add takes a document that stands in the file under the number n.
func (s *sender) add(d service.Document, n int64) error {
	if s.docs == nil {
		s.docs = make([]service.Document, 0, s.size())
	}
	s.docs = append(s.docs, d)
	if len(s.docs) < cap(s.docs) {
		return nil
	}
	return s.flush(n)
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
