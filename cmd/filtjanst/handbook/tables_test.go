package handbook

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/fee"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/filing"

	"github.com/google/go-cmp/cmp"
)

func written(t *testing.T, name string) string {
	t.Helper()
	for _, p := range tables() {
		if p.Path != name {
			continue
		}
		var out bytes.Buffer
		if err := p.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	t.Fatalf("there is no page %s", name)
	return ""
}

// Every state, event and act stands on its page; every row has as many cells as
// its heading.
func TestTablesHoldAllThereIs(t *testing.T) {
	t.Parallel()
	states, acts := written(t, "states.md"), written(t, "acts.md")
	for _, room := range []string{"bf", "ve", "sc"} {
		for _, table := range authority.Tables(room) {
			for _, s := range table.States {
				if !strings.Contains(states, "| `"+s.Name+"` |") {
					t.Errorf("%s: the state %s is missing", room, s.Name)
				}
			}
			for _, e := range table.Edges {
				if !strings.Contains(states, "| `"+e.Event+"` |") {
					t.Errorf("%s: the event %s is missing", room, e.Event)
				}
			}
		}
	}
	for _, act := range authority.ActTable() {
		if !strings.Contains(acts, "| `"+act.Room+"."+act.Name+"` |") {
			t.Errorf("the act %s.%s is missing", act.Room, act.Name)
		}
		if title := authority.RoomWords(act.Room); title.English == act.Room {
			t.Errorf("the room %s has no title", act.Room)
		}
	}
	for _, p := range tables() {
		cells := 0
		for line := range strings.Lines(written(t, p.Path)) {
			if !strings.HasPrefix(line, "|") {
				cells = 0
				continue
			}
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if cells != 0 && n != cells {
				t.Errorf("%s: %s", p.Path, line)
			}
			cells = n
		}
	}
}

// Every state that an arrow of a diagram names is declared in it.
func TestDiagramsDeclareTheirStates(t *testing.T) {
	t.Parallel()
	arrow := regexp.MustCompile(`^    (\S+) --> (\S+)`)
	declared, diagrams := map[string]bool{"[*]": true}, 0
	for line := range strings.Lines(written(t, "states.md")) {
		if strings.HasPrefix(line, "stateDiagram") {
			declared = map[string]bool{"[*]": true}
			diagrams++
		}
		if _, name, ok := strings.Cut(strings.TrimSpace(line), `" as `); ok {
			declared[name] = true
		}
		if ends := arrow.FindStringSubmatch(line); ends != nil && (!declared[ends[1]] || !declared[ends[2]]) {
			t.Errorf("not declared: %s", line)
		}
	}
	if diagrams != 5 {
		t.Errorf("%d diagrams", diagrams)
	}
}

// What happens alike in many states is one arrow; what happens in few is drawn
// as it is.
func TestCrowdedArrows(t *testing.T) {
	t.Parallel()
	edges := []service.Edge{{From: "x", Event: "go", To: "end"}}
	for _, from := range []string{"a", "b", "c", "d"} {
		edges = append(edges, service.Edge{From: from, Event: "stop", To: "end"})
	}
	var d markdown
	d.arrows(crowded(edges, several))
	if diff := cmp.Diff("    x --> end : go\n    several --> end : stop\n", d.String()); diff != "" {
		t.Error(diff)
	}
}

// The codes that refuse withdrawals, reductions and changes are explained.
func TestRefusalsAreExplained(t *testing.T) {
	t.Parallel()
	var codes []filing.Code
	for _, r := range paymentorder.Rulings() {
		codes = append(codes, r.Codes...)
	}
	for _, r := range enforcement.ChangeRules() {
		if r.Code != "" {
			codes = append(codes, r.Code)
		}
	}
	for _, c := range codes {
		if _, ok := filing.Explain(string(c)); !ok {
			t.Errorf("%s is not explained", c)
		}
	}
}

// Every fee that has a number of law shows it.
// Reference rates were below zero for three years.
func TestRatesAreWritten(t *testing.T) {
	t.Parallel()
	for rate, want := range map[int64]string{-5_000: "-0.5 %", 0: "0 %", 5_000: "0.5 %", 80_000: "8 %", 1_500_000: "150 %", -15_000: "-1.5 %", 91_250: "9.125 %"} {
		if got := percentOf(rate); got != want {
			t.Errorf("%d is written %q, want %q", rate, got, want)
		}
	}
}

func TestFeesHaveTheirNumbers(t *testing.T) {
	t.Parallel()
	for kind, symbols := range feeNumbers() {
		if _, ok := kind.Info(); !ok {
			t.Errorf("there is no fee %s", kind)
		}
		if amounts(symbols) == "" {
			t.Errorf("%s has no number", kind)
		}
	}
	if got := amounts(feeNumbers()[fee.ApplicationFee]); got != "300,00 kr" {
		t.Errorf("the application fee is %s", got)
	}
}
