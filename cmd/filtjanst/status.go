package main

import (
	"context"
	"fmt"

	"filtjanst/filer"
	"filtjanst/filer/ledger"

	"github.com/spf13/cobra"
)

func addStatus(root *cobra.Command, a *app) {
	var d deskFlags
	cmd := &cobra.Command{
		Use:     "status [REFERENCE]",
		GroupID: groupTraffic,
		Short:   a.say("visa bokens filer, eller vad som hänt med en egen referens", "show the book's files, or what became of an own reference"),
		Args:    arguments(0, 1),
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
	root.AddCommand(cmd)
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
	_, err = fmt.Fprintln(a.out, a.sayf("nästa nummer: %d", "next number: %d", all.Next))
	return err
}

func (a *app) fileLine(f ledger.File) string {
	line := fmt.Sprintf("%6d  %-9s  %s", f.Sequence, stateWord(f.State).in(a.lang), a.applications(f.Documents)+", "+f.Sum.Kronor())
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
	stories, err := d.Book.Stories(ctx, reference)
	if err != nil {
		return err
	}
	if a.json() {
		if err := a.printJSON(map[string]any{"reference": reference, "files": stories}); err != nil || len(stories) > 0 {
			return err
		}
		return refusedQuietly()
	}
	if len(stories) == 0 {
		return refused("boken har ingen ansökan med referensen %q", "the book has no application with the reference %q", reference)
	}
	for _, s := range stories {
		if _, err := fmt.Fprintln(a.out, a.storyLine(s)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) storyLine(s ledger.Story) string {
	line := a.sayf("%s: handling %d i nummer %d (%s), %s", "%s: document %d in number %d (%s), %s",
		s.Document.Reference, s.Document.Position, s.File.Sequence, stateWord(s.File.State).in(a.lang), s.Document.Sum.Kronor())
	if s.Document.CaseNumber != "" {
		line += a.sayf("; mål %s registrerat %s, avgift %s", "; case %s registered %s, fee %s", s.Document.CaseNumber, s.Document.Registered, s.Document.Fee.Kronor())
	}
	if s.Document.ErrorCode != "" {
		line += "; " + s.Document.ErrorCode + ": " + s.Document.ErrorText
	}
	return line
}
