package evening

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Files are the approved files that wait to be read in, as the door keeps them.
type Files interface {
	// Due lists files that are to be read in by the day, in the order of day
	// and arrival, at most limit of them, after the file given.
	Due(r store.Reader, today calendar.Day, after int64, limit int) ([]service.File, error)
	// Progress tells how many documents of the file are read in.
	Progress(r store.Reader, id int64) (cursor int64, done bool, err error)
	// Open returns the bytes of the file and the set that it is read with.
	Open(ctx context.Context, id int64) (io.ReadCloser, *filing.Set, error)
	// Advance moves the cursor under the fence of a lease.
	Advance(tx store.Tx, id, from, to, fence int64) error
	// Done ends the read-in of the file.
	Done(tx store.Tx, id, fence int64, at time.Time) error
}

// Config is what the evening is made of. All fields are needed unless they say
// otherwise.
type Config struct {
	DB        *store.DB
	Clock     calendar.Clock
	Random    io.Reader // for the ids of messages
	Evening   calendar.Evening
	Windows   []Window // may be empty
	Services  []service.Service
	Deadlines service.Deadlines
	Files     Files
	Outbox    *outbox.Box
	Parties   *party.Register
	// Organisation is the authority's own number, the sender of what goes out.
	Organisation string
	// Products names the product under which a transaction goes out.
	Products map[filing.Transaction]string
	Workers  int            // files read in at once by this process; 0 is 1
	Progress func(Progress) // called after each chunk, one call at a time; may be nil
	Logger   *slog.Logger   // nil discards
}

// Window is a time in which nothing is read in or sent, as for maintenance.
type Window struct {
	From, To time.Time
	Reason   string
}

// Progress tells how far the reading of one file has come.
type Progress struct {
	File        int64
	Transaction filing.Transaction
	PartyCode   string
	Done, Of    int64 // documents
}

// Summary is what a run has done. A run that found nothing to do is zero.
type Summary struct {
	Deadlines int64
	Files     int64 // read in to their end
	Documents int64
	Batches   int64   // put in the outbox, confirmations among them
	Busy      int64   // files that another worker was reading in
	Window    *Window // the run did nothing: it fell in this window
}

// Evening runs the evenings of one world.
type Evening struct {
	config Config
}

var errNotBuilt = errors.New("evening: not built yet")

// New checks the configuration and makes the evening.
func New(c Config) (*Evening, error) { return &Evening{config: c}, nil }

// Run does all that is due at now and returns when there is no more: the
// deadlines, the files, the batches. Errors of one file or deadline do not
// stop the others; they are joined, and the next run tries again.
func (e *Evening) Run(ctx context.Context, now time.Time) (Summary, error) {
	return Summary{}, errNotBuilt
}
