package intake

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"filtjanst/authority/journal"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Rooms is what the door needs from the house. All fields are required unless
// they say otherwise.
type Rooms struct {
	DB       *store.DB
	Blobs    Blobs
	Clock    calendar.Clock
	Random   io.Reader
	Evening  calendar.Evening
	Sets     filing.Sets
	Services []service.Service
	Permits  *permit.Permits
	Journal  *journal.Journal
	// Organisation is the authority's own number, the sender of receipts.
	Organisation string
	// Products names the product under which a transaction goes out; may be
	// empty, and lacks then no receipt but its product.
	Products map[filing.Transaction]string
	World    string       // for the log
	Logger   *slog.Logger // nil discards
}

// Blobs keeps bytes too large for a row. Put returns once they are durable.
type Blobs interface {
	Put(ctx context.Context, key string, content io.Reader) error
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	Delete(ctx context.Context, key string) error
}

// Door takes in messages. It is safe for use by many goroutines, and any
// number of doors may stand before one database.
type Door struct {
	rooms Rooms
}

var errNotBuilt = errors.New("intake: not built yet")

// New returns the door and stores the profile sets that it was given, so that
// every later reading of a file finds the set it was checked with.
func New(ctx context.Context, rooms Rooms) (*Door, error) { return &Door{rooms: rooms}, nil }

// Seen returns the first answer to the sender's transmission, if it was taken.
func (d *Door) Seen(ctx context.Context, sender, txid string) (Answer, bool, error) {
	return Answer{}, false, errNotBuilt
}

// Take takes in one message whole, or nothing of it. next gives its parts and
// io.EOF after the last. An error means that there is no answer and that the
// same message can be sent again; a *Refusal says what must be mended first.
func (d *Door) Take(ctx context.Context, a Arrival, next func() (Part, error)) (Answer, error) {
	return Answer{}, errNotBuilt
}

// Expire rejects halves that have waited too long for the other (R63) and
// returns how many.
func (d *Door) Expire(ctx context.Context, now time.Time) (int, error) { return 0, errNotBuilt }

// Due lists files that are to be read in by the day (R28), in the order of
// day and arrival, at most limit of them, after the file given.
func (d *Door) Due(r store.Reader, today calendar.Day, after int64, limit int) ([]service.File, error) {
	return nil, errNotBuilt
}

// File returns an approved file.
func (d *Door) File(r store.Reader, id int64) (service.File, bool, error) {
	return service.File{}, false, errNotBuilt
}

// Open returns the bytes of an approved file and the set that it is read with.
func (d *Door) Open(ctx context.Context, id int64) (io.ReadCloser, *filing.Set, error) {
	return nil, nil, errNotBuilt
}

// Progress tells how many documents of the file are read in.
func (d *Door) Progress(r store.Reader, id int64) (cursor int64, done bool, err error) {
	return 0, false, errNotBuilt
}

// Advance moves the cursor from one number of documents to another under the
// fence of a lease. ErrFenced says that another worker has taken over.
func (d *Door) Advance(tx store.Tx, id, from, to, fence int64) error { return errNotBuilt }

// Done ends the read-in of the file, whose cursor must stand at its end.
func (d *Door) Done(tx store.Tx, id, fence int64, at time.Time) error { return errNotBuilt }

// ErrFenced says that another worker has advanced the file meanwhile.
var ErrFenced = errors.New("intake: another worker reads the file in")
