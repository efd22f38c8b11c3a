package main

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

func statesPage(d *document) error {
	d.head(1, "States of cases")
	d.text("The tables by which cases live: nothing changes a state but by a row of them. The diagrams leave out what does not move a case. `filtjanst case show NUMBER` tells where a case stands, and by which rows it came there.")
	titles := map[string][]string{
		"bf": {"Payment orders (betalningsföreläggande)"}, "ve": {"Enforcement (verkställighet)"},
		"sc": {"Debt restructuring (skuldsanering)", "Claims in debt restructuring (fordringar)"},
	}
	for _, room := range []string{"bf", "ve", "sc"} {
		for i, t := range authority.Tables(room) {
			d.head(2, "%s", titles[room][i])
			if room == "bf" {
				d.text("Each pair of respondent and claim part has a state of its own. The case is open while any of them is, partly decided when some have a verdict, and otherwise closed.")
			}
			if room == "ve" {
				d.text("A case is one debtor's. While a bar to the handling stands (bankruptcy, stay, restructuring, death) it is in that state, and when the last bar ends it is as before: a diagram of its own shows the bars. Bars may overlap; the case is then called by the latest.")
			}
			d.states(t)
		}
		switch room {
		case "bf":
			d.orderRulings()
		case "ve":
			d.changeRulings()
		}
	}
	return nil
}

// states draws a table of states, and lists its rows.
func (d *document) states(t service.States) {
	bars := barsOf(t)
	moving := slices.DeleteFunc(slices.Clone(t.Edges), func(e service.Edge) bool {
		return e.From == e.To || bars[e.From] && bars[e.To]
	})
	d.diagram(t, slices.DeleteFunc(slices.Clone(moving), func(e service.Edge) bool { return bars[e.From] || bars[e.To] }), several)
	if len(bars) > 0 {
		barred := slices.DeleteFunc(slices.Clone(moving), func(e service.Edge) bool { return !bars[e.From] && !bars[e.To] })
		d.diagram(t, outsideBars(t, barred, bars), anyBar)
	}
	d.columns("state", "Swedish", "English", "closed")
	for _, s := range t.States {
		d.row(code(s.Name), s.Swedish, s.English, yes(s.Closed))
	}
	d.columns("from", "event", "to", "what happens", "vad som händer", "basis", "file")
	for _, group := range sameEvents(t.Edges) {
		e := group[0]
		d.row(from(group), code(e.Event), to(group), e.English, e.Swedish, e.Basis, code(string(e.Message)))
	}
}

// barsOf are the states that a case goes back from to where it was.
func barsOf(t service.States) map[string]bool {
	if t.Service != filing.Enforcement {
		return nil
	}
	return map[string]bool{
		string(enforcement.Interrupted): true, string(enforcement.RestructuringOpened): true,
		string(enforcement.Stayed): true, string(enforcement.AwaitingEstate): true,
	}
}

// Nodes of diagrams that stand for several states.
const (
	handled = "handled"
	several = "several"
	anyBar  = "any_bar"
)

func nodeWords() map[string]string {
	return map[string]string{handled: "the handling, as it was", several: "several states (see the table)", anyBar: "any bar"}
}

// many is from how many states the same event goes one way before the diagram
// draws it as one arrow.
const many = 4

// outsideBars makes the states before a bar, and those gone back to, one.
func outsideBars(t service.States, edges []service.Edge, bars map[string]bool) []service.Edge {
	closed := map[string]bool{}
	for _, s := range t.States {
		closed[s.Name] = s.Closed
	}
	all := slices.Clone(edges)
	for i := range all {
		e := &all[i]
		if !bars[e.From] {
			e.From = handled
		}
		if !bars[e.To] && !closed[e.To] {
			e.To = handled
		}
	}
	return all
}

// diagram draws edges, one arrow between two states. What happens alike in many
// states goes out from one node.
func (d *document) diagram(t service.States, edges []service.Edge, crowd string) {
	edges = crowded(edges, crowd)
	d.line("\n```mermaid\nstateDiagram-v2")
	named := map[string]bool{}
	for _, e := range edges {
		named[e.From], named[e.To] = true, true
	}
	for _, node := range []string{handled, several, anyBar} {
		if named[node] {
			d.line("    state \"%s\" as %s", nodeWords()[node], node)
		}
	}
	for _, s := range t.States {
		if named[s.Name] {
			d.line("    state \"%s (%s)\" as %s", s.English, s.Swedish, s.Name)
		}
	}
	d.arrows(edges)
	for _, s := range t.States {
		if s.Closed && named[s.Name] {
			d.line("    %s --> [*]", s.Name)
		}
	}
	d.line("```")
}

// arrows draws one arrow for all that takes one state to another.
func (d *document) arrows(edges []service.Edge) {
	var order []string
	events := map[string][]string{}
	for _, e := range edges {
		arrow := end(e.From) + " --> " + end(e.To)
		if events[arrow] == nil {
			order = append(order, arrow)
		}
		if !slices.Contains(events[arrow], e.Event) {
			events[arrow] = append(events[arrow], e.Event)
		}
	}
	for _, arrow := range order {
		d.line("    %s : %s", arrow, strings.Join(events[arrow], ", "))
	}
}

