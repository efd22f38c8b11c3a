package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/filer"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

type fetchFlags struct {
	deskFlags
	file string
	wait time.Duration
}

func addFetch(root *cobra.Command, a *app) {
	var s fetchFlags
	cmd := &cobra.Command{
		Use:     "fetch",
		GroupID: groupTraffic,
		Short:   a.say("hämta kvittenser och bekräftelser och para ihop dem med egna referenser", "fetch receipts and confirmations and match them to own references"),
		Long: a.say(
			"Hämtar det som väntar, sparar det på disk innan det kvitteras, och för in det i\nboken. Kvittensens SHA-256 jämförs med det som sändes. Slutkoden är 1 om en fil har\navvisats.",
			"Fetches what waits, saves it on disk before it is acknowledged, and takes it into\nthe book. The SHA-256 in a receipt is compared with what was sent. The exit code is\n1 if a file was rejected."),
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context(), a) },
	}
	f := cmd.Flags()
	f.StringVar(&s.file, "import", "", a.say("för in en fil `FILE` som har hämtats på annat sätt", "take in a file `FILE` that was fetched by other means"))
	f.DurationVar(&s.wait, "wait", 0, a.say("vänta så länge på att något kommer, till exempel 2m", "wait so long for something to come, such as 2m"))
	s.register(cmd, a)
	root.AddCommand(cmd)
}

func (s *fetchFlags) run(ctx context.Context, a *app) error {
	return s.withDesk(ctx, a, func(d *filer.Desk) error {
		received, err := s.fetch(ctx, d)
		if told := a.reportReceived(received); told != nil {
			return told
		}
		if err != nil {
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

// fetchPause is how long fetch --wait waits between two looks.
const fetchPause = 500 * time.Millisecond

func (s *fetchFlags) fetch(ctx context.Context, d *filer.Desk) ([]filer.Received, error) {
	if s.file != "" {
		return d.Import(ctx, s.file)
	}
	limit := time.Now().Add(s.wait)
	for {
		received, err := d.Fetch(ctx)
		if err != nil || len(received) > 0 || !time.Now().Before(limit) {
			return received, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(fetchPause):
		}
	}
}

func (a *app) reportReceived(received []filer.Received) error {
	if a.json() {
		if received == nil {
			received = []filer.Received{}
		}
		return a.printJSON(map[string]any{"received": received})
	}
	if len(received) == 0 {
		a.note("det finns inget att hämta", "there is nothing to fetch")
	}
	var errs []error
	for _, r := range received {
		_, err := fmt.Fprintln(a.out, a.receivedLine(r))
		errs = append(errs, err)
		for _, e := range r.Errors {
			a.note("  %s: %s\n    %s", "  %s: %s\n    %s", e.Code, a.say(e.Swedish, e.English), e.Remedy)
		}
	}
	return errors.Join(errs...)
}

func (a *app) receivedLine(r filer.Received) string {
	switch {
	case r.Problem != "":
		return r.Path + ": " + r.Problem
	case r.Transaction == filing.BFApplicationReceipt:
		line := a.sayf("%s: kvittens för nummer %d: %s", "%s: receipt for number %d: %s", r.Path, r.Sequence, outcomes[r.Outcome].in(a.lang))
		if r.Outcome == filing.Rejected {
			return line + a.sayf("; %d fel, nästa nummer är %d", "; %d errors, the next number is %d", r.ErrorCount, r.Expected)
		}
		return line + a.sayf("; läses in %s", "; read in on %s", r.ReadIn)
	case r.Match != nil:
		line := a.sayf("%s: bekräftelse för nummer %d: %d mål, %d parade", "%s: confirmation of number %d: %d cases, %d matched", r.Path, r.Sequence, r.Cases, r.Match.Matched)
		if n := len(r.Match.Missing) + len(r.Match.Unknown); n > 0 {
			line += a.sayf("; %d saknas, %d okända", "; %d missing, %d unknown", len(r.Match.Missing), len(r.Match.Unknown))
		}
		return line
	}
	return a.sayf("%s: besked från noden", "%s: message from the node", r.Path)
}
