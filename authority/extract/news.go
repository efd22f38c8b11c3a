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

// boundaries are the values that pass over days in registers as time goes.
func boundaries() []string { return []string{"today", "weeded", "noticed", "closed"} }

// news lists the persons of whom lines may have to change since the last
// refresh; known is false where everybody has to be looked at.
func (e *Extracts) news(ctx context.Context, of record, last refreshed, now values) (persons []string, known bool, err error) {
	if of.changed.text == "" || last.day.IsZero() || last.whole.AddDays(repairAfter) <= e.today() {
		return nil, false, nil
	}
	v, known, err := e.since(last.day, now)
	if err != nil || !known {
		return nil, false, err
	}
	err = e.db.Read(ctx, func(r store.Reader) error {
		persons, err = store.Collect(scanPerson)(r.Query(of.changed.text, of.changed.args(v)...))
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("find of whom there is news: %w", err)
	}
	return persons, len(persons) < mostNews, nil
}

func scanPerson(rows *store.Rows) (person string, err error) {
	err = rows.Scan(&person)
	return person, err
}

// since adds the values of the last refresh. Where the law has changed
// meanwhile, so that a boundary went back or is another, they say nothing.
func (e *Extracts) since(last calendar.Day, now values) (values, bool, error) {
	then, err := e.factParams(last)
	if err != nil {
		return nil, false, err
	}
	v := with(now, values{"since": last.AddDays(-overlap).String(), "since_at": store.Micros(last.AddDays(-overlap).At(0, 0)), "most": mostNews})
	for _, name := range boundaries() {
		if then[name].(string) > now[name].(string) {
			return nil, false, nil
		}
		v[name+"_then"] = then[name]
	}
	return v, then["secrecy_years"] == now["secrecy_years"], nil
}

// holdListed holds the lines of the persons against the register.
func (e *Extracts) holdListed(ctx context.Context, l lines, persons []string, v values) error {
	var steps []values
	for some := range slices.Chunk(persons, listLength) {
		steps = append(steps, with(v, listing(some)))
	}
	return e.hold(ctx, l, steps)
}
