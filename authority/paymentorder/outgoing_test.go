package paymentorder_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

func (b *bench) outgoing() (all []service.Batch) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		all, err = b.orders.Outgoing(r, calendar.Today(b.clock))
		return err
	})
	return all
}

func (b *bench) sent(batch service.Batch) error {
	return b.db.Do(b.Context(), func(tx store.Tx) error { return b.orders.Sent(tx, batch) })
}

// written writes a batch in both forms and reads it back.
func (b *bench) written(batch service.Batch) (contents []filing.Content) {
	b.Helper()
	for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		contents = nil
		var out bytes.Buffer
		b.read(func(r store.Reader) error {
			return b.orders.Write(r, batch, service.Output{Writer: &out, Form: form, Set: filing.Own()})
		})
		docs, err := filing.Documents(&out, filing.Own(), batch.Transaction, form)
		b.must(err)
		for {
			c, err := docs.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			b.must(err)
			contents = append(contents, c)
		}
	}
	return contents
}

func only(all []service.Batch, tx filing.Transaction) (some []service.Batch) {
	for _, b := range all {
		if b.Transaction == tx {
			some = append(some, b)
		}
	}
	return some
}

// The verdicts of an evening go out once, in one numbered file for each code;
// what comes after a file was named goes into the next, and nothing is lost when
// an evening is missed.
func TestVerdictsGoOut(t *testing.T) {
	each(t, func(b *bench) {
		if got := b.outgoing(); len(only(got, filing.BFVerdict)) != 0 {
			b.Errorf("nothing is decided, but %+v goes out", got)
		}
		first := b.decided(claim(2))
		named := only(b.outgoing(), filing.BFVerdict)
		if len(named) != 1 || named[0].Sequence != 1 || named[0].Documents != 1 || named[0].Code != "ABC" {
			b.Fatalf("named: %+v", named)
		}
		contents := b.written(named[0])
		if diff := cmp.Diff([]filing.Content{&b.verdictsOf(first)[0].PaymentOrderVerdict}, contents); diff != "" {
			b.Error(diff)
		}
		second := b.decided(claim(1)) // the evening was missed
		again := only(b.outgoing(), filing.BFVerdict)
		if len(again) != 1 || again[0].Key != named[0].Key || again[0].Documents != 2 {
			b.Errorf("named again: %+v", again)
		}
		b.must(b.sent(named[0]))
		if err := b.sent(named[0]); err == nil {
			b.Error("a batch was sent twice")
		}
		rest := only(b.outgoing(), filing.BFVerdict)
		if len(rest) != 1 || rest[0].Sequence != 2 || rest[0].Documents != 1 {
			b.Fatalf("the rest: %+v", rest)
		}
		if v := b.written(rest[0])[0].(*filing.PaymentOrderVerdict); v.CaseNumber != second {
			b.Errorf("the second file tells of %s", v.CaseNumber)
		}
		b.must(b.sent(rest[0]))
		if left := only(b.outgoing(), filing.BFVerdict); len(left) != 0 {
			b.Errorf("left: %+v", left)
		}
	})
}

// What happens in the day waits for its evening, though the evening before is
// still looked after; what is of that evening does not wait.
func TestEventsWaitForTheEvening(t *testing.T) {
	each(t, func(b *bench) {
		number := b.ordered(claim(1))
		yesterday := calendar.Today(b.clock)
		before := only(b.outgoing(), filing.BFEvent)[0]
		b.clock.Set(yesterday.AddDays(1).At(9, 0))
		b.must(b.orders.Serve(b.Context(), by, number, 1, 0))
		var named []service.Batch
		b.read(func(r store.Reader) (err error) {
			named, err = b.orders.Outgoing(r, yesterday)
			return err
		})
		if diff := cmp.Diff([]service.Batch{before}, only(named, filing.BFEvent)); diff != "" {
			b.Errorf("named for the evening before: %s", diff)
		}
		b.must(b.sent(before))
		if rest := only(b.outgoing(), filing.BFEvent); len(rest) != 1 || rest[0].Sequence != 2 || rest[0].Documents != 1 || len(b.written(rest[0])) != 1 {
			b.Errorf("named for the day: %+v", rest)
		}
	})
}

// Why an application was withdrawn is told in words, not in a symbol of ours.
func TestEventTellsWhyWithdrawn(t *testing.T) {
	each(t, func(b *bench) {
		for _, reason := range []filing.WithdrawalReason{"", filing.WithdrawnPaid, filing.WithdrawnSettled, filing.WithdrawnMistaken, filing.WithdrawnOther} {
			b.approved(b.atOnce(filing.BFWithdrawal, &filing.Withdrawal{CaseKey: key(b.ordered(claim(1))), Reason: reason}))
		}
		var remarks []string
		for _, c := range b.written(only(b.outgoing(), filing.BFEvent)[0]) {
			if e := c.(*filing.PaymentOrderEvent); e.Event == filing.EventDiscontinued {
				remarks = append(remarks, e.Remark)
			}
		}
		want := []string{"", "Svaranden har betalat.", "Parterna har kommit överens.", "Ansökan var felaktig.", "Annat skäl."}
		if diff := cmp.Diff(want, remarks); diff != "" {
			b.Error(diff)
		}
	})
}

// The extension tells what happens between confirmation and verdict; it tells
// nothing where it is off.
func TestEventsGoOut(t *testing.T) {
	each(t, func(b *bench) {
		number := b.contested(claim(1))
		batch := only(b.outgoing(), filing.BFEvent)[0]
		var kinds []filing.PaymentOrderEventKind
		var last calendar.Day
		for _, c := range b.written(batch) {
			e := c.(*filing.PaymentOrderEvent)
			kinds = append(kinds, e.Event)
			if e.CaseNumber != number || e.Reference == "" {
				b.Errorf("%+v", e)
			}
			last = e.LastDay
		}
		want := []filing.PaymentOrderEventKind{filing.EventOrdered, filing.EventServed, filing.EventObjection}
		if diff := cmp.Diff(want, kinds); diff != "" {
			b.Error(diff)
		}
		if last != calendar.Today(b.clock).AddDays(28) {
			b.Errorf("the last day to ask for transfer is %s", last)
		}
		off := newBench(b, b.db, "", func(c *paymentorder.Config) { c.Extension = nil })
		off.files = b.files
		off.ordered(claim(1))
		if again := only(b.outgoing(), filing.BFEvent); again[0].Documents != batch.Documents {
			b.Errorf("%+v though the extension is off", again)
		}
	})
}
