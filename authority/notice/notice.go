package notice

import (
	"context"
	"errors"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// DefaultLease is how long a print service has to acknowledge a letter before
// it is offered again.
const DefaultLease = 30 * time.Minute

// Config is what the room is told at start.
type Config struct {
	Sender     Sender
	Forwarding Office             // of the Tax Agency, where letters to protected persons go
	Lease      time.Duration      // 0 = DefaultLease
	Disclosure service.Disclosure // tells those who have extracts of who is protected; zero: there are none
	Wall       func() time.Time   // wall time, for leases; nil = time.Now
}

// Sender is the authority as its letters show it.
type Sender struct {
	Name    string // required
	Address Address
	Phone   string
	Web     string
}

// Office is a place that letters go to.
type Office struct {
	Name    string
	Address Address
}

// Letters keeps letters until they are sent, and the matrix that says which
// there are. It is safe for use by several goroutines.
type Letters struct {
	*Matrix
	*Press

	db    *store.DB
	clock calendar.Clock
	ids   *store.IDs
	lease time.Duration
	tells service.Disclosure
	wall  func() time.Time
}

// New returns the room over its tables.
func New(db *store.DB, clock calendar.Clock, cfg Config) (*Letters, error) {
	matrix, err := NewMatrix()
	if err != nil {
		return nil, err
	}
	press, err := NewPress(matrix, cfg.Sender, cfg.Forwarding)
	if err != nil {
		return nil, err
	}
	if cfg.Lease < 0 {
		return nil, errors.New("notice: the time to acknowledge a letter is negative: leave it out or give a positive time")
	}
	l := &Letters{
		Matrix: matrix, Press: press, db: db, clock: clock, ids: db.IDs("notice_letter"),
		lease: cfg.Lease, wall: cfg.Wall, tells: cfg.Disclosure,
	}
	if l.lease == 0 {
		l.lease = DefaultLease
	}
	if l.wall == nil {
		l.wall = time.Now
	}
	return l, nil
}

// NewIDs returns the first of n letter ids in a row. It is called before the
// transaction that puts them; ids that are not used are lost.
func (l *Letters) NewIDs(ctx context.Context, n int) (int64, error) { return l.ids.Next(ctx, n) }
