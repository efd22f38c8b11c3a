package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"filtjanst/filer"
	"filtjanst/filer/ledger"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

func addStatus(root *cobra.Command, a *app) {
	var d deskFlags
	cmd := &cobra.Command{
		Use:     "status [REFERENCE]",
		GroupID: groupTraffic,
		Short:   a.say("visa bokens filer, eller vad som hänt med en egen referens", "show the book's files, or what became of an own reference"),
		Long: a.say(
			"Utan argument visas bokens filer. Med en egen referens eller ett målnummer berättas\nallt om ärendet: filer, kvittenser, mål, beslut, pengar, avgifter och vad som väntas\nhärnäst.",
			"Without argument the book's files are shown. With an own reference or a case number\nthe whole story is told: files, receipts, cases, decisions, money, fees, and what is\nexpected next."),
		Example: "  filtjanst status\n  filtjanst status 26-0081234\n  filtjanst status events --since 1200",
		Args:    arguments(0, 1),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			err := d.withBook(cmd.Context(), a, func(desk *filer.Desk) (err error) {
				names, err = desk.Book.Named(cmd.Context(), typed, mostOffered)
				return err
			})
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.withBook(cmd.Context(), a, func(desk *filer.Desk) error {
				if len(args) == 1 {
					return a.story(cmd.Context(), desk, args[0])
				}
				return a.files(cmd.Context(), desk)
			})
		},
	}
	d.register(cmd, a)
	addStatusEvents(cmd, a)
	root.AddCommand(cmd)
}

// mostOffered is how many names of the book the shell is offered.
const mostOffered = 50

func addStatusEvents(parent *cobra.Command, a *app) {
	var d deskFlags
	var since int64
	format := string(filer.EventsJSON)
	cmd := &cobra.Command{
		Use:   "events",
		Short: a.say("skriv händelserna på egna referenser, en per rad", "write the events on own references, one a line"),
		Long: a.say(
			"Skriver händelserna i bokens ordning. Varje rad har ett id; ge det sista som --since\nnästa gång, så berättas inget två gånger och inget går förlorat.",
			"Writes the events in the order of the book. Each line has an id; give the last one\nas --since next time, so that nothing is told twice and nothing is lost."),
		Example: "  filtjanst status events --since 0 > events.jsonl\n  filtjanst status events --since 1200 --format csv",
		Args:    arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if since < 0 {
				return misuse("--since tar id:t på den sista händelsen som har lästs", "--since takes the id of the last event that was read")
			}
			return d.withBook(cmd.Context(), a, func(desk *filer.Desk) error {
				_, _, err := desk.WriteEvents(cmd.Context(), a.out, filer.EventFormat(format), since, true)
				return err
			})
		},
	}
	cmd.Flags().Int64Var(&since, "since", 0, a.say("bara händelser efter id `CURSOR`", "only events after the id `CURSOR`"))
	cmd.Flags().Var(newChoice(&format, string(filer.EventsJSON), string(filer.EventsCSV)), "format", a.say("jsonl eller csv", "jsonl or csv"))
	d.register(cmd, a)
	parent.AddCommand(cmd)
}

func (a *app) files(ctx context.Context, d *filer.Desk) error {
	all, err := d.Status(ctx)
	if err != nil {
		return err
	}
	if a.json() {
		return a.printJSON(all)
	}
	if len(all.Files) == 0 {
		a.note("boken är tom", "the book is empty")
	}
	for _, f := range all.Files {
		if _, err := fmt.Fprintln(a.out, a.fileLine(f)); err != nil {
			return err
		}
	}
	if all.Open > 0 {
		fmt.Fprintln(a.out, a.sayf("öppna mål: %d", "open cases: %d", all.Open))
	}
	_, err = fmt.Fprintln(a.out, a.sayf("nästa nummer: %d", "next number: %d", all.Next))
	return err
}

func (a *app) fileLine(f ledger.File) string {
	line := fmt.Sprintf("%6d  %-9s  ", f.Sequence, stateWord(f.State).in(a.lang))
	if f.Transaction != filing.BFApplication {
		line += string(f.Transaction) + ", "
	}
	line += a.contents(f)
	if f.State == ledger.Confirmed {
		line += ", " + a.counted(int(f.Matched), "mål", "mål", "case", "cases")
	}
	if f.ReadIn != "" {
		line += a.sayf(", läses in %s", ", read in on %s", f.ReadIn)
	}
	return line + "  " + near(f.Path)
}

// stateWord is a state of the book for people.
func stateWord(s ledger.State) words {
	swedish := map[ledger.State]string{
		ledger.Built: "byggd", ledger.Sending: "sänds", ledger.Unclear: "oklar", ledger.Sent: "sänd",
		ledger.Approved: "godkänd", ledger.Rejected: "avvisad", ledger.Confirmed: "bekräftad", ledger.Discarded: "struken",
	}
	return words{swedish[s], string(s)}
}