// crowded puts one node in place of the many states that an event leaves one
// way.
func crowded(edges []service.Edge, crowd string) []service.Edge {
	type way struct{ event, to string }
	states := map[way]map[string]bool{}
	for _, e := range edges {
		w := way{e.Event, e.To}
		if states[w] == nil {
			states[w] = map[string]bool{}
		}
		states[w][e.From] = true
	}
	all := slices.Clone(edges)
	for i, e := range all {
		if len(states[way{e.Event, e.To}]) >= many {
			all[i].From = crowd
		}
	}
	return all
}

// end is a state in an arrow; [*] before there is a case.
func end(state string) string {
	if state == "" {
		return "[*]"
	}
	return state
}

// sameEvents gathers the rows that differ only in the states they leave, and
// those that leave a state as it is.
func sameEvents(edges []service.Edge) (groups [][]service.Edge) {
	at := map[string]int{}
	for _, e := range edges {
		target := e.To
		if e.From == e.To {
			target = "="
		}
		key := strings.Join([]string{e.Event, target, e.English, e.Basis, string(e.Message)}, "\x00")
		i, there := at[key]
		if !there {
			i = len(groups)
			at[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return groups
}

func from(group []service.Edge) string {
	var all []string
	for _, e := range group {
		if e.From == "" {
			all = append(all, "(no case)")
			continue
		}
		all = append(all, code(e.From))
	}
	return strings.Join(all, ", ")
}

func to(group []service.Edge) string {
	if group[0].From == group[0].To {
		return "(stays)"
	}
	return code(group[0].To)
}

// orderRulings is the table state × act of payment orders.
func (d *document) orderRulings() {
	d.head(3, "What withdrawals and reductions do")
	d.text("By the state of the pairs that the document concerns. It is applied where it can be, and refused only if no pair can take it. Of two codes the second counts where the applicant has opted out of enforcement.")
	d.columns("state", code(string(filing.BFWithdrawal)), code(string(filing.BFReduction)))
	cells := map[paymentorder.State][]string{}
	var order []paymentorder.State
	for _, r := range paymentorder.Rulings() {
		if cells[r.State] == nil {
			order = append(order, r.State)
		}
		cells[r.State] = append(cells[r.State], outcome(r.Effect, r.Codes...))
	}
	for _, s := range order {
		d.row(append([]string{code(string(s))}, cells[s]...)...)
	}
}

// changeRulings is the table state × change of enforcement.
func (d *document) changeRulings() {
	d.head(3, "What changes do")
	d.text("By the state of the case (`ve.change`).")
	names := []string{"state"}
	cells := map[enforcement.State][]string{}
	var order []enforcement.State
	for _, r := range enforcement.ChangeRules() {
		if cells[r.State] == nil {
			order = append(order, r.State)
		}
		if len(order) == 1 {
			names = append(names, string(r.Change))
		}
		cells[r.State] = append(cells[r.State], outcome(r.Effect, r.Code))
	}
	d.columns(names...)
	for _, s := range order {
		d.row(append([]string{code(string(s))}, cells[s]...)...)
	}
}

// outcome is one cell: what becomes of the document, or why it is refused.
func outcome(effect service.Effect, codes ...filing.Code) string {
	if effect != "" {
		return string(effect)
	}
	var links []string
	for _, c := range codes {
		links = append(links, fmt.Sprintf("[%s](error-codes.md#%s)", c, strings.ToLower(string(c))))
	}
	return "refused: " + strings.Join(links, " or ")
}

func actsPage(d *document) error {
	d.head(1, "What officers do")
	d.text("Every act is a method of the room that owns the case, and is kept with who did it and why. `filtjanst case act ROOM.ACT NUMBER KEY=VALUE… --by NAME --reason TEXT` does them, for parties and permits also `filtjanst party` and `filtjanst permit`. NUMBER is the case, invoice, letter or party code that the act concerns. What cannot be done is refused with a code, in Swedish and English, and nothing of it is kept.")
	room := ""
	for _, act := range authority.ActTable() {
		if act.Room != room {
			room = act.Room
			title := roomTitles()[room]
			d.head(2, "%s: %s (%s)", room, title.en, title.sv)
			d.columns("act", "what", "vad", "basis", "parameters")
		}
		d.row(code(act.Room+"."+act.Name), act.English, act.Swedish, act.Basis, paramsOf(act))
	}
	d.text("An amount is written in kronor (`1234.50`), a day as `2026-12-01`; *italics* are required.")
	return nil
}

func paramsOf(act authority.ActInfo) string {
	var all []string
	for _, p := range act.Params {
		name := code(p.Name)
		if p.Required {
			name = "*" + name + "*"
		}
		text := name + " " + p.English
		if len(p.Choices) > 0 {
			text += " (" + strings.Join(p.Choices, ", ") + ")"
		} else if p.Kind != service.TextParam {
			text += " (" + strings.ReplaceAll(string(p.Kind), "yes", "yes or no") + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}
