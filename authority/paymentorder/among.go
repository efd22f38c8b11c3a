package paymentorder

import (
	"slices"
	"strconv"
	"strings"
)

// mostAmong is how many values one IN asks for.
const mostAmong = 500

// amongSizes are the lengths of the lists that are asked for, so that few
// statements are prepared: a list is filled up with its last value.
var amongSizes = [...]int{1, 8, 50, mostAmong}

// among are places and arguments of an IN over the values, at most mostAmong
// and at least one, whose first place has the number given.
func among[T any](first int, values []T) (places string, args []any) {
	size := amongSizes[len(amongSizes)-1]
	for _, s := range slices.Backward(amongSizes[:]) {
		if s >= len(values) {
			size = s
		}
	}
	var b strings.Builder
	args = make([]any, size)
	for i := range size {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
		args[i] = values[min(i, len(values)-1)]
	}
	return b.String(), args
}

// chunks cuts values into lists that among takes.
func chunks[T any](values []T) [][]T {
	return slices.Collect(slices.Chunk(values, mostAmong))
}
