package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"filtjanst/authority"

	"github.com/spf13/cobra"
)

func addCase(root *cobra.Command, a *app) {
	var n nodeFlags
	cmd := &cobra.Command{
		Use:     "case",
		GroupID: groupAuthority,
		Short:   a.say("visa mål, och gör det som handläggare gör", "show cases, and do what officers do"),
		Long: a.say(
			"Når en myndighet som körs, genom dess datakatalog. Varje åtgärd bevaras med vem som\nhandlade och varför.",
			"Reaches an authority that is running, through its data directory. Every act is kept\nwith who acted and why."),
		Example: "  filtjanst case list ABC --state ordered\n  filtjanst case show 2026-0000017\n  filtjanst case acts bf\n  filtjanst case act bf.serve 2026-0000017 respondent=1 --by \"Handläggare 7\" --reason mottagningsbevis\n  filtjanst case stop ABC/17 REF-1 --by \"Handläggare 7\" --reason \"ingivarens begäran\"",
		RunE:    menu,
	}
	n.register(cmd, a)
	cmd.AddCommand(&cobra.Command{
		Use: "show NUMBER", Args: arguments(1, 1),
		Short: a.say("visa hur ett mål står och vad som hänt i det", "show how a case stands and what has happened in it"),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.showCase(cmd.Context(), &n, args[0]) },
	}, listCommand(a, &n), actsCommand(a), actCommand(a, &n), stopCommand(a, &n))
	root.AddCommand(cmd)
}

func (a *app) showCase(ctx context.Context, n *nodeFlags, number string) error {
	control, world := n.reach()
	v, err := control.Case(ctx, world, number)
	if err != nil {
		return answered(err)
	}
	if a.json() {
		return a.printJSON(v)
	}
	return buffered(a.out, func(w io.Writer) error {
		a.writeCase(w, v)
		return nil
	})
}

// roomTitle is a room's title for people.
func (a *app) roomTitle(room string) string {
	title := authority.RoomWords(room)
	return a.say(title.Swedish, title.English)
}

func (a *app) stateOf(v authority.CaseView, state string) string {
	w, known := v.States[state]
	if !known {
		return state
	}
	return a.say(w.Swedish, w.English)
}

func (a *app) writeCase(w io.Writer, v authority.CaseView) {
	fmt.Fprintf(w, "%s  %s, %s\n", v.Number, a.roomTitle(v.Room), a.stateOf(v, v.State))
	fmt.Fprintf(w, "%s %s", a.say("registrerat", "registered"), v.Registered)
	if v.Reference != "" {
		fmt.Fprintf(w, ", %s %s", a.say("egen referens", "own reference"), v.Reference)
	}
	if v.Link != "" {
		fmt.Fprintf(w, ", %s %s", a.say("länkgrupp", "link group"), v.Link)
	}
	fmt.Fprintln(w)
	if len(v.Pairs) > 0 {
		fmt.Fprintln(w)
	}
	for i := 0; i < len(v.Pairs); {
		first, last := v.Pairs[i], v.Pairs[i]
		sum := first.Amount
		for i++; i < len(v.Pairs) && alike(last, v.Pairs[i]); i++ {
			last = v.Pairs[i]
			sum += last.Amount
		}
		whom := a.pair(first.Respondent, first.Part)
		if last.Part > first.Part {
			whom = a.pair(first.Respondent, 0) + a.sayf(", delkrav %d–%d", ", claim parts %d–%d", first.Part, last.Part)
		}
		fmt.Fprintf(w, "  %s: %s %s %s, %s\n", whom, a.stateOf(v, first.State), a.say("sedan", "since"), first.Since, sum.Kronor())
	}
	fmt.Fprintln(w)
	for _, e := range v.Events {
		fmt.Fprintf(w, "%s  %s\n", e.Day, a.eventLine(v, e))
		if e.Officer != "" {
			fmt.Fprintf(w, "            %s\n", a.sayf("av %s: %s", "by %s: %s", e.Officer, e.Reason))
		}
	}
	a.writePossible(w, v.Acts)
}

// writePossible tells which acts the state of a case allows.
func (a *app) writePossible(w io.Writer, acts []string) {
	if len(acts) == 0 {
		fmt.Fprintf(w, "\n%s\n", a.say("inget mer kan göras i målet", "nothing more can be done in the case"))
		return
	}
	fmt.Fprintf(w, "\n%s\n", a.say("kan göras nu (filtjanst case acts ÅTGÄRD säger mer):", "can be done now (filtjanst case acts ACT tells more):"))
	var rows [][]string
	for _, name := range acts {
		act, _ := findAct(name)
		rows = append(rows, []string{"  " + name, a.say(act.Swedish, act.English)})
	}
	_ = table(w, rows) // the writer keeps its error
}

// alike tells whether a pair stands as the one before it, in the next claim part.
func alike(p, next authority.PairView) bool {
	return p.Respondent == next.Respondent && p.Part+1 == next.Part && p.State == next.State && p.Since == next.Since
}

// pair is whom and which claim part something concerns; "" for all.
func (a *app) pair(respondent, part int64) string {
	var all []string
	if respondent != 0 {
		all = append(all, a.sayf("svarande %d", "respondent %d", respondent))
	}
	if part != 0 {
		all = append(all, a.sayf("delkrav %d", "claim part %d", part))
	}
	return strings.Join(all, ", ")
}

func (a *app) eventLine(v authority.CaseView, e authority.CaseEvent) string {
	line := a.say(e.Swedish, e.English)
	if whom := a.pair(e.Respondent, e.Part); whom != "" {
		line += " (" + whom + ")"
	}
	if to := a.stateOf(v, e.To); e.To != "" && e.To != e.From && to != a.say(e.Swedish, e.English) {
		line += " → " + to
	}
	if e.Amount != 0 {
		line += ", " + e.Amount.Kronor()
	}
	switch {
	case e.Detail != nil:
		line += "; " + a.say(e.Detail.Swedish, e.Detail.English)
	case e.Text != "":
		line += "; " + e.Text
	}
	return line
}

// table writes rows in columns.
func table(w io.Writer, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	return t.Flush()
}
