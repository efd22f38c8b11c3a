package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"filtjanst/cmd/filtjanst/paragraph"
	"filtjanst/filer"
	"filtjanst/filer/ledger"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

type fetchFlags struct {
	deskFlags
	file, events string
	wait         time.Duration
}

func addFetch(root *cobra.Command, a *app) {
	var s fetchFlags
	cmd := &cobra.Command{
		Use:     "fetch",
		GroupID: groupTraffic,
		Short:   a.say("hämta allt som väntar och för in det på egna referenser", "fetch all that waits and take it in under own references"),
		Long: a.say(
			"Hämtar det som väntar, sparar det på disk innan det kvitteras, och för in det i\nboken: kvittenser, bekräftelser, utslag, redovisningar och alla andra besked. Med\n--events skrivs det nya som händelser, en per rad, till slutet av en fil (.csv eller\nJSON-rader) eller till standard ut; inget skrivs två gånger. Kvittensens SHA-256\njämförs med det som sändes. Slutkoden är 1 om en fil har avvisats.",
			"Fetches what waits, saves it on disk before it is acknowledged, and takes it into\nthe book: receipts, confirmations, verdicts, accounts and every other message. With\n--events what is new is written as events, one a line, at the end of a file (.csv or\nJSON lines) or on standard output; nothing is written twice. The SHA-256 in a\nreceipt is compared with what was sent. The exit code is 1 if a file was rejected."),
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context(), a) },
	}
	f := cmd.Flags()
	f.StringVar(&s.file, "import", "", a.say("för in en fil `FILE` som har hämtats på annat sätt", "take in a file `FILE` that was fetched by other means"))
	f.DurationVar(&s.wait, "wait", 0, a.say("vänta `DURATION`, till exempel 2m, på att något kommer", "wait `DURATION`, such as 2m, for something to come"))
	f.StringVar(&s.events, "events", "", a.say("skriv nya händelser till `FILE`; - för standard ut", "write new events to `FILE`; - for standard output"))
	s.register(cmd, a)
	root.AddCommand(cmd)
}

func (s *fetchFlags) run(ctx context.Context, a *app) error {
	return s.withBook(ctx, a, func(d *filer.Desk) error {
		received, err := s.fetch(ctx, d)
		words := *a
		if s.events == stdinName {
			words.out = a.err // events have standard output to themselves
		}
		if told := errors.Join(words.reportReceived(received), s.tellEvents(ctx, a, d)); told != nil {
			return told
		}
		if len(received) == 0 && err == nil && !a.json() {
			s.nothing(a)
		}
		if err != nil {
			if f, ok := errors.AsType[*fault](err); ok {
				return f
			}
			if f, unanswered := notReached(err); unanswered {
				return f
			}
			return failed(err, "allt kunde inte hämtas", "not everything could be fetched")
		}
		for _, r := range received {
			if r.Outcome == filing.Rejected || r.Problem != "" {
				return refusedQuietly()
			}
		}
		return nil
	})
}

// tellEvents writes the events that were not told yet.
func (s *fetchFlags) tellEvents(ctx context.Context, a *app, d *filer.Desk) error {
	var err error
	switch s.events {
	case "":
		return nil
	case stdinName:
		_, err = d.TellEvents(ctx, a.out, filer.EventsJSON)
	default:
		_, err = d.AppendEvents(ctx, s.events)
	}
	if err != nil {
		return failed(err, "händelserna kunde inte skrivas", "the events could not be written")
	}
	return nil
}

func (s *fetchFlags) fetch(ctx context.Context, d *filer.Desk) ([]filer.Received, error) {
	if s.file != "" {
		received, err := d.Import(ctx, s.file)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
			return nil, notOpened(s.file, err)
		}
		return received, err
	}
	return d.FetchWithin(ctx, s.wait)
}

func (s *fetchFlags) nothing(a *app) {
	if s.file != "" {
		a.note("filen %s har förts in tidigare", "the file %s was taken in before", s.file)
		return
	}
	a.note("det finns inget att hämta", "there is nothing to fetch")
}

