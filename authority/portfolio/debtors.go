package portfolio

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/identity"
)

// Case is a case in which somebody is the debtor.
type Case struct {
	CodeID     int64
	Reference  string
	CaseNumber string
}

// debtors are the views that tell whose debtor somebody is.
var debtors = [...]string{
	`SELECT code_id, reference, case_number FROM paymentorder_debtors WHERE identity = $1 AND open ORDER BY case_number`,
	`SELECT code_id, reference, case_number FROM enforcement_debtors
		WHERE identity = $1 AND open AND NOT blocked ORDER BY case_number`,
}

// OfDebtor lists the open cases against a person, of all filers.
func OfDebtor(r store.Reader, debtor identity.Number) (all []Case, err error) {
	for _, query := range debtors {
		some, err := store.Collect(scanCase)(r.Query(query, store.Identity(debtor)))
		if err != nil {
			return nil, fmt.Errorf("portfolio: find the cases against %s: %w", debtor, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

func scanCase(rows *store.Rows) (c Case, err error) {
	err = rows.Scan(&c.CodeID, &c.Reference, &c.CaseNumber)
	return c, err
}
