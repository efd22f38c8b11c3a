package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"filtjanst/authority"
)

// Options say where a sandbox lives and what it is handed.
type Options struct {
	Dir        string    // everything it keeps; made if it is not there
	Begin      time.Time // where the clock begins in a new sandbox; zero: now
	Gateway    string    // address to listen on; "" = as last time, else a free port
	Operations string    // the same
	Random     io.Reader // ids and salts; nil: the machine's
	Logger     *slog.Logger
	// LeaveLetters lets letters wait for a print service outside: debtors read
	// them when it has acknowledged them, and not the day they are written.
	LeaveLetters bool
	// AnswerAfter is how long after a request for extracts its answer is written;
	// zero: at once. Until then the request can be stopped.
	AnswerAfter time.Duration
}

// Sandbox is a running synthetic world.
type Sandbox struct {
	Authority *authority.Authority
	dir       string
	state     state
	nodes     []*node
}

// Open makes a sandbox in the directory, or opens the one that is there. It
// serves nothing before Serve, but its addresses are known.
func Open(ctx context.Context, o Options) (*Sandbox, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(filepath.Join(dir, "authority"), 0o700); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s := &Sandbox{dir: dir}
	if err := s.open(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("sandbox: %w", err), s.Close())
	}
	return s, nil
}

func (s *Sandbox) open(ctx context.Context, o Options) (err error) {
	if s.state, err = readState(s.dir); err != nil {
		return err
	}
	if err := s.certificates(now()); err != nil {
		return err
	}
	gateway, err := listenAgain(o.Gateway, s.state.Gateway)
	if err != nil {
		return err
	}
	operations, err := listenAgain(o.Operations, s.state.Operations)
	if err != nil {
		return errors.Join(err, gateway.Close())
	}
	s.state.Gateway, s.state.Operations = gateway.Addr().String(), operations.Addr().String()
	config := s.config(o)
	if err := authority.Migrate(ctx, config); err != nil {
		return errors.Join(err, gateway.Close(), operations.Close())
	}
	s.Authority, err = authority.New(ctx, config, authority.Outside{
		Random: o.Random, Gateway: gateway, Operations: operations, Logger: o.Logger, People: newCrowd(s.dir, o.LeaveLetters).act,
	})
	if err != nil {
		return err
	}
	return s.furnish(ctx, o)
}

// furnish opens the filers' own nodes, enters the filers in both worlds, and
// writes their configurations and the example.
func (s *Sandbox) furnish(ctx context.Context, o Options) error {
	if err := s.openNodes(ctx, o); err != nil {
		return err
	}
	urls := map[string]string{}
	for _, n := range s.nodes {
		urls[n.filer.Code] = n.url
	}
	for _, name := range worldNames() {
		if err := register(ctx, s.Authority.World(name), Filers(), urls); err != nil {
			return fmt.Errorf("entering the filers in world %s: %w", name, err)
		}
		if err := populate(ctx, s.Authority.World(name)); err != nil {
			return fmt.Errorf("peopling world %s: %w", name, err)
		}
	}
	if err := s.writeExample(); err != nil {
		return err
	}
	return s.state.write(s.dir)
}

// listenAgain listens on the wanted address, else on the one of last time if
// it is free, else on any free port of this machine.
func listenAgain(wanted, last string) (net.Listener, error) {
	if wanted != "" {
		return net.Listen("tcp", wanted)
	}
	if last != "" {
		if l, err := net.Listen("tcp", last); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// Serve serves until the context ends.
func (s *Sandbox) Serve(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Authority.Serve(ctx) })
	for _, n := range s.nodes {
		group.Go(func() error { return n.serve(ctx) })
	}
	return group.Wait()
}

// Close closes everything. Serve must have returned.
func (s *Sandbox) Close() error {
	var errs []error
	for _, n := range s.nodes {
		errs = append(errs, n.close())
	}
	if s.Authority != nil {
		errs = append(errs, s.Authority.Close())
	}
	return errors.Join(errs...)
}
