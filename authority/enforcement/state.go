package enforcement

import (
	"slices"
	"strings"
)

// State is where a case stands (files.md §8.3).
type State string

// The states. Those from Interrupted to AwaitingEstate are holds: bars to the
// handling, after which a case is as before.
const (
	Registered           State = "registered"
	AwaitingTitle        State = "awaiting_title"
	AwaitingDocuments    State = "awaiting_documents"
	InProgress           State = "in_progress"
	Deferral             State = "deferral"            // uppskov
	Investigated         State = "investigated"        // tillgångar saknas eller räcker inte
	Monitoring           State = "monitoring"          // bevakning
	EarningsAttached     State = "earnings_attachment" // löneutmätning
	Interrupted          State = "interrupted"         // konkurs
	RestructuringOpened  State = "restructuring_opened"
	Stayed               State = "stayed" // inhibition
	AwaitingEstate       State = "awaiting_estate"
	Lapsed               State = "lapsed"       // förfallen
	Discontinued         State = "discontinued" // avskriven
	Dismissed            State = "dismissed"    // avvisad
	RestructuringGranted State = "restructuring_granted"
	Closed               State = "closed" // avslutad
)

func bases() []State {
	return []State{Registered, AwaitingTitle, AwaitingDocuments, InProgress, Deferral, Investigated, Monitoring, EarningsAttached}
}

func holds() []State { return []State{Interrupted, RestructuringOpened, Stayed, AwaitingEstate} }

func openStates() []State { return append(bases(), holds()...) }

func closedStates() []State {
	return []State{Lapsed, Discontinued, Dismissed, RestructuringGranted, Closed}
}

// without is the states but one.
func without(all []State, but State) []State {
	return slices.DeleteFunc(slices.Clone(all), func(s State) bool { return s == but })
}

// standing is where a case stands: its base, and the holds in the order in
// which they came.
type standing struct {
	base  State
	holds []State
}

// state is what the case is called: its last hold, else its base.
func (s standing) state() State {
	if n := len(s.holds); n > 0 {
		return s.holds[n-1]
	}
	return s.base
}

func (s standing) open() bool { return !slices.Contains(closedStates(), s.state()) }

func (s standing) held() bool { return len(s.holds) > 0 }

func (s standing) has(hold State) bool { return slices.Contains(s.holds, hold) }

// at is the same with another base.
func (s standing) at(base State) standing { return standing{base: base, holds: s.holds} }

// hold is the same with one hold more.
func (s standing) hold(h State) standing {
	return standing{base: s.base, holds: append(slices.Clone(s.holds), h)}
}

// release is the same without the hold.
func (s standing) release(h State) standing {
	return standing{base: s.base, holds: without(s.holds, h)}
}

// end is a closed standing; what stood before is told by the events.
func (s standing) end(closed State) standing { return standing{base: closed} }

// holdText is the holds as they are kept.
func (s standing) holdText() string {
	texts := make([]string, len(s.holds))
	for i, h := range s.holds {
		texts[i] = string(h)
	}
	return strings.Join(texts, " ")
}

func parseHolds(text string) (all []State) {
	for _, h := range strings.Fields(text) {
		all = append(all, State(h))
	}
	return all
}
