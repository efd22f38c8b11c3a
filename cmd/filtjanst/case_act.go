package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"filtjanst/authority"
	"filtjanst/authority/service"
	"filtjanst/filer/claimlist"

	"github.com/spf13/cobra"
)

func actsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "acts [ROOM|ROOM.ACT]", Args: arguments(0, 1), ValidArgs: actRooms(),
		Short: a.say("lista vad handläggare kan göra, och vad varje åtgärd behöver veta", "list what officers can do, and what each act needs to know"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listActs(authority.ActTable())
			}
			acts := actsOf(args[0])
			if len(acts) == 0 {
				return misuse("det finns inga åtgärder i %q", "there are no acts in %q", args[0]).
					hint("välj bland %[1]s", "choose among %[1]s", strings.Join(actRooms(), ", "))
			}
			return a.listActs(acts)
		},
	}
}

// actRooms are the rooms in which officers act, in their order.
func actRooms() (rooms []string) {
	for _, act := range authority.ActTable() {
		if !slices.Contains(rooms, act.Room) {
			rooms = append(rooms, act.Room)
		}
	}
	return rooms
}

// actsOf are the acts of a room, or the one of the name "room.name".
func actsOf(name string) []authority.ActInfo {
	if act, known := findAct(name); known {
		return []authority.ActInfo{act}
	}
	return slices.DeleteFunc(authority.ActTable(), func(i authority.ActInfo) bool { return i.Room != name })
}

// findAct finds an act by "room.name".
func findAct(name string) (authority.ActInfo, bool) {
	for _, act := range authority.ActTable() {
		if act.Room+"."+act.Name == name {
			return act, true
		}
	}
	return authority.ActInfo{}, false
}

func unknownAct(name string) error {
	f := misuse("det finns ingen åtgärd %q", "there is no act %q", name)
	var names []string
	for _, act := range authority.ActTable() {
		names = append(names, act.Room+"."+act.Name)
	}
	if near, found := claimlist.Near(name, names); found {
		_ = f.hint("menade du %s?", "did you mean %s?", near)
	}
	return f.hint("filtjanst case acts listar dem", "filtjanst case acts lists them")
}

func (a *app) listActs(acts []authority.ActInfo) error {
	if a.json() {
		return printRows(a, acts)
	}
	return buffered(a.out, func(w io.Writer) error {
		room := ""
		for _, act := range acts {
			if act.Room != room {
				room = act.Room
				fmt.Fprintf(w, "%s: %s\n", room, a.roomTitle(room))
			}
			a.writeAct(w, act)
		}
		return nil
	})
}

func (a *app) writeAct(w io.Writer, act authority.ActInfo) {
	fmt.Fprintf(w, "\n  %s.%s  %s", act.Room, act.Name, a.say(act.Swedish, act.English))
	if act.Basis != "" {
		fmt.Fprintf(w, " (%s)", a.basisOf(act.Basis))
	}
	fmt.Fprintln(w)
	_ = table(w, a.params(act, "    ")) // the writer keeps its error
	if len(act.Params) == 0 {
		fmt.Fprintf(w, "    %s\n", a.say("inga uppgifter", "no parameters"))
	}
}

// params are the parameters of an act as a table.
func (a *app) params(act authority.ActInfo, indent string) (rows [][]string) {
	for _, p := range act.Params {
		need := ""
		if p.Required {
			need = a.say("krävs", "required")
		}
		rows = append(rows, []string{indent + p.Name + "=", a.kindOfParam(p), need, a.say(p.Swedish, p.English)})
	}
	return rows
}

// kindOfParam says how a parameter is written.
func (a *app) kindOfParam(p authority.ParamInfo) string {
	switch p.Kind {
	case service.ChoiceParam:
		return strings.Join(p.Choices, "|")
	case service.AmountParam:
		return a.say("kronor", "kronor")
	case service.DayParam:
		return a.say("ÅÅÅÅ-MM-DD", "YYYY-MM-DD")
	case service.NumberParam:
		return a.say("heltal", "whole number")
	case service.IdentityParam:
		return a.say("person- eller orgnr", "identity number")
	case service.YesParam:
		return "yes|no"
	}
	return "text"
}

