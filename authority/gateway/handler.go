package gateway

import (
	"io"
	"log/slog"
	"net/http"

	"filtjanst/shs"
)

// Paths of the SHS services.
const (
	ReceivePath    = "/shs/rs"
	DeliveryPrefix = "/shs/ds/"
)

// Config is what the gateway is made of.
type Config struct {
	Organisation string // the authority's own number, ten digits
	NodeID       string // told to peers in X-shs-nodeid
	Worlds       []*World
	Random       io.Reader // safe for concurrent use
	// MaxUpload bounds one data part or upload in bytes; 0 is 2 GiB, the limit
	// of the profiles.
	MaxUpload int64
	Patience  Patience // zero is DefaultPatience
	Share     int      // requests of one organisation under way; 0 is DefaultShare
	Logger    *slog.Logger
}

// defaultUpload is the largest file that a profile takes (DESIGN decision 10).
const defaultUpload = 2 << 30

// New returns the handler of all paths of the gateway. Who the peer is it
// takes from the verified client certificate.
func New(cfg Config) http.Handler {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.MaxUpload == 0 {
		cfg.MaxUpload = defaultUpload
	}
	if cfg.Patience == (Patience{}) {
		cfg.Patience = DefaultPatience()
	}
	if cfg.Share == 0 {
		cfg.Share = DefaultShare
	}
	all := worlds(cfg.Worlds)
	paths := &routes{
		receive: &shs.ReceiveHandler{
			NodeID: cfg.NodeID, Limits: shs.Limits{Part: cfg.MaxUpload}, Logger: cfg.Logger,
			Inbox: &inbox{worlds: all, organisation: cfg.Organisation, log: cfg.Logger},
		},
		deliver: statusOfHost(&shs.DeliveryHandler{
			Prefix: DeliveryPrefix, Random: cfg.Random, Logger: cfg.Logger,
			Outbox: &delivery{worlds: all, organisation: cfg.Organisation, log: cfg.Logger},
		}),
		transport: &transport{worlds: all, maxUpload: cfg.MaxUpload, log: cfg.Logger},
	}
	fair := &share{most: cfg.Share, now: map[string]int{}}
	return cfg.Patience.limit(fair.limit(all.bind(paths)))
}

// statusOfHost fills in the status of a list asked for without one, at a host
// name that belongs to a world: there is nothing else to see there.
func statusOfHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if world := bound(r.Context()); world != nil && !shs.HasParameter(query, "status") {
			r = r.Clone(r.Context())
			query.Set("status", string(world.Status))
			r.URL.RawQuery = query.Encode()
		}
		next.ServeHTTP(w, r)
	})
}
