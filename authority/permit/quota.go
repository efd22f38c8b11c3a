package permit

import (
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Exceeded tells that documents would pass a quota.
type Exceeded struct {
	Monthly bool // the quota of the month; otherwise of the day
	Quota   int64
	Used    int64        // before these documents
	Opens   calendar.Day // first day on which there is a fresh quota
}

// Use takes documents of the transaction from the quota of the main code's
// permit, or returns what they would exceed and takes nothing. It locks the
// guard row of each quota until the commit, so that files that come at once
// cannot both pass.
func (p *Permits) Use(tx store.Tx, mainID int64, of filing.Transaction, day calendar.Day, documents int64) (*Exceeded, error) {
	if takenInSuspension(of) {
		return nil, nil
	}
	permit, found, err := p.Of(tx, mainID, serviceOf(of))
	if err != nil || !found {
		return nil, err
	}
	limits := permit.limits(day)
	for i := range limits {
		l := &limits[i]
		if err := l.lock(tx, permit.ID); err != nil {
			return nil, fmt.Errorf("permit: lock the quota of permit %d for %s: %w", permit.ID, l.period, err)
		}
		if l.Used+documents > l.Quota {
			return &l.Exceeded, nil
		}
	}
	for _, l := range limits {
		if err := l.take(tx, permit.ID, documents); err != nil {
			return nil, fmt.Errorf("permit: use the quota of permit %d for %s: %w", permit.ID, l.period, err)
		}
	}
	return nil, nil
}

// Used tells how many documents are used of the permit's quotas on the day.
func (p *Permits) Used(r store.Reader, permitID int64, day calendar.Day) (today, month int64, err error) {
	for period, into := range map[string]*int64{day.String(): &today, monthOf(day): &month} {
		err := r.QueryRow(`SELECT used FROM permit_use WHERE permit_id = $1 AND period = $2`, permitID, period).Scan(into)
		if err != nil && !errors.Is(err, store.ErrNoRows) {
			return 0, 0, fmt.Errorf("permit: read what is used of permit %d in %s: %w", permitID, period, err)
		}
	}
	return today, month, nil
}

// limit is one quota in one period.
type limit struct {
	Exceeded
	period string
}

// limits are the quotas of a permit; the day stands first, so that rows are
// locked in one order.
func (p Permit) limits(day calendar.Day) []limit {
	var all []limit
	if p.Quota.PerDay > 0 {
		all = append(all, limit{Exceeded{Quota: p.Quota.PerDay, Opens: day.AddDays(1)}, day.String()})
	}
	if p.Quota.PerMonth > 0 {
		first := calendar.MustDay(monthOf(day) + "-01")
		all = append(all, limit{Exceeded{Monthly: true, Quota: p.Quota.PerMonth, Opens: first.AddMonths(1)}, monthOf(day)})
	}
	return all
}

func monthOf(day calendar.Day) string { return day.String()[:len("2026-03")] }

func (l *limit) lock(tx store.Tx, permitID int64) error {
	err := tx.Later(`INSERT INTO permit_use (permit_id, period, used) VALUES ($1, $2, 0)
		ON CONFLICT (permit_id, period) DO NOTHING`, permitID, l.period)
	if err != nil {
		return err
	}
	return tx.LockRow(`SELECT used FROM permit_use WHERE permit_id = $1 AND period = $2`, permitID, l.period).Scan(&l.Used)
}

func (l limit) take(tx store.Tx, permitID, documents int64) error {
	return store.One(ErrState)(tx.Exec(`UPDATE permit_use SET used = $1 WHERE permit_id = $2 AND period = $3 AND used = $4`,
		l.Used+documents, permitID, l.period, l.Used))
}
