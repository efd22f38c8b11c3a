package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"filtjanst/authority/intake"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// mix is what an evening of mixed documents holds, in shares of a hundred:
// applications for payment orders, of which some are withdrawn before they are
// read in, and applications for enforcement.
var mix = struct{ orders, withdrawn, enforcements int }{64, 2, 34}

// mixedEvening holds an evening of mixed documents to loading the rows of its
// applications in bulk.
func mixedEvening(ctx context.Context, b *bench) error {
	var turns []sample
	for range b.turnsOr(b.slowTurns) {
		floor, err := b.bulkMixed(ctx)
		if err != nil {
			return err
		}
		work, err := b.oneMixed(ctx)
		if err != nil {
			return err
		}
		turns = append(turns, sample{work.Seconds(), floor.Seconds()})
	}
	f := against(fmt.Sprintf("evening of %d mixed documents", b.sizes.evening), "s", atMost(4), turns)
	f.Note = fmt.Sprintf("%.0f documents/s", float64(b.sizes.evening)/f.Work.Median)
	return b.tell(f)
}

// mixed is a house with the documents of one mixed evening.
type mixed struct {
	*house
	codeID                      int64
	orders, withdrawn, enforced []filing.Content
}

func (b *bench) mixedHouse(ctx context.Context) (m *mixed, err error) {
	m = &mixed{}
	if m.house, err = b.newHouse(ctx, 1); err != nil {
		return nil, err
	}
	if m.codeID, err = m.codeOf(ctx, m.filers[0]); err == nil {
		err = m.permit(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, m.close())
	}
	n := b.sizes.evening
	m.orders = filingtest.Contents(filing.BFApplication, seed, n*mix.orders/100)
	m.enforced = filingtest.Contents(filing.VEApplication, seed, n*mix.enforcements/100)
	for i := range n * mix.withdrawn / 100 {
		m.withdrawn = append(m.withdrawn, &filing.Withdrawal{
			CaseKey: filing.CaseKey{Sequence: 1, Reference: m.orders[i*10].OwnReference()}, Reason: filing.WithdrawnPaid,
		})
	}
	return m, nil
}

// permit lets the filer apply for enforcement too.
func (m *mixed) permit(ctx context.Context) error {
	id, err := m.world.Permits.NewIDs(ctx, 2)
	if err != nil {
		return err
	}
	return m.world.DB.Do(ctx, func(tx store.Tx) error {
		_, err := m.world.Permits.Grant(tx, permit.Permit{ID: id, CodeID: m.codeID, Service: filing.Enforcement, From: calendar.Today(m.world.Clock) - 1},
			permit.Act{ID: id + 1, Reason: "bench", By: "bench", At: m.world.Clock.Now()})
		return err
	})
}

// oneMixed times the evening from files that wait to their confirmations.
func (b *bench) oneMixed(ctx context.Context) (took time.Duration, err error) {
	m, err := b.mixedHouse(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	for _, f := range []struct {
		tx       filing.Transaction
		contents []filing.Content
	}{{filing.BFApplication, m.orders}, {filing.VEApplication, m.enforced}, {filing.BFWithdrawal, m.withdrawn}} {
		if err := m.lodge(ctx, f.tx, f.contents); err != nil {
			return 0, err
		}
	}
	m.orders, m.enforced, m.withdrawn = nil, nil, nil
	return b.timed(func() error {
		return m.evening(ctx, b.sizes.evening*(mix.orders+mix.enforcements)/100)
	})
}

// lodge hands a file in at the door, with its cover note if it needs one.
func (m *mixed) lodge(ctx context.Context, tx filing.Transaction, contents []filing.Content) error {
	f := m.filers[0]
	facts := filingtest.FactsOf(tx, f.code, 1, contents)
	body, err := filingtest.Write(filing.Own(), tx, filing.TextForm, facts, contents)
	if err != nil {
		return err
	}
	parts := []intake.Part{{Body: bytes.NewReader(body)}}
	if info, _ := filing.Info(tx); info.Note != "" {
		var note bytes.Buffer
		if err := filing.WriteNote(&note, filing.Own(), filing.TextForm, filingtest.NoteTo(tx, facts)); err != nil {
			return err
		}
		parts = append(parts, intake.Part{Body: &note})
	}
	answer, err := m.world.Door.Take(ctx, intake.Arrival{
		Sender: f.number, Channel: intake.SHS, TxID: string(tx), CorrID: "bench", ContentID: "bench", Transaction: tx,
	}, func() (intake.Part, error) {
		if len(parts) == 0 {
			return intake.Part{}, io.EOF
		}
		next := parts[0]
		parts = parts[1:]
		return next, nil
	})
	if err == nil && answer.Outcomes[0].Outcome != filing.Approved {
		err = fmt.Errorf("a file of %s was %s", tx, answer.Outcomes[0].Outcome)
	}
	return err
}

// bulkMixed is the floor: the rows of the same applications in one transaction.
func (b *bench) bulkMixed(ctx context.Context) (took time.Duration, err error) {
	m, err := b.mixedHouse(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	orders, err := m.rows(ctx, m.world.Orders, 1, filing.BFApplication, m.orders)
	if err != nil {
		return 0, err
	}
	enforced, err := m.rows(ctx, m.world.Enforcements, 2, filing.VEApplication, m.enforced)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	err = m.world.DB.Do(ctx, func(tx store.Tx) error { return errors.Join(orders(tx), enforced(tx)) })
	return time.Since(begun), err
}

func (m *mixed) rows(ctx context.Context, s service.Service, file int64, tx filing.Transaction, contents []filing.Content) (service.Work, error) {
	docs := make([]service.Document, len(contents))
	for i := range docs {
		docs[i] = service.Document{Number: int64(i + 1), Content: contents[i]}
	}
	now := m.world.Clock.Now()
	return s.Apply(ctx, service.File{
		ID: file, PartyCode: m.filers[0].code, CodeID: m.codeID, MainCodeID: m.codeID, Transaction: tx, Form: filing.TextForm,
		Sequence: 1, Documents: int64(len(docs)), Arrived: now, ReadInDay: calendar.Of(now),
	}, docs)
}
