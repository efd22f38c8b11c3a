package extract

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// purgeChunk is how many rows one transaction deletes.
const purgeChunk = 500

// Purge deletes what is no longer kept before today (gallring, law.md §9):
// rows of the registers, look-ups with their requests, acts, persons of whom
// nothing is known any more, and lines of credit extracts that have ended and
// that no delivery needs. It works in
// chunks and returns how many rows went.
func (e *Extracts) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	var all int64
	v := values{"today": today.String(), "chunk": purgeChunk, "no_news": today.AddDays(-repairAfter - overlap - 1).String()}
	for _, p := range purges() {
		n, err := e.purge(ctx, p, v)
		all += n
		if err != nil {
			return all, fmt.Errorf("extract: delete what is no longer kept on %s: %w", today, err)
		}
	}
	for _, table := range []string{"extract_person", "extract_withheld"} {
		n, err := e.purgePersons(ctx, table, today)
		all += n
		if err != nil {
			return all, fmt.Errorf("extract: delete from %s what is no longer kept on %s: %w", table, today, err)
		}
	}
	n, err := e.purgeLines(ctx)
	return all + n, err
}

// purging deletes a chunk, again and again until nothing is left. After what
// lines are made of has gone, nobody can tell of whom there is news.
type purging struct {
	statement
	register bool
}

func purges() []purging {
	var all []purging
	for _, register := range []struct{ table, key string }{
		{"extract_public_case", "number"}, {"extract_bankruptcy", "number"}, {"extract_administrator", "number"},
		{"extract_reorganisation", "number"},
	} {
		all = append(all, purging{whatIsOld(register.table, register.key), true})
	}
	for _, s := range []statement{
		whatIsOld("extract_act", "id"),
		prepare(`DELETE FROM extract_touched WHERE (day, identity) IN (SELECT day, identity FROM extract_touched WHERE day < {no_news} LIMIT {chunk})`),
		prepare(`DELETE FROM extract_lookup WHERE (file, document) IN (SELECT l.file, l.document FROM extract_request r
			JOIN extract_lookup l ON l.file = r.file WHERE r.purge_after < {today} LIMIT {chunk})`),
		prepare(`DELETE FROM extract_request WHERE file IN (SELECT file FROM extract_request WHERE purge_after < {today} LIMIT {chunk})`),
	} {
		all = append(all, purging{statement: s})
	}
	return all
}

func whatIsOld(table, key string) statement {
	return prepare(fmt.Sprintf(`DELETE FROM %[1]s WHERE %[2]s IN
		(SELECT %[2]s FROM %[1]s WHERE purge_after < {today} ORDER BY purge_after LIMIT {chunk})`, table, key))
}

func (e *Extracts) purge(ctx context.Context, p purging, v values) (int64, error) {
	return e.db.DoInChunks(ctx, purgeChunk, func(tx store.Tx) (int64, error) {
		n, err := store.Changed(tx.Exec(p.text, p.args(v)...))
		if err == nil && n > 0 && p.register {
			err = e.Distrust(tx)
		}
		return n, err
	})
}

// purgeLines deletes lines that have ended and that every active subscription
// to their extract has been told of.
func (e *Extracts) purgeLines(ctx context.Context) (all int64, err error) {
	delete := prepare(`DELETE FROM extract_line WHERE (record, identity, fact, rev_from) IN
		(SELECT record, identity, fact, rev_from FROM extract_line WHERE record = {record} AND rev_to < ` + never + `
			AND rev_to <= {told} LIMIT {chunk})`)
	for _, f := range e.facts {
		var told int64
		err := e.db.Read(ctx, func(r store.Reader) (err error) {
			told, err = toldTo(r, f.extract)
			return err
		})
		if err != nil {
			return all, fmt.Errorf("extract: find what every bureau has been told of %s: %w", f.extract, err)
		}
		n, err := e.purge(ctx, purging{statement: delete}, values{"record": f.record, "told": told, "chunk": purgeChunk})
		all += n
		if err != nil {
			return all, fmt.Errorf("extract: delete lines of record %s: %w", f.record, err)
		}
	}
	return all, nil
}

// toldTo is the revision up to which every active subscription has been sent
// what changed.
func toldTo(r store.Reader, extract filing.Transaction) (rev int64, err error) {
	err = r.QueryRow(`SELECT COALESCE(MIN(n.rev), (SELECT last FROM extract_revision WHERE name = 'line')) FROM (
			SELECT revision AS rev FROM extract_subscription WHERE extract = $1 AND state = 'active' AND last_full IS NOT NULL
			UNION ALL SELECT d.rev_from FROM extract_delivery d JOIN extract_subscription s ON s.id = d.subscription
				WHERE s.extract = $1 AND d.sent IS NULL AND d.kind <> 'full'
			UNION ALL SELECT d.rev_to FROM extract_delivery d JOIN extract_subscription s ON s.id = d.subscription
				WHERE s.extract = $1 AND d.sent IS NULL AND d.kind = 'full') n`, string(extract)).Scan(&rev)
	return rev, err
}
