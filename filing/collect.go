package filing

import (
	"maps"
	"slices"
)

// mostErrors is how many errors are kept by position; the first of each code
// is kept besides, and all are counted.
const mostErrors = 1000

// A collector keeps the first errors by position, in whatever order they come.
type collector struct {
	kept   []Error
	first  map[Code]Error
	counts map[Code]int
	total  int
	full   bool
	last   int64 // once full: nothing at or beyond this offset is kept
}

func newCollector() *collector {
	return &collector{first: map[Code]Error{}, counts: map[Code]int{}}
}

// count enters one error and tells whether its text is worth writing.
func (c *collector) count(code Code, offset int64) bool {
	c.total++
	c.counts[code]++
	first, seen := c.first[code]
	return !seen || offset < first.Offset || !c.full || offset < c.last
}

// add keeps an error that count wanted.
func (c *collector) add(e Error) {
	if first, seen := c.first[e.Code]; !seen || e.Offset < first.Offset {
		c.first[e.Code] = e
	}
	if c.full && e.Offset >= c.last {
		return
	}
	if c.kept = append(c.kept, e); len(c.kept) == 2*mostErrors {
		c.cut()
	}
}

func (c *collector) cut() {
	SortErrors(c.kept)
	c.kept = slices.Clip(c.kept[:mostErrors])
	c.full, c.last = true, c.kept[mostErrors-1].Offset
}

// errors returns the first errors by position and the first of each code.
func (c *collector) errors() []Error {
	if len(c.kept) > mostErrors {
		c.cut()
	}
	SortErrors(c.kept)
	listed := map[Code]bool{}
	for i := range c.kept {
		listed[c.kept[i].Code] = true
	}
	all := append([]Error{}, c.kept...) // never nil: it is shown as a list
	for _, code := range slices.Sorted(maps.Keys(c.first)) {
		if !listed[code] {
			all = append(all, c.first[code])
		}
	}
	SortErrors(all)
	return all
}
