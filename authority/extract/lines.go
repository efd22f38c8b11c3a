package extract

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority/store"
)

// reach says which persons a statement is of: it makes a condition on a column
// with their numbers. In texts {of x.identity} stands for it.
type reach func(column string) string

// between reaches the persons from {lo} to {hi}.
func between(column string) string { return column + " >= {lo} AND " + column + " <= {hi}" }

// listLength is how many persons a statement that names them is of. Fewer fill
// the list up with the last.
const listLength = 50

// listed reaches the persons {p_0}, {p_1} and so on.
func listed(column string) string {
	names := make([]string, listLength)
	for i := range names {
		names[i] = "{" + listedName(i) + "}"
	}
	return column + " IN (" + strings.Join(names, ", ") + ")"
}

func listedName(i int) string { return fmt.Sprintf("p_%d", i) }

// listing are the values of listed for at least one person.
func listing(persons []string) values {
	v := make(values, listLength)
	for i := range listLength {
		v[listedName(i)] = persons[min(i, len(persons)-1)]
	}
	return v
}

func (r reach) in(text string) string {
	return strings.NewReplacer("{of x.identity}", r("x.identity"), "{of identity}", r("identity")).Replace(text)
}

// lines are the statements that hold the lines of a record against its
// register, for the persons within reach.
type lines struct {
	fact   fact
	differ statement
	end    statement
	begin  statement
}

func linesOf(f fact, r reach) lines {
	selected, held := f.selected(), holding()
	return lines{
		fact: f,
		differ: prepare(r.in(`WITH f AS MATERIALIZED (` + selected + `), l AS MATERIALIZED (` + held + `)
			SELECT CASE WHEN EXISTS (SELECT * FROM l EXCEPT SELECT * FROM f) OR EXISTS (SELECT * FROM f EXCEPT SELECT * FROM l) THEN 1 ELSE 0 END`)),
		end: prepare(r.in(`UPDATE extract_line SET rev_to = {rev}
			WHERE record = {record} AND {of identity} AND rev_to = ` + never + `
			AND (identity, fact) IN (SELECT identity, fact FROM (` + held + ` EXCEPT ` + selected + `) AS gone)`)),
		begin: prepare(r.in(`INSERT INTO extract_line (record, rev_from, rev_to, once_from, once_to, day, ` + keyed() + `)
			SELECT {record}, CAST({rev} AS BIGINT), ` + never + `, 0, 0, {today}, ` + keyed() + `
			FROM (` + selected + ` EXCEPT ` + held + `) AS added`)),
	}
}

// step gives the lines of the persons a revision in which they are as the
// registers say.
func (l lines) step(tx store.Tx, v values) error {
	rev, err := nextRevision(tx)
	if err != nil {
		return err
	}
	return l.apply(tx, with(v, values{"rev": rev}))
}

func (l lines) apply(tx store.Tx, v values) error {
	if _, err := tx.Exec(l.end.text, l.end.args(v)...); err != nil {
		return err
	}
	_, err := tx.Exec(l.begin.text, l.begin.args(v)...)
	return err
}

// nextRevision takes the next revision and holds the guard row, so that
// revisions are committed in their order.
func nextRevision(tx store.Tx) (rev int64, err error) {
	err = tx.QueryRow(`UPDATE extract_revision SET last = last + 1 WHERE name = 'line' RETURNING last`).Scan(&rev)
	return rev, err
}

// record is a fact with the statements for its lines.
type record struct {
	fact
	between, listed lines
	all             []statement // the persons of whom there may be lines
	changed         statement   // those of whom there may be news; without text: nobody can tell
}

func recordOf(f fact) record {
	r := record{fact: f, between: linesOf(f, between), listed: linesOf(f, listed)}
	from := f.persons
	if len(from) == 0 {
		from = []string{strings.Fields(f.from)[0]}
	}
	for _, p := range from {
		r.all = append(r.all, prepare(`SELECT identity FROM `+p))
	}
	r.all = append(r.all, prepare(`SELECT identity FROM extract_line WHERE record = {record}`))
	if len(f.changed) > 0 {
		changed := append(slices.Clone(f.changed), guarded)
		r.changed = prepare(`SELECT identity FROM (` + strings.Join(changed, " UNION ") + `) AS c ORDER BY identity LIMIT {most}`)
	}
	return r
}

func recordsOf(facts []fact) []record {
	all := make([]record, 0, len(facts))
	for f := range slices.Values(facts) {
		all = append(all, recordOf(f))
	}
	return all
}
