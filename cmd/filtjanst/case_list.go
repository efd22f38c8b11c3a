package main

import (
	"context"
	"iter"
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
			if a.json() && !cmd.Flags().Changed("limit") {
				l.most = 0
			}
			return l.run(cmd.Context(), a, n, strings.ToUpper(args[0]))
		},
	}
	f := cmd.Flags()
	f.Var(newChoice(&l.room, authority.CaseRooms()...), "room", a.say("bara mål i ett rum", "cases of one room only"))
	f.StringVar(&l.state, "state", "", a.say("bara mål med läget `STATE`", "cases in `STATE` only"))
	f.StringVar(&l.reference, "reference", "", a.say("bara mål med egen referens `REF`", "cases with own reference `REF` only"))
	f.IntVar(&l.most, "limit", 100, a.say("högst `N` mål, 0 för alla; program får alla om inget anges", "at most `N` cases, 0 for all; programs get all if none is given"))
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
	more := false
	if err := printList(a, l.first(l.all(ctx, n, code), &more), a.caseCells, words{"inga mål", "no cases"}); err != nil {
		return err
	}
	if more {
		a.note("det finns fler; --limit visar fler, --state, --room och --reference väljer", "there are more; --limit shows more, --state, --room and --reference pick")
	}
	return nil
}

// first are the first cases, no more than the limit; more tells whether others
// follow.
func (l *caseListFlags) first(all iter.Seq2[authority.CaseLine, error], more *bool) iter.Seq2[authority.CaseLine, error] {
	return func(yield func(authority.CaseLine, error) bool) {
		left := l.most
		for c, err := range all {
			if *more = err == nil && left == 0 && l.most > 0; *more || !yield(c, err) {
				return
			}
			left--
		}
	}
}

// all are the cases that are wanted, room by room.
func (l *caseListFlags) all(ctx context.Context, n *nodeFlags, code string) iter.Seq2[authority.CaseLine, error] {
	return func(yield func(authority.CaseLine, error) bool) {
		control, world := n.reach()
		for _, room := range authority.CaseRooms() {
			if l.room != "" && l.room != room {
				continue
			}
			wanted := authority.CaseFilter{Code: code, Room: room, State: l.state, Reference: l.reference}
			for c, err := range byPages(func(after int64) ([]authority.CaseLine, int64, error) {
				page, err := control.Cases(ctx, world, wanted, after)
				return page.Cases, page.Next, err
			}) {
				if !yield(c, err) || err != nil {
					return
				}
			}
		}
	}
}

func (l *caseListFlags) check(a *app) error {
	if l.most < 0 {
		return misuse("--limit tar ett tal från 1, eller 0 för alla", "--limit takes a number from 1, or 0 for all")
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

func (a *app) caseCells(c authority.CaseLine) []string {
	var states []string
	for _, s := range c.States {
		states = append(states, a.say(s.Swedish, s.English))
	}
	return []string{c.Number, a.roomTitle(c.Room), strings.Join(states, ", "),
		a.say("sedan ", "since ") + c.Since.String(), a.say("registrerat ", "registered ") + c.Registered.String(), c.Reference}
}
