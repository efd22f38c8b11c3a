package traffic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// SHS is the way over the SHS protocol.
type SHS struct {
	Client   *shs.Client
	From     shs.Address
	To       shs.Address
	Status   shs.Status
	Products map[filing.Transaction]string
	Now      func() time.Time // the label's datetime
	Attempts int              // of one transmission; at least 1
	Pause    time.Duration    // before the second attempt, doubled for each further
}

// Send posts the parcel as one message. It is repeated under the same tx.id
// as long as the fault may pass.
func (s *SHS) Send(ctx context.Context, p Parcel) (Sent, error) {
	label, payloads, err := s.message(p)
	if err != nil {
		return Sent{}, err
	}
	pause := s.Pause
	for attempt := 1; ; attempt++ {
		d, err := s.Client.Send(ctx, label, payloads)
		if err == nil {
			return Sent{TransactionID: first(d.LocalID, d.TxID), Repeated: d.Duplicate}, nil
		}
		if !shs.Retryable(err) {
			return Sent{}, refused(err)
		}
		if attempt >= s.Attempts {
			return Sent{}, fmt.Errorf("%w after %d attempts: %w", ErrUnclear, attempt, err)
		}
		if err := sleep(ctx, pause); err != nil {
			return Sent{}, err
		}
		pause *= 2
	}
}

func refused(err error) error {
	var remote *shs.RemoteError
	if errors.As(err, &remote) {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (s *SHS) message(p Parcel) (*shs.Label, []shs.Payload, error) {
	product, known := s.Products[p.Transaction]
	if !known {
		return nil, nil, fmt.Errorf("there is no product number for %s: add it under [products] in the configuration", p.Transaction)
	}
	label := &shs.Label{
		Version: "1.2", TxID: p.TxID, CorrID: p.TxID,
		Transfer: shs.Asynchronous, Sequence: shs.Event, Status: s.Status,
		From: &shs.Ref{Value: s.From.Value()}, To: &shs.Ref{Value: s.To.Value()}, Product: shs.Ref{Value: product},
		Meta:    []shs.Meta{{Name: "lopnummer", Value: strconv.FormatInt(p.Sequence, 10)}},
		Subject: string(p.Transaction), Datetime: s.Now(), Content: shs.Content{ID: p.TxID},
	}
	var payloads []shs.Payload
	for _, item := range p.Items {
		info, err := os.Stat(item.Path)
		if err != nil {
			return nil, nil, fmt.Errorf("the file to send is not there: %w", err)
		}
		label.Content.Data = append(label.Content.Data, shs.Data{Type: item.Kind, Filename: item.Name, Bytes: info.Size()})
		payloads = append(payloads, shs.Payload{Open: func() (io.ReadCloser, error) { return os.Open(item.Path) }})
	}
	return label, payloads, nil
}

// Fetch lists the filer's outbox at the node, saves each message, and only
// then acknowledges it.
func (s *SHS) Fetch(ctx context.Context, k Keeper) (int, error) {
	keeper := &shsKeeper{Keeper: k, address: s.From.Value()}
	done, err := s.Client.Collect(ctx, s.From, shs.Filter{Status: s.Status, Unacknowledged: true}, keeper)
	return done.Fetched, err
}

// shsKeeper gives shs.Client what it needs of a Keeper.
type shsKeeper struct {
	Keeper
	address string
}

func (k *shsKeeper) Unacknowledged(ctx context.Context) ([]string, error) {
	return k.Keeper.Unacknowledged(ctx, k.address)
}

func (k *shsKeeper) Has(ctx context.Context, txID string) (bool, error) {
	return k.Keeper.Has(ctx, k.address, txID)
}

func (k *shsKeeper) Acknowledged(ctx context.Context, txID string) error {
	return k.Keeper.Acknowledged(ctx, k.address, txID)
}

func (k *shsKeeper) Save(ctx context.Context, m *shs.Message) error {
	return k.Keeper.Save(ctx, func() (Incoming, error) { return NextOf(m, k.address) })
}

// NextOf gives the next data part of a message as an incoming file, or io.EOF.
func NextOf(m *shs.Message, address string) (Incoming, error) {
	part, err := m.Next()
	if err != nil {
		return Incoming{}, err
	}
	in := Incoming{Address: address, ID: m.Label.TxID, Product: m.Label.Product.Value, Name: part.Filename, Body: part}
	if m.Label.Sequence == shs.Admin {
		in.Name = m.Label.Product.Value + ".xml"
	}
	return in, nil
}
