package main

import (
	"context"
	"slices"
	"strings"

	"filtjanst/authority"
	"filtjanst/filer/claimlist"

	"github.com/spf13/cobra"
)

type caseListFlags struct {
	room, state, reference string
	most                   int
}

func listCommand(a *app, n *nodeFlags) *cobra.Command {
	var l caseListFlags
	cmd := &cobra.Command{
		Use: "list CODE", Args: arguments(1, 1),
		Short: a.say("lista målen för en intressentkod", "list the cases of a party code"),
		Long: a.say(
			"Listar målen i den ordning de registrerades. Det som är blockerat visas inte.",
			"Lists the cases in the order in which they were registered. What is blocked is left\nout."),
		Example:           "  filtjanst case list ABC --room bf --state served\n  filtjanst case list ABC --reference REF-1",
		ValidArgsFunction: completeCodes(n),
		RunE: func(cmd *cobra.Command, args []string) error {
			return l.run(cmd.Context(), a, n, strings.ToUpper(args[0]))
		},
	}
	f := cmd.Flags()
	f.Var(newChoice(&l.room, authority.CaseRooms()...), "room", a.say("bara mål i ett rum", "cases of one room only"))
	f.StringVar(&l.state, "state", "", a.say("bara mål med läget `STATE`", "cases in `STATE` only"))
	f.StringVar(&l.reference, "reference", "", a.say("bara mål med egen referens `REF`", "cases with own reference `REF` only"))
	f.IntVar(&l.most, "limit", 100, a.say("högst så många mål, `N`", "at most so many cases, `N`"))
	_ = cmd.RegisterFlagCompletionFunc("state", cobra.FixedCompletions(caseStates(a), cobra.ShellCompDirectiveNoFileComp)) // the flag is there
	return cmd
}

// caseStates are the states of all rooms by name, with their words.
func caseStates(a *app) (all []cobra.Completion) {
	told := map[string]bool{}
	for _, room := range authority.CaseRooms() {
		for _, t := range authority.Tables(room) {
			for _, s := range t.States {
				if !told[s.Name] {
					all = append(all, cobra.CompletionWithDesc(s.Name, a.say(s.Swedish, s.English)))
				}
				told[s.Name] = true
			}
		}
	}
	return all
}

// completeCodes offers the party codes of the running authority.
func completeCodes(n *nodeFlags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		control, world := n.reach()
		parties, err := control.Parties(cmd.Context(), world, "")
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var codes []cobra.Completion
		for _, p := range parties {
			codes = append(codes, cobra.CompletionWithDesc(p.Code, p.Name))
		}
		return codes, cobra.ShellCompDirectiveNoFileComp
	}
}

func (l *caseListFlags) run(ctx context.Context, a *app, n *nodeFlags, code string) error {
	if err := l.check(a); err != nil {
		return err
	}
	rooms := authority.CaseRooms()
	if l.room != "" {
		rooms = []string{l.room}
	}
	found := []authority.CaseLine{}
	for _, room := range rooms {
		some, err := l.gather(ctx, n, code, room, l.most+1-len(found))
		if err != nil {
			return answered(err)
		}
		found = append(found, some...)
	}
	more := len(found) > l.most
	return a.reportCases(found[:min(len(found), l.most)], more)
}

// gather collects at most so many cases of a room that are wanted.
func (l *caseListFlags) gather(ctx context.Context, n *nodeFlags, code, room string, most int) (found []authority.CaseLine, err error) {
	control, world := n.reach()
	for after, begun := int64(0), false; len(found) < most && (after != 0 || !begun); begun = true {
		page, err := control.Cases(ctx, world, code, room, after)
		if err != nil {
			return nil, err
		}
		found = append(found, slices.DeleteFunc(page.Cases, func(c authority.CaseLine) bool { return !l.wants(c) })...)
		after = page.Next
	}
	return found[:min(len(found), most)], nil
}

func (l *caseListFlags) check(a *app) error {
	if l.most < 1 {
		return misuse("--limit tar ett tal från 1", "--limit takes a number from 1")
	}
	if l.state == "" {
		return nil
	}
	var names []string
	for _, s := range caseStates(a) {
		name, _, _ := strings.Cut(s, "\t")
		names = append(names, name)
	}
	if slices.Contains(names, l.state) {
		return nil
	}
	f := misuse("det finns inget läge %q", "there is no state %q", l.state)
	if near, found := claimlist.Near(l.state, names); found {
		_ = f.hint("menade du %s?", "did you mean %s?", near)
	}
	return f.hint("lägena är %s", "the states are %s", strings.Join(names, ", "))
}

func (l *caseListFlags) wants(c authority.CaseLine) bool {
	return (l.reference == "" || l.reference == c.Reference) &&
		(l.state == "" || slices.ContainsFunc(c.States, func(s authority.StateView) bool { return s.State == l.state }))
}

func (a *app) reportCases(found []authority.CaseLine, more bool) error {
	if a.json() {
		return a.printJSON(map[string]any{"cases": found, "more": more})
	}
	if len(found) == 0 {
		a.note("inga mål", "no cases")
	}
	var rows [][]string
	for _, c := range found {
		var states []string
		for _, s := range c.States {
			states = append(states, a.say(s.Swedish, s.English))
		}
		rows = append(rows, []string{c.Number, a.roomTitle(c.Room), strings.Join(states, ", "),
			a.say("sedan ", "since ") + c.Since.String(), a.say("registrerat ", "registered ") + c.Registered.String(), c.Reference})
	}
	if err := table(a.out, rows); err != nil {
		return err
	}
	if more {
		a.note("det finns fler; --limit visar fler, --state, --room och --reference väljer", "there are more; --limit shows more, --state, --room and --reference pick")
	}
	return nil
}
