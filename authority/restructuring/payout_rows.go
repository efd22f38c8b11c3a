package restructuring

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/money"
)

func (a *act) keepPayout(p Payout) error {
	_, err := a.tx.Exec(`INSERT INTO restructuring_payout (matter_id, year, day, received, interest, fee, rest, final)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.ID, p.Year, p.Day, int64(p.Received), int64(p.Interest), int64(p.Fee), int64(p.Rest), p.Final)
	if err == nil {
		columns := []string{"matter_id", "year", "report_id", "position", "amount", "interest", "state", "since"}
		_, err = a.tx.CopyIn("restructuring_payout_line", columns, func(yield func([]any) bool) {
			for _, l := range p.Lines {
				if !yield([]any{a.ID, p.Year, l.ReportID, l.Position, int64(l.Amount), int64(l.Interest), string(l.State), l.Since.String()}) {
					return
				}
			}
		})
	}
	if err != nil {
		return fmt.Errorf("restructuring: keep payout %d of matter %s: %w", p.Year, a.Number, err)
	}
	return nil
}

// Payouts lists the payouts of a matter.
func (*Matters) Payouts(r store.Reader, matter int64) ([]Payout, error) {
	all, err := store.Collect(scanPayout)(r.Query(`SELECT year, day, received, interest, fee, rest, final
		FROM restructuring_payout WHERE matter_id = $1 ORDER BY year`, matter))
	if err == nil {
		err = addLines(r, matter, all)
	}
	if err != nil {
		return nil, fmt.Errorf("restructuring: list the payouts of matter %d: %w", matter, err)
	}
	return all, nil
}

// addLines gives the payouts of a matter, which come by year from 1, their
// lines.
func addLines(r store.Reader, matter int64, all []Payout) error {
	rows := store.Each(r.Query(`SELECT year, report_id, position, amount, interest, state, since
		FROM restructuring_payout_line WHERE matter_id = $1 ORDER BY year, report_id, position`, matter))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var year int64
		l, err := scanLine(row, &year)
		if err != nil {
			return err
		}
		if year < 1 || year > int64(len(all)) {
			return fmt.Errorf("a line of year %d, of %d payouts", year, len(all))
		}
		all[year-1].Lines = append(all[year-1].Lines, l)
	}
	return nil
}

func scanPayout(rows *store.Rows) (p Payout, err error) {
	var received, interest, fee, rest int64
	err = rows.Scan(&p.Year, &p.Day, &received, &interest, &fee, &rest, &p.Final)
	p.Received, p.Interest, p.Fee, p.Rest = money.Amount(received), money.Amount(interest), money.Amount(fee), money.Amount(rest)
	return p, err
}

func scanLine(rows *store.Rows, year *int64) (l PayoutLine, err error) {
	var amount, interest int64
	err = rows.Scan(year, &l.ReportID, &l.Position, &amount, &interest, &l.State, &l.Since)
	l.Amount, l.Interest = money.Amount(amount), money.Amount(interest)
	return l, err
}
