// Package service holds the one interface that every file service implements
// (R1), and the deadlines that their cases wait for.
//
// The door and the evening run drive services through it and know none of
// them by name; a service knows neither of the two. The package must not know
// what any document means.
//
// Methods that take a [store.Reader] or [store.Tx] take no context: the
// transaction carries its own.
package service

import (
	"context"
	"io"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Service is one file service: what it takes in, and how cases live through
// it. Its methods are safe for use by several goroutines. An error is a fault
// of the system; what is wrong with a document is a [filing.Error].
type Service interface {
	// ID names the service.
	ID() filing.Service
	// Routes lists the transactions that the service takes in.
	Routes() []Route
	// Verify checks documents against the registers, and writes nothing. It gets
	// documents that were read without fault: of a file that takes effect at
	// once all of them, within the transaction that settles it; of one that is
	// answered later, or read in by evening if its route asks for it, chunk by
	// chunk before that.
	Verify(r store.Reader, f File, docs []Document) (Judgement, error)
	// Apply prepares a chunk of at most [ChunkSize] documents, in file order and
	// without those that were refused.
	// What needs the outside, as handing out ids, is done before it returns;
	// the work it returns runs within the transaction. After approval it never
	// refuses a document.
	Apply(ctx context.Context, f File, docs []Document) (Work, error)
	// Due prepares what follows when time has passed, for at most [ChunkSize]
	// deadlines of the service, of different subjects. The caller takes exactly
	// these deadlines away within the same transaction, before the work. If it
	// fails they come again one by one.
	Due(ctx context.Context, due []Deadline) (Work, error)
	// Outgoing names the batches that are to be sent for the day. A batch
	// named before is named again with the same Key until Sent was called.
	Outgoing(r store.Reader, day calendar.Day) ([]Batch, error)
	// Sent marks a batch as put in the outbox, within the same transaction. A
	// batch of an own extension that the code has not switched on is passed over
	// and marked too.
	Sent(tx store.Tx, b Batch) error
	// Write streams one batch in the form and by the profiles of out.
	Write(r store.Reader, b Batch, out Output) error
}

// Work is what is done within a transaction. It may run twice and must give
// the same rows each time: it reads no clock and hands out no ids.
type Work func(tx store.Tx) error

// ChunkSize is the most documents that one transaction applies, so that
// nobody holds SQLite's one writer long (DESIGN decision 8).
const ChunkSize = 500

// MaxAtOnce is the most documents of a file that is applied at once, since
// that is one transaction.
const MaxAtOnce = 10_000

// Output says where and in what form a batch is written.
type Output struct {
	Writer io.Writer
	Form   filing.Form
	Set    *filing.Set // profiles of the code and day
}
