package evening

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/shs"
)

// Files are the approved files that wait to be read in or answered, as the door
// keeps them.
type Files interface {
	// Due lists files that are to be read in by the day, in the order of day
	// and arrival, at most limit of them, after the file given.
	Due(r store.Reader, today calendar.Day, after int64, limit int) ([]service.File, error)
	// DueAnswers lists files that are to be answered by now, in the order of that
	// time, at most limit of them, after the file given.
	DueAnswers(r store.Reader, now time.Time, after int64, limit int) ([]service.File, error)
	// Progress tells how many documents of the file are read in.
	Progress(r store.Reader, id int64) (cursor int64, done bool, err error)
	// Open returns the bytes of the file and the set that it is read with.
	Open(ctx context.Context, id int64) (io.ReadCloser, *filing.Set, error)
	// Advance moves the cursor from one number of documents to another, under
	// the fence of a lease. It fails if the cursor stands elsewhere.
	Advance(tx store.Tx, id, from, to, fence int64) error
	// Done ends the read-in of the file, whose cursor must stand at its end.
	Done(tx store.Tx, id, fence int64, at time.Time) error
}

// Config is what the evening is made of. All fields are needed unless they say
// otherwise.
type Config struct {
	DB       *store.DB
	Clock    calendar.Clock
	Random   io.Reader // for the ids of messages; need not be safe for many
	Evening  calendar.Evening
	Windows  []Window // may be empty
	Services []service.Service
	Files    Files
	Outbox   *outbox.Box
	Parties  *party.Register
	Permits  *permit.Permits
	// Extensions are our own transactions that the installation sends; each must
	// be switched on for a party code too (files.md §4.7). May be empty.
	Extensions []filing.Transaction
	Sets       filing.Sets // for batches that answer no file
	// Organisation is the authority's own number, the sender of what goes out.
	Organisation string
	// Products names the product under which a transaction goes out.
	Products map[filing.Transaction]string
	Workers  int            // files read in side by side in this process; 0 is 1
	Chunk    int            // most documents of one transaction; 0 or more than service.ChunkSize is that
	Lease    time.Duration  // how long a worker that died keeps its file; 0 is DefaultLease
	Progress func(Progress) // called after each chunk, one call at a time; may be nil
	Logger   *slog.Logger   // nil discards
}

// DefaultLease is how long a file stays with a worker that has died.
const DefaultLease = time.Minute

// Progress tells how far the reading of one file has come.
type Progress struct {
	File        int64
	Transaction filing.Transaction
	PartyCode   string
	Done, Of    int64 // documents
}

// Summary is what a run has done. That of a run that found nothing is zero.
type Summary struct {
	Day       calendar.Day // the evening up to which was worked
	Deadlines int64
	Files     int64 // read in, or answered, to their end
	Documents int64
	Batches   int64   // put in the outbox, confirmations and answers among them
	Withheld  int64   // batches of codes without a permit; they wait for one, but answers do not
	Busy      int64   // files that another worker had
	Postponed int64   // files that failed a short while ago
	Window    *Window // the run stopped, or did not begin, in this window
}

// Evening runs the evenings of one world. It is safe for use by many
// goroutines and on many replicas at once.
type Evening struct {
	Config
	services map[filing.Service]service.Service
	routes   map[filing.Transaction]route
	holder   string // of leases, unique to this run of the process
	random   sync.Mutex
	patience patience
}

// route is who reads a transaction in, and by what it is answered: a
// confirmation, or the answer of one that is answered later. "" is nothing.
type route struct {
	service.Service
	reply filing.Transaction
}

// New checks the configuration and makes the evening.
func New(c Config) (*Evening, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.Lease == 0 {
		c.Lease = DefaultLease
	}
	if c.Chunk <= 0 || c.Chunk > service.ChunkSize {
		c.Chunk = service.ChunkSize
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	holder, err := shs.NewID(c.Random)
	if err != nil {
		return nil, err
	}
	e := &Evening{Config: c, holder: holder,
		services: map[filing.Service]service.Service{}, routes: map[filing.Transaction]route{}}
	for _, s := range c.Services {
		e.services[s.ID()] = s
		for _, r := range s.Routes() {
			e.routes[r.Transaction] = route{s, cmp.Or(r.Answer, r.Confirmation)}
		}
	}
	return e, nil
}

func (c Config) check() error {
	if c.DB == nil || c.Clock == nil || c.Random == nil || c.Files == nil || c.Outbox == nil || c.Parties == nil || c.Permits == nil {
		return errors.New("evening: database, clock, randomness, files, outbox, parties and permits must be given")
	}
	if len(c.Sets) == 0 {
		return errors.New("evening: at least one profile set must be given")
	}
	if c.Organisation == "" {
		return errors.New("evening: the authority's organisation number must be given")
	}
	for _, tx := range c.Extensions {
		if !isExtension(tx) {
			return fmt.Errorf("evening: %q is no extension of our own that can be switched on", tx)
		}
	}
	for _, w := range c.Windows {
		if err := w.check(); err != nil {
			return err
		}
	}
	return c.Evening.Check()
}

// Run does all that is due at now and returns when there is no more: the
// deadlines, the files, the batches. What fails does not stop the rest; the
// errors are joined, and a later run tries again: a file after a while, which
// grows with every failure.
func (e *Evening) Run(ctx context.Context, now time.Time) (Summary, error) {
	day, ok := lastBegun(e.Evening, now)
	if !ok {
		return Summary{}, nil
	}
	r := &run{Evening: e, day: day}
	r.done.Day = day
	var errs []error
	for _, part := range []func(context.Context) error{r.deadlines, r.readIn, r.outgoing} {
		if r.closed(now) {
			break
		}
		errs = append(errs, part(ctx))
		now = e.Clock.Now()
	}
	return r.done, errors.Join(errs...)
}

// Answer answers the files whose response time has passed by now, at any hour,
// and returns when there is no more. What fails is tried again as in Run.
func (e *Evening) Answer(ctx context.Context, now time.Time) (Summary, error) {
	r := &run{Evening: e, day: calendar.Of(now)}
	r.done.Day = r.day
	if r.closed(now) {
		return r.done, nil
	}
	err := r.files(ctx, func(rd store.Reader, after int64) ([]service.File, error) {
		return r.Files.DueAnswers(rd, now, after, filesAtOnce)
	})
	return r.done, err
}

// run is one call of Run or Answer.
type run struct {
	*Evening
	day calendar.Day

	mu   sync.Mutex
	done Summary
}

// count adds to the summary.
func (r *run) count(add func(*Summary)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add(&r.done)
}

// closed tells whether now falls in a window, and notes it.
func (r *run) closed(now time.Time) bool {
	w := windowAt(r.Windows, now)
	if w == nil {
		return false
	}
	r.count(func(s *Summary) { s.Window = w })
	return true
}

// progress counts the documents of a chunk and reports, one at a time.
func (r *run) progress(documents int64, p Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done.Documents += documents
	if r.Progress != nil {
		r.Progress(p)
	}
}

// newID makes a UUID; the source of randomness is read by one at a time.
func (e *Evening) newID() (string, error) {
	e.random.Lock()
	defer e.random.Unlock()
	return shs.NewID(e.Random)
}
