package extract

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Credit is the service for credit information. It takes nothing in.
type Credit struct{ extracts *Extracts }

// ID names the service.
func (*Credit) ID() filing.Service { return filing.CreditExtract }

// Routes is empty: bureaus subscribe, they do not ask.
func (*Credit) Routes() []service.Route { return nil }

// Verify is never called, since nothing comes in.
func (*Credit) Verify(store.Reader, service.File, []service.Document) (service.Judgement, error) {
	return service.Judgement{}, nil
}

// Apply is never called, since nothing comes in.
func (*Credit) Apply(context.Context, service.File, []service.Document) (service.Work, error) {
	return nil, fmt.Errorf("extract: %s takes no files in", filing.CreditExtract)
}

// Due makes the deliveries of subscriptions whose day has come. The lines of
// their extracts are held against the registers before it returns.
func (c *Credit) Due(ctx context.Context, due []service.Deadline) (service.Work, error) {
	e := c.extracts
	var extracts []filing.Transaction
	err := e.db.Read(ctx, func(r store.Reader) error {
		for _, d := range due {
			s, err := subscription(r, d.Subject)
			if err != nil {
				return fmt.Errorf("extract: a delivery is due: %w", err)
			}
			extracts = append(extracts, s.Extract)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := e.Refresh(ctx, extracts...); err != nil {
		return nil, err
	}
	today := e.today()
	return func(tx store.Tx) error {
		for _, d := range due {
			if err := e.deliver(tx, d.Subject, today); err != nil {
				return fmt.Errorf("extract: make the delivery of subscription %d: %w", d.Subject, err)
			}
		}
		return nil
	}, nil
}

// deliver makes the delivery of a subscription for today, unless there is one
// or its permit has ended, and waits for the next.
func (e *Extracts) deliver(tx store.Tx, id int64, today calendar.Day) error {
	revision, err := lastRevision(tx)
	if err != nil {
		return err
	}
	s, err := subscription(tx, id)
	if err != nil || !s.Active {
		return err
	}
	sends, err := e.permits.Sends(tx, s.CodeID, s.MainCodeID, s.Extract, today)
	if err != nil {
		return err
	}
	if sends && s.lastAny < today {
		if err := s.insert(tx, s.kind(today), revision, today); err != nil {
			return err
		}
	}
	return s.wait(tx, today)
}

// lastRevision locks the guard row: until the commit no line changes.
func lastRevision(tx store.Tx) (rev int64, err error) {
	err = tx.LockRow(`SELECT last FROM extract_revision WHERE name = 'line'`).Scan(&rev)
	return rev, err
}

// kind is what is delivered today by schedule.
func (s Subscription) kind(today calendar.Day) filing.Delivery {
	if s.LastFull.IsZero() || s.Schedule.Whole.fell(s.LastFull, today) {
		return filing.FullDelivery
	}
	return filing.Difference
}

func (s Subscription) insert(tx store.Tx, kind filing.Delivery, revision int64, today calendar.Day) error {
	_, err := tx.Exec(`INSERT INTO extract_delivery (subscription, number, kind, rev_from, rev_to, day) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.ID, s.Deliveries+1, string(kind), s.revision, revision, today)
	if err != nil {
		return err
	}
	if kind == filing.AtOnceDelivery {
		_, err = tx.Exec(`UPDATE extract_subscription SET number = $1 WHERE id = $2`, s.Deliveries+1, s.ID)
		return err
	}
	full := s.LastFull
	if kind == filing.FullDelivery {
		full = today
	}
	_, err = tx.Exec(`UPDATE extract_subscription SET number = $1, revision = $2, last_full = $3, last_any = $4 WHERE id = $5`,
		s.Deliveries+1, revision, full, today, s.ID)
	return err
}