func (a *app) story(ctx context.Context, d *filer.Desk, reference string) error {
	s, err := d.Story(ctx, reference)
	if err != nil {
		return err
	}
	if a.json() {
		if err := a.printJSON(s); err != nil || s.Known() {
			return err
		}
		return refusedQuietly()
	}
	if !s.Known() {
		return refused("boken har ingen ansökan med referensen %q och inget sådant mål", "the book has no application with the reference %q and no such case", reference)
	}
	return a.tellStory(s)
}

func (a *app) tellStory(s filer.Story) error {
	var errs []error
	say := func(sv, en string, args ...any) {
		_, err := fmt.Fprintln(a.out, a.sayf(sv, en, args...))
		errs = append(errs, err)
	}
	for _, d := range s.Documents {
		say("%s", "%s", a.storyLine(d))
	}
	for _, c := range s.Cases {
		say("%s", "%s", a.caseLine(c))
	}
	if len(s.Cases) > 0 {
		say("krävt %s, nedsatt %s, inkommet %s, utbetalt %s, avgifter %s", "claimed %s, reduced %s, received %s, paid out %s, fees %s",
			s.Money.Claimed.Kronor(), s.Money.Reduced.Kronor(), s.Money.Received.Kronor(), s.Money.PaidOut.Kronor(), s.Money.Fees.Kronor())
	}
	if len(s.Events) > 0 {
		say("händelser:", "events:")
	}
	for _, e := range s.Events {
		say("  %s  %s", "  %s  %s", e.Day, a.say(e.Swedish, e.English))
	}
	if len(s.Expected) > 0 {
		say("väntas:", "expected:")
	}
	for _, e := range s.Expected {
		say("  %s", "  %s", a.expectedLine(e))
	}
	return errors.Join(errs...)
}

func (a *app) expectedLine(e filer.Expected) string {
	line := a.say(e.Swedish, e.English)
	if e.Case != "" {
		line = a.sayf("mål %s: ", "case %s: ", e.Case) + line
	}
	if !e.Day.IsZero() {
		line += " (" + e.Day.String() + ")"
	}
	return line
}

func (a *app) caseLine(c filer.KnownCase) string {
	line := a.sayf("mål %s (%s): %s", "case %s (%s): %s", c.Number, a.roomTitle(string(c.Service)), a.say(c.StateWords.Swedish, c.StateWords.English))
	if !c.Since.IsZero() {
		line += a.sayf(" sedan %s", " since %s", c.Since)
	}
	if c.Parent != "" && c.Service == filing.Enforcement {
		line += a.sayf(", verkställer mål %s", ", enforces case %s", c.Parent)
	}
	if c.Title != "" {
		line += a.sayf(", titel %s", ", title %s", c.Title)
	}
	if c.Remaining != nil {
		line += a.sayf(", återstår %s", ", left %s", c.Remaining.Kronor())
	}
	return line
}

func (a *app) storyLine(s ledger.Story) string {
	line := a.sayf("%s: handling %d i nummer %d (%s), ", "%s: document %d in number %d (%s), ",
		s.Document.Reference, s.Document.Position, s.File.Sequence, stateWord(s.File.State).in(a.lang))
	line += a.documentWords(s)
	switch {
	case s.Document.CaseNumber != "" && s.Document.Act == "":
		line += a.sayf("; mål %s registrerat %s, avgift %s", "; case %s registered %s, fee %s", s.Document.CaseNumber, s.Document.Registered, s.Document.Fee.Kronor())
	case s.Document.Result != "":
		line += "; " + resultWord(s.Document.Result).in(a.lang)
	}
	if s.Document.ErrorCode != "" {
		line += "; " + s.Document.ErrorCode + ": " + a.say(s.Document.ErrorText, cmp.Or(s.Document.ErrorText2, s.Document.ErrorText))
	}
	return line
}

// documentWords is what a document is, and its amount.
func (a *app) documentWords(s ledger.Story) string {
	if s.File.Transaction == filing.BFApplication {
		return s.Document.Sum.Kronor()
	}
	line := string(s.File.Transaction)
	if s.Document.Act != "" {
		line += ": " + actWord(s.Document.Act).in(a.lang)
	}
	if s.Document.Sum != 0 {
		line += " " + s.Document.Sum.Kronor()
	}
	return line
}

// resultWord is what became of a document, for people.
func resultWord(r filing.AppliedResult) words {
	return map[filing.AppliedResult]words{
		filing.Applied: {"utförd", "applied"}, filing.Already: {"det var redan så", "it was so already"},
		filing.Held: {"väntar på inläsning", "held until read-in"}, ledger.Refused: {"avvisad", "refused"},
	}[r]
}