func (a *app) reportReceived(received []filer.Received) error {
	if a.json() {
		return printUnder(a, "received", received)
	}
	var errs []error
	for _, r := range received {
		_, err := fmt.Fprintln(a.out, a.receivedLine(r))
		errs = append(errs, err)
		for _, w := range r.Warnings {
			a.note("  varning %s, ärende %s: %s", "  warning %s, case %s: %s", w.Code, w.Reference, a.say(w.Swedish, w.English))
		}
		for _, e := range r.Errors {
			fmt.Fprintf(a.err, "  %s: %s\n", e.Code, a.say(e.Swedish, e.English))
			if place := a.place(e); len(place) > 0 {
				fmt.Fprintln(a.err, paragraph.Fill(place, "    "))
			}
			fmt.Fprintf(a.err, "    %s\n", a.remedy(e))
		}
	}
	return errors.Join(errs...)
}

// remedy is in the user's language where the code is one that we know; a receipt
// has it in both.
func (a *app) remedy(e filing.Error) string {
	if info, known := filing.Explain(string(e.Code)); known {
		return a.say(info.RemedySwedish, info.RemedyEnglish)
	}
	return e.Remedy
}

func (a *app) receivedLine(r filer.Received) string {
	info, _ := filing.Info(r.Transaction)
	switch {
	case r.Problem != "":
		return near(r.Path) + ": " + r.Problem
	case info.Role == filing.RoleReceipt:
		return near(r.Path) + ": " + a.receiptWords(r)
	case r.Match != nil:
		line := a.sayf("%s: bekräftelse för nummer %d: %s, %d parade", "%s: confirmation of number %d: %s, %d matched", near(r.Path), r.Sequence,
			a.counted(int(r.Cases), "mål", "mål", "case", "cases"), r.Match.Matched)
		if n := len(r.Match.Missing) + len(r.Match.Unknown); n > 0 {
			line += a.sayf("; %d saknas, %d okända", "; %d missing, %d unknown", len(r.Match.Missing), len(r.Match.Unknown))
		}
		return line
	case r.Transaction == "" || info.Transaction == "":
		return a.sayf("%s: besked från noden", "%s: message from the node", near(r.Path))
	}
	return near(r.Path) + ": " + a.answerWords(r, info)
}

func (a *app) receiptWords(r filer.Received) string {
	line := a.sayf("kvittens för nummer %d: %s", "receipt for number %d: %s", r.Sequence, outcomeWord(r.Outcome).in(a.lang))
	if r.Outcome == filing.Rejected {
		return line + "; " + a.counted(r.ErrorCount, "fel", "fel", "error", "errors") + a.sayf(", nästa nummer är %d", ", the next number is %d", r.Expected)
	}
	for _, result := range []filing.AppliedResult{filing.Applied, filing.Already, filing.Held, ledger.Refused} {
		if n := r.Results[string(result)]; n > 0 {
			line += fmt.Sprintf("; %d %s", n, resultWord(result).in(a.lang))
		}
	}
	if r.ReadIn != "" {
		line += a.sayf("; läses in %s", "; read in on %s", r.ReadIn)
	}
	return line
}

// answerWords tells an answer by its name in the catalogue.
func (a *app) answerWords(r filer.Received, info filing.TransactionInfo) string {
	line := a.say(info.Swedish, info.English) + ": "
	if r.Cases == 0 {
		line += a.say("inget", "nothing")
	} else {
		line += a.counted(int(r.Cases), "handling", "handlingar", "document", "documents")
	}
	if r.Events > 0 {
		line += a.sayf(", som gav %s i boken", ", which gave %s in the book", a.counted(int(r.Events), "händelse", "händelser", "event", "events"))
	}
	if r.Delivery != "" {
		line += a.sayf("; leverans %d (%s)", "; delivery %d (%s)", r.Sequence, a.say(r.Delivery.Swedish(), r.Delivery.English()))
	}
	if len(r.Missing) > 0 {
		line += a.sayf("; leverans %s saknas", "; delivery %s is missing", listedNumbers(r.Missing))
	}
	if r.Foreign > 0 {
		line += a.sayf("; %d utan egen referens", "; %d without own reference", r.Foreign)
	}
	return line
}
