package portfolio_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/portfolio"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing/filingtest"
)

// views puts tables with rows of the test's in the place of the views that tell
// whose debtor somebody is.
func views(tx store.Tx) (err error) {
	do := func(query string, args ...any) {
		_, fault := tx.Exec(query, args...)
		err = errors.Join(err, fault)
	}
	do(`DROP VIEW paymentorder_debtors`)
	do(`DROP VIEW enforcement_debtors`)
	do(`CREATE TABLE paymentorder_debtors (identity TEXT, code_id BIGINT, reference TEXT, case_number TEXT, open BOOLEAN)`)
	do(`CREATE TABLE enforcement_debtors (identity TEXT, code_id BIGINT, reference TEXT, case_number TEXT, open BOOLEAN, blocked BOOLEAN)`)
	one, two := store.Identity(filingtest.Number("195001019800")), store.Identity(filingtest.Number("195001019818"))
	do(`INSERT INTO paymentorder_debtors VALUES ($1, 2, 'b', 'P-2', TRUE), ($1, 1, 'a', 'P-1', TRUE), ($1, 1, 'c', 'P-3', FALSE), ($2, 1, 'd', 'P-4', TRUE)`, one, two)
	do(`INSERT INTO enforcement_debtors VALUES ($1, 1, 'a', 'V-1', TRUE, FALSE), ($1, 1, 'e', 'V-2', FALSE, FALSE), ($1, 1, 'f', 'V-3', TRUE, TRUE)`, one)
	return err
}

// Whose debtor somebody is: open cases of all filers, neither closed nor blocked
// ones, nor another person's.
func TestOfDebtor(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, opened func() *store.DB) {
		db := opened()
		if err := db.Do(t.Context(), views); err != nil {
			t.Fatal(err)
		}
		for who, want := range map[string][]portfolio.Case{
			"195001019800": {{CodeID: 1, Reference: "a", CaseNumber: "P-1"}, {CodeID: 2, Reference: "b", CaseNumber: "P-2"}, {CodeID: 1, Reference: "a", CaseNumber: "V-1"}},
			"195001019818": {{CodeID: 1, Reference: "d", CaseNumber: "P-4"}},
			"195001019826": nil,
		} {
			var got []portfolio.Case
			err := db.Read(t.Context(), func(r store.Reader) (err error) {
				got, err = portfolio.OfDebtor(r, filingtest.Number(who))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", who, diff)
			}
		}
	})
}
