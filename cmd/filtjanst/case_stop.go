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
		Short: a.say("stoppa en godkänd ansökningsfil, eller rader i den, före kvällen", "stop an approved application file, or lines of it, before the evening"),
		Long: a.say(
			"Ingivaren återtar filen, eller de ansökningar i den som har referenserna. De blir mål\nsom avskrivs vid inläsningen. Ansökningsavgiften för betalningsföreläggande ska betalas\nändå; någon grundavgift tas inte ut.",
			"The filer takes back the file, or the applications in it with the references. They\nbecome cases that are discontinued at the read-in. The application fee for payment\norders is owed all the same; no basic fee is charged."),
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
	what := a.applications(f.Documents)
	if len(references) > 0 {
		what = strings.Join(references, ", ")
	}
	_, err := fmt.Fprintln(a.out, a.sayf("%s nummer %d: %s stoppas vid inläsningen %s", "%s number %d: %s stopped at the read-in on %s", f.Code, f.Sequence, what, f.ReadInDay))
	return err
}
