package paymentorder_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// atOnce settles a file of withdrawals or reductions as the door does.
func (b *bench) atOnce(tx filing.Transaction, contents ...filing.Content) service.Judgement {
	b.Helper()
	docs := make([]service.Document, len(contents))
	for i, c := range contents {
		docs[i] = service.Document{Number: int64(i + 1), Content: c}
	}
	return b.settle(tx, docs)
}

func (b *bench) settle(tx filing.Transaction, docs []service.Document) (j service.Judgement) {
	b.Helper()
	b.files++
	f := service.File{ID: 1_000_000 + b.files, TransactionID: fmt.Sprint("t", b.files), PartyCode: "ABC", CodeID: 7, MainCodeID: 7,
		Transaction: tx, Arrived: b.clock.Now(), Documents: int64(len(docs))}
	b.must(b.settleFile(f, docs, &j))
	return j
}

// settleFile prepares the documents that are not refused, and then judges and
// applies them in one transaction; anew, if that refuses others.
func (b *bench) settleFile(f service.File, docs []service.Document, j *service.Judgement) error {
	refused := map[int]bool{}
	for {
		work, err := b.prepare(f, docs, refused)
		if err != nil {
			return err
		}
		err = b.db.Do(b.Context(), func(tx store.Tx) (err error) {
			if *j, err = b.orders.Verify(tx, f, docs); err != nil {
				return err
			}
			now := map[int]bool{}
			for _, e := range j.Errors {
				now[e.Document] = true
			}
			if !maps.Equal(now, refused) {
				refused = now
				return errUnready
			}
			return work(tx)
		})
		if !errors.Is(err, errUnready) {
			return err
		}
	}
}

var errUnready = errors.New("others are refused")

func (b *bench) prepare(f service.File, docs []service.Document, refused map[int]bool) (service.Work, error) {
	kept := slices.DeleteFunc(slices.Clone(docs), func(d service.Document) bool { return refused[int(d.Number)] })
	var works []service.Work
	for some := range slices.Chunk(kept, service.ChunkSize) {
		work, err := b.orders.Apply(b.Context(), f, some)
		if err != nil {
			return nil, err
		}
		works = append(works, work)
	}
	return func(tx store.Tx) error {
		for _, work := range works {
			if err := work(tx); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// pass moves the clock on to the evening of each day and does what is due.
func (b *bench) pass(days int) {
	b.Helper()
	for range days {
		b.clock.Set(calendar.Today(b.clock).AddDays(1).At(19, 0))
		b.evening()
	}
}

// passTo moves the clock to the evening of a day, by way of every evening on
// which anything is due.
func (b *bench) passTo(day calendar.Day) {
	b.Helper()
	for {
		var next calendar.Day
		var waits bool
		b.read(func(r store.Reader) (err error) {
			next, waits, err = service.Deadlines{}.Next(r)
			return err
		})
		if !waits || next > day {
			break
		}
		b.clock.Set(max(next, calendar.Today(b.clock)).At(19, 0))
		b.evening()
	}
	b.clock.Set(max(day, calendar.Today(b.clock)).At(19, 0))
}

// evening does what is due, as the evening run does.
func (b *bench) evening() {
	b.Helper()
	for {
		var due []service.Deadline
		b.read(func(r store.Reader) (err error) {
			due, err = service.Deadlines{}.Due(r, calendar.Today(b.clock), service.Deadline{}, service.ChunkSize)
			return err
		})
		if len(due) == 0 {
			return
		}
		for _, some := range onceEach(due) {
			work, err := b.orders.Due(b.Context(), some)
			b.must(err)
			b.must(b.db.DoLast(b.Context(), func(tx store.Tx) error {
				taken, err := service.Deadlines{}.Take(tx, some)
				if err != nil || len(taken) != len(some) {
					return fmt.Errorf("took %d of %d deadlines: %w", len(taken), len(some), err)
				}
				return work(tx)
			}))
		}
	}
}

// onceEach parts deadlines so that each subject stands once.
func onceEach(due []service.Deadline) (parts [][]service.Deadline) {
	seen := map[int64]int{}
	for _, d := range due {
		n := seen[d.Subject]
		seen[d.Subject]++
		for len(parts) <= n {
			parts = append(parts, nil)
		}
		parts[n] = append(parts[n], d)
	}
	return parts
}
