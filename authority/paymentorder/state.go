package paymentorder

import (
	"sync"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// State is the state of one pair of respondent and claim part, or of a slice of
// one that is partly contested.
type State string

// The states of a pair (files.md §8.2).
const (
	Registered          State = "registered"           // registrerad
	CompletionRequested State = "completion_requested" // föreläggande om komplettering
	Ordered             State = "ordered"              // föreläggande utfärdat
	Served              State = "served"               // delgiven
	Contested           State = "contested"            // bestridd
	AwaitingEstate      State = "awaiting_estate"      // dödsboet utreds
	VerdictGiven        State = "verdict"              // utslag
	Reopening           State = "reopening"            // återvinning
	Transferred         State = "transferred"          // överlämnad till tingsrätt
	Discontinued        State = "discontinued"         // avskriven
	Dismissed           State = "dismissed"            // avvisad
	SetAside            State = "set_aside"            // utslaget upphävt
	LegalForce          State = "legal_force"          // laga kraft
)

// stage tells how far a state is from the end.
type stage int

const (
	open    stage = iota + 1 // the authority has still to decide
	decided                  // a verdict that may be reopened
	final                    // nothing more happens
)

type stateInfo struct {
	State
	stage            stage
	swedish, english string
}

// states is the table of states, in the order in which cases pass them.
func states() []stateInfo {
	return []stateInfo{
		{Registered, open, "registrerad", "registered"},
		{CompletionRequested, open, "komplettering begärd", "completion requested"},
		{Ordered, open, "föreläggande utfärdat", "order issued"},
		{Served, open, "delgiven", "served"},
		{Contested, open, "bestridd", "contested"},
		{AwaitingEstate, open, "dödsboet utreds", "awaiting the estate"},
		{VerdictGiven, decided, "utslag", "verdict given"},
		{Reopening, decided, "återvinning", "reopening"},
		{Transferred, final, "överlämnad till tingsrätt", "transferred to court"},
		{Discontinued, final, "avskriven", "discontinued"},
		{Dismissed, final, "avvisad", "dismissed"},
		{SetAside, final, "utslaget upphävt", "verdict set aside"},
		{LegalForce, final, "laga kraft", "legal force"},
	}
}

var stageOf = sync.OnceValue(func() map[State]stage {
	all := map[State]stage{}
	for _, s := range states() {
		all[s.State] = s.stage
	}
	return all
})

// Open tells whether the authority has still to decide.
func (s State) Open() bool { return stageOf()[s] == open }

// Final tells whether nothing more can happen.
func (s State) Final() bool { return stageOf()[s] == final }

// words are the state's words for people.
func (s State) words() (swedish, english string) {
	for _, info := range states() {
		if info.State == s {
			return info.swedish, info.english
		}
	}
	return string(s), string(s)
}

// States is the table of states, per respondent and claim part, by which every
// change is made.
func States() service.States {
	t := service.States{Service: filing.PaymentOrder, Edges: edges()}
	for _, s := range states() {
		t.States = append(t.States, service.State{
			Name: string(s.State), Swedish: s.swedish, English: s.english, Closed: s.stage == final})
	}
	return t
}

// move is one change of state: what happens in which state.
type move struct {
	from  State
	event string
}

// moves are the edges by state and event.
var moves = sync.OnceValue(func() map[move]State {
	all := map[move]State{}
	for _, e := range edges() {
		all[move{State(e.From), e.Event}] = State(e.To)
	}
	return all
})

// allowed tells whether the event can happen in the state.
func (s State) allowed(event string) bool {
	_, ok := moves()[move{s, event}]
	return ok
}
