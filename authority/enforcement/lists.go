package enforcement

import (
	"fmt"
	"iter"

	"filtjanst/authority/store"
)

// listed runs a query once for each part of the values. The query has %s where
// the list of binds goes.
func listed[V, T any](r store.Reader, query string, values []V, scan func(*store.Rows) (T, error)) (all []T, err error) {
	return collected(r, scan, statements(query, nil, values))
}

// listedFor is listed with a bind of its own, $1, before those of the list.
func listedFor[V, T any](r store.Reader, query string, first any, values []V, scan func(*store.Rows) (T, error)) (all []T, err error) {
	return collected(r, scan, statements(query, []any{first}, values))
}

func collected[T any](r store.Reader, scan func(*store.Rows) (T, error), queries iter.Seq2[string, []any]) (all []T, err error) {
	for query, args := range queries {
		some, err := store.Collect(scan)(r.Query(query, args...))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// executed is listed for statements that return no rows.
func executed[V any](tx store.Tx, statement string, values []V) error {
	return executeAll(tx, statements(statement, nil, values))
}

// executedFor is executed with a bind of its own, $1, before those of the list.
func executedFor[V any](tx store.Tx, statement string, first any, values []V) error {
	return executeAll(tx, statements(statement, []any{first}, values))
}

func executeAll(tx store.Tx, all iter.Seq2[string, []any]) error {
	for statement, args := range all {
		if _, err := tx.Exec(statement, args...); err != nil {
			return err
		}
	}
	return nil
}

// statements gives a text its list of binds, after those before it, and its
// arguments: once for each part of the values.
func statements[V any](text string, before []any, values []V) iter.Seq2[string, []any] {
	return func(yield func(string, []any) bool) {
		for part := range store.Chunks(values) {
			places, args := store.Among(len(before)+1, part)
			if !yield(fmt.Sprintf(text, "("+places+")"), append(before[:len(before):len(before)], args...)) {
				return
			}
		}
	}
}
