package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Apply makes a case of each application, and does what withdrawals and
// reductions say.
func (o *Orders) Apply(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	if len(docs) == 0 {
		return func(store.Tx) error { return nil }, nil
	}
	if f.Transaction != filing.BFApplication {
		return o.applyAtOnce(ctx, f, docs)
	}
	b, err := o.setAside(ctx, f)
	if err != nil {
		return nil, err
	}
	if err := b.holds(docs); err != nil {
		return nil, err
	}
	c := chunk{block: b, file: f, docs: docs}
	if c.feeID, err = o.fees.NewIDs(ctx, len(docs)); err != nil {
		return nil, err
	}
	var held int
	if held, c.changes, err = o.foresee(ctx, f.ID, docs); err != nil {
		return nil, err
	}
	if c.frame, err = o.registering(ctx, docs, held); err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return o.register(tx, c) }, nil
}

// registering sets aside what a chunk of applications needs, with so much held
// for them. A part may be cut once for each respondent, for costs above the caps.
func (o *Orders) registering(ctx context.Context, docs []service.Document, held int) (f frame, err error) {
	n := need{cases: len(docs) + held}
	for _, d := range docs {
		a := application(d)
		n.pairs += 2 * len(a.Respondents) * len(a.Parts)
	}
	f = o.frame()
	f.reserved, err = o.reserve(ctx, n, false)
	return f, err
}

// holds tells whether the documents are applications within the block.
func (b block) holds(docs []service.Document) error {
	for _, d := range docs {
		if _, ok := d.Content.(*filing.Application); !ok || d.Number < 1 || d.Number > b.documents {
			return fmt.Errorf("paymentorder: document %d of file %d is not one of its %d applications", d.Number, b.file, b.documents)
		}
	}
	return nil
}

// application is the content of a document that holds has seen.
func application(d service.Document) *filing.Application { return d.Content.(*filing.Application) }

// register enters the cases of a chunk, after what was held for them has been
// done (R70).
func (o *Orders) register(tx store.Tx, c chunk) error {
	s := o.within(tx, c.frame)
	held, err := o.takeHeld(tx, c)
	if err == nil {
		err = s.begin(c, held)
	}
	if err != nil {
		return c.failed(err)
	}
	for _, t := range c.tables() {
		if _, err := tx.CopyIn(t.name, t.columns, t.rows(s.lives)); err != nil {
			return c.failed(err)
		}
	}
	if err := s.saveAssigned(); err != nil {
		return c.failed(err)
	}
	if err := s.save(); err != nil {
		return c.failed(err)
	}
	return o.fees.Charge(tx, c.fees()...)
}

func (c chunk) failed(err error) error {
	return fmt.Errorf("paymentorder: register documents %d to %d of file %d: %w",
		c.docs[0].Number, c.docs[len(c.docs)-1].Number, c.file.ID, err)
}

// fees are the application fees of the chunk: owed for what was withdrawn before
// read-in too (law.md §3). A fee lowered to nothing by statute is not charged.
func (c chunk) fees() []fee.Item {
	if c.block.fee == 0 {
		return nil
	}
	items := make([]fee.Item, len(c.docs))
	for i, d := range c.docs {
		a := application(d)
		items[i] = fee.Item{
			ID: c.feeID + int64(i), CodeID: c.file.CodeID, CaseID: c.block.caseID(d.Number), Reference: c.block.number(d.Number),
			Own: a.Reference, Client: a.Applicants[0].Name, Kind: fee.ApplicationFee, Amount: c.block.fee, Day: c.block.registered,
		}
	}
	return items
}
