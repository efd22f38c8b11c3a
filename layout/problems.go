package layout

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Problem is one contradiction in a description.
type Problem struct {
	File   string
	Line   int
	Reason string
}

func (p *Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Reason) }

type problems struct {
	file   string
	source []byte
	lines  lineIndex // made when the first problem is found
	found  []*Problem
}

func (p *problems) add(place, format string, args ...any) {
	if p.lines == nil {
		p.lines = indexLines(p.source)
	}
	p.addLine(p.lines.line(place), fmt.Sprintf(format, args...))
}

func (p *problems) addLine(line int, reason string) {
	one := &Problem{File: p.file, Line: line, Reason: reason}
	if !slices.ContainsFunc(p.found, func(o *Problem) bool { return *o == *one }) {
		p.found = append(p.found, one)
	}
}

func (p *problems) err() error {
	slices.SortStableFunc(p.found, func(a, b *Problem) int { return a.Line - b.Line })
	all := make([]error, len(p.found))
	for i, one := range p.found {
		all[i] = one
	}
	return errors.Join(all...)
}

// addDecoding turns what the TOML library found into problems.
func (p *problems) addDecoding(err error) {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		for _, e := range unknown.Errors {
			line, _ := e.Position()
			p.addLine(line, fmt.Sprintf("unknown setting %q", strings.Join(e.Key(), ".")))
		}
		return
	}
	var broken *toml.DecodeError
	if errors.As(err, &broken) {
		line, _ := broken.Position()
		p.addLine(line, strings.TrimPrefix(broken.Error(), "toml: "))
		return
	}
	p.addLine(1, err.Error())
}
