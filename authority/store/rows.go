package store

import "iter"

// Rows walks the result of a query. It closes itself after the last row.
type Rows struct {
	rows cursor
	tx   *statements
}

// Next moves to the next row; after it returned false see Err.
func (r *Rows) Next() bool {
	if r.rows.Next() {
		return true
	}
	r.Close()
	return false
}

// Scan copies the columns of the row.
func (r *Rows) Scan(dest ...any) error { return r.rows.Scan(dest...) }

// Err returns the error that ended the walk early, if any.
func (r *Rows) Err() error { return r.rows.Err() }

// Close ends the walk. It may be called twice.
func (r *Rows) Close() error {
	if r.tx.rows == r {
		r.tx.rows = nil
	}
	err := r.rows.Close()
	_ = r.tx.fail(r.rows.Err())
	return err
}

// Row is the result of QueryRow.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the columns of the row, or returns [ErrNoRows].
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}

// Only scans a row of one column, for [Collect].
func Only[T any](rows *Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}

// Collect reads all rows of a query, one value a row, and closes it. It takes
// the two results of Query: Collect(scan)(tx.Query(…)).
func Collect[T any](scan func(*Rows) (T, error)) func(*Rows, error) ([]T, error) {
	return func(rows *Rows, err error) ([]T, error) {
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var all []T
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				return nil, err
			}
			all = append(all, v)
		}
		return all, rows.Err()
	}
}

// Each walks the rows of a query: for r, err := range store.Each(tx.Query(…)).
// An error is the last thing yielded.
func Each(rows *Rows, err error) iter.Seq2[*Rows, error] {
	return func(yield func(*Rows, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			if !yield(rows, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}
