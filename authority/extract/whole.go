package extract

import (
	"context"
	"maps"
	"slices"
	"strings"

	"filtjanst/authority/store"
)

// refreshChunk is about how many rows of a register one step of a refresh of
// everybody compares, so that nobody holds SQLite's one writer long.
const refreshChunk = 1000

// beyond stands after every identity number, and behind makes the first that
// can follow one.
const (
	beyond = "~"
	behind = " "
)

// holdAll holds the lines of everybody against the register.
func (e *Extracts) holdAll(ctx context.Context, r record, v values) error {
	bounds, err := e.bounds(ctx, r, v)
	if err != nil {
		return err
	}
	var steps []values
	lo := ""
	for _, hi := range append(bounds, beyond) {
		steps = append(steps, with(v, values{"lo": lo, "hi": hi}))
		lo = hi + behind
	}
	return e.hold(ctx, r.between, steps)
}

// bounds are where steps end: about every thousandth row of the registers and
// of the lines. Rows are counted by the beginning of the number, of which there
// are no more than there are days of birth, so that memory does not grow with
// the registers and nothing is sorted.
func (e *Extracts) bounds(ctx context.Context, of record, v values) ([]string, error) {
	var count map[string]int
	err := e.db.Read(ctx, func(r store.Reader) error {
		count = map[string]int{}
		for _, p := range of.all {
			for row, err := range store.Each(r.Query(p.text, p.args(v)...)) {
				var identity string
				if err == nil {
					err = row.Scan(&identity)
				}
				if err != nil {
					return err
				}
				count[beginning(identity)]++
			}
		}
		return nil
	})
	return ends(count), err
}

// beginning is the date of birth, or as much of an organisation number as there
// are enough of.
func beginning(identity string) string {
	n := len("19800101")
	if strings.HasPrefix(identity, "16") {
		n = len("165560")
	}
	return identity[:min(n, len(identity))]
}

func ends(count map[string]int) []string {
	var all []string
	rows := 0
	for _, b := range slices.Sorted(maps.Keys(count)) {
		if rows += count[b]; rows >= refreshChunk {
			all, rows = append(all, b+beyond), 0
		}
	}
	return all
}
