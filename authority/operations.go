package authority

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"filtjanst/authority/clock"
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

// readyWait bounds one look at the databases.
const readyWait = 5 * time.Second

// ready answers 200 when a file could be taken in, else 503 and why.
func (a *Authority) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWait)
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
	if w.held != nil || w.config.Clock == heldClock {
		return nil
	}
	return clock.Watch(ctx, w.DB, w.Clock.Now())
}
