package authority

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"filtjanst/authority/blob"
	"filtjanst/authority/schema"
)

// operationsHandler serves health and metrics.
func (a *Authority) operationsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

// readyWait bounds one look at the worlds, and proveEvery how often one costs
// them writes.
const (
	readyWait  = 5 * time.Second
	proveEvery = 3 * time.Second
)

// ready answers 200 when a file could be taken in, else 503 and why.
func (a *Authority) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), readyWait) // the next who ask are told the same
	defer cancel()
	if err := a.readiness(ctx); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}

func (a *Authority) readiness(ctx context.Context) error {
	var errs []error
	for _, c := range a.keys.certificates()[:1] {
		if time.Now().After(c.Leaf.NotAfter) {
			errs = append(errs, errors.New("the server certificate has expired"))
		}
	}
	for _, w := range a.worlds {
		if err := w.readiness(ctx); err != nil {
			errs = append(errs, fmt.Errorf("world %s: %w", w.Name, err))
		}
	}
	return errors.Join(errs...)
}

func (w *World) readiness(ctx context.Context) error {
	if err := schema.Check(ctx, w.DB); err != nil {
		return err
	}
	return w.proof.of(func() error { return errors.Join(w.DB.Prove(ctx), w.proveBytes(ctx), w.watchClock(ctx)) })
}

// proveBytes tells whether a directory takes bytes. Object storage is the same
// for all replicas: that they all turn filers away when it is down would help
// nobody.
func (w *World) proveBytes(ctx context.Context) error {
	if dir, ok := w.blobs.(*blob.Dir); ok {
		return dir.Prove(ctx)
	}
	return nil
}

// proof is what became of the latest attempt to write.
type proof struct {
	mu  sync.Mutex
	at  time.Time
	err error
}

// of attempts it anew, unless that was done a moment ago.
func (p *proof) of(attempt func() error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at.IsZero() || time.Since(p.at) >= proveEvery {
		p.err, p.at = attempt(), time.Now()
	}
	return p.err
}
