package extract

import (
	"fmt"
	"strconv"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// delivery is a numbered delivery of a subscription that has not been sent.
type delivery struct {
	service.Batch
	subscription, mainCodeID int64
}

// Outgoing names the deliveries that have not been sent, in the order of their
// numbers. Those of a code whose permit has ended wait.
func (c *Credit) Outgoing(r store.Reader, day calendar.Day) ([]service.Batch, error) {
	all, err := store.Collect(func(rows *store.Rows) (d delivery, err error) {
		err = rows.Scan(&d.subscription, &d.Sequence, &d.Day, &d.CodeID, &d.mainCodeID, &d.Code, &d.Transaction)
		d.Key = fmt.Sprintf("%s/%d/%d", d.Transaction, d.subscription, d.Sequence)
		return d, err
	})(r.Query(`SELECT d.subscription, d.number, d.day, s.code_id, s.main_code_id, s.code, s.extract
		FROM extract_delivery d JOIN extract_subscription s ON s.id = d.subscription
		WHERE d.sent IS NULL AND d.day <= $1 ORDER BY d.subscription, d.number`, day))
	if err != nil {
		return nil, fmt.Errorf("extract: list credit deliveries due on %s: %w", day, err)
	}
	var batches []service.Batch
	for _, d := range all {
		sends, err := c.extracts.permits.Sends(r, d.CodeID, d.mainCodeID, d.Transaction, day)
		if err != nil {
			return nil, err
		}
		if sends {
			batches = append(batches, d.Batch)
		}
	}
	return batches, nil
}

// Sent marks a delivery as sent. It refuses one while an earlier one of the
// subscription has not been sent: a receiver who met them in another order would
// hold what was taken away.
func (*Credit) Sent(tx store.Tx, b service.Batch) error {
	id, err := subscriptionIn(b)
	if err != nil {
		return err
	}
	var waits int64
	err = tx.QueryRow(`SELECT COALESCE(MIN(number), 0) FROM extract_delivery WHERE subscription = $1 AND number < $2 AND sent IS NULL`,
		id, b.Sequence).Scan(&waits)
	if err != nil {
		return fmt.Errorf("extract: look for deliveries before %s: %w", b.Key, err)
	}
	if waits > 0 {
		return fmt.Errorf("extract: delivery %s waits for delivery %d, which has not been sent", b.Key, waits)
	}
	_, err = tx.Exec(`UPDATE extract_delivery SET sent = $1 WHERE subscription = $2 AND number = $3 AND sent IS NULL`, b.Day, id, b.Sequence)
	if err != nil {
		return fmt.Errorf("extract: mark delivery %s as sent: %w", b.Key, err)
	}
	return nil
}

// subscriptionIn reads the key that Outgoing has made.
func subscriptionIn(b service.Batch) (id int64, err error) {
	rest, found := cutPrefix(b.Key, string(b.Transaction)+"/")
	if found {
		id, err = strconv.ParseInt(rest, 10, 64)
	}
	if !found || err != nil {
		return 0, fmt.Errorf("extract: %q is not the key of a delivery", b.Key)
	}
	return id, nil
}
