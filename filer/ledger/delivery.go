package ledger

import (
	"context"
	"database/sql"

	"filtjanst/filing"
)

// NumberDelivery notes the number of a delivery of a credit extract; it tells whether it is one
// that was missed.
func (t *Taking) NumberDelivery(code string, transaction filing.Transaction, number int64) (late bool, err error) {
	var missing int
	err = t.tx.QueryRowContext(t.ctx, `SELECT COALESCE(max(missing), 0) FROM delivery WHERE code = $1 AND kind = $2 AND number = $3`, code, transaction, number).Scan(&missing)
	if err != nil {
		return false, err
	}
	err = t.exec(`INSERT INTO delivery (code, kind, number, missing) VALUES ($1, $2, $3, 0)
		ON CONFLICT (code, kind, number) DO UPDATE SET missing = 0`, code, transaction, number)
	return missing == 1, err
}

// Gap is a numbered delivery that did not come.
type Gap struct {
	Code        string
	Transaction filing.Transaction
	Number      int64
}

// mostGaps bounds how many missing numbers are told at a time.
const mostGaps = 1000

// MissDeliveries notes the numbers between deliveries that came of which none
// was told before, and returns them. It is asked when all that was fetched has
// been taken in, since deliveries need not come in order.
func (l *Ledger) MissDeliveries(ctx context.Context, tell func(Gap) Event) ([]Gap, error) {
	var gaps []Gap
	err := l.do(ctx, func(tx *sql.Tx) error {
		var err error
		if gaps, err = gapsIn(ctx, tx); err != nil || len(gaps) == 0 {
			return err
		}
		t := newTaking(ctx, tx, Fetched{}, l.stamp())
		for _, g := range gaps {
			if err := t.exec(`INSERT INTO delivery (code, kind, number, missing) VALUES ($1, $2, $3, 1)`, g.Code, g.Transaction, g.Number); err != nil {
				return err
			}
			if err := t.Tell(tell(g)); err != nil {
				return err
			}
		}
		return t.flush()
	})
	return gaps, err
}

func gapsIn(ctx context.Context, tx *sql.Tx) ([]Gap, error) {
	type stretch struct {
		Gap
		to int64
	}
	stretches, err := collect(ctx, tx, func(rows *sql.Rows) (s stretch, err error) {
		return s, rows.Scan(&s.Code, &s.Transaction, &s.Number, &s.to)
	}, `SELECT code, kind, before + 1, number - 1 FROM (
			SELECT code, kind, number, lag(number) OVER (PARTITION BY code, kind ORDER BY number) AS before FROM delivery
		) WHERE before < number - 1 ORDER BY code, kind, number`)
	if err != nil {
		return nil, err
	}
	var gaps []Gap
	for _, s := range stretches {
		for n := s.Number; n <= s.to && len(gaps) < mostGaps; n++ {
			gaps = append(gaps, Gap{s.Code, s.Transaction, n})
		}
	}
	return gaps, nil
}
