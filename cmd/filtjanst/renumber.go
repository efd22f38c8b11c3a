package main

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/filer"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

func addRenumber(root *cobra.Command, a *app) {
	var d deskFlags
	var discard int64
	var reason string
	transaction := string(filing.BFApplication)
	cmd := &cobra.Command{
		Use:     "renumber",
		GroupID: groupTraffic,
		Short:   a.say("skriv om osända filer så att numren följer det senast godkända", "write files not sent anew so that their numbers follow the last approved"),
		Long: a.say(
			"Används när en avvisad eller osänd fil har getts upp (--discard) och senare filer\nredan är byggda. Fil och missiv skrivs om under nya nummer.",
			"For when a rejected or unsent file was given up (--discard) and later files are\nbuilt already. File and cover note are written anew under new numbers."),
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownTransaction(transaction); err != nil {
				return err
			}
			return d.withBook(cmd.Context(), a, func(desk *filer.Desk) error {
				return a.renumber(cmd.Context(), desk, filing.Transaction(transaction), discard, reason)
			})
		},
	}
	cmd.Flags().Int64Var(&discard, "discard", 0, a.say("ge först upp filen med nummer `N`", "first give up the file with number `N`"))
	cmd.Flags().StringVar(&transaction, "transaction", transaction, a.say("vars nummer det är, `T`", "whose number it is, `T`"))
	cmd.Flags().StringVar(&reason, "reason", "", a.say("`TEXT` om varför den ges upp", "`TEXT` on why it is given up"))
	completeTransaction(cmd)
	d.register(cmd, a)
	root.AddCommand(cmd)
}

func (a *app) renumber(ctx context.Context, d *filer.Desk, transaction filing.Transaction, discard int64, reason string) error {
	if discard != 0 {
		if reason == "" {
			return misuse("ange varför med --reason", "say why with --reason")
		}
		err := d.Discard(ctx, transaction, discard, reason)
		if errors.Is(err, filer.ErrNoSuchFile) {
			return misuse("boken har ingen fil %s nummer %d som är byggd eller avvisad", "the book has no file of %s with number %d that is built or rejected", transaction, discard).
				hint("filtjanst status visar bokens filer; --transaction säger vilkas nummer det är", "filtjanst status shows the files of the book; --transaction says whose number it is")
		}
		if err != nil {
			return failed(err, "filen kan inte ges upp", "the file cannot be given up")
		}
		a.note("%s nummer %d är struken", "%s number %d is discarded", transaction, discard)
	}
	done, err := d.Renumber(ctx)
	if err != nil {
		return notWritten(err, "numren kunde inte ändras", "the numbers could not be changed")
	}
	if a.json() {
		return printUnder(a, "renumbered", done)
	}
	if len(done) == 0 {
		a.note("inga nummer behövde ändras", "no number had to be changed")
	}
	for _, r := range done {
		if _, err := fmt.Fprintf(a.out, "%s%d → %d  %s\n", series(r.File), r.Old, r.File.Sequence, near(r.File.Path)); err != nil {
			return err
		}
	}
	return nil
}
