package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filing"
	"filtjanst/sandbox"

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
	f.Var(newChoice(&d.service, serviceChoices()...), "service", a.say("spela en tjänst från fil till slut, eller alla", "play one service from file to end, or all"))
	root.AddCommand(cmd)
}

// demoBegin is the Monday on which the demo begins.
func demoBegin() time.Time { return calendar.MustDay("2026-11-23").At(9, 0) }

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
	world, err := sandbox.Open(ctx, sandbox.Options{Dir: dir, Begin: demoBegin(), Logger: slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelError}))})
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
	desk, err := world.Desk(ctx, sandboxFiler, func(c *filer.Config) { c.Form = filing.Form(d.form) })
	if err != nil {
		return err
	}
	defer desk.Close()
	s := &story{app: a, world: world, desk: desk, form: filing.Form(d.form), kept: d.keep != "", peeked: map[string]bool{}}
	s.tell("En påhittad myndighet är igång på %s; klockan där är %s.", "A made-up authority is up at %s; the clock there is %s.", world.Ready().Gateway, local(world.Now()))
	s.show("Layouter och koder är projektets egen profil, inte myndighetens.", "Layouts and codes are the project's own profile, not the authority's.")
	if err := d.steps(ctx, s, dir); err != nil {
		return failed(err, "demon gick inte till slutet", "the demo did not reach its end")
	}
	if d.keep != "" {
		s.result.Kept = dir
		s.tell("Allt ligger kvar i %s.", "Everything is kept in %s.", dir)
	}
	switch {
	case !a.json():
		return nil
	case d.service != "":
		return a.printJSON(servicesResult{Services: s.services, Kept: s.result.Kept})
	}
	return a.printJSON(s.result)
}

// servicesResult is what demo --service --format json prints.
type servicesResult struct {
	Services []playedService `json:"services"`
	Kept     string          `json:"kept,omitempty"`
}

func (d *demoFlags) steps(ctx context.Context, s *story, dir string) error {
	if d.service != "" {
		return d.playServices(ctx, s, dir)
	}
	if err := s.mainRoad(ctx, d.claims, dir); err != nil {
		return err
	}
	return s.deviation(ctx, dir)
}
