package sandbox

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filing"
)

// BenchmarkYear advances the clock by 400 days for 10 000 cases with debtors of
// all kinds.
func BenchmarkYear(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := inhabited(b, 10_000)
		b.StartTimer()
		moved, err := s.Authority.World(authority.Test).Advance(b.Context(), 400*24*time.Hour)
		if err != nil {
			b.Fatal(err)
		}
		acts, deadlines := 0, int64(0)
		for _, step := range moved.Steps {
			acts, deadlines = acts+step.Acts, deadlines+step.Evening.Deadlines
		}
		b.ReportMetric(float64(acts), "acts")
		b.ReportMetric(float64(deadlines), "deadlines")
	}
}

// inhabited is a sandbox in which so many claims of ABC are read in the next
// evening.
func inhabited(t testing.TB, cases int) *Sandbox {
	t.Helper()
	s := openedFor(t, t.TempDir())
	d, err := s.Desk(t.Context(), "ABC", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	claims, err := s.claims(s.path("filers", "ABC", "clients.toml"), cases)
	if err != nil {
		t.Fatal(err)
	}
	built, err := d.Build(t.Context(), filer.BuildRequest{From: bytes.NewReader(claims), Form: filing.TextForm})
	if err != nil || built.File.Documents != int64(cases) {
		t.Fatalf("build: %v: %v", err, built.Refusals())
	}
	if _, err := d.Send(t.Context(), filer.SendRequest{}); err != nil {
		t.Fatal(err)
	}
	return s
}

// openedFor is a sandbox that serves until the test ends, without a word.
func openedFor(t testing.TB, dir string) *Sandbox {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	s, err := Open(ctx, Options{Dir: dir, Begin: calendar.MustDay("2026-11-23").At(9, 0), Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}
