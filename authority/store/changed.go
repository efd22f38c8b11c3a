package store

import "database/sql"

// Changed is how many rows a statement changed. It takes the two results of
// Exec: Changed(tx.Exec(…)).
func Changed(res sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// One returns otherwise of a statement that did not change exactly one row. It
// takes the two results of Exec: One(otherwise)(tx.Exec(…)).
func One(otherwise error) func(sql.Result, error) error {
	return func(res sql.Result, err error) error {
		n, err := Changed(res, err)
		if err == nil && n != 1 {
			return otherwise
		}
		return err
	}
}
