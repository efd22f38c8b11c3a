package handbook

import (
	"slices"
	"strings"

	"filtjanst/authority/service"
)

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
func (d *markdown) diagram(t service.States, edges []service.Edge, crowd string) {
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
func (d *markdown) arrows(edges []service.Edge) {
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
	type exit struct{ event, to string }
	left := map[exit]map[string]bool{}
	for _, e := range edges {
		x := exit{e.Event, e.To}
		if left[x] == nil {
			left[x] = map[string]bool{}
		}
		left[x][e.From] = true
	}
	all := slices.Clone(edges)
	for i, e := range all {
		if len(left[exit{e.Event, e.To}]) >= many {
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
