package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	// ErrLeaseHeld says that another holder's lease has not run out.
	ErrLeaseHeld = errors.New("store: the lease is held by another")
	// ErrLeaseLost says that the lease ran out and another took it, or that it
	// was released.
	ErrLeaseLost = errors.New("store: the lease was lost")
)

// Lease is the right to do one kind of work, for a while. Times are the
// database's, so replicas need not agree on a clock.
type Lease struct {
	Name   string
	Holder string
	// Fence is higher for each later taking of the lease. Work keeps it, so
	// that what an earlier holder still does can be told and refused.
	Fence   int64
	Expires time.Time
}

// clock is the database's time in µs as an SQL expression. It is not the start
// of the transaction: a statement may have waited for a lock since.
func clock(e Engine) string {
	if e == Postgres {
		return `CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)`
	}
	return `CAST(unixepoch('subsec') * 1000000 AS INTEGER)`
}

// AcquireLease takes the lease if it is free or has run out, else it returns
// [ErrLeaseHeld]. The holder is unique to the process's run; one that asks
// again for a lease it holds is refused too.
func (db *DB) AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (Lease, error) {
	now := clock(db.engine)
	l := Lease{Name: name, Holder: holder}
	err := db.Do(ctx, func(tx Tx) error {
		return l.scan(tx.QueryRow(`INSERT INTO store_lease (name, holder, fence, expires)
			VALUES ($1, $2, 1, `+now+` + $3)
			ON CONFLICT (name) DO UPDATE
			SET holder = excluded.holder, fence = store_lease.fence + 1, expires = `+now+` + $3
			WHERE store_lease.expires <= `+now+`
			RETURNING fence, expires`, name, holder, ttl.Microseconds()), ErrLeaseHeld)
	})
	if err != nil {
		return Lease{}, fmt.Errorf("acquire %s: %w", name, err)
	}
	return l, nil
}

// FreeLeases ends the leases that a process that died has left. An embedded
// database is locked by its one process, so nobody else can hold one; where
// there are replicas it does nothing, and leases run out. It is called before
// any lease is taken.
func (db *DB) FreeLeases(ctx context.Context) error {
	if db.engine != SQLite {
		return nil
	}
	err := db.Do(ctx, func(tx Tx) error {
		_, err := tx.Exec(`UPDATE store_lease SET expires = 0 WHERE expires > 0`)
		return err
	})
	if err != nil {
		return fmt.Errorf("free the leases of a process that died: %w", err)
	}
	return nil
}

// RenewLease prolongs a lease that nobody has taken since, also one that has
// just run out, or returns [ErrLeaseLost].
func (db *DB) RenewLease(ctx context.Context, l Lease, ttl time.Duration) (Lease, error) {
	err := db.Do(ctx, func(tx Tx) error {
		return l.scan(tx.QueryRow(`UPDATE store_lease SET expires = `+clock(db.engine)+` + $4
			WHERE name = $1 AND holder = $2 AND fence = $3 AND expires > 0
			RETURNING fence, expires`, l.Name, l.Holder, l.Fence, ttl.Microseconds()), ErrLeaseLost)
	})
	if err != nil {
		return Lease{}, fmt.Errorf("renew %s: %w", l.Name, err)
	}
	return l, nil
}

// ReleaseLease gives the lease back. One that was lost is no error.
func (db *DB) ReleaseLease(ctx context.Context, l Lease) error {
	err := db.Do(ctx, func(tx Tx) error {
		_, err := tx.Exec(`UPDATE store_lease SET expires = 0
			WHERE name = $1 AND holder = $2 AND fence = $3`, l.Name, l.Holder, l.Fence)
		return err
	})
	if err != nil {
		return fmt.Errorf("release %s: %w", l.Name, err)
	}
	return nil
}

// Confirm makes the transaction depend on the lease: it returns [ErrLeaseLost]
// if another has taken it, and keeps others from taking it until the commit.
func (l Lease) Confirm(tx Tx) error {
	var fence, expires int64
	err := tx.LockRow(`SELECT fence, expires FROM store_lease WHERE name = $1`, l.Name).Scan(&fence, &expires)
	if errors.Is(err, ErrNoRows) || err == nil && (fence != l.Fence || expires == 0) {
		return fmt.Errorf("confirm %s: %w", l.Name, ErrLeaseLost)
	}
	return err
}

// scan reads fence and expires; no row means absent.
func (l *Lease) scan(row *Row, absent error) error {
	var expires int64
	err := row.Scan(&l.Fence, &expires)
	if errors.Is(err, ErrNoRows) {
		return absent
	}
	l.Expires = Moment(expires)
	return err
}
