package main

import (
	"bytes"

	"filtjanst/authority"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"
)

func addConfig(root *cobra.Command, a *app) {
	config := &cobra.Command{
		Use:     "config",
		GroupID: groupAuthority,
		Short:   a.say("nodens konfiguration", "the node's configuration"),
		Args:    cobra.ArbitraryArgs,
		RunE:    menu,
	}
	var path string
	show := &cobra.Command{
		Use:   "print",
		Short: a.say("skriv konfigurationen med varje nyckel förklarad", "write the configuration with every key explained"),
		Long: a.say(
			"Skriver konfigurationen som TOML: den i filen över det som gäller utan den. Utan\n--config är det en mall att fylla i.",
			"Writes the configuration as TOML: that of the file over what holds without it.\nWithout --config it is a form to fill in."),
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return a.printConfig(path) },
	}
	show.Flags().StringVar(&path, "config", "", a.say("läs konfigurationen i `FILE`", "read the configuration in `FILE`"))
	config.AddCommand(show)
	root.AddCommand(config)
}

func (a *app) printConfig(path string) error {
	cfg := authority.DefaultConfig()
	if path != "" {
		var err error
		if cfg, err = authority.ReadConfig(path); err != nil {
			return badConfig(path, err)
		}
	}
	if !a.json() {
		return cfg.Print(a.out)
	}
	var text bytes.Buffer
	if err := cfg.Print(&text); err != nil {
		return err
	}
	var keys map[string]any
	if err := toml.Unmarshal(text.Bytes(), &keys); err != nil {
		return err
	}
	return a.printJSON(keys)
}
