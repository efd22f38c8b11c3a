package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"filtjanst/filing"
	"filtjanst/sandbox"
	"filtjanst/sandbox/demo"

	"github.com/spf13/cobra"
)

type demoFlags struct {
	keep    string
	claims  int
	form    string
	service string
}

func addDemo(root *cobra.Command, a *app) {
	d := demoFlags{form: string(filing.TextForm)}
	cmd := &cobra.Command{
		Use:     "demo",
		GroupID: groupTry,
		Short:   a.say("se en kravlista bli mål: hela vägen, berättad", "watch a list of claims become cases: the whole way, narrated"),
		Long: a.say(
			"Startar en påhittad myndighet i en tillfällig katalog, bygger en fil av en kravlista,\nsänder den över SHS med ömsesidig TLS, hämtar kvittensen, går till kvällen och hämtar\nbekräftelsen. Sedan avvisas en fil vars missiv avviker, och det rättade paret godkänns\nunder samma nummer. Med --service spelas i stället en tjänst, eller alla, från ansökan\ntill slut, med gäldenärer som svarar.",
			"Starts a made-up authority in a temporary directory, builds a file of a list of\nclaims, sends it over SHS with mutual TLS, fetches the receipt, goes to the evening and\nfetches the confirmation. Then a file whose cover note differs is rejected, and the\ncorrected pair is approved under the same number. With --service one service, or all,\nis played instead, from application to end, with debtors who answer."),
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return d.run(cmd.Context(), a) },
	}
	f := cmd.Flags()
	f.StringVar(&d.keep, "keep", "", a.say("lägg allt i katalogen `DIR` och behåll det", "put everything in the directory `DIR` and keep it"))
	f.IntVar(&d.claims, "claims", 50, a.say("antal ärenden `N` i kravlistan", "number of cases `N` in the list of claims"))
	f.Var(newChoice(&d.form, "text", "xml"), "form", a.say("filens form", "form of the file"))
	f.Var(newChoice(&d.service, demo.Choices()...), "service", a.say("spela en tjänst från fil till slut, eller alla", "play one service from file to end, or all"))
	root.AddCommand(cmd)
}

func (d *demoFlags) run(ctx context.Context, a *app) error {
	if d.claims < 1 {
		return misuse("--claims tar ett antal från 1", "--claims takes a number from 1")
	}
	dir, err := d.directory()
	if err != nil {
		return err
	}
	if d.keep == "" {
		defer os.RemoveAll(dir)
	}
	world, err := sandbox.Open(ctx, sandbox.Options{Dir: dir, Begin: demo.Begin(), Logger: slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelError}))})
	if err != nil {
		return failed(err, "den påhittade myndigheten kunde inte startas", "the made-up authority could not be started")
	}
	serving, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- world.Serve(serving) }()
	err = d.play(ctx, a, world, dir)
	stop()
	return errors.Join(err, <-served, world.Close())
}

func (d *demoFlags) directory() (string, error) {
	if d.keep == "" {
		return os.MkdirTemp("", "filtjanst-demo-*")
	}
	entries, err := os.ReadDir(d.keep)
	if err == nil && len(entries) > 0 {
		return "", misuse("katalogen %s är inte tom", "the directory %s is not empty", d.keep)
	}
	return d.keep, os.MkdirAll(d.keep, 0o700)
}

func (d *demoFlags) play(ctx context.Context, a *app, world *sandbox.Sandbox, dir string) error {
	o := demo.Options{Dir: dir, Keep: d.keep != "", Form: filing.Form(d.form)}
	if !a.json() {
		o.Narrate = a.narrate
	}
	var result any
	var err error
	if d.service != "" {
		result, err = demo.Services(ctx, world, o, d.service)
	} else {
		result, err = demo.MainRoad(ctx, world, o, d.claims)
	}
	switch {
	case err != nil:
		return failed(err, "demon gick inte till slutet", "the demo did not reach its end")
	case !a.json():
		return nil
	}
	return a.printJSON(result)
}

// narrate prints a line of the story, the details below their step.
func (a *app) narrate(l demo.Line) {
	text := a.say(l.Swedish, l.English)
	if l.Step == 0 {
		fmt.Fprintf(a.out, "    %s\n", text)
		return
	}
	fmt.Fprintf(a.out, "%2d  %s\n", l.Step, text)
}
