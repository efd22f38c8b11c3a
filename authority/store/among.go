package store

import (
	"iter"
	"slices"
	"strconv"
	"strings"
)

// MostAmong is how many values one list of [Chunks] holds; Among takes more, but
// prepares a statement for each length then.
const MostAmong = 512

// amongSizes are the lengths of the lists that are asked for, so that few
// statements are prepared: a list is filled up with its last value.
var amongSizes = [...]int{1, 8, 64, MostAmong}

// Among gives places and arguments of an IN over the values; the first place
// has the number given. Nothing is among no values.
func Among[T any](first int, values []T) (places string, args []any) {
	if len(values) == 0 {
		return "NULL", nil
	}
	args = make([]any, amongSize(len(values)))
	var b strings.Builder
	for i := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
		args[i] = values[min(i, len(values)-1)]
	}
	return b.String(), args
}

// amongSize is how long a list of n values is made.
func amongSize(n int) int {
	for _, size := range amongSizes {
		if size >= n {
			return size
		}
	}
	return n
}

// Chunks cuts values into lists for Among, so that no statement takes more
// binds than an engine does.
func Chunks[T any](values []T) iter.Seq[[]T] { return slices.Chunk(values, MostAmong) }
