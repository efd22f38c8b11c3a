package sandbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// opened is a sandbox that serves until the test ends.
func opened(t *testing.T) *Sandbox {
	t.Helper()
	return openedIn(t, t.TempDir())
}

func openedIn(t *testing.T, dir string) *Sandbox {
	t.Helper()
	return openedWith(t, Options{Dir: dir})
}

func openedWith(t *testing.T, o Options) *Sandbox {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	log := slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	o.Begin, o.Logger = calendar.MustDay("2026-11-23").At(9, 0), log
	s, err := Open(ctx, o)
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

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func deskOf(t *testing.T, s *Sandbox, code string, change func(*filer.Config)) *filer.Desk {
	t.Helper()
	d, err := s.Desk(t.Context(), code, change)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func claimsFor(t *testing.T, s *Sandbox, code string, cases int) []byte {
	t.Helper()
	claims, err := s.claims(s.path("filers", code, "clients.toml"), cases)
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestMainRoad(t *testing.T) {
	t.Parallel()
	s := opened(t)
	tests := []struct {
		code, channel string
		form          filing.Form
		note          filer.NoteOrder
		road          string // the files of one road go to one desk, in turn
	}{
		{"ABC", "shs", filing.TextForm, filer.NoteTogether, "shs"},
		{"ABC", "shs", filing.XMLForm, filer.NoteBefore, "shs"},
		{"ABC", "shs", filing.TextForm, filer.NoteAfter, "shs"},
		{"DEF", "e-transport", filing.TextForm, filer.NoteAfter, "et"},
		{"DEF", "e-transport", filing.XMLForm, filer.NoteBefore, "et"},
	}
	for _, test := range tests {
		name := strings.Join([]string{test.channel, string(test.form), string(test.note)}, " ")
		t.Run(name, func(t *testing.T) { // one after the other: they share clock and series
			d := deskOf(t, s, test.code, func(c *filer.Config) { c.Channel, c.Form = test.channel, test.form })
			walk(t, s, d, test.note)
		})
	}
}

// walk takes a list of claims from export to confirmation.
func walk(t *testing.T, s *Sandbox, d *filer.Desk, note filer.NoteOrder) {
	t.Helper()
	ctx := t.Context()
	built, err := d.Build(ctx, filer.BuildRequest{From: bytes.NewReader(claimsFor(t, s, d.Config.Code, 20))})
	if err != nil {
		t.Fatalf("build: %v: %v", err, built.Report.Problems)
	}
	if built.File.Documents != 20 {
		t.Fatalf("%d applications: %v", built.File.Documents, built.Report.Problems)
	}
	deliveries, err := d.Send(ctx, filer.SendRequest{Note: note})
	if err != nil || len(deliveries) != 1 {
		t.Fatalf("send: %v %+v", err, deliveries)
	}
	receipt := fetchOne(t, d, filing.BFApplicationReceipt)
	if receipt.Outcome != filing.Approved || receipt.Sequence != built.File.Sequence || receipt.ReadIn == "" {
		t.Fatalf("receipt %+v", receipt)
	}
	evening(t, s)
	confirmation := fetchOne(t, d, filing.BFConfirmation)
	if confirmation.Cases != 20 || confirmation.Match == nil || confirmation.Match.Matched != 20 {
		t.Errorf("confirmation %+v", confirmation)
	}
}

func fetchOne(t *testing.T, d *filer.Desk, want filing.Transaction) filer.Received {
	t.Helper()
	received, err := d.Fetch(t.Context())
	if err != nil {
		t.Fatalf("fetch: %v", err)
	}
	for _, r := range received {
		if r.Problem != "" {
			t.Errorf("problem: %+v", r)
		}
	}
	for _, r := range received {
		if r.Transaction == want {
			return r
		}
	}
	t.Fatalf("no %s in %+v", want, received)
	return filer.Received{}
}

func evening(t *testing.T, s *Sandbox) {
	t.Helper()
	if _, err := s.Evening(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestOwnNodeIsPushedTo(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "GHI", nil)
	ctx := t.Context()
	if _, err := d.Build(ctx, filer.BuildRequest{From: bytes.NewReader(claimsFor(t, s, "GHI", 5))}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Send(ctx, filer.SendRequest{}); err != nil {
		t.Fatal(err)
	}
	awaitState(t, d, "approved")
	evening(t, s)
	awaitState(t, d, "confirmed")
}

func awaitState(t *testing.T, d *filer.Desk, want string) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	state := ""
	for time.Now().Before(deadline) {
		files, err := d.Book.Files(t.Context(), ledger.Filter{})
		if err != nil || len(files) != 1 {
			t.Fatalf("files %v, %v", files, err)
		}
		if state = string(files[0].State); state == want {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("the file is %s, not %s", state, want)
}

func TestCurlLinesRunAsTheyStand(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	s := opened(t)
	lines := strings.Split(strings.TrimSpace(s.curlLines()), "\n")
	wants := []string{"", `datapartType=`, "=_", "OK"}
	for i, line := range lines {
		command := exec.CommandContext(t.Context(), "sh", "-c", line)
		command.Dir = t.TempDir()
		out, err := command.CombinedOutput()
		if err != nil || !strings.Contains(string(out), wants[i]) {
			t.Fatalf("line %d: %v\n%s\n%s", i+1, err, line, out)
		}
	}
}

func TestSandboxIsWhereItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	begin := calendar.MustDay("2026-11-23").At(9, 0)
	first, err := Open(t.Context(), Options{Dir: dir, Begin: begin})
	if err != nil {
		t.Fatal(err)
	}
	ready := first.Ready()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := Open(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if got := second.Ready(); got.Gateway != ready.Gateway {
		t.Errorf("gateway %s, then %s", ready.Gateway, got.Gateway)
	}
	if !second.Now().Equal(begin) {
		t.Errorf("the clock stands at %s", second.Now())
	}
}

func TestGeneratedClaimsAreUsable(t *testing.T) {
	t.Parallel()
	master, _, err := claimlist.ExampleClients()
	if err != nil {
		t.Fatal(err)
	}
	c := Claims{Seed: 7, Cases: 500, Today: calendar.MustDay("2026-11-23"), Clients: ClientsOf(master)}
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if _, err := c.WriteCSV(b); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same seed gives other bytes")
	}
	dir := t.TempDir()
	config := filer.DefaultConfig()
	config.Ledger, config.Outgoing = filepath.Join(dir, "ledger.db"), filepath.Join(dir, "out")
	d, err := filer.Open(t.Context(), config, func() time.Time { return calendar.MustDay("2026-11-23").At(9, 0) }, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	built, err := d.Build(t.Context(), filer.BuildRequest{From: &one})
	if err != nil {
		t.Fatal(err)
	}
	if built.File.Documents != 500 {
		t.Errorf("%d of 500: %v", built.File.Documents, built.Refusals())
	}
	if n := len(built.Warnings); n > 0 {
		t.Errorf("%d warnings: %+v", n, built.Warnings[0])
	}
}
