package enforcement

import (
	"strings"
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// A page of a status report is read in its order by index, and an own reference
// found by one, however many cases the code has.
func TestStatusIsReadByIndex(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := schema.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	page := service.CasesOf{CodeID: 7, Day: calendar.MustDay("2026-03-02"), Limit: 10}
	if text := planOf(t, db, page); strings.Contains(text, "B-TREE") || !strings.Contains(text, "enforcement_case_code") {
		t.Error(text)
	}
	page.Reference = "A"
	if text := planOf(t, db, page); !strings.Contains(text, "enforcement_application_reference") {
		t.Error(text)
	}
}

func planOf(t *testing.T, db *store.DB, of service.CasesOf) string {
	var plan []string
	query, args := statusQuery(of)
	err := db.Read(t.Context(), func(r store.Reader) (err error) {
		plan, err = store.Collect(func(rows *store.Rows) (step string, err error) {
			var id, parent, unused int
			err = rows.Scan(&id, &parent, &unused, &step)
			return step, err
		})(r.Query("EXPLAIN QUERY PLAN "+query, args...))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}
