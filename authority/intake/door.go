package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/journal"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// Rooms is what the door needs from the house. All fields are required unless
// they say otherwise.
type Rooms struct {
	DB       *store.DB
	Blobs    blob.Store
	Clock    calendar.Clock
	Random   io.Reader
	Evening  calendar.Evening
	Sets     filing.Sets
	Statute  *statute.Table // nil: statute.Default
	Services []service.Service
	Parties  *party.Register
	Permits  *permit.Permits
	Journal  *journal.Journal
	Outbox   *outbox.Box
	// Organisation is the authority's own number, the sender of receipts.
	Organisation string
	// Products names the product under which a transaction goes out.
	Products map[filing.Transaction]string
	// Extensions are our own transactions that the installation takes in; each
	// must be switched on for a party code too (files.md §4.7).
	Extensions []filing.Transaction
	// ResponseTimes are how long after arrival files are answered that are
	// answered later, where the route of the service is not to decide.
	ResponseTimes map[filing.Transaction]time.Duration
	World         string       // for the log
	Logger        *slog.Logger // nil discards
}

// Door takes in messages. It is safe for use by many goroutines, and any
// number of doors may stand before one database.
type Door struct {
	rooms  Rooms
	ids    *store.IDs // messages, halves and submissions
	routes map[filing.Transaction]route
	log    *slog.Logger
	heads  sync.Pool  // of *[inlineLimit + 1]byte
	random sync.Mutex // held while Random is read
	*Archive
}

type route struct {
	service service.Service
	route   service.Route
}

// New returns the door and stores the profile sets that it was given, so that
// every later reading of a file finds the set it was checked with.
func New(ctx context.Context, rooms Rooms) (*Door, error) {
	if err := rooms.check(); err != nil {
		return nil, err
	}
	d := &Door{
		rooms: rooms, ids: rooms.DB.IDs("intake"), log: rooms.Logger,
		routes: map[filing.Transaction]route{}, Archive: NewArchive(rooms.DB, rooms.Blobs),
	}
	if d.rooms.Statute == nil {
		d.rooms.Statute = statute.Default()
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	d.log = d.log.With("room", "intake", "world", rooms.World)
	d.heads.New = func() any { return new([inlineLimit + 1]byte) }
	for _, s := range rooms.Services {
		for _, r := range s.Routes() {
			if other, taken := d.routes[r.Transaction]; taken {
				return nil, fmt.Errorf("intake: services %s and %s both take %s", other.service.ID(), s.ID(), r.Transaction)
			}
			d.routes[r.Transaction] = route{service: s, route: r}
		}
	}
	if err := d.checkSets(); err != nil {
		return nil, err
	}
	return d, d.storeSets(ctx, rooms.Sets)
}

// checkSets refuses a set that describes a file but not the receipt for it.
func (d *Door) checkSets() error {
	for tx, r := range d.routes {
		for _, set := range d.rooms.Sets {
			_, takes := set.Layout(tx)
			_, answers := set.Layout(r.route.Receipt)
			if takes && !answers {
				return fmt.Errorf("intake: profile set %q describes %s but not its receipt %q; add it", set.Name(), tx, r.route.Receipt)
			}
		}
	}
	return nil
}

func (r Rooms) check() error {
	switch {
	case r.DB == nil, r.Blobs == nil, r.Clock == nil, r.Random == nil:
		return errors.New("intake: database, blobs, clock and randomness must be given")
	case r.Parties == nil, r.Permits == nil, r.Journal == nil, r.Outbox == nil:
		return errors.New("intake: parties, permits, journal and outbox must be given")
	case len(r.Sets) == 0, len(r.Services) == 0:
		return errors.New("intake: at least one profile set and one service must be given")
	case r.Organisation == "":
		return errors.New("intake: the authority's organisation number must be given")
	}
	for _, tx := range r.Extensions {
		if info, _ := filing.Info(tx); !info.Extension {
			return fmt.Errorf("intake: %q is no extension of our own that can be switched on", tx)
		}
	}
	for tx, within := range r.ResponseTimes {
		if info, _ := filing.Info(tx); info.Timing != filing.Later || within < 0 {
			return fmt.Errorf("intake: response time %s for %q: give a time from 0 for a transaction that is answered later", within, tx)
		}
	}
	return r.Evening.Check()
}
