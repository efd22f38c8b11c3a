package extract_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/store"
)

// The rooms that own them keep the views with the columns that are read.
func TestViewsHaveTheirColumns(t *testing.T) {
	each(t, func(b *bench) {
		for _, v := range extract.Views() {
			err := b.db.Read(b.Context(), func(r store.Reader) error {
				rows, err := r.Query(`SELECT ` + strings.Join(v.Columns, ", ") + ` FROM ` + v.Name + ` WHERE identity = ''`)
				if err != nil {
					return err
				}
				return rows.Close()
			})
			if err != nil {
				b.Errorf("%s of %s: %v", v.Name, v.Room, err)
			}
		}
	})
}

// cell is what a view of the tests holds in a column.
type cell = map[string]any

// private puts a table in the place of a view, with rows of its own.
func (b *bench) private(view string, rows ...cell) {
	b.Helper()
	var statements []string
	i := slices.IndexFunc(extract.Views(), func(v extract.View) bool { return v.Name == view })
	var columns []string
	for _, c := range extract.Views()[i].Columns {
		columns = append(columns, c+" "+columnType(c))
	}
	statements = append(statements, "DROP VIEW "+view, "CREATE TABLE "+view+" ("+strings.Join(columns, ", ")+")")
	for _, r := range rows {
		statements = append(statements, inserted(view, r))
	}
	b.must(b.db.Maintain(b.Context(), func(db *sql.DB) error {
		for _, s := range statements {
			if _, err := db.ExecContext(context.Background(), s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	}))
}

// inserted is the statement that enters a row.
func inserted(view string, c cell) string {
	names := slices.Sorted(maps.Keys(c))
	var values []string
	for _, n := range names {
		values = append(values, literal(c[n]))
	}
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", view, strings.Join(names, ", "), strings.Join(values, ", "))
}

func columnType(column string) string {
	switch column {
	case "amount", "received", "remaining", "paid_out", "id", "noted":
		return "BIGINT NOT NULL"
	case "blocked", "gone", "business", "investigated", "repossession", "holds":
		return "BOOLEAN NOT NULL"
	}
	return "TEXT"
}

func literal(v any) string {
	if text, ok := v.(string); ok {
		return "'" + text + "'"
	}
	return strings.ToUpper(fmt.Sprint(v))
}

// debt is a private case of a person with everything that a view can say.
func debt(number string, person int, more cell) cell {
	return with(cell{"identity": extracttest.Person(person).Full(), "case_number": number, "measure": "payment", "title_kind": "verdict",
		"title_number": "PT-" + number, "established": "2025-01-02", "registered": "2025-02-03", "due": "2024-12-30", "amount": 50_000,
		"received": 700, "remaining": 49_600, "blocked": false}, more)
}

func measure(number string, person int, more cell) cell {
	return with(cell{"identity": extracttest.Person(person).Full(), "case_number": number, "measure": "investigation", "number": "1",
		"result": "assets_missing", "day": "2025-11-05", "amount": 0, "blocked": false}, more)
}

func account(number string, person int, more cell) cell {
	return with(cell{"identity": extracttest.Person(person).Full(), "case_number": number, "number": "1", "title_kind": "verdict", "day": "2025-12-12",
		"paid_out": 900, "blocked": false}, more)
}

func restructuring(number string, person int, more cell) cell {
	return with(cell{"identity": extracttest.Person(person).Full(), "name": "Namn i ärendet", "number": number, "business": true, "opened": "2025-05-06",
		"plan_end": "2028-05-06", "stage": "granted", "date": "2025-09-09", "blocked": false}, more)
}

func order(number string, person int, more cell) cell {
	return with(cell{"identity": extracttest.Person(person).Full(), "name": "Namn i målet", "id": 17, "case_number": number, "kind": "verdict",
		"verdict_number": "U-" + number, "applicant": "Exempelfordran AB", "applicant_identity": "165560000167", "day": "2026-02-02", "amount": 12_300, "blocked": false, "gone": false}, more)
}

func with(c, more cell) cell {
	maps.Copy(c, more)
	return c
}
