package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/statute"
)

// importChunk is how many rows one transaction keeps.
const importChunk = 500

// keeper keeps the rows of a checked file, chunk by chunk.
type keeper struct {
	e        *Extracts
	format   Format
	id       int64
	file     Imported
	done     int64 // rows kept before and now
	read     int64
	chunk    [][]any
	texts    map[int]string
	kept     calendar.Period
	noticed  int // the column of the day of notice; -1 for none
	ended    int // the column that endedBy names; -1 for none
	progress func(done, all int64)
}

func (e *Extracts) keep(ctx context.Context, f Format, src io.Reader, in Imported, progress func(done, all int64)) (Imported, error) {
	kept, err := e.period(statute.KeepEnforcement, e.today())
	if err != nil {
		return Imported{}, err
	}
	k := &keeper{e: e, format: f, file: in, kept: kept, texts: map[int]string{}, progress: progress,
		noticed: f.column("notice_day"), ended: f.column(f.endedBy())}
	if err := k.begin(ctx); err != nil {
		return Imported{}, fmt.Errorf("extract: begin to import the file of %s: %w", f.Kind, err)
	}
	in.Continued = k.done
	faults := &Faults{Kind: f.Kind}
	err = eachRow(ctx, f, src, faults, func(_ int64, values []any) error { return k.add(ctx, values) })
	if err == nil {
		err = k.flush(ctx)
	}
	if err == nil && (faults.All > 0 || k.read != in.Rows) {
		err = fmt.Errorf("extract: the file of %s changed while it was read", f.Kind)
	}
	if err != nil {
		return Imported{}, err
	}
	return in, k.end(ctx)
}

// begin takes up the import of the same file that was broken off, or begins
// another, which takes the place of any that was.
func (k *keeper) begin(ctx context.Context) error {
	id, err := k.e.imports.Next(ctx, 1)
	if err != nil {
		return err
	}
	now := store.Micros(k.e.clock.Now())
	return k.e.db.Do(ctx, func(tx store.Tx) error {
		err := tx.LockRow(`SELECT id, rows FROM extract_import WHERE kind = $1 AND digest = $2 AND done IS NULL AND NOT replaced`,
			string(k.format.Kind), k.file.Digest).Scan(&k.id, &k.done)
		if !errors.Is(err, store.ErrNoRows) {
			return err
		}
		k.id, k.done = id, 0
		_, err = tx.Exec(`UPDATE extract_import SET replaced = TRUE WHERE kind = $1 AND done IS NULL`, string(k.format.Kind))
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO extract_import (id, kind, digest, rows, begun) VALUES ($1, $2, $3, 0, $4)`,
			id, string(k.format.Kind), k.file.Digest, now)
		return err
	})
}

func (k *keeper) add(ctx context.Context, values []any) error {
	if k.read++; k.read <= k.done {
		return nil
	}
	k.chunk = append(k.chunk, append(slices.Clone(values), k.reckoned(values)...))
	if len(k.chunk) < importChunk {
		return nil
	}
	return k.flush(ctx)
}

// reckoned are the values of the columns that no file gives.
func (k *keeper) reckoned(values []any) []any {
	if k.format.Kind != PublicCases {
		return []any{k.purgeAfter(values)}
	}
	day, given := values[k.noticed].(string)
	if !given {
		return []any{k.purgeAfter(values), nil}
	}
	return []any{k.purgeAfter(values), k.e.noticeUntil(calendar.MustDay(day)).String()}
}

// purgeAfter is until when a row is kept.
func (k *keeper) purgeAfter(values []any) any {
	if k.ended < 0 {
		return endOfYear(k.e.today(), k.kept).String()
	}
	day, given := values[k.ended].(string)
	if !given {
		return nil
	}
	return endOfYear(calendar.MustDay(day), k.kept).String()
}

// endedBy is the column with the day from which time of keeping is counted: a
// public case is kept from the year of its closing, a decision from its own
// year, an administrator from the year in which he leaves (KFD 2:6). A person
// has none, and is kept from the year of the import, though not before what is
// known of him is deleted.
func (f Format) endedBy() string {
	switch f.Kind {
	case PublicCases:
		return "ended"
	case Bankruptcies, Reorganisations:
		return "day"
	case Administrators:
		return "until"
	}
	return ""
}

// flush keeps the chunk and the cursor together.
func (k *keeper) flush(ctx context.Context) error {
	if len(k.chunk) == 0 {
		return nil
	}
	rows := k.format.lastOfEach(k.chunk)
	tell, err := k.bankrupt(ctx, rows)
	if err != nil {
		return err
	}
	err = k.e.db.DoLast(ctx, func(tx store.Tx) error {
		err := store.One(ErrOtherImport)(tx.Exec(`UPDATE extract_import SET rows = $1
			WHERE id = $2 AND rows = $3 AND done IS NULL AND NOT replaced`, k.read, k.id, k.done))
		if err != nil {
			return err
		}
		if err := k.upsert(tx, rows); err != nil {
			return err
		}
		for _, work := range tell {
			if err := work(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("extract: keep rows %d to %d of %s: %w", k.done+1, k.read, k.format.Kind, err)
	}
	k.done, k.chunk = k.read, k.chunk[:0]
	k.progress(k.done, k.file.Rows)
	return nil
}

// bankrupt prepares what follows elsewhere from the bankruptcies among the rows.
func (k *keeper) bankrupt(ctx context.Context, rows [][]any) (all []service.Work, err error) {
	if k.e.bankruptcy == nil || k.format.Kind != Bankruptcies {
		return nil, nil
	}
	measure, person := k.format.column("measure"), k.format.column("identity")
	for _, row := range rows {
		if row[measure] != "opened" {
			continue
		}
		debtor, err := identity.Parse12(row[person].(string))
		if err != nil {
			return nil, fmt.Errorf("extract: read who is bankrupt: %w", err)
		}
		work, err := k.e.bankruptcy(ctx, debtor)
		if err != nil {
			return nil, err
		}
		all = append(all, work)
	}
	return all, nil
}

func (k *keeper) end(ctx context.Context) error {
	now := store.Micros(k.e.clock.Now())
	return k.e.db.Do(ctx, func(tx store.Tx) error {
		if _, err := tx.Exec(`UPDATE extract_import SET done = $1 WHERE id = $2`, now, k.id); err != nil {
			return err
		}
		return k.e.Distrust(tx) // what came in is told today, even if a refresh was before it
	})
}
