package authority

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"filtjanst/authority/gateway"
	"filtjanst/authority/store"
)

// metrics is what is counted, in a registry of its own.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	failures *prometheus.CounterVec
	pushes   *prometheus.CounterVec
}

func newMetrics(a *Authority) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "filtjanst_requests_total", Help: "Requests at the gateway, by service, method and HTTP status; cut: the connection was."}, []string{"service", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "filtjanst_request_seconds", Help: "Time of requests at the gateway, transfer included.",
			Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60, 600}}, []string{"service"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "filtjanst_worker_failures_total", Help: "Failures of workers, which try again."}, []string{"worker", "world"}),
		pushes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "filtjanst_pushed_total", Help: "Messages delivered to filers' receive services."}, []string{"world"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, m.seconds, m.failures, m.pushes)
	for _, w := range a.worlds {
		m.registry.MustRegister(storeMetrics(w)...)
		m.registry.MustRegister(runMetrics(w)...)
	}
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "filtjanst_certificate_expires_seconds", Help: "When the server certificate that expires last does so, Unix time."},
		func() float64 { return lastExpiry(a.keys) }))
	return m
}

func lastExpiry(k *keyring) float64 {
	var last time.Time
	for _, c := range k.certificates() {
		if c.Leaf.NotAfter.After(last) {
			last = c.Leaf.NotAfter
		}
	}
	return float64(last.Unix())
}

// storeMetrics are the counters that the store keeps itself.
func storeMetrics(w *World) []prometheus.Collector {
	counter := func(name, help string, of func(store.Stats) float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "filtjanst_store_" + name + "_total", Help: help, ConstLabels: prometheus.Labels{"world": w.Name}},
			func() float64 { return of(w.DB.Stats()) })
	}
	return []prometheus.Collector{
		counter("groups", "Commits.", func(s store.Stats) float64 { return float64(s.Groups) }),
		counter("writes", "Writes within commits.", func(s store.Stats) float64 { return float64(s.Writes) }),
		counter("failed", "Writes that were undone.", func(s store.Stats) float64 { return float64(s.Failed) }),
		counter("retries", "Transactions run again.", func(s store.Stats) float64 { return float64(s.Retries) }),
		counter("overheld", "Writes that held the writer too long.", func(s store.Stats) float64 { return float64(s.Overheld) }),
	}
}

// runMetrics count what this process has done of what fell due.
func runMetrics(w *World) []prometheus.Collector {
	counter := func(name, help string, of func(totals) int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "filtjanst_evening_" + name + "_total", Help: help, ConstLabels: prometheus.Labels{"world": w.Name}},
			func() float64 { return float64(of(w.runs.totals())) })
	}
	return []prometheus.Collector{
		counter("documents", "Documents read in.", func(t totals) int64 { return t.documents }),
		counter("files", "Files read in to their end.", func(t totals) int64 { return t.files }),
		counter("batches", "Files put in outboxes, confirmations among them.", func(t totals) int64 { return t.batches }),
		counter("deadlines", "Deadlines acted upon.", func(t totals) int64 { return t.deadlines }),
		counter("expired", "Submissions whose other half did not come.", func(t totals) int64 { return t.expired }),
	}
}

func (m *metrics) failed(worker, world string) { m.failures.WithLabelValues(worker, world).Inc() }

func (m *metrics) pushed(world string, n int) { m.pushes.WithLabelValues(world).Add(float64(n)) }

// observe counts and times requests.
func (m *metrics) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		service, result := serviceOf(r.URL.Path), "cut"
		defer func() {
			m.requests.WithLabelValues(service, methodOf(r.Method), result).Inc()
			m.seconds.WithLabelValues(service).Observe(time.Since(begun).Seconds())
		}()
		next.ServeHTTP(seen, r) // panics where it cuts the connection
		result = strconv.Itoa(seen.status)
	})
}

// serviceOf keeps the paths, which anyone may make up, out of the labels.
func serviceOf(path string) string {
	switch {
	case path == gateway.ReceivePath:
		return "receive"
	case strings.HasPrefix(path, gateway.DeliveryPrefix):
		return "delivery"
	case strings.HasPrefix(path, gateway.TransportPrefix):
		return "e-transport"
	}
	return "other"
}

func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut:
		return method
	}
	return "other"
}

// statusWriter remembers the status, 200 where the handler names none.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets a ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
