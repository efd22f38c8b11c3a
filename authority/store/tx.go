package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
)

// Reader reads within one transaction. Functions that only read take a Reader,
// so that they serve both [DB.Read] and [DB.Do].
type Reader interface {
	// Query returns rows; read them to the end or close them before the next
	// statement.
	Query(query string, args ...any) (*Rows, error)
	// QueryRow returns the first row; its errors come with Scan.
	QueryRow(query string, args ...any) *Row
	// Context is the context of the transaction.
	Context() context.Context
	// Engine tells which engine runs the transaction.
	Engine() Engine
}

// Tx is a write transaction. It belongs to the goroutine that runs the closure
// and is spent when the closure returns.
type Tx interface {
	Reader
	// Exec runs a statement that returns no rows.
	Exec(query string, args ...any) (sql.Result, error)
	// Later is Exec for a statement of which nothing is asked but that it
	// succeeds. It runs in its order, but may be sent with the next statement or
	// the commit (PostgreSQL, to save a round trip), and its error may come then.
	Later(query string, args ...any) error
	// LockRow runs a plain SELECT and locks the row it finds until the commit
	// (FOR UPDATE on PostgreSQL). It is how the guard row of a rule is taken.
	LockRow(query string, args ...any) *Row
	// LockRows is LockRow for every row of a SELECT, in its order. Those who lock
	// several rows of a table must do so in one and the same order.
	LockRows(query string, args ...any) (*Rows, error)
	// CopyIn inserts many rows: COPY on PostgreSQL, multi-row inserts on
	// SQLite. A row's slice may be reused for the next row, byte slices within
	// it may not. It returns the number of rows.
	CopyIn(table string, columns []string, rows iter.Seq[[]any]) (int64, error)
}

// executor runs one statement on the connection of a transaction.
type executor interface {
	exec(ctx context.Context, query string, args []any) (sql.Result, error)
	query(ctx context.Context, query string, args []any) (cursor, error)
}

// cursor walks the result of a query as *sql.Rows does.
type cursor interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close() error
}

// statements is the part of a transaction that is the same on both engines.
type statements struct {
	ctx    context.Context
	run    executor
	engine Engine
	failed error // set by the first failed statement, and at the end
	rows   *Rows // of the last query, while open
}

func (s *statements) Context() context.Context { return s.ctx }

func (s *statements) Engine() Engine { return s.engine }

// ready tells whether another statement may be sent.
func (s *statements) ready() error {
	if s.failed != nil {
		return errors.Join(ErrSpent, s.failed)
	}
	if s.rows != nil {
		return ErrRowsOpen
	}
	return nil
}

// fail records the first error of the transaction.
func (s *statements) fail(err error) error {
	if err != nil && s.failed == nil {
		s.failed = err
	}
	return err
}

// end closes what the closure left open and returns the error that forbids the
// commit: fnErr or that of a failed statement the closure passed over.
func (s *statements) end(fnErr error) error {
	if s.rows != nil {
		s.rows.Close()
	}
	if fnErr == nil && s.failed != nil {
		fnErr = errors.Join(ErrSpent, s.failed)
	}
	s.failed = errors.New("its closure has returned")
	return fnErr
}

func (s *statements) Exec(query string, args ...any) (sql.Result, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	res, err := s.run.exec(s.ctx, query, args)
	return res, s.fail(err)
}

func (s *statements) Query(query string, args ...any) (*Rows, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	rows, err := s.run.query(s.ctx, query, args)
	if err != nil {
		return nil, s.fail(err)
	}
	s.rows = &Rows{rows: rows, tx: s}
	return s.rows, nil
}

func (s *statements) QueryRow(query string, args ...any) *Row {
	rows, err := s.Query(query, args...)
	return &Row{rows: rows, err: err}
}
