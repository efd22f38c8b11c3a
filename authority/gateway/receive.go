package gateway

import (
	"context"
	"io"
	"log/slog"

	"filtjanst/authority/intake"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/shs"
)

// inbox is the receive service over the doors of the worlds.
type inbox struct {
	worlds       worlds
	organisation string // the authority's own
	log          *slog.Logger
}

// Receive judges the label, and only then reads the parts.
func (in *inbox) Receive(ctx context.Context, peer shs.Peer, m *shs.Message) (shs.Accepted, error) {
	w, err := in.worlds.ofStatus(ctx, m.Label.Status)
	if err != nil {
		return shs.Accepted{}, err
	}
	from, err := sender(m.Label, peer)
	if err != nil {
		return shs.Accepted{}, err
	}
	if err := w.admitSender(ctx, peer, from); err != nil {
		return shs.Accepted{}, err
	}
	if m.Label.Sequence == shs.Admin {
		return in.management(ctx, w, from, m)
	}
	accepted, err := in.file(ctx, w, from, m)
	return accepted, forSHS(err)
}

// sender is the address in from; a message with an originator alone comes from
// the organisation of the certificate.
func sender(l *shs.Label, peer shs.Peer) (shs.Address, error) {
	if l.From == nil || shs.TrimURN(l.From.Value) == "" {
		l.From = &shs.Ref{Value: peer.Organisation}
	}
	return l.Sender()
}

func (in *inbox) file(ctx context.Context, w *World, from shs.Address, m *shs.Message) (shs.Accepted, error) {
	tx, agreement, err := in.route(w, m.Label)
	if err != nil {
		return shs.Accepted{}, err
	}
	answer, err := w.Door.Take(ctx, intake.Arrival{
		Sender: from.Organisation, Address: from.Key(), Channel: intake.SHS,
		TxID: m.Label.TxID, CorrID: m.Label.CorrID, ContentID: m.Label.Content.ID,
		Transaction: tx, Confirm: agreement == nil || agreement.Confirm != "no",
	}, func() (intake.Part, error) { return nextPart(m) })
	if err != nil {
		return shs.Accepted{}, err
	}
	return shs.Accepted{LocalID: answer.TransactionID, Arrived: answer.Arrived, Duplicate: answer.Duplicate}, nil
}

// route checks receiver, product and agreement, and gives the transaction.
func (in *inbox) route(w *World, l *shs.Label) (filing.Transaction, *shs.Agreement, error) {
	product, err := shs.ParseProduct(l.Product.Value)
	if err != nil {
		return "", nil, refuse(shs.IllegalProductType, "%v", err)
	}
	tx, ok := w.Products.in(product)
	if !ok {
		return "", nil, refuse(shs.UnknownProductType, "product %s is not taken in here", product)
	}
	if err := in.receiver(l); err != nil {
		return "", nil, err
	}
	agreement, err := shs.CheckAgreement(l, w.Clock.Now(), w.Agreements, w.Public)
	return tx, agreement, err
}

// receiver holds to against our own number; without to the product, which is
// ours, gives the receiver.
func (in *inbox) receiver(l *shs.Label) error {
	if l.To == nil || shs.TrimURN(l.To.Value) == "" {
		l.To = &shs.Ref{Value: in.organisation}
		return nil
	}
	to, err := l.Receiver()
	if err != nil {
		return err
	}
	if to.Organisation != in.organisation {
		return refuse(shs.UnknownReceiver, "the receiver %s is not at this node", to)
	}
	return nil
}

// nextPart hands over a part. Its declared size is not passed on: peers count
// differently, and the closing boundary tells that all has come.
func nextPart(m *shs.Message) (intake.Part, error) {
	p, err := m.Next()
	if err != nil {
		return intake.Part{}, err
	}
	return intake.Part{Name: shs.BaseName(p.Filename), DataPartType: p.Data.Type, Body: p}, nil
}

// management applies a confirm or error message to what it answers. Both may
// come twice.
func (in *inbox) management(ctx context.Context, w *World, from shs.Address, m *shs.Message) (shs.Accepted, error) {
	if m.Management == nil {
		return shs.Accepted{}, refuse(shs.UnknownProductType, "adm messages of product %s are not taken here", m.Label.Product.Value)
	}
	if err := in.receiver(m.Label); err != nil {
		return shs.Accepted{}, err
	}
	if err := drain(m); err != nil {
		return shs.Accepted{}, err
	}
	now := w.Clock.Now()
	var affected int64
	err := w.DB.Do(ctx, func(tx store.Tx) (err error) {
		a := m.Management
		if a.Failure == nil {
			affected, err = w.Box.Confirmed(tx, from.Organisation, a.CorrID, a.ContentID, now)
			return err
		}
		affected, err = w.Box.Fault(tx, from.Organisation, a.CorrID, a.ContentID, a.Failure.RawCode, a.Failure.Info, now)
		return err
	})
	if err != nil {
		return shs.Accepted{}, err
	}
	if m.Management.Failure != nil && affected > 0 {
		in.log.ErrorContext(ctx, "gateway: a filer could not take a message, it is quarantined",
			"world", w.Name, "organisation", from.String(), "corr_id", m.Management.CorrID, "code", m.Management.Failure.RawCode)
	}
	return shs.Accepted{Arrived: now}, nil
}

func drain(m *shs.Message) error {
	for {
		_, err := m.Next()
		if err == io.EOF { //nolint:errorlint // a message cut short wraps io.EOF
			return nil
		}
		if err != nil {
			return err
		}
	}
}
