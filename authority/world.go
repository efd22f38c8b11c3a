package authority

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/clock"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/evening"
	"filtjanst/authority/extract"
	"filtjanst/authority/fee"
	"filtjanst/authority/gateway"
	"filtjanst/authority/intake"
	"filtjanst/authority/journal"
	"filtjanst/authority/notice"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/permit"
	"filtjanst/authority/portfolio"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/statute"
)

// World is one world: its database and the rooms over it. Its rooms may be
// used from outside to enter parties and permits, and to look.
type World struct {
	Name         string // Production or Test
	DB           *store.DB
	Clock        calendar.Clock
	Parties      *party.Register
	Permits      *permit.Permits
	Journal      *journal.Journal
	Fees         *fee.Fees
	Letters      *notice.Letters
	Outbox       *outbox.Box
	Door         *intake.Door
	Orders       *paymentorder.Orders
	Enforcements *enforcement.Enforcements
	Matters      *restructuring.Matters
	Extracts     *extract.Extracts
	Portfolios   *portfolio.Portfolios
	Evening      *evening.Evening

	rooms    []room // in which officers act
	matrix   *notice.Matrix
	archive  *intake.Archive
	config   namedWorld
	blobs    blob.Store
	held     *clock.Held // nil on the machine's clock
	calendar calendar.Evening
	law      *statute.Table
	pusher   *outbox.Pusher
	gateway  *gateway.World
	log      *slog.Logger

	invoiced  atomic.Int64 // the day for which this process has looked for invoices
	outsiders People       // nil outside a sandbox

	reading func(evening.Progress) // told of files while the clock is moved; changed within turn
	turn    sync.Mutex             // one evening or move of the clock at a time in this process
	runs    runs
	proof   proof
}

// dir is where the world keeps what is its own in the data directory.
func (c Config) dir(world string) string { return filepath.Join(c.Data, world) }

func (c Config) storeConfig(w namedWorld, log *slog.Logger) (store.Config, error) {
	s := store.Config{Engine: store.SQLite, Dir: c.dir(w.name), Connections: w.Database.Connections, Logger: log}
	if w.Database.Engine != "postgres" {
		return s, nil
	}
	s.Engine, s.DSN = store.Postgres, w.Database.DSN
	if w.Database.DSNFile != "" {
		text, err := os.ReadFile(w.Database.DSNFile)
		if err != nil {
			return s, refusal("worlds."+w.name+".database.dsn_file", "%v", err)
		}
		s.DSN = strings.TrimSpace(string(text))
	}
	return s, nil
}

// Migrate brings the databases of the enabled worlds to the schema of this
// program, creating embedded ones that are not there.
func Migrate(ctx context.Context, c Config) error {
	if err := c.checkWorlds(); err != nil {
		return err
	}
	for _, w := range c.Worlds.enabled() {
		if err := c.migrate(ctx, w); err != nil {
			return fmt.Errorf("authority: migrate %s: %w", w.name, err)
		}
	}
	return nil
}

func (c Config) migrate(ctx context.Context, w namedWorld) error {
	s, err := c.storeConfig(w, nil)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(schema.Up(ctx, db), db.Close())
}

// openWorld opens the database and bytes of a world and builds its rooms.
func openWorld(ctx context.Context, c Config, w namedWorld, out Outside) (*World, error) {
	world := &World{Name: w.name, config: w, outsiders: out.People, log: out.Logger.With("world", w.name)}
	err := world.open(ctx, c, out)
	if err == nil {
		err = world.build(ctx, c, out)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("authority: world %s: %w", w.name, err), world.close())
	}
	return world, nil
}

func (w *World) open(ctx context.Context, c Config, out Outside) error {
	s, err := c.storeConfig(w.config, w.log)
	if err != nil {
		return err
	}
	s.MustExist = true
	if w.DB, err = store.Open(ctx, s); err != nil {
		return fmt.Errorf("%w: run `filtjanst migrate` first if this is a new world", err)
	}
	if err := schema.Check(ctx, w.DB); err != nil {
		return err
	}
	if err := w.DB.FreeLeases(ctx); err != nil {
		return err
	}
	if w.blobs, err = openBytes(ctx, c, w.config); err != nil {
		return err
	}
	return w.setClock(ctx, out)
}

func openBytes(ctx context.Context, c Config, w namedWorld) (blob.Store, error) {
	if w.Bytes.Kind != "s3" {
		return blob.OpenDir(filepath.Join(c.dir(w.name), "bytes"))
	}
	return blob.OpenS3(ctx, blob.S3Config{
		Endpoint: w.Bytes.Endpoint, Bucket: w.Bytes.Bucket, Prefix: w.Bytes.Prefix, Region: w.Bytes.Region, Insecure: w.Bytes.Insecure,
	})
}

func (w *World) setClock(ctx context.Context, out Outside) (err error) {
	if out.Clock != nil {
		w.Clock = out.Clock
		return nil
	}
	if w.config.Clock == heldClock {
		begin := w.config.Begin
		if begin.IsZero() {
			begin = time.Now()
		}
		w.held, err = clock.Hold(ctx, w.DB, begin)
		w.Clock = w.held
		return err
	}
	w.Clock = calendar.Wall{}
	return clock.Watch(ctx, w.DB, time.Now())
}

func (w *World) close() error {
	if w.DB == nil {
		return nil
	}
	return w.DB.Close()
}
