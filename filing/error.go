package filing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Error is English, with code and what is known of the place.
func (e *Error) Error() string {
	var place []string
	if e.Document > 0 {
		place = append(place, fmt.Sprintf("document %d", e.Document))
	}
	if e.Line > 0 {
		place = append(place, fmt.Sprintf("line %d", e.Line))
	}
	if e.placed() {
		place = append(place, fmt.Sprintf("byte %d", e.Offset))
	}
	if len(place) == 0 {
		return fmt.Sprintf("%s: %s", e.Code, e.English)
	}
	return fmt.Sprintf("%s: %s: %s", e.Code, strings.Join(place, ", "), e.English)
}

// placed tells whether it is known where in the bytes the error stands.
func (e *Error) placed() bool { return e.Line > 0 || e.Offset > 0 }

// SortErrors puts errors in the order of their places; those of the file as a
// whole, which have none, stand first.
func SortErrors(errors []Error) {
	slices.SortStableFunc(errors, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Document, b.Document), cmp.Compare(a.Code, b.Code))
	})
}
