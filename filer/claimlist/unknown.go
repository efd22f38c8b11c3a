package claimlist

import (
	"fmt"
	"slices"
)

// notRead warns of columns that are not read. In a list of acts, where a row may
// leave out almost all, that is every column which the mapping does not name; an
// export has columns of its own, so there it is one whose name is like that of a
// column which is missing.
func (m *Mapping) notRead(t *table) (all []Problem) {
	for _, name := range t.unknown {
		near, found := m.missingLike(name, t)
		if !found && m.List != Acts {
			continue
		}
		p := Problem{Severity: Warned, Row: 1, Column: name, Swedish: "kolumnen läses inte: listan har ingen sådan", English: "the column is not read: the list has none such"}
		if found {
			p.Swedish += fmt.Sprintf("; menades %s?", near)
			p.English += fmt.Sprintf("; was %s meant?", near)
		}
		all = append(all, p)
	}
	return all
}

// missingLike finds the column that is missing and named much like this.
func (m *Mapping) missingLike(name string, t *table) (string, bool) {
	var keys, names []string
	for _, c := range m.Columns {
		if _, there := t.columns[c.Field]; there {
			continue
		}
		for _, n := range c.names() {
			keys, names = append(keys, headerKey(n)), append(names, n)
		}
	}
	near, found := Near(headerKey(name), keys)
	if !found {
		return "", false
	}
	return names[slices.Index(keys, near)], true
}
