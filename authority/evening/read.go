package evening

import (
	"context"
	"errors"
	"fmt"
	"io"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// read sends the documents after the cursor to chunks, in file order.
func (x *reading) read(ctx context.Context, body io.Reader, cursor int64, chunks chan<- []service.Document) error {
	documents, err := filing.Documents(body, x.set, x.file.Transaction, x.file.Form)
	if err != nil {
		return err
	}
	documents.At(calendar.Of(x.file.Arrived).Time()) // the day of its check
	s := sender{ctx: ctx, chunks: chunks, size: x.pace.next}
	var n int64
	for {
		a, err := documents.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read document %d: %w", n+1, err)
		}
		n++
		if n <= cursor {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			continue
		}
		if err := s.add(service.Document{Number: n, Content: a}); err != nil {
			return err
		}
	}
	if n != x.file.Documents {
		return fmt.Errorf("it holds %d documents, %d were approved", n, x.file.Documents)
	}
	return s.flush()
}

// sender gathers documents into chunks.
type sender struct {
	ctx    context.Context
	chunks chan<- []service.Document
	size   func() int // of the next chunk
	docs   []service.Document
}

func (s *sender) add(d service.Document) error {
	if s.docs == nil {
		s.docs = make([]service.Document, 0, s.size())
	}
	s.docs = append(s.docs, d)
	if len(s.docs) < cap(s.docs) {
		return nil
	}
	return s.flush()
}

func (s *sender) flush() error {
	if len(s.docs) == 0 {
		return nil
	}
	select {
	case s.chunks <- s.docs:
		s.docs = nil
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	}
}
