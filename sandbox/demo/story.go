package demo

import (
	"os"
	"path/filepath"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/sandbox"

	"golang.org/x/text/encoding/charmap"
)

// story is a play as it goes.
type story struct {
	Options
	world  *sandbox.Sandbox
	desk   *filer.Desk // of the filer that acts
	step   int
	peeked map[string]bool // names of files of which the beginning was shown
}

// tell narrates a step.
func (s *story) tell(sv, en string, args ...any) {
	s.step++
	s.line(s.step, textf(sv, en, args...))
}

// show tells a detail of a step.
func (s *story) show(sv, en string, args ...any) { s.line(0, textf(sv, en, args...)) }

func (s *story) line(step int, t text) {
	if s.Narrate != nil {
		s.Narrate(Line{Step: step, Swedish: t.sv, English: t.en})
	}
}

// clock is the time in the world.
func (s *story) clock() string {
	return s.world.Now().In(calendar.Stockholm()).Format("2006-01-02 15:04")
}

// place tells where files stand, if they are kept.
func (s *story) place(paths ...string) {
	if !s.Keep {
		return
	}
	for _, p := range paths {
		if p != "" { // not all files have a cover note
			s.show("%s", "%s", p)
		}
	}
}

// So much of a text file is shown: lines and characters of each.
const (
	peekLines = 3
	peekWidth = 72
)

// peek shows how a file begins.
func (s *story) peek(path string) {
	if s.Narrate == nil || s.peeked[filepath.Base(path)] {
		return
	}
	s.peeked[filepath.Base(path)] = true
	raw, err := os.ReadFile(path)
	if err != nil {
		return
	}
	file, err := charmap.ISO8859_1.NewDecoder().Bytes(raw)
	if err != nil {
		return
	}
	for _, line := range firstLines(string(file)) {
		r := []rune(strings.TrimRight(line, "\r "))
		s.show("│ %s", "│ %s", string(r[:min(len(r), peekWidth)]))
	}
}

func firstLines(file string) []string {
	lines := strings.Split(strings.TrimSuffix(file, "\n"), "\n")
	return lines[:min(len(lines), peekLines)]
}
