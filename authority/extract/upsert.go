package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"filtjanst/authority/store"
)

// lastOfEach keeps of rows with one key the last.
func (f Format) lastOfEach(rows [][]any) [][]any {
	at := make(map[any]int, len(rows))
	key := f.column(f.Key)
	last := make([][]any, 0, len(rows))
	for _, row := range rows {
		if i, twice := at[row[key]]; twice {
			last[i] = row
			continue
		}
		at[row[key]] = len(last)
		last = append(last, row)
	}
	return last
}

// fields are the columns of the table, with those that are reckoned.
func (f Format) fields() []string {
	fields := append(f.Stored(), "purge_after")
	if f.Kind == PublicCases {
		fields = append(fields, "notice_until")
	}
	return fields
}

// upsertRows is how many rows one statement keeps. PostgreSQL is spared round
// trips; SQLite would spend its time on finding the names of many values.
func upsertRows(e store.Engine) int {
	if e == store.Postgres {
		return 50
	}
	return 4
}

func (k *keeper) upsert(tx store.Tx, rows [][]any) error {
	for part := range slices.Chunk(rows, upsertRows(tx.Engine())) {
		args := make([]any, 0, len(part)*len(part[0]))
		for _, row := range part {
			args = append(args, row...)
		}
		if _, err := tx.Exec(k.text(len(part)), args...); err != nil {
			return err
		}
	}
	return nil
}

// text is the statement for so many rows, made once.
func (k *keeper) text(rows int) string {
	if _, made := k.texts[rows]; !made {
		k.texts[rows] = k.format.upsertText(rows)
	}
	return k.texts[rows]
}

func (f Format) upsertText(rows int) string {
	names := f.fields()
	values := make([]string, rows)
	for i := range values {
		binds := make([]string, len(names))
		for k := range binds {
			binds[k] = "$" + strconv.Itoa(i*len(names)+k+1)
		}
		values[i] = "(" + strings.Join(binds, ", ") + ")"
	}
	set := make([]string, len(names))
	for i, name := range names {
		set[i] = name + " = excluded." + name
	}
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES %s ON CONFLICT (%s) DO UPDATE SET %s",
		f.table, strings.Join(names, ", "), strings.Join(values, ", "), f.Key, strings.Join(set, ", "))
}
