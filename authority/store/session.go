package store

import (
	"context"
	"database/sql"
	"fmt"
)

// maxPrepared bounds the statements a connection keeps prepared. The hot ones
// of the authority are far fewer; texts built at run time would fill memory.
const maxPrepared = 256

// session is one SQLite connection with its prepared statements. It belongs to
// one goroutine at a time.
type session struct {
	conn  *sql.Conn
	stmts map[string]prepared
}

// prepared is a statement with which of the values each of its binds takes, nil
// where they are taken as they come, as mostly.
type prepared struct {
	*sql.Stmt
	order []int
}

// args are the values as the statement takes them.
func (p prepared) args(given []any) ([]any, error) {
	if p.order == nil {
		return given, nil
	}
	args, ok := inOrder(given, p.order)
	if !ok {
		return nil, fmt.Errorf("store: %d values were given for other binds", len(given))
	}
	return args, nil
}

func newSession(ctx context.Context, pool *sql.DB) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, stmts: map[string]prepared{}}, nil
}

func (s *session) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	stmt, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if args, err = stmt.args(args); err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

func (s *session) query(ctx context.Context, query string, args []any) (cursor, error) {
	stmt, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if args, err = stmt.args(args); err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...) //nolint:rowserrcheck // Rows.Err and Rows.Close look
	return rows, err
}

// do runs statements without binds, such as BEGIN.
func (s *session) do(ctx context.Context, queries ...string) error {
	for _, query := range queries {
		if _, err := s.exec(ctx, query, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) prepared(ctx context.Context, query string) (prepared, error) {
	if stmt, ok := s.stmts[query]; ok {
		return stmt, nil
	}
	text, order := positional(query)
	if ascending(order) {
		order = nil
	}
	stmt, err := s.conn.PrepareContext(ctx, text)
	if err != nil {
		return prepared{}, err
	}
	if len(s.stmts) >= maxPrepared {
		s.forget()
	}
	s.stmts[query] = prepared{stmt, order}
	return s.stmts[query], nil
}

// forget drops all prepared statements.
func (s *session) forget() {
	for query, stmt := range s.stmts {
		stmt.Close()
		delete(s.stmts, query)
	}
}

// discard closes the connection itself, not only our hold of it.
func (s *session) discard() {
	s.forget()
	_ = s.conn.Raw(func(any) error { return errBroken })
	s.conn.Close()
}
