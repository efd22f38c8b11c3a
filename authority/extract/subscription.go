package extract

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Subscription is one extract that a credit bureau has delivered to one of its
// codes.
type Subscription struct {
	ID         int64
	CodeID     int64
	MainCodeID int64
	Code       string
	Extract    filing.Transaction // ce.extract and so on
	Schedule   Schedule           // zero: the standard one of the extract
	Active     bool
	Deliveries int64        // number of the last delivery; 0 before the first
	LastFull   calendar.Day // zero before the first
	revision   int64        // of the last delivery by schedule
	lastAny    calendar.Day
}

const deliveryDue = "delivery"

// Subscribe begins a subscription, or takes up one that has ended, whose
// numbers go on. Its first delivery is a full one, the next evening. It is
// refused when the code has one already.
func (e *Extracts) Subscribe(ctx context.Context, by service.Officer, s Subscription) (int64, error) {
	standard, known := StandardSchedules()[s.Extract]
	if !known {
		return 0, service.Refuse("unknown_extract", fmt.Sprintf("Utdraget %s finns inte.", s.Extract), fmt.Sprintf("There is no extract %s.", s.Extract))
	}
	if s.Schedule == (Schedule{}) {
		s.Schedule = standard
	}
	if err := by.Check(); err != nil {
		return 0, err
	}
	if err := s.Schedule.check(); err != nil {
		return 0, err
	}
	id, err := e.subs.Next(ctx, 1)
	if err != nil {
		return 0, err
	}
	s.ID = id
	err = e.act(ctx, by, act{kind: "subscribe", subject: s.Code, detail: string(s.Extract) + " " + s.Schedule.text()}, func(tx store.Tx, today calendar.Day) error {
		s.ID, err = begin(tx, s)
		if err != nil {
			return err
		}
		return service.Deadlines{}.Set(tx, service.Deadline{Service: filing.CreditExtract, Subject: s.ID, Kind: deliveryDue, Due: today})
	})
	return s.ID, err
}

func begin(tx store.Tx, s Subscription) (id int64, err error) {
	err = tx.QueryRow(`INSERT INTO extract_subscription (id, code_id, main_code_id, code, extract, state, full_every, full_on,
			diff_every, diff_on, number, revision)
		VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8, $9, 0, 0)
		ON CONFLICT (code_id, extract) DO UPDATE SET state = 'active', revision = 0, last_full = NULL, last_any = NULL,
			full_every = excluded.full_every, full_on = excluded.full_on, diff_every = excluded.diff_every, diff_on = excluded.diff_on
		WHERE extract_subscription.state = 'ended' RETURNING id`,
		s.ID, s.CodeID, s.MainCodeID, s.Code, string(s.Extract), string(s.Schedule.Whole.Every), s.Schedule.Whole.On,
		string(s.Schedule.Difference.Every), s.Schedule.Difference.On).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return 0, service.Refuse("subscribed", fmt.Sprintf("Koden %s prenumererar redan på %s.", s.Code, s.Extract),
			fmt.Sprintf("The code %s subscribes to %s already.", s.Code, s.Extract))
	}
	return id, err
}

// Unsubscribe ends a subscription. Deliveries that have not been sent are not.
func (e *Extracts) Unsubscribe(ctx context.Context, by service.Officer, code string, extract filing.Transaction) error {
	return e.act(ctx, by, act{kind: "unsubscribe", subject: code, detail: string(extract)}, func(tx store.Tx, _ calendar.Day) error {
		if _, err := lastRevision(tx); err != nil { // no delivery is made meanwhile
			return err
		}
		s, err := activeOf(tx, code, extract)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE extract_subscription SET state = 'ended' WHERE id = $1`, s.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM extract_delivery WHERE subscription = $1 AND sent IS NULL`, s.ID); err != nil {
			return err
		}
		return service.Deadlines{}.Cancel(tx, filing.CreditExtract, s.ID, deliveryDue)
	})
}

// Reschedule changes when a subscription is delivered.
func (e *Extracts) Reschedule(ctx context.Context, by service.Officer, code string, extract filing.Transaction, to Schedule) error {
	if err := to.check(); err != nil {
		return err
	}
	return e.act(ctx, by, act{kind: "reschedule", subject: code, detail: string(extract) + " " + to.text()}, func(tx store.Tx, today calendar.Day) error {
		s, err := activeOf(tx, code, extract)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE extract_subscription SET full_every = $1, full_on = $2, diff_every = $3, diff_on = $4 WHERE id = $5`,
			string(to.Whole.Every), to.Whole.On, string(to.Difference.Every), to.Difference.On, s.ID)
		if err != nil || s.LastFull.IsZero() {
			return err
		}
		s.Schedule = to
		return s.wait(tx, today)
	})
}

// wait sets the day of the next delivery.
func (s Subscription) wait(tx store.Tx, today calendar.Day) error {
	next, ever := s.Schedule.next(today)
	if !ever {
		return service.Deadlines{}.Cancel(tx, filing.CreditExtract, s.ID, deliveryDue)
	}
	return service.Deadlines{}.Set(tx, service.Deadline{Service: filing.CreditExtract, Subject: s.ID, Kind: deliveryDue, Due: next})
}

const selectSubscription = `SELECT id, code_id, main_code_id, code, extract, state = 'active', full_every, full_on, diff_every, diff_on,
	number, revision, last_full, last_any FROM extract_subscription `

func scanSubscription(rows *store.Rows) (s Subscription, err error) {
	err = rows.Scan(&s.ID, &s.CodeID, &s.MainCodeID, &s.Code, &s.Extract, &s.Active, &s.Schedule.Whole.Every, &s.Schedule.Whole.On,
		&s.Schedule.Difference.Every, &s.Schedule.Difference.On, &s.Deliveries, &s.revision, &s.LastFull, &s.lastAny)
	return s, err
}

// Subscriptions lists all subscriptions by code and extract, ended ones too.
func (e *Extracts) Subscriptions(r store.Reader) ([]Subscription, error) {
	return store.Collect(scanSubscription)(r.Query(selectSubscription + `ORDER BY code, extract`))
}

func subscription(r store.Reader, id int64) (Subscription, error) {
	all, err := store.Collect(scanSubscription)(r.Query(selectSubscription+`WHERE id = $1`, id))
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("there is no subscription %d", id)
	}
	if err != nil {
		return Subscription{}, err
	}
	return all[0], nil
}

func activeOf(r store.Reader, code string, extract filing.Transaction) (Subscription, error) {
	all, err := store.Collect(scanSubscription)(r.Query(selectSubscription+`WHERE code = $1 AND extract = $2 AND state = 'active'`, code, string(extract)))
	if err != nil {
		return Subscription{}, err
	}
	if len(all) == 0 {
		return Subscription{}, service.Refuse("not_subscribed", fmt.Sprintf("Koden %s prenumererar inte på %s.", code, extract),
			fmt.Sprintf("The code %s does not subscribe to %s.", code, extract))
	}
	return all[0], nil
}

func (s Schedule) text() string {
	return fmt.Sprintf("full %s %d, difference %s %d", s.Whole.Every, s.Whole.On, s.Difference.Every, s.Difference.On)
}
