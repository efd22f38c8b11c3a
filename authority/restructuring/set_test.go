package restructuring_test

import (
	"testing"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// counted counts the statements that read.
type counted struct {
	store.Tx
	n *int
}

func (c counted) Query(query string, args ...any) (*store.Rows, error) {
	*c.n++
	return c.Tx.Query(query, args...)
}

func (c counted) QueryRow(query string, args ...any) *store.Row {
	*c.n++
	return c.Tx.QueryRow(query, args...)
}

func (c counted) LockRow(query string, args ...any) *store.Row {
	*c.n++
	return c.Tx.LockRow(query, args...)
}

func (c counted) LockRows(query string, args ...any) (*store.Rows, error) {
	*c.n++
	return c.Tx.LockRows(query, args...)
}

// The reading of a file asks as often of many reports, each in a matter of its
// own, as of one; half of them name their matter and half their debtor.
func TestReadInAsksByTheSet(t *testing.T) {
	each(t, func(r *room) {
		asked := func(reports int) (n int) {
			var all []*filing.ClaimReport
			for i := range reports {
				all = append(all, claim(r.open(r.opening()), i+1, 100))
				if i%2 == 1 {
					all[i].MatterNumber = ""
				}
			}
			f, docs := r.file(all...)
			work, err := r.matters.Apply(r.Context(), f, docs)
			r.must(err)
			r.must(r.db.Do(r.Context(), func(tx store.Tx) error { return work(counted{tx, &n}) }))
			return n
		}
		if two, many := asked(2), asked(12); two != many {
			r.Errorf("%d statements for two reports, %d for twelve", two, many)
		}
	})
}
