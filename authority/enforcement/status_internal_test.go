package enforcement

import (
	"strings"
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/store"
)

// A page of a status report is read in its order by index, however many cases
// the code has.
func TestStatusIsNotSorted(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := schema.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	var plan []string
	err = db.Read(t.Context(), func(r store.Reader) (err error) {
		plan, err = store.Collect(func(rows *store.Rows) (step string, err error) {
			var id, parent, unused int
			err = rows.Scan(&id, &parent, &unused, &step)
			return step, err
		})(r.Query("EXPLAIN QUERY PLAN "+selectStatus, 7, 0, "2026-03-02", 10))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(plan, "\n"); strings.Contains(text, "B-TREE") || !strings.Contains(text, "enforcement_case_code") {
		t.Error(text)
	}
}
