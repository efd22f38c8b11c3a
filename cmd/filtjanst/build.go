package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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
	from, mapping, clients, form, out, today string
	sequence                                 int64
}

func addBuild(root *cobra.Command, a *app) {
	var b buildFlags
	cmd := &cobra.Command{
		Use:     "build TRANSACTION --from FILE",
		GroupID: groupFiles,
		Short:   a.say("bygg en ansökningsfil med missiv av en kravlista", "build an application file and cover note from a list of claims"),
		Long: a.say(
			"Läser ett inkassosystems export (CSV) eller JSON, rapporterar det som inte går att\nanvända per rad och kolumn, lägger det som måste gå på papper för sig, och skriver fil\noch missiv. Intressentkod och löpnummer kommer från boken.",
			"Reads a collection system's export (CSV) or JSON, reports what it cannot use by row\nand column, sets aside what must go on paper, and writes file and cover note. Party\ncode and sequence number come from the book."),
		Example:           "  filtjanst build bf.application --from claims.csv --out out\n  filtjanst build bf.application --from claims.csv --mapping own.toml --form xml",
		Args:              arguments(1, 1),
		ValidArgsFunction: cobra.FixedCompletions([]cobra.Completion{string(filing.BFApplication)}, cobra.ShellCompDirectiveNoFileComp),
		RunE:              func(cmd *cobra.Command, args []string) error { return b.run(cmd.Context(), a, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&b.from, "from", "", a.say("kravlistan `FILE`: .csv eller .json; - för standard in", "the list of claims `FILE`: .csv or .json; - for standard input"))
	f.StringVar(&b.mapping, "mapping", "", a.say("hur kolumnerna läses, `FILE` (annars konfigurationens, annars den vanliga exporten)", "how the columns are read, `FILE` (else the configuration's, else the usual export)"))
	f.StringVar(&b.clients, "clients", "", a.say("klientregister `FILE` (annars konfigurationens)", "client master `FILE` (else the configuration's)"))
	f.Var(newChoice(&b.form, "text", "xml"), "form", a.say("filens form (annars konfigurationens)", "form of the file (else the configuration's)"))
	f.StringVar(&b.out, "out", "", a.say("katalog `DIR` för fil och missiv (annars konfigurationens)", "directory `DIR` for file and note (else the configuration's)"))
	f.Int64Var(&b.sequence, "sequence", 0, a.say("löpnummer `N` i stället för bokens nästa", "sequence number `N` instead of the book's next"))
	f.StringVar(&b.today, "today", "", a.say("bygg som på `DAY` (ÅÅÅÅ-MM-DD) i stället för i dag", "build as on `DAY` (YYYY-MM-DD) instead of today"))
	b.register(cmd, a)
	root.AddCommand(cmd)
}

func (b *buildFlags) run(ctx context.Context, a *app, transaction string) error {
	if filing.Transaction(transaction) != filing.BFApplication {
		return misuse("build kan bara bygga %s, inte %q", "build can only build %s, not %q", filing.BFApplication, transaction)
	}
	if b.from == "" {
		return misuse("ange kravlistan med --from FILE", "name the list of claims with --from FILE")
	}
	if b.sequence < 0 {
		return misuse("--sequence tar ett löpnummer från 1", "--sequence takes a number from 1")
	}
	if b.sequence > 0 {
		a.note("varning: löpnumret %d sätts för hand; boken väntar sitt nästa", "warning: sequence number %d is set by hand; the book expects its own next", b.sequence)
	}
	at, err := b.day(a)
	if err != nil {
		return err
	}
	list, err := b.open(a)
	if err != nil {
		return err
	}
	defer list.Close()
	return b.withDesk(ctx, at, func(d *filer.Desk) error {
		built, err := d.Build(ctx, filer.BuildRequest{
			From: list, JSON: strings.HasSuffix(strings.ToLower(b.from), ".json") || strings.HasSuffix(strings.ToLower(b.from), ".jsonl"),
			Mapping: b.mapping, Clients: b.clients, Form: filing.Form(b.form), Out: b.out, Sequence: b.sequence,
		})
		if err != nil && !errors.Is(err, filer.ErrNothing) {
			return failed(err, "filen byggdes inte", "the file was not built")
		}
		return a.reportBuilt(built, err)
	})
}

// day is the app on the day that --today names.
func (b *buildFlags) day(a *app) (*app, error) {
	if b.today == "" {
		return a, nil
	}
	day, err := calendar.ParseDay(b.today)
	if err != nil {
		return nil, misuse("--today tar en dag som 2026-03-02, inte %q", "--today takes a day such as 2026-03-02, not %q", b.today)
	}
	at := *a
	at.now = func() time.Time { return day.At(beginHour, 0) }
	return &at, nil
}

func (b *buildFlags) open(a *app) (io.ReadCloser, error) {
	if b.from == stdinName {
		return io.NopCloser(a.in), nil
	}
	f, err := os.Open(b.from)
	if err != nil {
		return nil, failed(err, "kravlistan kan inte läsas", "the list of claims cannot be read")
	}
	return f, nil
}

// reportBuilt tells what was built and what was not. Nothing built is work
// refused.
func (a *app) reportBuilt(built filer.Built, nothing error) error {
	if a.json() {
		if err := a.printJSON(built); err != nil {
			return err
		}
	} else if err := a.reportBuiltText(built, nothing == nil); err != nil {
		return err
	}
	if nothing != nil {
		return refusedQuietly()
	}
	return nil
}

func (a *app) reportBuiltText(b filer.Built, made bool) error {
	a.reportProblems(b.Report)
	for _, w := range b.Warnings {
		a.note("varning %s, ärende %s: %s", "warning %s, case %s: %s", w.Code, w.Reference, a.say(w.Swedish, w.English))
	}
	if n := b.Repeated.References; n > 0 {
		a.note("varning: %d av ärendena finns redan i nummer %d eller tidigare; är listan byggd förut, ge upp den nya filen (renumber --discard %d) innan den sänds",
			"warning: %d of the cases are already in number %d or before; if the list was built before, give up the new file (renumber --discard %d) before it is sent",
			n, b.Repeated.Sequence, b.File.Sequence)
	}
	if !made {
		_, err := fmt.Fprintln(a.out, a.say("ingen fil byggdes", "no file was built"))
		return err
	}
	f := b.File
	_, err := fmt.Fprintf(a.out, "%s\n%s\n%s\n", near(f.Path), near(f.NotePath), a.sayf(
		"%s nummer %d: %s, %s; %d avvisade, %d på papper",
		"%s number %d: %s, %s; %d refused, %d on paper",
		f.Code, f.Sequence, a.applications(f.Documents), f.Sum.Kronor(), b.Report.Refused, len(b.Report.Paper)))
	return err
}

func (a *app) applications(n int64) string {
	return a.counted(int(n), "ansökan", "ansökningar", "application", "applications")
}

// mostProblems is how many problems of a list are told one by one.
const mostProblems = 200

// reportProblems tells each refusal, paper case and warning, and what was
// changed on the way once per kind.
func (a *app) reportProblems(r claimlist.Report) {
	a.note("%d rader, %d ärenden, läst som %s", "%d rows, %d cases, read as %s", r.Rows, r.Cases, r.Encoding)
	told := 0
	for _, p := range r.Problems {
		if p.Severity == claimlist.Notified {
			continue
		}
		if told++; told <= mostProblems {
			fmt.Fprintln(a.err, a.problemLine(p))
		}
	}
	if told > mostProblems {
		a.note("… och %d till; --format json visar alla", "… and %d more; --format json shows all", told-mostProblems)
	}
	a.reportNotes(r)
}

func (a *app) reportNotes(r claimlist.Report) {
	type kind struct{ column, text string }
	count := map[kind]int{}
	var order []kind
	for _, p := range r.Problems {
		if p.Severity != claimlist.Notified {
			continue
		}
		k := kind{p.Column, a.say(p.Swedish, p.English)}
		if count[k]++; count[k] == 1 {
			order = append(order, k)
		}
	}
	for _, k := range order {
		a.note("notis: %s, %d rader: %s", "note: %s, %d rows: %s", k.column, count[k], k.text)
	}
}

func (a *app) problemLine(p claimlist.Problem) string {
	kind := map[claimlist.Severity]words{
		claimlist.Refused: {"avvisad", "refused"}, claimlist.OnPaper: {"papper", "paper"},
		claimlist.Warned: {"varning", "warning"},
	}[p.Severity].in(a.lang)
	place := a.sayf("rad %d", "row %d", p.Row)
	if p.Column != "" {
		place += ", " + p.Column
	}
	if p.Reference != "" {
		place += ", " + p.Reference
	}
	return kind + ": " + place + ": " + a.say(p.Swedish, p.English)
}
