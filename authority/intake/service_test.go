package intake

import (
	"context"
	"fmt"
	"sync"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// applications is a service that takes applications by its timing and keeps
// the numbers of the documents it was given.
type applications struct {
	timing service.Timing
	route  func(*service.Route) // changes the route; may be nil
	verify func(service.File, []service.Document) []filing.Error
	judge  func([]service.Document) service.Judgement // goes before verify

	wantNotice filing.Notice // of every file; "" is any
	short      int           // so many works lack what a case has come to need since

	mu      sync.Mutex
	applied map[string][]int64 // numbers of documents by transaction id, once committed or not
}

func (*applications) ID() filing.Service { return filing.PaymentOrder }

func (a *applications) Routes() []service.Route {
	r := service.Route{
		Transaction: filing.BFApplication, Note: filing.BFApplicationNote, Timing: a.timing,
		Receipt: filing.BFApplicationReceipt, Confirmation: filing.BFConfirmation,
	}
	if a.route != nil {
		a.route(&r)
	}
	return []service.Route{r}
}

func (a *applications) Verify(_ store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	if a.judge != nil {
		return a.judge(docs), nil
	}
	if a.verify == nil {
		return service.Judgement{}, nil
	}
	return service.RefusedBy(a.verify(f, docs)...), nil
}

func (a *applications) Apply(_ context.Context, f service.File, docs []service.Document) (service.Work, error) {
	if a.wantNotice != "" && f.Notice != a.wantNotice {
		return nil, fmt.Errorf("file %d: notice %q", f.ID, f.Notice)
	}
	numbers := make([]int64, len(docs))
	for i, d := range docs {
		if d.Content == nil {
			return nil, fmt.Errorf("document %d has no application", d.Number)
		}
		numbers[i] = d.Number
	}
	return func(store.Tx) error {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.short > 0 {
			a.short--
			return fmt.Errorf("a case has grown: %w", store.ErrShort)
		}
		a.applied[f.TransactionID] = append(a.applied[f.TransactionID], numbers...)
		return nil
	}, nil
}

func (*applications) Due(context.Context, []service.Deadline) (service.Work, error) { return nil, nil }

func (*applications) Outgoing(store.Reader, calendar.Day) ([]service.Batch, error) { return nil, nil }
func (*applications) Sent(store.Tx, service.Batch) error                           { return nil }

func (*applications) Write(store.Reader, service.Batch, service.Output) error { return nil }
