package service

import "filtjanst/filing"

// Edge is one row of a service's table of states: what takes a case from one
// state to another. The same rows drive the code, the tests that play each of
// them, and the diagram of the documentation.
type Edge struct {
	From    string             // state, "" before there is a case
	Event   string             // what happens, snake_case
	To      string             // state; From where it stays
	Swedish string             // what happens, for people
	English string             //
	Basis   string             // section or rule: "BFL 25", "R70"
	Message filing.Transaction // the file that tells the filer; "" for none
}

// State is a state of a service's table, for people.
type State struct {
	Name    string // as in edges and rows
	Swedish string
	English string
	Closed  bool // nothing more happens by itself
}

// States is the whole table of one service (files.md §8).
type States struct {
	Service filing.Service
	States  []State
	Edges   []Edge
}
