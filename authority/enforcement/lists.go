package enforcement

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority/store"
)

// listSizes are the lengths of lists in statements; a list is filled up with
// its last value, so that few texts are prepared.
func listSizes() []int { return []int{1, 8, 64, 512} }

// listed runs a query once for each part of the values. The query has %s where
// the list of binds goes.
func listed[V, T any](r store.Reader, query string, values []V, scan func(*store.Rows) (T, error)) (all []T, err error) {
	for part := range parts(values) {
		some, err := store.Collect(scan)(r.Query(fmt.Sprintf(query, binds(1, len(part))), part...))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// listedFor is listed with a bind of its own, $1, before those of the list.
func listedFor[V, T any](r store.Reader, query string, first any, values []V, scan func(*store.Rows) (T, error)) (all []T, err error) {
	for part := range parts(values) {
		args := append([]any{first}, part...)
		some, err := store.Collect(scan)(r.Query(fmt.Sprintf(query, binds(2, len(part))), args...))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// executed is listed for statements that return no rows.
func executed[V any](tx store.Tx, statement string, values []V) error {
	for part := range parts(values) {
		if _, err := tx.Exec(fmt.Sprintf(statement, binds(1, len(part))), part...); err != nil {
			return err
		}
	}
	return nil
}

// executedFor is executed with a bind of its own, $1, before those of the list.
func executedFor[V any](tx store.Tx, statement string, first any, values []V) error {
	for part := range parts(values) {
		if _, err := tx.Exec(fmt.Sprintf(statement, binds(2, len(part))), append([]any{first}, part...)...); err != nil {
			return err
		}
	}
	return nil
}

// parts yields the values as arguments of statements.
func parts[V any](values []V) func(yield func([]any) bool) {
	sizes := listSizes()
	return func(yield func([]any) bool) {
		for some := range slices.Chunk(values, sizes[len(sizes)-1]) {
			size := sizes[slices.IndexFunc(sizes, func(n int) bool { return n >= len(some) })]
			args := make([]any, size)
			for i := range args {
				args[i] = some[min(i, len(some)-1)]
			}
			if !yield(args) {
				return
			}
		}
	}
}

// binds is ($1, $2, …), n of them from the first on.
func binds(first, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", $%d", first+i)
	}
	return "(" + b.String()[2:] + ")"
}
