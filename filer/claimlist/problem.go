package claimlist

import (
	"fmt"
	"sort"
	"unicode"
)

// Severity tells what a problem means for its application.
type Severity string

// The severities, gravest first.
const (
	Refused  Severity = "refused" // the application is not made
	OnPaper  Severity = "paper"   // the application must go on paper (R72)
	Warned   Severity = "warning" // the application is made; look at it
	Notified Severity = "note"    // something was changed on the way
)

// Problem is one thing to know about a row of the export. Values that name
// persons are masked.
type Problem struct {
	Severity  Severity `json:"severity"`
	Row       int      `json:"row,omitempty"` // in the file, the header being row 1
	Rows      []int    `json:"rows,omitempty"`
	Column    string   `json:"column,omitempty"`
	Reference string   `json:"reference,omitempty"`
	Value     string   `json:"value,omitempty"`
	Swedish   string   `json:"sv"`
	English   string   `json:"en"`
}

func (p Problem) String() string {
	place := ""
	if p.Row > 0 {
		place = fmt.Sprintf("rad %d", p.Row)
	}
	if p.Column != "" {
		place += fmt.Sprintf(", kolumn %s", p.Column)
	}
	if p.Reference != "" {
		place += fmt.Sprintf(", ärende %s", p.Reference)
	}
	return fmt.Sprintf("%s: %s / %s", place, p.Swedish, p.English)
}

// Report is what came of an export besides the applications.
type Report struct {
	Encoding string    `json:"encoding"` // the one that was taken
	Rows     int       `json:"rows"`     // data rows read
	Cases    int       `json:"cases"`    // cases in them
	Made     int       `json:"made"`     // applications made
	Refused  int       `json:"refused"`  // cases not made
	Paper    []Paper   `json:"paper"`    // cases set aside for paper
	Problems []Problem `json:"problems"`
}

// Paper is a case that goes on paper, not by file (R72).
type Paper struct {
	Reference string `json:"reference"`
	Row       int    `json:"row"`
	Swedish   string `json:"sv"`
	English   string `json:"en"`
}

func (r *Report) add(all ...Problem) {
	for _, p := range all {
		p.Column, p.Reference = shown(p.Column), shown(p.Reference)
		r.Problems = append(r.Problems, p)
	}
}

// mostShown bounds how many characters of a name stand in a problem.
const mostShown = 60

// shown makes what stands in a list fit to be told: printable, and not too long.
func shown(name string) string {
	all := []rune(name)
	if len(all) > mostShown {
		all = append(all[:mostShown], '…')
	}
	for i, r := range all {
		if !unicode.IsPrint(r) {
			all[i] = '?'
		}
	}
	return string(all)
}

// sort puts the problems in the order of the export.
func (r *Report) sort() {
	sort.SliceStable(r.Problems, func(i, j int) bool { return r.Problems[i].Row < r.Problems[j].Row })
}
