package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"syscall"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/sandbox"

	"github.com/spf13/cobra"
)

type sandboxFlags struct {
	data, listen, operations, begin string
	verbose, leaveLetters           bool
	answerAfter                     time.Duration
}

func addSandbox(root *cobra.Command, a *app) {
	var s sandboxFlags
	cmd := &cobra.Command{
		Use:     "sandbox",
		GroupID: groupTry,
		Short:   a.say("kör en påhittad myndighet att öva mot", "run a made-up authority to rehearse against"),
		Long: a.say(
			"Startar en myndighet med påhittade ingivare, certifikat, färdiga konfigurationer och\nen klocka som står tills filtjanst clock flyttar den. Allt ligger i katalogen och finns\nkvar till nästa start.",
			"Starts an authority with made-up filers, certificates, ready configurations and a\nclock that stands until filtjanst clock moves it. All of it lies in the directory and\nis there at the next start."),
		Example: "  filtjanst sandbox --data DIR\n  filtjanst sandbox claims --cases 10000 > claims.csv\n  filtjanst sandbox numbers",
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context(), a) },
	}
	f := cmd.Flags()
	f.StringVar(&s.data, "data", sandboxDir, a.say("katalog `DIR` för allt", "directory `DIR` of everything"))
	f.StringVar(&s.listen, "listen", "", a.say("adress `HOST:PORT` (annars förra gångens, eller en ledig)", "address `HOST:PORT` (else that of last time, or a free one)"))
	f.StringVar(&s.operations, "operations", "", a.say("adress `HOST:PORT` för hälsa och mätvärden", "address `HOST:PORT` of health and metrics"))
	f.StringVar(&s.begin, "begin", "", a.say("var klockan börjar i en ny sandlåda, `DAY` (annars nu)", "where the clock begins in a new sandbox, `DAY` (else now)"))
	f.BoolVar(&s.leaveLetters, "leave-letters", false, a.say("låt breven vänta på en tryckeritjänst utanför (filtjanst letters)", "leave the letters to a print service outside (filtjanst letters)"))
	f.DurationVar(&s.answerAfter, "answer-after", 0, a.say("hur länge en begäran om utdrag väntar på sitt svar, `DURATION`, till exempel 2h; till dess kan den stoppas", "how long a request for extracts waits for its answer, `DURATION`, such as 2h; until then it can be stopped"))
	f.BoolVarP(&s.verbose, "verbose", "v", false, a.say("logga allt på standard fel", "log everything on standard error"))
	cmd.AddCommand(claimsCommand(a), numbersCommand(a))
	root.AddCommand(cmd)
}

func (s *sandboxFlags) run(ctx context.Context, a *app) error {
	begin, err := s.beginning()
	if err != nil {
		return err
	}
	world, err := sandbox.Open(ctx, sandbox.Options{
		Dir: s.data, Begin: begin, Gateway: s.listen, Operations: s.operations, Logger: s.logger(a), LeaveLetters: s.leaveLetters, AnswerAfter: s.answerAfter,
	})
	if errors.Is(err, syscall.EADDRINUSE) {
		return failed(err, "adressen används av något annat", "the address is used by something else").
			hint("ange en annan med --listen, eller ingen: då väljs en ledig", "name another with --listen, or none: then a free one is chosen")
	}
	if errors.Is(err, syscall.EAGAIN) { // the lock on its directory is held
		return failed(nil, "en sandlåda körs redan på %s", "a sandbox is running on %s already", s.data).
			hint("stoppa den först, eller välj en annan katalog med --data", "stop it first, or pick another directory with --data")
	}
	if err != nil {
		return failed(err, "sandlådan kunde inte öppnas", "the sandbox could not be opened")
	}
	if err := a.reportReady(world.Ready()); err != nil {
		return err
	}
	err = world.Serve(ctx)
	if closed := world.Close(); err == nil {
		err = closed
	}
	return err
}

func (s *sandboxFlags) beginning() (time.Time, error) {
	if s.begin == "" {
		return time.Time{}, nil
	}
	day, err := calendar.ParseDay(s.begin)
	if err != nil {
		return time.Time{}, misuse("--begin tar en dag som 2026-11-23, inte %q", "--begin takes a day such as 2026-11-23, not %q", s.begin)
	}
	return day.At(beginHour, 0), nil
}

// beginHour is the hour in Stockholm at which a rehearsal begins.
const beginHour = 9

