package extract

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// refreshChunk is about how many rows of a register one step of a refresh
// compares, so that nobody holds SQLite's one writer long.
const refreshChunk = 1000

// beyond stands after every identity number, and behind makes the first that
// can follow one.
const (
	beyond = "~"
	behind = " "
)

// lines are the statements that hold the lines of a record against its
// register.
type lines struct {
	fact    fact
	persons []statement
	differ  statement
	end     statement
	begin   statement
}

func linesOf(f fact) lines {
	persons := f.persons
	if len(persons) == 0 {
		persons = []string{strings.Fields(f.from)[0]}
	}
	l := lines{fact: f}
	for _, p := range persons {
		l.persons = append(l.persons, prepare(`SELECT identity FROM `+p))
	}
	l.persons = append(l.persons, prepare(`SELECT identity FROM extract_line WHERE record = {record}`))
	gone, added := holding()+` EXCEPT `+f.selected(), f.selected()+` EXCEPT `+holding()
	l.differ = prepare(`WITH f AS MATERIALIZED (` + f.selected() + `), l AS MATERIALIZED (` + holding() + `)
		SELECT CASE WHEN EXISTS (SELECT * FROM l EXCEPT SELECT * FROM f) OR EXISTS (SELECT * FROM f EXCEPT SELECT * FROM l) THEN 1 ELSE 0 END`)
	l.end = prepare(`UPDATE extract_line SET rev_to = {rev}
		WHERE record = {record} AND identity >= {lo} AND identity <= {hi} AND rev_to = ` + never + `
		AND (identity, fact) IN (SELECT identity, fact FROM (` + gone + `) AS gone)`)
	l.begin = prepare(`INSERT INTO extract_line (record, rev_from, rev_to, once_from, once_to, day, ` + keyed() + `)
		SELECT {record}, CAST({rev} AS BIGINT), ` + never + `, 0, 0, {today}, ` + keyed() + `
		FROM (` + added + `) AS added`)
	return l
}

// Refresh holds the lines of the extracts against the registers as they are on
// the clock's day, in steps. Of a record that was refreshed on the day already
// nothing is done. It fails while an import is unfinished.
func (e *Extracts) Refresh(ctx context.Context, extracts ...filing.Transaction) error {
	day := e.today()
	params, err := e.factParams(day)
	if err != nil {
		return err
	}
	for _, f := range e.facts {
		if len(extracts) > 0 && !slices.Contains(extracts, f.extract) {
			continue
		}
		params["record"] = f.record
		if err := e.refresh(ctx, linesOf(f), day, params); err != nil {
			return fmt.Errorf("extract: refresh the lines of record %s: %w", f.record, err)
		}
	}
	return nil
}

func (e *Extracts) refresh(ctx context.Context, l lines, day calendar.Day, v values) error {
	done, err := e.refreshed(ctx, l.fact.record, day)
	if err != nil || done {
		return err
	}
	bounds, err := e.bounds(ctx, l, v)
	if err != nil {
		return err
	}
	var steps []values
	lo := ""
	for _, hi := range append(bounds, beyond) {
		steps = append(steps, with(v, values{"lo": lo, "hi": hi}))
		lo = hi + behind
	}
	for some := range slices.Chunk(steps, comparedAtOnce) {
		if err := e.hold(ctx, l, some); err != nil {
			return err
		}
	}
	return e.db.Do(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`INSERT INTO extract_refresh (record, day, rev) SELECT $1, $2, last FROM extract_revision WHERE name = 'line'
			ON CONFLICT (record) DO UPDATE SET day = excluded.day, rev = excluded.rev`, l.fact.record, day)
		return err
	})
}

// refreshed tells whether a record was refreshed on the day, and refuses to
// begin while half an import stands in the registers.
func (e *Extracts) refreshed(ctx context.Context, record string, day calendar.Day) (done bool, err error) {
	err = e.db.Read(ctx, func(r store.Reader) error {
		var last calendar.Day
		err := r.QueryRow(`SELECT day FROM extract_refresh WHERE record = $1`, record).Scan(&last)
		if err != nil && !errors.Is(err, store.ErrNoRows) {
			return err
		}
		done = last >= day
		return unfinished(r)
	})
	return done, err
}

// bounds are where steps end: about every thousandth row of the registers and
// of the lines. Rows are counted by the beginning of the number, of which there
// are no more than there are days of birth, so that memory does not grow with
// the registers and nothing is sorted.
func (e *Extracts) bounds(ctx context.Context, l lines, v values) ([]string, error) {
	var count map[string]int
	err := e.db.Read(ctx, func(r store.Reader) error {
		count = map[string]int{}
		for _, p := range l.persons {
			for row, err := range store.Each(r.Query(p.text, p.args(v)...)) {
				var identity string
				if err == nil {
					err = row.Scan(&identity)
				}
				if err != nil {
					return err
				}
				count[beginning(identity)]++
			}
		}
		return nil
	})
	return ends(count), err
}

// beginning is the date of birth, or as much of an organisation number as there
// are enough of.
func beginning(identity string) string {
	n := len("19800101")
	if strings.HasPrefix(identity, "16") {
		n = len("165560")
	}
	return identity[:min(n, len(identity))]
}

func ends(count map[string]int) []string {
	var all []string
	rows := 0
	for _, b := range slices.Sorted(maps.Keys(count)) {
		if rows += count[b]; rows >= refreshChunk {
			all, rows = append(all, b+beyond), 0
		}
	}
	return all
}

// comparedAtOnce is how many steps are compared at the same time.
const comparedAtOnce = 4

// hold takes some steps: they are compared at the same time, and those in which
// anything differs are written in their order.
func (e *Extracts) hold(ctx context.Context, l lines, steps []values) error {
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

// step gives the lines of the persons a revision in which they are as the
// registers say.
func (l lines) step(tx store.Tx, v values) error {
	rev, err := nextRevision(tx)
	if err != nil {
		return err
	}
	return l.apply(tx, with(v, values{"rev": rev}))
}

func (l lines) apply(tx store.Tx, v values) error {
	if _, err := tx.Exec(l.end.text, l.end.args(v)...); err != nil {
		return err
	}
	_, err := tx.Exec(l.begin.text, l.begin.args(v)...)
	return err
}

// nextRevision takes the next revision and holds the guard row, so that
// revisions are committed in their order.
func nextRevision(tx store.Tx) (rev int64, err error) {
	err = tx.QueryRow(`UPDATE extract_revision SET last = last + 1 WHERE name = 'line' RETURNING last`).Scan(&rev)
	return rev, err
}
