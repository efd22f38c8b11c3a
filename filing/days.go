package filing

import (
	"filtjanst/calendar"
	"filtjanst/layout"
)

// layout counts days from 1970-01-01, calendar from year 1.
const epoch = calendar.Day(719163)

func dayOf(t *layout.Tree, n layout.Node, k layout.KeyID) calendar.Day {
	if !t.Has(n, k) {
		return 0
	}
	return calendar.Day(t.Num(n, k)) + epoch
}

func setDay(t *layout.Tree, n layout.Node, k layout.KeyID, d calendar.Day) {
	if !d.IsZero() {
		t.SetNum(n, k, int64(d-epoch))
	}
}