func actCommand(a *app, n *nodeFlags) *cobra.Command {
	var o officerFlags
	var from string
	cmd := &cobra.Command{
		Use:   "act ROOM.ACT [NUMBER] [KEY=VALUE...]",
		Args:  arguments(1, -1),
		Short: a.say("gör en åtgärd, eller en för varje rad i en lista", "do one act, or one for each row of a list"),
		Long: a.say(
			"NUMBER är målet, fakturan, brevet eller intressentkoden som åtgärden gäller; det\nutelämnas för den som börjar något. filtjanst case acts säger vad varje åtgärd behöver.\n\nEn lista är CSV eller JSON-rader med kolumnerna number och åtgärdens uppgifter. Varje\nrad står för sig: en som inte går att göra hindrar inte de andra.",
			"NUMBER is the case, invoice, letter or party code that the act concerns; it is left\nout for one that begins something. filtjanst case acts says what each act needs.\n\nA list is CSV or JSON lines with the columns number and the parameters of the act. Every\nrow stands by itself: one that is refused does not keep the others from being done."),
		ValidArgsFunction: a.completeAct,
		RunE: func(cmd *cobra.Command, args []string) error {
			act, known := findAct(args[0])
			if !known {
				return unknownAct(args[0])
			}
			if from != "" {
				if len(args) > 1 {
					return misuse("med --from står allt i listan", "with --from all stands in the list")
				}
				return a.actOnAll(cmd.Context(), n, o, act, from)
			}
			number, rest := "", args[1:]
			if len(rest) > 0 && !strings.Contains(rest[0], "=") {
				number, rest = rest[0], rest[1:]
			}
			return a.act(cmd.Context(), n, o, act, number, rest)
		},
	}
	o.register(cmd, a)
	cmd.Flags().StringVar(&from, "from", "", a.say("listan `FILE`; - för standard in", "the list `FILE`; - for standard input"))
	return cmd
}

// actAnswer tells programs that an act is done.
type actAnswer struct {
	Done   bool   `json:"done"`
	Room   string `json:"room"`
	Act    string `json:"act"`
	Number string `json:"number"` // as it was given
	authority.ActDone
}

// act asks the running authority to do an act on the values, written key=value.
func (a *app) act(ctx context.Context, n *nodeFlags, o officerFlags, act authority.ActInfo, number string, pairs []string) error {
	if err := o.check(); err != nil {
		return err
	}
	values := map[string]string{}
	for _, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return misuse("uppgiften %q skrivs som nyckel=värde", "the parameter %q is written as key=value", pair)
		}
		if _, twice := values[key]; twice {
			return misuse("uppgiften %s står två gånger", "the parameter %s stands twice", key)
		}
		values[key] = value
	}
	control, world := n.reach()
	done, err := control.Act(ctx, authority.ActCall{World: world, Room: act.Room, Act: act.Name, Number: number, By: o.by, Reason: o.reason, Values: values})
	if err != nil {
		return answered(err)
	}
	if a.json() {
		return a.printJSON(actAnswer{Done: true, Room: act.Room, Act: act.Name, Number: number, ActDone: done})
	}
	line := strings.TrimSpace(number+" "+a.say(act.Swedish, act.English)) + ": " + a.say("gjort", "done")
	if done.Begun != "" {
		line += a.sayf(", nummer %s", ", number %s", done.Begun)
	}
	_, err = fmt.Fprintln(a.out, line)
	return err
}

// completeAct offers acts, then their parameters, then choices.
func (a *app) completeAct(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 0 {
		var names []cobra.Completion
		for _, act := range authority.ActTable() {
			names = append(names, cobra.CompletionWithDesc(act.Room+"."+act.Name, a.say(act.Swedish, act.English)))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	act, _ := findAct(args[0])
	return a.completeParams(act, typed)
}

func (a *app) completeParams(act authority.ActInfo, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var all []cobra.Completion
	key, _, chosen := strings.Cut(typed, "=")
	for _, p := range act.Params {
		if chosen && p.Name == key {
			choices := p.Choices
			if p.Kind == service.YesParam {
				choices = []string{"yes", "no"}
			}
			for _, c := range choices {
				all = append(all, p.Name+"="+c)
			}
		}
		if !chosen {
			all = append(all, cobra.CompletionWithDesc(p.Name+"=", a.say(p.Swedish, p.English)))
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
