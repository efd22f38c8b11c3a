package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/sandbox"
)

const host = "127.0.0.1"

// products are those of the sandbox, and one for every other transaction.
func products() map[filing.Transaction]string {
	all := map[filing.Transaction]string{
		filing.BFApplication:        "b1000000-0000-4000-8000-000000000001",
		filing.BFApplicationReceipt: "b1000000-0000-4000-8000-000000000002",
		filing.BFConfirmation:       "b1000000-0000-4000-8000-000000000003",
	}
	for i, info := range filing.Catalogue() {
		if info.Role != filing.RoleNote && info.CarriedIn == "" && all[info.Transaction] == "" {
			all[info.Transaction] = fmt.Sprintf("b2000000-0000-4000-8000-%012d", i)
		}
	}
	return all
}

// house is an authority that serves one world to a number of filers.
type house struct {
	*authority.Authority
	world  *authority.World
	ca     *sandbox.CA
	filers []*filer
	undo   []func() error // last first
}

// newHouse opens an authority on an empty database, durable as in production.
func (b *bench) newHouse(ctx context.Context, filers int) (*house, error) {
	h := &house{}
	err := h.open(ctx, b, filers)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) open(ctx context.Context, b *bench, filers int) error {
	dir, err := b.workplace()
	if err != nil {
		return err
	}
	h.undo = append(h.undo, func() error { return os.RemoveAll(dir) })
	database, drop, err := b.engine.database(ctx)
	if err != nil {
		return err
	}
	h.undo = append(h.undo, drop)
	config, err := h.config(dir, database)
	if err != nil {
		return err
	}
	if err := authority.Migrate(ctx, config); err != nil {
		return err
	}
	if h.Authority, err = authority.New(ctx, config, authority.Outside{Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}); err != nil {
		return err
	}
	h.undo = append(h.undo, h.Close)
	h.world = h.World(authority.Production)
	h.serve(ctx)
	return h.enter(ctx, filers)
}

// config is one world in the middle of a weekday, on a clock that stands.
func (h *house) config(dir string, database authority.DatabaseConfig) (c authority.Config, err error) {
	if h.ca, err = sandbox.NewCA(time.Now()); err != nil {
		return c, err
	}
	pair, err := h.ca.Server(sandbox.AuthorityNumber, "authority", []string{host}, time.Now())
	if err != nil {
		return c, err
	}
	key, err := pair.KeyPEM()
	if err != nil {
		return c, err
	}
	c = authority.DefaultConfig()
	c.Data, c.Organisation, c.Node, c.Office = dir, sandbox.AuthorityNumber, "bench", sandbox.Office()
	c.Gateway.Listen, c.Operations.Listen = host+":0", ""
	certificate := authority.CertificateConfig{Certificate: filepath.Join(dir, "server.pem"), Key: filepath.Join(dir, "server.key")}
	issuer := filepath.Join(dir, "ca.pem")
	c.Gateway.Certificates, c.Gateway.Authorities = []authority.CertificateConfig{certificate}, []string{issuer}
	w := &c.Worlds.Production
	w.Clock, w.Begin, w.Products, w.Database, w.Hosts = "held", filingtest.Today.At(12, 0), products(), database, []string{host}
	c.Worlds.Test.Enabled = false
	return c, errors.Join(
		os.WriteFile(certificate.Certificate, sandbox.CertificatePEM(pair.Certificate), 0o600),
		os.WriteFile(certificate.Key, key, 0o600),
		os.WriteFile(issuer, sandbox.CertificatePEM(h.ca.Certificate), 0o600))
}

func (h *house) serve(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx) }()
	h.undo = append(h.undo, func() error {
		stop()
		return <-ended
	})
}

// close ends and removes everything.
func (h *house) close() error {
	var errs []error
	for i := len(h.undo) - 1; i >= 0; i-- {
		errs = append(errs, h.undo[i]())
	}
	return errors.Join(errs...)
}

// enter gives n filers certificates, codes and permits, and connects them.
func (h *house) enter(ctx context.Context, n int) error {
	if n == 0 {
		return nil
	}
	codes, err := h.world.Parties.NewIDs(ctx, n)
	if err != nil {
		return err
	}
	permits, err := h.world.Permits.NewIDs(ctx, 2*n)
	if err != nil {
		return err
	}
	for i := range n {
		f := &filer{code: fmt.Sprintf("B%02d", i), number: organisation(i), world: h.world}
		if err := h.register(ctx, f, codes+int64(i), permits+int64(2*i)); err != nil {
			return err
		}
		if err := f.connect(ctx, h.ca, h.Addresses().Gateway); err != nil {
			return err
		}
		h.filers = append(h.filers, f)
		h.undo = append(h.undo, f.close)
	}
	return nil
}

// organisation is an organisation number of a series that is not in use.
func organisation(i int) string {
	for check := range 10 {
		number := fmt.Sprintf("55999%04d%d", i, check)
		if _, err := identity.ParseOrganisation(number); err == nil {
			return number
		}
	}
	panic("no check digit fits")
}

func (h *house) register(ctx context.Context, f *filer, codeID, permitID int64) error {
	w, today := h.world, calendar.Of(h.world.Clock.Now())
	granted := permit.Permit{ID: permitID, CodeID: codeID, Service: filing.PaymentOrder, From: today - 1}
	act := permit.Act{ID: permitID + 1, Reason: "bench", By: "bench", At: w.Clock.Now()}
	code := party.Code{
		ID: codeID, Code: f.code, Organisation: f.number, Name: "Provbolaget AB", Notice: filing.NoticeElectronic,
		Delivery: party.Delivery{Address: f.number, Mode: party.Fetched},
	}
	return w.DB.Do(ctx, func(tx store.Tx) error {
		if err := w.Parties.AddOrganisation(tx, party.Organisation{Number: f.number, Name: code.Name}); err != nil {
			return err
		}
		if err := w.Parties.AddCode(tx, code); err != nil {
			return err
		}
		_, err := w.Permits.Grant(tx, granted, act)
		return err
	})
}

// approved counts the files that were approved and wait for an evening.
func (h *house) approved(ctx context.Context) (n int, err error) {
	const all = 1 << 30
	err = h.world.DB.Read(ctx, func(r store.Reader) error {
		files, err := h.world.Door.Due(r, calendar.Of(h.world.Clock.Now())+30, 0, all)
		n = len(files)
		return err
	})
	return n, err
}
