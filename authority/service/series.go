package service

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Series are the serial numbers that the service gives, each series by a name of
// the service's own. The first of a series is 1.
type Series filing.Service

// Take moves a series on by n and returns the first of them.
func (s Series) Take(tx store.Tx, name string, n int64) (first int64, err error) {
	var next int64
	err = tx.QueryRow(`INSERT INTO service_series (service, name, next) VALUES ($1, $2, 1 + $3)
		ON CONFLICT (service, name) DO UPDATE SET next = service_series.next + $3
		RETURNING next`, string(s), name, n).Scan(&next)
	if err != nil {
		return 0, fmt.Errorf("service: take %d of the series %s of %s: %w", n, name, s, err)
	}
	return next - n, nil
}

// Next is what the series will give.
func (s Series) Next(r store.Reader, name string) (n int64, err error) {
	err = r.QueryRow(`SELECT COALESCE(MAX(next), 1) FROM service_series WHERE service = $1 AND name = $2`, string(s), name).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("service: read the series %s of %s: %w", name, s, err)
	}
	return n, nil
}
