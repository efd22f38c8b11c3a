package gateway

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"

	"filtjanst/authority/intake"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/shs"
)

// World is one of the worlds behind the gateway (DESIGN decision 5).
type World struct {
	Name   string     // for logs
	Status shs.Status // of the labels that belong to it
	// Hosts are the names at which this world alone is reached, without port.
	// E-transport needs one, unless there is a single world or Elsewhere is set.
	Hosts []string
	// Elsewhere makes it the world of e-transport at host names that belong to
	// none; of at most one world.
	Elsewhere  bool
	DB         *store.DB
	Door       Door
	Box        *outbox.Box
	Parties    *party.Register
	Products   Products
	Agreements []shs.Agreement
	Public     []shs.PublicAgreement
	Clock      calendar.Clock
}

// Door takes in messages; see [intake.Door].
type Door interface {
	Take(ctx context.Context, a intake.Arrival, next func() (intake.Part, error)) (intake.Answer, error)
}

func (w *World) today() calendar.Day { return calendar.Today(w.Clock) }

// worlds are all of them, in the order in which a fetch looks.
type worlds []*World

type hostWorldKey struct{}

// bind puts the world that the host name belongs to into the context.
func (all worlds) bind(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if world := all.ofHost(r.Host); world != nil {
			r = r.WithContext(context.WithValue(r.Context(), hostWorldKey{}, world))
		}
		next.ServeHTTP(w, r)
	})
}

func (all worlds) ofHost(hostport string) *World {
	host := hostport
	if name, _, err := net.SplitHostPort(hostport); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, w := range all {
		if slices.Contains(w.Hosts, host) {
			return w
		}
	}
	return nil
}

// bound returns the world of the request's host name, or nil.
func bound(ctx context.Context) *World {
	w, _ := ctx.Value(hostWorldKey{}).(*World)
	return w
}

// ofStatus returns the world of a label or list, refusing one that the host
// name contradicts.
func (all worlds) ofStatus(ctx context.Context, status shs.Status) (*World, error) {
	host := bound(ctx)
	if host != nil && host.Status != status {
		return nil, refuse(shs.OtherError, "status %s is not taken at this host name, which is for %s; nothing was kept", status, host.Status)
	}
	for _, w := range all {
		if w.Status == status {
			return w, nil
		}
	}
	return nil, refuse(shs.OtherError, "status %s is not taken at this node", status)
}

// reachable lists the worlds that the request may look into.
func (all worlds) reachable(ctx context.Context) worlds {
	if w := bound(ctx); w != nil {
		return worlds{w}
	}
	return all
}

// ofTransport returns the one world that e-transport means at the host name.
func (all worlds) ofTransport(ctx context.Context) (*World, bool) {
	found := all.reachable(ctx)
	if len(found) == 1 {
		return found[0], true
	}
	for _, w := range found {
		if w.Elsewhere {
			return w, true
		}
	}
	return nil, false
}
