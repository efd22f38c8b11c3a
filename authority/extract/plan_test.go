package extract

import (
	"context"
	"strings"
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// On SQLite what a delivery reads is not sorted, since sorting is done in
// memory.
func TestDeliveriesAreNotSorted(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := schema.Up(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []filing.Delivery{filing.FullDelivery, filing.Difference} {
		for _, p := range parts(kind) {
			q := p.lines()
			var plan []string
			err := db.Read(t.Context(), func(r store.Reader) error {
				for row, err := range store.Each(r.Query("EXPLAIN QUERY PLAN "+q.text, q.args(values{"record": "01", "rev_from": 1, "rev_to": 2})...)) {
					var id, parent, unused int
					var step string
					if err == nil {
						err = row.Scan(&id, &parent, &unused, &step)
					}
					if err != nil {
						return err
					}
					plan = append(plan, step)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if text := strings.Join(plan, "\n"); strings.Contains(text, "B-TREE") || !strings.Contains(text, "SEARCH") {
				t.Errorf("%s, %s:\n%s", kind, p.action, text)
			}
		}
	}
}
