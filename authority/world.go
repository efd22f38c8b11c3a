package authority

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/clock"
	"filtjanst/authority/evening"
	"filtjanst/authority/fee"
	"filtjanst/authority/gateway"
	"filtjanst/authority/intake"
	"filtjanst/authority/journal"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/permit"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/shs"
)

// World is one world: its database and the rooms over it. Its rooms may be
// used from outside to enter parties and permits, and to look.
type World struct {
	Name    string // Production or Test
	DB      *store.DB
	Clock   calendar.Clock
	Parties *party.Register
	Permits *permit.Permits
	Journal *journal.Journal
	Fees    *fee.Fees
	Outbox  *outbox.Box
	Door    *intake.Door
	Orders  *paymentorder.Orders
	Evening *evening.Evening

	config   namedWorld
	blobs    blob.Store
	held     *clock.Held // nil on the machine's clock
	calendar calendar.Evening
	pusher   *outbox.Pusher
	gateway  *gateway.World
	log      *slog.Logger

	turn sync.Mutex // one evening or move of the clock at a time in this process
	runs runs
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
	world := &World{Name: w.name, config: w, log: out.Logger.With("world", w.name)}
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

// build makes the rooms, lower floors first.
func (w *World) build(ctx context.Context, c Config, out Outside) (err error) {
	if w.calendar, err = c.Evening.calendar(); err != nil {
		return err
	}
	w.Parties, w.Permits, w.Journal, w.Fees = party.New(w.DB), permit.New(w.DB), journal.New(w.DB), fee.New(w.DB)
	w.Outbox = outbox.New(w.DB, w.blobs)
	if w.Orders, err = w.newOrders(); err != nil {
		return err
	}
	services := []service.Service{w.Orders}
	if err := w.openDoor(ctx, c, out.Random, services); err != nil {
		return err
	}
	w.Evening, err = evening.New(evening.Config{
		DB: w.DB, Clock: w.Clock, Random: out.Random, Evening: w.calendar, Windows: c.Evening.windows(),
		Services: services, Files: w.Door, Outbox: w.Outbox, Parties: w.Parties,
		Organisation: c.Organisation, Products: w.config.Products, Workers: c.Evening.Workers, Logger: w.log,
	})
	if err != nil {
		return err
	}
	return w.openGateway(c)
}

func (w *World) newOrders() (*paymentorder.Orders, error) {
	config := paymentorder.Config{DB: w.DB, Fees: w.Fees, Clock: w.Clock}
	if w.config.CaseNumber != "" {
		pattern, err := paymentorder.ParsePattern(w.config.CaseNumber)
		if err != nil {
			return nil, refusal("worlds."+w.Name+".case_number", "%v", err)
		}
		config.Numbers = pattern
	}
	return paymentorder.New(config)
}

func (w *World) openDoor(ctx context.Context, c Config, random io.Reader, services []service.Service) error {
	sets, err := profileSets(w.config)
	if err != nil {
		return err
	}
	w.Door, err = intake.New(ctx, intake.Rooms{
		DB: w.DB, Blobs: w.blobs, Clock: w.Clock, Random: random, Evening: w.calendar, Sets: sets,
		Services: services, Parties: w.Parties, Permits: w.Permits, Journal: w.Journal, Outbox: w.Outbox,
		Organisation: c.Organisation, Products: w.config.Products, World: w.Name, Logger: w.log,
	})
	return err
}

// profileSets are those given as directories, and the program's own.
func profileSets(w namedWorld) (filing.Sets, error) {
	sets := filing.Sets{filing.Own()}
	for _, dir := range w.Profiles {
		set, err := filing.LoadSet(os.DirFS(dir))
		if err != nil {
			return nil, refusal("worlds."+w.name+".profiles", "%s: %v", dir, err)
		}
		sets = append(sets, set)
	}
	return sets, nil
}

func (w *World) openGateway(c Config) error {
	incoming := func(tx filing.Transaction) bool {
		info, _ := filing.Info(tx)
		return info.Direction == filing.In
	}
	products, err := gateway.NewProducts(w.config.Products, incoming)
	if err != nil {
		return err
	}
	agreements, err := readAgreements(w.config)
	if err != nil {
		return err
	}
	w.gateway = &gateway.World{
		Name: w.Name, Status: w.config.status, Hosts: lowered(w.config.Hosts), Elsewhere: w.config.Elsewhere, DB: w.DB, Door: w.Door, Box: w.Outbox,
		Parties: w.Parties, Products: products, Agreements: agreements, Clock: w.Clock,
	}
	if len(agreements) == 0 {
		w.gateway.Public = publicAgreements(c.Organisation, w.config.Products)
	}
	return nil
}

func lowered(names []string) []string {
	lower := make([]string, len(names))
	for i, name := range names {
		lower[i] = strings.ToLower(name)
	}
	return lower
}

func readAgreements(w namedWorld) ([]shs.Agreement, error) {
	var all []shs.Agreement
	for _, file := range w.Agreements {
		f, err := os.Open(file)
		if err != nil {
			return nil, refusal("worlds."+w.name+".agreements", "%v", err)
		}
		agreement, err := shs.ReadAgreement(f)
		f.Close()
		if err != nil {
			return nil, refusal("worlds."+w.name+".agreements", "%s: %v", file, err)
		}
		all = append(all, *agreement)
	}
	return all, nil
}

// publicAgreements let anyone admitted send any product.
func publicAgreements(organisation string, products map[filing.Transaction]string) []shs.PublicAgreement {
	var all []shs.PublicAgreement
	for _, product := range products {
		all = append(all, shs.PublicAgreement{Principal: organisation, Product: product})
	}
	return all
}

func (w *World) close() error {
	if w.DB == nil {
		return nil
	}
	return w.DB.Close()
}
