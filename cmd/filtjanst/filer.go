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

// load finds and reads the filer's configuration. Without any file it is that
// of the sandbox's first filer, which can build but not send.
func (d *deskFlags) load(a *app) (filer.Config, error) {
	candidates := []string{d.config, a.env("FILTJANST_CONFIG")}
	for _, path := range candidates {
		if path == "" {
			continue
		}
		c, err := filer.LoadConfig(path)
		if err != nil {
			return c, &fault{exit: exitMisuse, cause: err}
		}
		return c, nil
	}
	for _, path := range []string{"filer.toml", filepath.Join(sandboxDir, "filers", sandboxFiler, "filer.toml")} {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		c, err := filer.LoadConfig(path)
		if err != nil {
			return c, &fault{exit: exitMisuse, cause: err}
		}
		return c, nil
	}
	return filer.DefaultConfig(), nil
}

// open opens the filer's desk; the caller closes it.
func (d *deskFlags) open(ctx context.Context, a *app) (*filer.Desk, error) {
	c, err := d.load(a)
	if err != nil {
		return nil, err
	}
	return filer.Open(ctx, c, a.now, rand.Reader)
}

// withDesk runs work at the filer's desk.
func (d *deskFlags) withDesk(ctx context.Context, a *app, work func(*filer.Desk) error) error {
	desk, err := d.open(ctx, a)
	if err != nil {
		return err
	}
	return errors.Join(work(desk), desk.Close())
}