func (s *sandboxFlags) logger(a *app) *slog.Logger {
	level := slog.LevelWarn
	if s.verbose {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: level}))
}

// reportReady prints one line for programs, or a guide for people.
func (a *app) reportReady(r sandbox.Ready) error {
	if a.json() {
		return encode(a.out, formatJSONL, r)
	}
	fmt.Fprintf(a.out, "%s %s\n", a.say("myndigheten svarar på", "the authority answers at"), r.Gateway)
	rows := make([][]string, len(r.Filers))
	for i, f := range r.Filers {
		rows[i] = []string{"  " + f.Code, f.Organisation, f.Name, f.Channel, f.Config}
	}
	if err := table(a.out, rows); err != nil {
		return err
	}
	lines, err := os.ReadFile(r.Curl)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "\n%s\n  filtjanst sandbox claims --cases 1000 > claims.csv\n  filtjanst build bf.application --from claims.csv --config %[2]s\n  filtjanst send --config %[2]s\n  filtjanst fetch --config %[2]s\n  filtjanst clock evening --data %[3]s\n\n%[4]s\n%[5]s\n%[6]s\n",
		a.say("i en annan terminal:", "in another terminal:"), r.Filers[0].Config, r.Data,
		a.say("eller med curl, i produktionsvärlden: sänd exemplet, lista, hämta och kvittera", "or with curl, in the production world: send the example, list, fetch and acknowledge"), lines,
		a.say("Ctrl-C avslutar", "Ctrl-C ends it"))
	return err
}

func claimsCommand(a *app) *cobra.Command {
	c := sandbox.Claims{}
	var clients, today string
	cmd := &cobra.Command{
		Use:   "claims",
		Short: a.say("skriv en påhittad kravlista på standard ut", "write a made-up list of claims to standard output"),
		Long: a.say(
			"Listan är CSV som ett inkassosystem skriver den: Windows-1252, semikolon, en rad per\nfaktura. Med --format json eller jsonl är den JSON med samma kolumner, som build läser\nur en fil som slutar på .json eller .jsonl.",
			"The list is CSV as a collection system writes it: Windows-1252, semicolons, a row an\ninvoice. With --format json or jsonl it is JSON with the same columns, which build reads\nfrom a file whose name ends with .json or .jsonl."),
		Example: "  filtjanst sandbox claims --cases 1000 > claims.csv\n  filtjanst sandbox claims --cases 10 --format json > claims.json",
		Args:    arguments(0, 0),
		RunE: func(_ *cobra.Command, _ []string) error {
			there, err := a.on(today)
			if err != nil {
				return err
			}
			return there.writeClaims(c, clients)
		},
	}
	cmd.Flags().IntVar(&c.Cases, "cases", 100, a.say("antal ärenden `N`", "number of cases `N`"))
	cmd.Flags().Uint64Var(&c.Seed, "seed", 1, a.say("samma frö `N` ger samma lista", "the same seed `N` gives the same list"))
	cmd.Flags().StringVar(&clients, "clients", "", a.say("klientregister `FILE` (annars exemplets)", "client master `FILE` (else the example's)"))
	cmd.Flags().StringVar(&today, "today", "", a.say("kraven som de står på `DAY` (ÅÅÅÅ-MM-DD) i stället för i dag", "the claims as they stand on `DAY` (YYYY-MM-DD) instead of today"))
	return cmd
}

func (a *app) writeClaims(c sandbox.Claims, clients string) error {
	if c.Cases < 1 {
		return misuse("--cases tar ett antal från 1", "--cases takes a number from 1")
	}
	master, _, err := claimlist.ExampleClients()
	if clients != "" {
		var text []byte
		if text, err = os.ReadFile(clients); err == nil {
			master, err = claimlist.ParseClients(clients, text)
		}
	}
	if err != nil {
		return failed(err, "klientregistret kan inte läsas", "the client master cannot be read")
	}
	c.Clients, c.Today = sandbox.ClientsOf(master), a.today()
	out := bufio.NewWriter(a.out)
	return a.flushed(out, func(w io.Writer) error {
		if a.json() {
			_, err := c.WriteJSON(w, a.format == formatJSONL)
			return err
		}
		_, err := c.WriteCSV(w)
		return err
	})
}

func (a *app) flushed(out *bufio.Writer, write func(io.Writer) error) error {
	if err := write(out); err != nil {
		return err
	}
	return out.Flush()
}
