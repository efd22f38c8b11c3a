package handbook

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

func statesPage(d *markdown) error {
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
			d.table(t)
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

// table draws a table of states, and lists its rows.
func (d *markdown) table(t service.States) {
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
	for _, w := range ways(t.Edges) {
		e := w.Edge
		d.row(w.origin(t), code(e.Event), w.target(), e.English, e.Swedish, basis(e.Basis), code(string(e.Message)))
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

// way is one row of the page: the same thing in several states, with the same
// end; or in one state with several ends.
type way struct {
	service.Edge
	from, to []string
}

// stays is the end of what leaves a state as it is.
const stays = "(stays)"

// ways gathers the edges that differ only in the states they leave, then those
// that differ only in the states they lead to.
func ways(edges []service.Edge) []way {
	split := make([]way, len(edges))
	for i, e := range edges {
		to := e.To
		if e.From == e.To {
			to = stays
		}
		split[i] = way{e, []string{e.From}, []string{to}}
	}
	byEnd := gathered(split, func(w way) []string { return w.to }, func(into *way, w way) { into.from = append(into.from, w.from...) })
	return gathered(byEnd, func(w way) []string { return append([]string{fmt.Sprint(w.to[0] == stays)}, w.from...) },
		func(into *way, w way) { into.to = append(into.to, w.to...) })
}

// gathered joins the ways that are one event told in the same words, and have
// the same key, in their order.
func gathered(all []way, key func(way) []string, join func(into *way, w way)) (few []way) {
	at := map[string]int{}
	for _, w := range all {
		k := strings.Join(append([]string{w.Event, w.English, w.Basis, string(w.Message)}, key(w)...), "\x00")
		i, there := at[k]
		if there {
			join(&few[i], w)
			continue
		}
		at[k], few = len(few), append(few, w)
	}
	return few
}

// origin names the states that the way begins in.
func (w way) origin(t service.States) string {
	if w.from[0] == "" {
		return "(no case)"
	}
	var open, others, bars []string
	for _, s := range t.States {
		if barsOf(t)[s.Name] {
			bars = append(bars, s.Name)
		}
		if s.Closed {
			continue
		}
		if open = append(open, s.Name); s.Name != w.to[0] {
			others = append(others, s.Name)
		}
	}
	for _, crowd := range []struct {
		states []string
		name   string
	}{{open, "(any open)"}, {others, "(any other open)"}, {bars, "(any bar)"}} {
		if sameStates(crowd.states, w.from) {
			return crowd.name
		}
	}
	return states(w.from)
}

func sameStates(x, y []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
}

// target names the states that the way leads to.
func (w way) target() string {
	switch {
	case w.to[0] == stays:
		return stays
	case len(w.to) >= many:
		return "(as it was)"
	}
	return states(w.to)
}

func states(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = code(n)
	}
	return strings.Join(all, ", ")
}
