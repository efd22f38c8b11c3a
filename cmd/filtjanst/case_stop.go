package main

import (
	"fmt"
	"strings"

	"filtjanst/authority"

	"github.com/spf13/cobra"
)

func stopCommand(a *app, n *nodeFlags) *cobra.Command {
	var o officerFlags
	cmd := &cobra.Command{
		Use:   "stop CODE[/TRANSACTION]/SEQUENCE|TRANSACTIONID [REFERENCE...]",
		Args:  arguments(1, -1),
		Short: a.say("stoppa en godkänd fil, eller rader i den, innan den läses in eller besvaras", "stop an approved file, or lines of it, before it is read in or answered"),
		Long: a.say(
			"Ingivaren återtar filen, eller de handlingar i den som har referenserna. Ansökningar blir\nmål som avskrivs vid inläsningen. Ansökningsavgiften för betalningsföreläggande ska betalas\nändå; någon grundavgift tas inte ut. Fordringsanmälningar registreras som återkallade.\nFrågor om skuldutdrag besvaras inte, och ingen slås upp för dem.",
			"The filer takes back the file, or the documents in it with the references. Applications\nbecome cases that are discontinued at the read-in. The application fee for payment orders\nis owed all the same; no basic fee is charged. Claim reports are registered as withdrawn.\nQuestions for extracts are not answered, and nobody is looked up for them."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			control, world := n.reach()
			f, err := control.Stop(cmd.Context(), authority.StopCall{World: world, File: args[0], References: args[1:], By: o.by, Reason: o.reason})
			if err != nil {
				return answered(err)
			}
			return a.reportStop(f, args[1:])
		},
	}
	o.register(cmd, a)
	return cmd
}

func (a *app) reportStop(f authority.FileView, references []string) error {
	if a.json() {
		return a.printJSON(map[string]any{"file": f, "stopped": references})
	}
	what := a.counted(int(f.Documents), "handling", "handlingar", "document", "documents")
	if len(references) > 0 {
		what = strings.Join(references, ", ")
	}
	if f.ReadInDay.IsZero() {
		_, err := fmt.Fprintln(a.out, a.sayf("%s nummer %d: %s besvaras inte", "%s number %d: %s will not be answered", f.Code, f.Sequence, what))
		return err
	}
	_, err := fmt.Fprintln(a.out, a.sayf("%s nummer %d: %s stoppas vid inläsningen %s", "%s number %d: %s stopped at the read-in on %s", f.Code, f.Sequence, what, f.ReadInDay))
	return err
}
