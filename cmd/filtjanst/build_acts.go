package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"filtjanst/filer"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// do builds what is to be done to the cases of a list. The list is kept, so that
// it can be read again when the user has said yes.
func (b *buildFlags) do(ctx context.Context, a *app, d *filer.Desk, w filer.Task, list io.Reader) error {
	text, err := io.ReadAll(list)
	if err != nil {
		return failed(err, "listan kan inte läsas", "the list cannot be read")
	}
	if w.Act == "" {
		w.Act = filer.Act(b.act)
	}
	r := filer.DoRequest{Act: w.Act, Only: w.Only, JSON: isJSON(b.from), Mapping: b.mapping, Form: filing.Form(b.form), Out: b.out, Preview: b.preview, Yes: b.yes}
	do := func() (filer.Done, error) {
		r.From = strings.NewReader(string(text))
		return d.Do(ctx, r)
	}
	done, err := do()
	var limit *filer.LimitError
	if errors.As(err, &limit) && b.from != stdinName && a.agrees(limit) {
		r.Yes = true
		done, err = do()
	}
	return a.reportDone(done, err)
}

// agrees asks a person at a terminal whether to go on above a limit.
func (a *app) agrees(limit *filer.LimitError) bool {
	if !a.terminal || a.json() {
		return false
	}
	fmt.Fprintf(a.err, "%s ", limitText(limit).in(a.lang)+a.say("; bygg ändå? [j/N]", "; build all the same? [y/N]"))
	answer, err := bufio.NewReader(a.in).ReadString('\n')
	answer = strings.ToLower(strings.TrimSpace(answer))
	return err == nil && (answer == "j" || answer == "ja" || answer == "y" || answer == "yes")
}

func limitText(l *filer.LimitError) words {
	return wordsf("listan återkallar eller sätter ned %d mål av %d öppna, men gränsen är %d", "the list withdraws or lowers %d cases of %d open, but the limit is %d", l.Documents, l.Open, l.Most)
}

func (a *app) reportDone(done filer.Done, err error) error {
	var limit *filer.LimitError
	passed, nothing := errors.As(err, &limit), errors.Is(err, filer.ErrNothing)
	if err != nil && !passed && !nothing {
		return ofList(err, "filerna byggdes inte", "the files were not built")
	}
	if a.json() {
		if err := a.printJSON(done); err != nil {
			return err
		}
	} else if err := a.reportDoneText(done); err != nil {
		return err
	}
	switch {
	case passed:
		l := limitText(limit)
		f := &fault{exit: exitRefused, text: words{l.sv + "; inget skrevs", l.en + "; nothing was written"}}
		return f.hint("--preview visar vad som skulle skrivas; --yes bygger ändå; gränserna står under [limits] i konfigurationen",
			"--preview shows what would be written; --yes builds all the same; the limits stand under [limits] in the configuration")
	case nothing:
		return refusedQuietly()
	}
	return nil
}

func (a *app) reportDoneText(done filer.Done) error {
	a.reportProblems(done.Report)
	for i, l := range done.LeftOut {
		if i == mostProblems {
			a.note("… och %d till; --format json visar alla", "… and %d more; --format json shows all", len(done.LeftOut)-i)
			break
		}
		a.note("utelämnad: rad %d, %s: %s", "left out: row %d, %s: %s", l.Row, strings.TrimSpace(l.Reference+" "+l.Case), a.say(l.Swedish, l.English))
	}
	var errs []error
	say := func(text string) {
		_, err := fmt.Fprintln(a.out, text)
		errs = append(errs, err)
	}
	if done.Preview {
		for _, g := range done.Groups {
			say(a.sayf("%s: %s skulle skrivas", "%s: %s would be written", g.Transaction, a.counted(len(g.Documents), "handling", "handlingar", "document", "documents")))
			for _, p := range g.Documents {
				say("  " + a.plannedLine(p))
			}
		}
		if done.Limit != nil {
			a.note("varning: %s", "warning: %s", limitText(done.Limit).in(a.lang))
		}
	}
	for _, f := range done.Files {
		say(near(f.Path))
		say(a.sayf("%s %s nummer %d: %s", "%s %s number %d: %s", f.Code, f.Transaction, f.Sequence, a.contents(f)))
	}
	if len(done.Groups) == 0 {
		say(a.say("ingen fil byggdes", "no file was built"))
	}
	return errors.Join(errs...)
}

func (a *app) plannedLine(p filer.Planned) string {
	line := a.sayf("rad %d: %s", "row %d: %s", p.Row, actWord(p.Act).in(a.lang))
	if p.Reference != "" {
		line += ", " + p.Reference
	}
	if p.CaseNumber != "" {
		line += a.sayf(", mål %s", ", case %s", p.CaseNumber)
	} else {
		line += a.say(", innan inläsning", ", before read-in")
	}
	if p.Sum != 0 {
		line += ", " + p.Sum.Kronor()
	}
	if !p.Until.IsZero() {
		line += a.sayf(", till och med %s", ", until %s", p.Until)
	}
	return line
}

// actWord is an act for people.
func actWord(act ledger.Act) words {
	return map[ledger.Act]words{
		ledger.Withdraw: {"återkallas", "withdrawn"}, ledger.WithdrawOne: {"återkallas för en svarande", "withdrawn for one respondent"},
		ledger.ReduceTo: {"sätts ned till", "lowered to"}, ledger.ReduceBy: {"sätts ned med", "lowered by"},
		ledger.ChangeAmount: {"ny skuld", "new debt"}, ledger.Defer: {"uppskov", "deferral"}, ledger.ChangeOfParty: {"ändrade partsuppgifter", "changed party data"},
	}[act]
}
