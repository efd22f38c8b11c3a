package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

type buildFlags struct {
	deskFlags
	from, mapping, clients, form, out, today, requester, act string
	sequence                                                 int64
	preview, yes                                             bool
}

func addBuild(root *cobra.Command, a *app) {
	var b buildFlags
	cmd := &cobra.Command{
		Use:     "build WHAT --from FILE",
		GroupID: groupFiles,
		Short:   a.say("bygg filer av en lista", "build files from a list"),
		Long: a.say(
			"WHAT är en transaktion som byggs av en lista: bf.application, ve.application,\nsc.claim, de.request eller pe.request. Det som inte går att använda rapporteras per\nrad och kolumn, det som måste gå på papper läggs för sig, och krav som redan är\nöppna eller avgjorda nämns. Intressentkod och löpnummer kommer från boken.\n\nEller det som ska göras med ärenden i en lista av egna referenser eller målnummer:\nwithdrawal, reduction, deferral eller party-change. Boken väljer transaktionen efter\nvarje måls läge. Över gränserna i konfigurationens [limits] krävs --yes. Ange i stället\nbf.withdrawal, bf.reduction, ve.change eller xx.party_change för att bara bygga den.",
			"WHAT is a transaction that is built from a list: bf.application, ve.application,\nsc.claim, de.request or pe.request. What cannot be used is reported by row and\ncolumn, what must go on paper is set aside, and claims that are open or decided\nalready are named. Party code and sequence number come from the book.\n\nOr what is to be done to the cases in a list of own references or case numbers:\nwithdrawal, reduction, deferral or party-change. The book picks the transaction by\nthe state of each case. Above the limits of [limits] in the configuration --yes is\nneeded. Name bf.withdrawal, bf.reduction, ve.change or xx.party_change to build that\none only."),
		Example:           "  filtjanst build bf.application --from claims.csv --out out\n  filtjanst build withdrawal --from paid.csv --preview\n  filtjanst build ve.change --act deferral --from deferrals.csv",
		Args:              arguments(1, 1),
		ValidArgsFunction: cobra.FixedCompletions(completions(), cobra.ShellCompDirectiveNoFileComp),
		RunE:              func(cmd *cobra.Command, args []string) error { return b.run(cmd.Context(), a, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&b.from, "from", "", a.say("listan `FILE`: .csv, .json eller .jsonl; - för standard in", "the list `FILE`: .csv, .json or .jsonl; - for standard input"))
	f.StringVar(&b.mapping, "mapping", "", a.say("hur kolumnerna läses, `FILE` (annars konfigurationens, annars den vanliga)", "how the columns are read, `FILE` (else the configuration's, else the usual one)"))
	f.StringVar(&b.clients, "clients", "", a.say("klientregister `FILE` (annars konfigurationens)", "client master `FILE` (else the configuration's)"))
	f.Var(newChoice(&b.form, "text", "xml"), "form", a.say("filens form (annars konfigurationens)", "form of the file (else the configuration's)"))
	f.StringVar(&b.out, "out", "", a.say("katalog `DIR` för fil och missiv (annars konfigurationens)", "directory `DIR` for file and note (else the configuration's)"))
	f.Int64Var(&b.sequence, "sequence", 0, a.say("löpnummer `N` i stället för bokens nästa", "sequence number `N` instead of the book's next"))
	f.StringVar(&b.today, "today", "", a.say("bygg som på `DAY` (ÅÅÅÅ-MM-DD) i stället för i dag", "build as on `DAY` (YYYY-MM-DD) instead of today"))
	f.StringVar(&b.requester, "requester", "", a.say("`NAME` på den som frågar efter utdrag (annars konfigurationens)", "`NAME` of who asks for extracts (else the configuration's)"))
	f.Var(newChoice(&b.act, string(filer.Withdraw), string(filer.Reduce), string(filer.Defer)), "act", a.say("vad ve.change ska göra", "what ve.change is to do"))
	f.BoolVar(&b.preview, "preview", false, a.say("visa vad som skulle skrivas, men skriv inget", "show what would be written, but write nothing"))
	f.BoolVar(&b.yes, "yes", false, a.say("bygg också över gränserna", "build above the limits too"))
	b.register(cmd, a)
	root.AddCommand(cmd)
}

func completions() []cobra.Completion {
	return slices.Sorted(maps.Keys(filer.Tasks()))
}

func (b *buildFlags) run(ctx context.Context, a *app, what string) error {
	w, known := filer.Tasks()[what]
	if !known {
		f := misuse("build kan inte bygga %q", "build cannot build %q", what)
		if near, found := claimlist.Near(what, completions()); found {
			_ = f.hint("menade du %s?", "did you mean %s?", near)
		}
		return f.hint("det bygger %s", "it builds %s", strings.Join(completions(), ", "))
	}
	if b.from == "" {
		return misuse("ange listan med --from FILE", "name the list with --from FILE")
	}
	if b.sequence < 0 {
		return misuse("--sequence tar ett löpnummer från 1", "--sequence takes a number from 1")
	}
	if err := b.fits(w, what); err != nil {
		return err
	}
	if b.sequence > 0 {
		a.note("varning: löpnumret %d sätts för hand; boken väntar sitt nästa", "warning: sequence number %d is set by hand; the book expects its own next", b.sequence)
	}
	at, err := a.on(b.today)
	if err != nil {
		return err
	}
	list, closing, err := a.listFile(b.from)
	if err != nil {
		return err
	}
	defer closing()
	return b.withDesk(ctx, at, func(d *filer.Desk) error {
		if w.List == "" {
			return b.do(ctx, at, d, w, list)
		}
		return b.build(ctx, a, d, w.List, list)
	})
}

// fits refuses flags that do not go with what is built.
func (b *buildFlags) fits(w filer.Task, what string) error {
	switch {
	case w.List == "" && b.sequence != 0:
		return misuse("--sequence gäller inte %s: numren kommer från boken", "--sequence does not go with %s: the numbers come from the book", what)
	case w.List == "" && w.Act == "" && b.act == "":
		return misuse("ange vad %s ska göra med --act withdrawal, reduction eller deferral", "say what %s is to do with --act withdrawal, reduction or deferral", what)
	case b.act != "" && (w.List != "" || w.Act != ""):
		return misuse("--act gäller bara ve.change", "--act goes with ve.change only")
	case w.List != "" && b.preview:
		return misuse("--preview gäller inte %s: kontrollera listan med filtjanst check på filen som byggs", "--preview does not go with %s: see the file that is built with filtjanst check", what)
	}
	return nil
}

func (b *buildFlags) build(ctx context.Context, a *app, d *filer.Desk, transaction filing.Transaction, list io.Reader) error {
	built, err := d.Build(ctx, filer.BuildRequest{
		Transaction: transaction, From: list, JSON: isJSON(b.from), Requester: b.requester,
		Mapping: b.mapping, Clients: b.clients, Form: filing.Form(b.form), Out: b.out, Sequence: b.sequence,
	})
	if err != nil && !errors.Is(err, filer.ErrNothing) {
		return ofList(err, "filen byggdes inte", "the file was not built")
	}
	return a.reportBuilt(built, err)
}

func isJSON(path string) bool {
	return slices.Contains([]string{".json", ".jsonl"}, strings.ToLower(filepath.Ext(path)))
}

// on is the app on the day that --today names.
func (a *app) on(today string) (*app, error) {
	if today == "" {
		return a, nil
	}
	day, err := calendar.ParseDay(today)
	if err != nil {
		return nil, misuse("--today tar en dag som 2026-03-02, inte %q", "--today takes a day such as 2026-03-02, not %q", today)
	}
	at := *a
	at.now = func() time.Time { return day.At(beginHour, 0) }
	return &at, nil
}
