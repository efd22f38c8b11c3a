package main

import (
	"fmt"
	"slices"
)

// Spread is repeated values of one quantity.
type Spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

func spreadOf(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	s := slices.Sorted(slices.Values(values))
	return Spread{Median: percentile(s, 50), Min: s[0], Max: s[len(s)-1]}
}

// percentile is that of sorted values, by the nearest rank.
func percentile(sorted []float64, p int) float64 {
	rank := (p*len(sorted) + 99) / 100
	return sorted[max(rank, 1)-1]
}

// Goal is what a value is to reach.
type Goal struct {
	AtMost bool    `json:"at_most"`
	Value  float64 `json:"value"`
}

func atMost(v float64) Goal  { return Goal{AtMost: true, Value: v} }
func atLeast(v float64) Goal { return Goal{Value: v} }

func (g Goal) reached(v float64) bool {
	if g.AtMost {
		return v <= g.Value
	}
	return v >= g.Value
}

func (g Goal) String() string {
	if g.AtMost {
		return fmt.Sprintf("≤ %g", g.Value)
	}
	return fmt.Sprintf("≥ %g", g.Value)
}

// sample is one turn: the work and its floor, in the same unit.
type sample struct{ work, floor float64 }

// Figure is one measured line.
type Figure struct {
	Line    string  `json:"line"`
	Engine  string  `json:"engine,omitempty"`
	Unit    string  `json:"unit"`
	Work    Spread  `json:"work"`
	Floor   *Spread `json:"floor,omitempty"`
	Ratio   *Spread `json:"ratio,omitempty"` // of work to floor, turn by turn
	Goal    Goal    `json:"goal"`            // of the ratio, or of the work where there is no floor
	Turns   int     `json:"turns"`
	Reached bool    `json:"reached"` // by the median
	Note    string  `json:"note,omitempty"`
}

// against makes the figure of work with a floor.
func against(line, unit string, goal Goal, turns []sample) Figure {
	var work, floor, ratio []float64
	for _, t := range turns {
		work, floor, ratio = append(work, t.work), append(floor, t.floor), append(ratio, t.work/t.floor)
	}
	f, r := spreadOf(floor), spreadOf(ratio)
	return Figure{
		Line: line, Unit: unit, Work: spreadOf(work), Floor: &f, Ratio: &r, Goal: goal,
		Turns: len(turns), Reached: goal.reached(r.Median),
	}
}

// alone makes the figure of work that is held to a number.
func alone(line, unit string, goal Goal, values []float64) Figure {
	w := spreadOf(values)
	return Figure{Line: line, Unit: unit, Work: w, Goal: goal, Turns: len(values), Reached: goal.reached(w.Median)}
}
