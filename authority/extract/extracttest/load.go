package extracttest

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"filtjanst/authority/extract"
	"filtjanst/authority/store"
	"filtjanst/money"
)

// loadChunk is how many rows one transaction loads.
const loadChunk = 20_000

// Load fills the empty registers of a database in bulk, without the checks of
// an import.
func Load(ctx context.Context, db *store.DB, s Size) error {
	for _, f := range extract.Formats() {
		if err := load(ctx, db, f, s); err != nil {
			return fmt.Errorf("extracttest: load %s: %w", f.Kind, err)
		}
	}
	return nil
}

func load(ctx context.Context, db *store.DB, f extract.Format, s Size) error {
	next, stop := iter.Pull(iter.Seq[row](s.rows(f.Kind)))
	defer stop()
	for {
		chunk := make([][]any, 0, loadChunk)
		for len(chunk) < loadChunk {
			r, more := next()
			if !more {
				break
			}
			chunk = append(chunk, values(f, r))
		}
		if len(chunk) == 0 {
			return nil
		}
		err := db.Do(ctx, func(tx store.Tx) error {
			_, err := tx.CopyIn(f.Table(), f.Stored(), func(yield func([]any) bool) {
				for _, row := range chunk {
					if !yield(row) {
						return
					}
				}
			})
			return err
		})
		if err != nil {
			return err
		}
	}
}

func values(f extract.Format, r row) []any {
	all := make([]any, len(f.Columns))
	for i, c := range f.Columns {
		all[i] = value(c, r[c.Name])
	}
	return all
}

func value(c extract.Column, text string) any {
	switch c.Type {
	case extract.Amount:
		if text == "" {
			return int64(0)
		}
		amount, err := money.Parse(text)
		if err != nil {
			panic(err)
		}
		return amount.Ore()
	case extract.Year:
		year, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			panic(err)
		}
		return year
	case extract.YesNo:
		return text == "yes"
	case extract.Date:
		if text == "" {
			return nil
		}
	}
	return text
}
