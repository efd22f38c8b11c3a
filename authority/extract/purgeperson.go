package extract

import (
	"context"
	"fmt"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// keptOn is how much longer a person, or what is withheld of one, is kept when
// the time has come and something is still known of the person: the name must
// not be lost, nor may what is withheld be told, before the data are deleted.
func keptOn() calendar.Period { return calendar.Period{Weeks: 4} }

// known holds for a person x of whom a register or another room has data.
func known() string {
	var all []string
	for _, register := range []string{
		"extract_public_case", "extract_bankruptcy", "extract_administrator", "extract_reorganisation",
		"enforcement_debts", "paymentorder_credit", "restructuring_persons",
	} {
		all = append(all, "EXISTS (SELECT 1 FROM "+register+" k WHERE k.identity = x.identity)")
	}
	return strings.Join(all, " OR ")
}

// purgePersons deletes the rows of a table of persons whose time has come, and
// keeps those on of whom something is known still.
func (e *Extracts) purgePersons(ctx context.Context, table string, today calendar.Day) (all int64, err error) {
	for {
		var found, gone int64
		err := e.db.DoLast(ctx, func(tx store.Tx) (err error) {
			found, gone, err = purgeSomePersons(tx, table, today)
			return err
		})
		all += gone
		if err != nil || found < purgeChunk {
			return all, err
		}
	}
}

func purgeSomePersons(tx store.Tx, table string, today calendar.Day) (found, gone int64, err error) {
	persons := map[bool][]string{}
	for row, err := range store.Each(tx.Query(fmt.Sprintf(`SELECT x.identity, %s FROM %s x
		WHERE x.purge_after < $1 ORDER BY x.purge_after, x.identity LIMIT $2`, known(), table), today, purgeChunk)) {
		if err != nil {
			return 0, 0, err
		}
		var identity string
		var stays bool
		if err := row.Scan(&identity, &stays); err != nil {
			return 0, 0, err
		}
		found++
		persons[stays] = append(persons[stays], identity)
	}
	places, args := store.Among(3, persons[true])
	_, err = tx.Exec(`UPDATE `+table+` SET purge_after = $1 WHERE purge_after < $2 AND identity IN (`+places+`)`,
		append([]any{keptOn().From(today), today}, args...)...)
	if err != nil {
		return 0, 0, err
	}
	places, args = store.Among(2, persons[false])
	gone, err = store.Changed(tx.Exec(`DELETE FROM `+table+` WHERE purge_after < $1 AND identity IN (`+places+`)`,
		append([]any{today}, args...)...))
	return found, gone, err
}
