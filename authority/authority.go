package authority

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"filtjanst/authority/gateway"
	"filtjanst/authority/outbox"
	"filtjanst/calendar"
	"filtjanst/shs"
)

// Outside is what the authority is handed instead of taking it from the
// machine. The zero value takes everything from the machine.
type Outside struct {
	// Clock of the field, for both worlds; nil as the configuration says.
	Clock calendar.Clock
	// Random gives ids and salts; nil: crypto/rand. It need not be safe for
	// concurrent use.
	Random io.Reader
	// Gateway and Operations are listened on instead of the configured
	// addresses. They are closed with the authority.
	Gateway, Operations net.Listener
	// Logger; nil: to standard error, as configured.
	Logger *slog.Logger
	// People act when a world has done what was due; nil but in a sandbox.
	People People
}

// People are those outside the authority of a sandbox: who answer letters, pay
// or object. They act at the world's time, and tell how often they did.
type People func(ctx context.Context, w *World) (acts int, err error)

func (o Outside) filled(c Config) Outside {
	if o.Random == nil {
		o.Random = rand.Reader
	} else {
		o.Random = &lockedReader{r: o.Random}
	}
	if o.Logger == nil {
		o.Logger = c.Log.logger(os.Stderr)
	}
	return o
}

func (c LogConfig) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.Level)) // checked before
	options := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// lockedReader lets several goroutines read one source.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

// Authority is the authority's node: both worlds, the gateway before them, and
// the workers.
type Authority struct {
	config  Config
	log     *slog.Logger
	worlds  []*World
	keys    *keyring
	holder  string // names this run of the process in leases
	begun   time.Time
	metrics *metrics

	gatewayListener    net.Listener
	operationsListener net.Listener // nil when not served
	control            *controlSocket
	gateway            http.Handler
	moves              moves
}

// New checks the configuration, opens the databases, builds both worlds and
// opens the listeners; [Authority.Addresses] tells where. It serves nothing
// before Serve. Databases must have been migrated. On an error everything is
// closed again; its text says what to do.
func New(ctx context.Context, cfg Config, out Outside) (*Authority, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	if info, err := os.Stat(cfg.Data); err != nil || !info.IsDir() {
		return nil, refusal("data", "%s is no directory: create it, or name another", cfg.Data)
	}
	a := &Authority{config: cfg, begun: time.Now()}
	out = out.filled(cfg)
	a.log = out.Logger
	if err := a.open(ctx, out); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *Authority) open(ctx context.Context, out Outside) (err error) {
	if a.holder, err = shs.NewID(rand.Reader); err != nil {
		return err
	}
	if a.keys, err = openKeyring(a.config.Gateway); err != nil {
		return err
	}
	for _, w := range a.config.Worlds.enabled() {
		world, err := openWorld(ctx, a.config, w, out)
		if err != nil {
			return err
		}
		a.worlds = append(a.worlds, world)
		a.warnOfNoHost(ctx, w)
		if err := a.openPusher(world, out); err != nil {
			return err
		}
	}
	a.warnOfClocksApart(ctx)
	a.metrics = newMetrics(a)
	forwarded, err := newForwarders(a.keys, a.log)
	if err != nil {
		return err
	}
	a.gateway = a.metrics.observe(forwarded.believe(gateway.New(a.gatewayConfig(out))))
	return a.listen(out)
}

// warnOfNoHost tells that e-transport cannot mean the world.
func (a *Authority) warnOfNoHost(ctx context.Context, w namedWorld) {
	if len(a.config.Worlds.enabled()) > 1 && len(w.Hosts) == 0 && !w.Elsewhere {
		a.log.WarnContext(ctx, "authority: e-transport is not served: give the world a host name of its own", "world", w.name, "key", "worlds."+w.name+".hosts")
	}
}

func (a *Authority) gatewayConfig(out Outside) gateway.Config {
	c := gateway.Config{Organisation: a.config.Organisation, NodeID: a.config.Node, Random: out.Random, Share: a.config.Gateway.Share, Logger: a.log}
	for _, w := range a.worlds {
		c.Worlds = append(c.Worlds, w.gateway)
	}
	return c
}

// Times of a push: to the answer once all is sent, and of silence in between.
const (
	pushAnswer  = 2 * time.Minute
	pushSilence = time.Minute
)

func (a *Authority) openPusher(w *World, out Outside) error {
	tls, err := a.keys.clientConfig()
	if err != nil {
		return err
	}
	deliverer := &gateway.Deliverer{
		HTTP: shs.NewHTTPClient(tls, pushAnswer, pushSilence), Status: w.config.status,
		Organisation: a.config.Organisation, Random: out.Random,
	}
	w.pusher, err = outbox.NewPusher(w.Outbox, outbox.PusherConfig{
		Deliverer: deliverer, Journal: w.Journal, Random: out.Random, Holder: a.holder, Field: w.Clock.Now, Logger: w.log,
	})
	return err
}

func (a *Authority) listen(out Outside) (err error) {
	if a.gatewayListener, err = listen(out.Gateway, "gateway.listen", a.config.Gateway.Listen); err != nil {
		return err
	}
	if out.Operations != nil || a.config.Operations.Listen != "" {
		if a.operationsListener, err = listen(out.Operations, "operations.listen", a.config.Operations.Listen); err != nil {
			return err
		}
	}
	a.control, err = openControl(a.config.Data)
	return err
}

// Addresses are the URLs at which the authority is reached on this machine.
type Addresses struct {
	Gateway    string `json:"gateway"`              // https://host:port
	Operations string `json:"operations,omitempty"` // http://host:port; "" when not served
}

// Addresses tells where the authority listens; ports chosen by the system are
// known from New on.
func (a *Authority) Addresses() Addresses {
	return Addresses{Gateway: urlOf("https", a.gatewayListener), Operations: urlOf("http", a.operationsListener)}
}

// World returns the world of the name, or nil where it is not enabled.
func (a *Authority) World(name string) *World {
	for _, w := range a.worlds {
		if w.Name == name {
			return w
		}
	}
	return nil
}

// Close closes listeners and databases. Serve must have returned.
func (a *Authority) Close() error {
	var errs []error
	if a.control != nil {
		errs = append(errs, a.control.close())
	}
	for _, l := range []net.Listener{a.gatewayListener, a.operationsListener} {
		if l == nil {
			continue
		}
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	for _, w := range a.worlds {
		if err := w.close(); err != nil {
			errs = append(errs, fmt.Errorf("authority: close world %s: %w", w.Name, err))
		}
	}
	return errors.Join(errs...)
}
