package filer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filer/traffic"
	"filtjanst/filing"
	"filtjanst/shs"
	"filtjanst/statute"
)

// Desk is a filer at work: its configuration, its book and its profiles.
type Desk struct {
	Config Config
	Book   *ledger.Ledger
	Set    *filing.Set
	now    func() time.Time
	random io.Reader
	digest ledger.Digester
}

// Open opens the filer's desk. now and random are handed in, so that the same
// inputs give the same files; random gives the ids of transmissions.
//
// Relative paths are made absolute here, since the book keeps paths and is
// read from other directories, such as by a nightly job.
func Open(ctx context.Context, c Config, now func() time.Time, random io.Reader) (*Desk, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	c.resolve(here)
	set := filing.Own()
	if c.Profiles != "" {
		if set, err = filing.LoadSet(os.DirFS(c.Profiles)); err != nil {
			return nil, fmt.Errorf("the profiles in %s: %w", c.Profiles, err)
		}
	}
	book, err := ledger.Open(ctx, c.Ledger, now)
	if err != nil {
		return nil, err
	}
	digest, err := book.Digester(ctx)
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return &Desk{Config: c, Book: book, Set: set, now: now, random: random, digest: digest}, nil
}

// Close closes the book.
func (d *Desk) Close() error { return d.Book.Close() }

func (d *Desk) today() calendar.Day { return calendar.Of(d.now()) }

// listOptions reads the mapping and the client master that the configuration
// names, or those given instead. The configuration's mapping is of claims.
func (d *Desk) listOptions(kind claimlist.ListKind, mapping, clients string, form filing.Form) (claimlist.Options, error) {
	o := claimlist.Options{Law: statute.Default(), Today: d.today(), Form: form}
	if kind == claimlist.Claims {
		mapping = firstOf(mapping, d.Config.Mapping)
	}
	var err error
	if o.Mapping, err = readMapping(kind, mapping); err != nil {
		return o, err
	}
	o.Clients, err = readClients(firstOf(clients, d.Config.Clients))
	return o, err
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func readMapping(kind claimlist.ListKind, path string) (*claimlist.Mapping, error) {
	if path == "" {
		m, _, err := claimlist.MappingOf(kind)
		return m, err
	}
	m, err := readSettings(path, claimlist.ParseMapping)
	if err == nil && m.List != kind {
		err = &SettingsError{path, fmt.Errorf("%s is the mapping of a list of %q, but one of %q is needed: write list = %[3]q in it", path, m.List, kind)}
	}
	return m, err
}

func readClients(path string) (*claimlist.Clients, error) {
	if path == "" {
		c, _, err := claimlist.ExampleClients()
		return c, err
	}
	return readSettings(path, claimlist.ParseClients)
}

// SettingsError is what is wrong with a mapping or client master that the desk
// was told to use.
type SettingsError struct {
	Path string
	Err  error
}

func (e *SettingsError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *SettingsError) Unwrap() error { return e.Err }

func readSettings[T any](path string, parse func(name string, text []byte) (T, error)) (read T, err error) {
	text, err := os.ReadFile(path)
	if err == nil {
		read, err = parse(path, text)
	}
	if err != nil {
		err = &SettingsError{path, err}
	}
	return read, err
}

// Timeouts of calls to the authority, in wall time.
const (
	answerTimeout  = 5 * time.Minute // a large file is checked before it is answered
	silenceTimeout = 6 * time.Minute
	sendAttempts   = 5
	firstPause     = time.Second
)

// channel opens the way to the authority that the configuration names.
func (d *Desk) channel() (traffic.Channel, error) {
	c := d.Config
	tls, err := c.Certificate.credentials().TLS()
	if err != nil {
		return nil, err
	}
	client := shs.NewHTTPClient(tls, answerTimeout, silenceTimeout)
	if c.Channel == "e-transport" {
		return &traffic.ETransport{HTTP: client, Base: c.ETransport.Base, Products: c.Products, Fetched: answers()}, nil
	}
	from, err := shs.ParseAddress(c.ownAddress())
	if err != nil {
		return nil, err
	}
	to, err := shs.ParseAddress(c.Authority)
	if err != nil {
		return nil, err
	}
	return &traffic.SHS{
		Client: &shs.Client{HTTP: client, ReceiveURL: c.SHS.Receive, DeliveryURL: c.SHS.Deliver, Random: d.random},
		From:   from, To: to, Status: shs.Status(c.World), Products: c.Products,
		Now: d.now, Attempts: sendAttempts, Pause: firstPause,
	}, nil
}

func (c CertificateConfig) credentials() traffic.Credentials {
	return traffic.Credentials{Certificate: c.Certificate, Key: c.Key, P12: c.P12, Password: c.Password, Issuer: c.Issuer, Pins: c.Pins}
}

// answers are the transactions that a filer fetches.
func answers() []filing.Transaction {
	var out []filing.Transaction
	for _, info := range filing.Catalogue() {
		if info.Direction == filing.Out {
			out = append(out, info.Transaction)
		}
	}
	return out
}
