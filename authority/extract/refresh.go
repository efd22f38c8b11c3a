package extract

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Refresh holds the lines of the extracts against the registers as they are on
// the clock's day, in steps: those of everybody in the beginning, after an
// import, and now and then, as a repair; else those of whom there may be news
// since the last time. Of a record that was refreshed on the day already
// nothing is done. It fails while an import is unfinished.
func (e *Extracts) Refresh(ctx context.Context, extracts ...filing.Transaction) error {
	day := e.today()
	p, err := e.periods(day)
	if err != nil {
		return err
	}
	for _, r := range e.records {
		if len(extracts) > 0 && !slices.Contains(extracts, r.extract) {
			continue
		}
		if err := e.refresh(ctx, r, day, p); err != nil {
			return fmt.Errorf("extract: refresh the lines of record %s: %w", r.record, err)
		}
	}
	return nil
}

func (e *Extracts) refresh(ctx context.Context, r record, day calendar.Day, p periods) error {
	last, err := e.lastRefresh(ctx, r.record, p)
	if err != nil || last.day >= day {
		return err
	}
	persons, known, err := e.news(ctx, r, last, p)
	if err != nil {
		return err
	}
	v := with(p.on(day), values{"record": r.record})
	if known {
		err = e.holdListed(ctx, r.listed, persons, v)
	} else {
		last.whole, err = day, e.holdAll(ctx, r, v)
	}
	if err != nil {
		return err
	}
	return e.db.Do(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`INSERT INTO extract_refresh (record, day, whole, doubt, periods) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (record) DO UPDATE SET day = excluded.day, whole = excluded.whole, doubt = excluded.doubt, periods = excluded.periods`,
			r.record, day, last.whole, last.doubt, p.text())
		return err
	})
}

// refreshed is when a record was refreshed: the days are zero where it has to
// be done for everybody, as when the periods were others. doubt is the last doubt, so that one that comes while
// the record is being refreshed again is not lost.
type refreshed struct {
	day, whole calendar.Day
	doubt      int64
}

// lastRefresh refuses to go on while half an import stands in the registers.
func (e *Extracts) lastRefresh(ctx context.Context, record string, p periods) (last refreshed, err error) {
	err = e.db.Read(ctx, func(r store.Reader) error {
		last = refreshed{}
		err := r.QueryRow(`SELECT d.last, f.day, f.whole FROM extract_revision d
			LEFT JOIN extract_refresh f ON f.record = $1 AND f.doubt = d.last AND f.periods = $2 WHERE d.name = 'doubt'`, record, p.text()).Scan(&last.doubt, &last.day, &last.whole)
		if err != nil {
			return err
		}
		return unfinished(r)
	})
	return last, err
}

// Distrust lets the next refresh be of everybody. It is called within the
// transaction that deletes what a view told of, so that neither stands without
// the other: no view tells of whom.
func (*Extracts) Distrust(tx store.Tx) error {
	if _, err := tx.Exec(`UPDATE extract_revision SET last = last + 1 WHERE name = 'doubt'`); err != nil {
		return fmt.Errorf("extract: note that lines must be refreshed for everybody: %w", err)
	}
	return nil
}

// comparedAtOnce is how many steps are compared at the same time.
const comparedAtOnce = 4

// hold takes steps, some at a time: they are compared at the same time, and
// those in which anything differs are written in their order.
func (e *Extracts) hold(ctx context.Context, l lines, steps []values) error {
	for some := range slices.Chunk(steps, comparedAtOnce) {
		if err := e.holdSome(ctx, l, some); err != nil {
			return err
		}
	}
	return nil
}

func (e *Extracts) holdSome(ctx context.Context, l lines, steps []values) error {
	differs := make([]bool, len(steps))
	group, inGroup := errgroup.WithContext(ctx)
	for i, v := range steps {
		group.Go(func() (err error) {
			differs[i], err = e.differs(inGroup, l, v)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, v := range steps {
		if !differs[i] {
			continue
		}
		if err := e.db.DoLast(ctx, func(tx store.Tx) error { return l.step(tx, v) }); err != nil {
			return err
		}
	}
	return nil
}

// differs tells whether the lines of a step are not as the registers say.
func (e *Extracts) differs(ctx context.Context, l lines, v values) (bool, error) {
	var differs int
	err := e.db.Read(ctx, func(r store.Reader) error {
		return r.QueryRow(l.differ.text, l.differ.args(v)...).Scan(&differs)
	})
	return differs != 0, err
}

func with(v values, more values) values {
	all := make(values, len(v)+len(more))
	for name, value := range v {
		all[name] = value
	}
	for name, value := range more {
		all[name] = value
	}
	return all
}
