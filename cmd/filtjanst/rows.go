package main

import (
	"io"
	"iter"
	"slices"
)

// printList prints a list in the format asked for: one array with json, a row a
// line as they come with jsonl, and for people a table, or none where there are
// no rows.
func printList[T any](a *app, rows iter.Seq2[T, error], cells func(T) []string, none words) error {
	if a.format == formatJSONL {
		return printLines(a, rows)
	}
	all := []T{}
	for row, err := range rows {
		if err != nil {
			return err
		}
		all = append(all, row)
	}
	if a.json() {
		return a.printJSON(all)
	}
	if len(all) == 0 {
		a.note("%s", "%s", none.in(a.lang))
	}
	lines := make([][]string, len(all))
	for i, row := range all {
		lines[i] = cells(row)
	}
	return table(a.out, lines)
}

// printRows prints a list for programs: one array, or one row a line with jsonl.
func printRows[T any](a *app, rows []T) error {
	if a.format == formatJSONL {
		return printLines(a, inMemory(rows))
	}
	return a.printJSON(rows)
}

func printLines[T any](a *app, rows iter.Seq2[T, error]) error {
	return buffered(a.out, func(w io.Writer) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			if err := encode(w, formatJSONL, row); err != nil {
				return err
			}
		}
		return nil
	})
}

// inMemory gives rows that are there already.
func inMemory[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row := range slices.Values(rows) {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// byPages gives the rows of a list that comes a page at a time, each asked for
// with the cursor that the one before it gave. The zero cursor begins and ends.
func byPages[T any, C comparable](page func(after C) ([]T, C, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var begin, after, zero = *new(C), *new(C), *new(T)
		for {
			rows, next, err := page(after)
			if err != nil {
				yield(zero, answered(err))
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if after = next; after == begin {
				return
			}
		}
	}
}

// printUnder prints a result that is nothing but a list: an object with the list
// under its name, or one row a line with jsonl.
func printUnder[T any](a *app, name string, rows []T) error {
	if a.format == formatJSONL {
		return printLines(a, inMemory(rows))
	}
	return a.printJSON(map[string][]T{name: append([]T{}, rows...)})
}
