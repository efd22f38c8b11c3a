package extract

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

const (
	// repairAfter is how many days after a refresh of everybody the next is.
	repairAfter = 30
	// mostNews is of how many persons at most there is news: beyond, everybody
	// is refreshed.
	mostNews = 100_000
	// overlap is how many days before the last refresh news begins. What was
	// entered on one day may be kept on the next.
	overlap = 1
)

// Of whom there may be news. Each is a SELECT of identity, whose values are
// those of the day and, with _then, of the last refresh.
const (
	entered      = `SELECT identity FROM extract_touched WHERE day >= {since}`
	enforced     = `SELECT t.identity FROM enforcement_touched t WHERE t.day >= {since}`
	enforcedTax  = enforced + ` AND EXISTS (SELECT 1 FROM extract_public_case o WHERE o.identity = t.identity)`
	investigated = enforced + ` AND t.investigated`
	repossessed  = enforced + ` AND t.repossession`
	ordered      = `SELECT identity FROM paymentorder_touched WHERE day >= {since}`
	weededLines  = `SELECT identity FROM extract_line WHERE record = {record} AND rev_to = ` + never + ` AND day_1 >= {weeded_then} AND day_1 <= {weeded}`
	noticedLong  = `SELECT identity FROM extract_public_case WHERE notice_day >= {noticed_then} AND notice_day <= {noticed}`
	endedLong    = `SELECT identity FROM extract_public_case WHERE ended >= {closed_then} AND ended <= {closed}`
	closedLong   = `SELECT identity FROM enforcement_debts WHERE closed >= {closed_then} AND closed <= {closed}`
	guarded      = `SELECT identity FROM notice_protected WHERE noted >= {since_at} OR from_day >= {today_then} AND from_day <= {today}
		OR until_day >= {since} AND until_day <= {today}`
	administrated = `SELECT identity FROM extract_administrator WHERE until_day >= {today_then} AND until_day <= {today}`
)

// news lists the persons of whom lines may have to change since the last
// refresh; known is false where everybody has to be looked at.
func (e *Extracts) news(ctx context.Context, of record, last refreshed, p periods) (persons []string, known bool, err error) {
	today := e.today()
	if of.changed.text == "" || last.day.IsZero() || last.whole.AddDays(repairAfter) <= today {
		return nil, false, nil
	}
	v := p.since(last.day, today)
	v["record"] = of.record
	err = e.db.Read(ctx, func(r store.Reader) error {
		persons, err = store.Collect(store.Only[string])(r.Query(of.changed.text, of.changed.args(v)...))
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("find of whom there is news: %w", err)
	}
	return persons, len(persons) < mostNews, nil
}

// since are the values of today and of a day on which the periods were the same.
func (p periods) since(last, today calendar.Day) values {
	begun := last.AddDays(-overlap)
	v := with(p.on(today), values{"since": begun.String(), "since_at": store.Micros(begun.At(0, 0)), "most": mostNews})
	for name, value := range p.on(last) {
		v[name+"_then"] = value
	}
	return v
}

// holdListed holds the lines of the persons against the register.
func (e *Extracts) holdListed(ctx context.Context, l lines, persons []string, v values) error {
	var steps []values
	for some := range slices.Chunk(persons, listLength) {
		steps = append(steps, with(v, listing(some)))
	}
	return e.hold(ctx, l, steps)
}
