package main

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority"

	"github.com/spf13/cobra"
)

func addServe(root *cobra.Command, a *app) {
	var config string
	serve := &cobra.Command{
		Use:     "serve --config FILE",
		GroupID: groupAuthority,
		Short:   a.say("kör myndighetens nod", "run the authority's node"),
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), config) },
	}
	migrate := &cobra.Command{
		Use:     "migrate --config FILE",
		GroupID: groupAuthority,
		Short:   a.say("för databaserna till programmets schema", "bring the databases to the program's schema"),
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.migrate(cmd.Context(), config) },
	}
	for _, c := range []*cobra.Command{serve, migrate} {
		c.Flags().StringVarP(&config, "config", "c", "", a.say("konfiguration `FILE`", "configuration `FILE`"))
		root.AddCommand(c)
	}
}

// authorityConfig reads the configuration that a command was given.
func (a *app) authorityConfig(path string) (authority.Config, error) {
	if path == "" {
		return authority.Config{}, misuse("ange konfigurationen med --config FILE", "name the configuration with --config FILE").
			hint("filtjanst config print > FILE skriver en att fylla i", "filtjanst config print > FILE writes one to fill in")
	}
	c, err := authority.ReadConfig(path)
	if err == nil {
		err = c.Check()
	}
	if err != nil {
		return c, badConfig(path, err)
	}
	return c, nil
}

func (a *app) serve(ctx context.Context, path string) error {
	c, err := a.authorityConfig(path)
	if err != nil {
		return err
	}
	node, err := authority.New(ctx, c, authority.Outside{})
	if err != nil {
		return &fault{exit: exitFailed, cause: err}
	}
	at := node.Addresses()
	a.note("svarar på %s, drift på %s", "answering at %s, operations at %s", at.Gateway, at.Operations)
	return errors.Join(node.Serve(ctx), node.Close())
}

func (a *app) migrate(ctx context.Context, path string) error {
	c, err := a.authorityConfig(path)
	if err != nil {
		return err
	}
	if err := authority.Migrate(ctx, c); err != nil {
		return &fault{exit: exitFailed, cause: err}
	}
	_, err = fmt.Fprintln(a.out, a.say("databaserna har programmets schema", "the databases have the program's schema"))
	return err
}
