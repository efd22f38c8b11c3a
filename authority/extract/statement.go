package extract

import (
	"fmt"
	"regexp"
	"strings"
)

// statement is SQL whose parameters are written by name, as {day}, and bound
// by position.
type statement struct {
	text  string
	names []string
}

// values are the parameters of statements; a statement takes those it names.
type values map[string]any

var named = regexp.MustCompile(`\{([a-z_0-9]+)\}`)

// prepare numbers the parameters of a text.
func prepare(text string) statement {
	var s statement
	at := map[string]int{}
	s.text = named.ReplaceAllStringFunc(text, func(m string) string {
		name := strings.Trim(m, "{}")
		if at[name] == 0 {
			s.names = append(s.names, name)
			at[name] = len(s.names)
		}
		return fmt.Sprintf("$%d", at[name])
	})
	return s
}

// args are the parameters that the statement names, in order.
func (s statement) args(v values) []any {
	args := make([]any, len(s.names))
	for i, name := range s.names {
		value, given := v[name]
		if !given {
			panic("extract: no value for {" + name + "} in " + s.text)
		}
		args[i] = value
	}
	return args
}
