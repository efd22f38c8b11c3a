package main

import (
	"cmp"
	"context"
	"fmt"

	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

type sendFlags struct {
	deskFlags
	note        string
	transaction string
	sequence    int64
	again       bool
}

func addSend(root *cobra.Command, a *app) {
	s := sendFlags{note: string(filer.NoteTogether)}
	cmd := &cobra.Command{
		Use:     "send",
		GroupID: groupTraffic,
		Short:   a.say("sänd byggda filer i nummerordning", "send built files in the order of their numbers"),
		Long: a.say(
			"Sänder de filer som boken säger är byggda. En senare fil hålls tills den tidigares\nkvittens har kommit. En fil som var på väg när programmet stannade går igen under\nsamma id; över e-transport sänds inget om svaret var oklart, om inte --again ges.",
			"Sends the files that the book says are built. A later file is held until the receipt\nof the earlier one has come. A file that was on its way when the program stopped goes\nagain under the same id; over e-transport nothing is sent again after an unclear\nanswer unless --again is given."),
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context(), a) },
	}
	f := cmd.Flags()
	f.Var(newChoice(&s.note, string(filer.NoteTogether), string(filer.NoteBefore), string(filer.NoteAfter)), "note",
		a.say("när missivet går: med filen, före eller efter", "when the cover note goes: with the file, before or after"))
	f.Int64Var(&s.sequence, "sequence", 0, a.say("bara filen med löpnummer `N`", "only the file with sequence number `N`"))
	f.StringVar(&s.transaction, "transaction", "", a.say("bara filer av transaktionen `T`", "only files of the transaction `T`"))
	f.BoolVar(&s.again, "again", false, a.say("sänd även filer vars ankomst är oklar", "also send files whose arrival is unclear"))
	completeTransaction(cmd)
	s.register(cmd, a)
	root.AddCommand(cmd)
}

func (s *sendFlags) run(ctx context.Context, a *app) error {
	if err := knownTransaction(s.transaction); err != nil {
		return err
	}
	return s.withBook(ctx, a, func(d *filer.Desk) error {
		deliveries, err := d.Send(ctx, filer.SendRequest{Transaction: filing.Transaction(s.transaction), Sequence: s.sequence, Note: filer.NoteOrder(s.note), Again: s.again})
		if told := a.reportDeliveries(deliveries, err == nil && s.sequence == 0); told != nil {
			return told
		}
		if err != nil {
			f, unanswered := notReached(err)
			if !unanswered {
				f = failed(err, "sändningen gick inte igenom", "sending failed")
			}
			return f.hint("filtjanst status visar vad som har gått; sänd igen när felet är avhjälpt", "filtjanst status shows what has gone; send again when the fault is mended")
		}
		if len(deliveries) == 0 && s.sequence > 0 {
			return inBook(ctx, d, s.sequence)
		}
		for _, one := range deliveries {
			if one.Outcome == string(filing.Rejected) { // e-transport tells at once
				return refusedQuietly()
			}
		}
		return nil
	})
}

// knownTransaction refuses a name that the catalogue does not have; "" is none.
func knownTransaction(name string) error {
	if _, known := filing.Info(filing.Transaction(name)); known || name == "" {
		return nil
	}
	f := misuse("det finns ingen transaktion %q", "there is no transaction %q", name)
	if near, found := claimlist.Near(name, described(filing.Own())); found {
		_ = f.hint("menade du %s?", "did you mean %s?", near)
	}
	return f.hint("filtjanst layout list visar transaktionerna", "filtjanst layout list shows the transactions")
}

// completeTransaction lets the shell offer the values of --transaction.
func completeTransaction(cmd *cobra.Command) {
	_ = cmd.RegisterFlagCompletionFunc("transaction", cobra.FixedCompletions(described(filing.Own()), cobra.ShellCompDirectiveNoFileComp)) // the flag is there
}

// inBook says so where the book has no file at all with a number asked for.
func inBook(ctx context.Context, d *filer.Desk, sequence int64) error {
	files, err := d.Book.Files(ctx, ledger.Filter{Code: d.Config.Code, Sequence: sequence})
	if err == nil && len(files) == 0 {
		return misuse("boken har ingen fil med nummer %d", "the book has no file with number %d", sequence)
	}
	return err
}

func (a *app) reportDeliveries(deliveries []filer.Delivery, all bool) error {
	if a.json() {
		return printUnder(a, "sent", deliveries)
	}
	if len(deliveries) == 0 && all {
		a.note("det finns inget att sända", "there is nothing to send")
	}
	for _, d := range deliveries {
		if _, err := fmt.Fprintln(a.out, a.deliveryLine(d)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) deliveryLine(d filer.Delivery) string {
	f := d.File
	switch {
	case d.Held:
		return a.sayf("%snummer %d hålls tills kvittensen för den tidigare filen har kommit: filtjanst fetch", "%snumber %d is held until the receipt of the earlier file has come: filtjanst fetch", series(f), f.Sequence)
	case d.Unclear:
		return a.sayf("nummer %d: oklart om den kom fram: %[2]s", "number %d: unclear whether it arrived: %[2]s", f.Sequence, d.Reason)
	}
	line := a.sayf("%snummer %d sänt, transaktionsid %s", "%snumber %d sent, transaction id %s", series(f), f.Sequence, f.TransactionID)
	if d.Repeated {
		line += a.say(" (fanns redan där)", " (it was there already)")
	}
	if d.Outcome != "" {
		line += ": " + cmp.Or(outcomeWord(filing.Outcome(d.Outcome)).in(a.lang), d.Outcome)
	}
	return line
}

// series names the series of a number that is not of applications for payment
// orders.
func series(f ledger.File) string {
	if f.Transaction == filing.BFApplication {
		return ""
	}
	return string(f.Transaction) + " "
}
