package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"

	"filtjanst/filer"

	"github.com/spf13/cobra"
)

// Where the sandbox lives, and its first filer's configuration in it, when
// nothing else is said.
const (
	sandboxDir   = "filtjanst-sandbox"
	sandboxFiler = "ABC"
)

// deskFlags say which filer a command works for.
type deskFlags struct{ config string }

func (d *deskFlags) register(cmd *cobra.Command, a *app) {
	cmd.Flags().StringVarP(&d.config, "config", "c", "", a.say(
		"ingivarens konfiguration `FILE` (annars $FILTJANST_CONFIG, filer.toml här, sandlådans första ingivare)",
		"the filer's configuration `FILE` (else $FILTJANST_CONFIG, filer.toml here, the sandbox's first filer)"))
}

// places are where a configuration is looked for, in turn.
func (d *deskFlags) places(a *app) []string {
	return []string{d.config, a.env("FILTJANST_CONFIG"), "filer.toml", filepath.Join(sandboxDir, "filers", sandboxFiler, "filer.toml")}
}

// load finds and reads the filer's configuration. Without any file it is that
// of the sandbox's first filer, which can build but not send.
func (d *deskFlags) load(a *app) (c filer.Config, found bool, err error) {
	for i, path := range d.places(a) {
		named := i < 2 // by the user, so that it must be there
		if path == "" {
			continue
		}
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !named {
			continue
		}
		c, err := filer.LoadConfig(path)
		if err != nil {
			return c, false, badConfig(path, err)
		}
		return c, true, nil
	}
	return filer.DefaultConfig(), false, nil
}

// withDesk runs work at the filer's desk, beginning a book where there is none.
func (d *deskFlags) withDesk(ctx context.Context, a *app, work func(*filer.Desk) error) error {
	c, _, err := d.load(a)
	if err != nil {
		return err
	}
	return atDesk(ctx, a, c, work)
}

// withBook runs work at a desk that has a configuration or a book already: in
// the wrong directory a command must not find an empty book and be content.
func (d *deskFlags) withBook(ctx context.Context, a *app, work func(*filer.Desk) error) error {
	c, found, err := d.load(a)
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.Ledger); errors.Is(err, os.ErrNotExist) && !found {
		return misuse("här finns varken konfiguration eller bok", "there is neither a configuration nor a book here").
			hint("ange konfigurationen med --config eller $FILTJANST_CONFIG; söktes även som %s och %s", "name the configuration with --config or $FILTJANST_CONFIG; it was looked for as %s and %s", d.places(a)[2], d.places(a)[3])
	}
	return atDesk(ctx, a, c, work)
}

func atDesk(ctx context.Context, a *app, c filer.Config, work func(*filer.Desk) error) error {
	desk, err := filer.Open(ctx, c, a.now, rand.Reader)
	if err != nil {
		return err
	}
	return errors.Join(work(desk), desk.Close())
}
