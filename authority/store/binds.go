package store

import "strings"

// positional writes the binds $1, $2 … of a statement as ?, and tells which of
// the values each takes, from 0. SQLite takes $1 for a name, and the driver
// looks each name up by walking through all of them. A statement stays as it is,
// with no order, where it has no binds, names one twice, so that the two would
// no longer be known to be the same, or has text that could hold something alike.
func positional(query string) (text string, order []int) {
	if strings.IndexByte(query, '$') < 0 || strings.ContainsAny(query, `?"`) || strings.Contains(query, "--") {
		return query, nil
	}
	seen := map[int]bool{}
	var b strings.Builder
	b.Grow(len(query))
	quoted := false
	for i := 0; i < len(query); i++ {
		c := query[i]
		if c == '\'' {
			quoted = !quoted
		}
		n, end := number(query, i)
		if quoted || n == 0 {
			b.WriteByte(c)
			continue
		}
		if seen[n] {
			return query, nil
		}
		seen[n] = true
		b.WriteByte('?')
		order = append(order, n-1)
		i = end - 1
	}
	return b.String(), order
}

// number reads $n at a place and where it ends; 0 is no bind.
func number(query string, at int) (n, end int) {
	if query[at] != '$' {
		return 0, at
	}
	for end = at + 1; end < len(query) && query[end] >= '0' && query[end] <= '9' && n < mostBinds; end++ {
		n = 10*n + int(query[end]-'0')
	}
	return n, end
}

// mostBinds is how many binds SQLite knows.
const mostBinds = 32766

// ascending tells whether each bind takes the value of its own place.
func ascending(order []int) bool {
	for i, at := range order {
		if at != i {
			return false
		}
	}
	return true
}

// inOrder gives the values as the statement takes them, each once.
func inOrder(args []any, order []int) (all []any, ok bool) {
	if len(args) != len(order) {
		return nil, false
	}
	all = make([]any, len(order))
	for i, at := range order {
		if at >= len(args) {
			return nil, false
		}
		all[i] = args[at]
	}
	return all, true
}
