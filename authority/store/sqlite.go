package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

const databaseFile = "filtjanst.db"

// errBroken makes database/sql drop a connection instead of keeping it.
var errBroken = driver.ErrBadConn

// sqliteDB is one writer connection owned by one goroutine, some reader
// connections, and the lock that keeps other processes out.
type sqliteDB struct {
	path   string
	noSync bool
	lock   *os.File
	pool   [2]*sql.DB // of the writer with the checkpointer, and of the readers
	writer *writer
	check  *checkpointer
	idle   chan *session // reader sessions not in use
	done   chan struct{} // closed by close
}

func openSQLite(ctx context.Context, cfg Config) (*DB, error) {
	path := filepath.Join(cfg.Dir, databaseFile)
	if err := prepareDir(cfg.Dir, path, cfg.MustExist); err != nil {
		return nil, err
	}
	lock, err := lockDir(cfg.Dir)
	if err != nil {
		return nil, err
	}
	s := &sqliteDB{path: path, noSync: cfg.NoSync, lock: lock, done: make(chan struct{})}
	if err := s.connect(ctx, cfg); err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), s.release())
	}
	return newDB(SQLite, s), nil
}

// prepareDir makes the directory durable, or refuses where a database should
// be and is not.
func prepareDir(dir, path string, mustExist bool) error {
	if dir == "" {
		return errors.New("store: no data directory given")
	}
	if mustExist {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("store: there should be a database: %w; name the right data directory, restore a backup, or create one with filtjanst migrate", err)
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("store: create the data directory: %w", err)
	}
	return syncDir(filepath.Dir(filepath.Clean(dir)))
}

func (s *sqliteDB) connect(ctx context.Context, cfg Config) error {
	var err error
	if s.pool[0], err = s.handle("_txlock=immediate"); err != nil {
		return err
	}
	writing, err := newSession(ctx, s.pool[0])
	if err != nil {
		return err
	}
	if err := syncDir(cfg.Dir); err != nil {
		return err
	}
	readers := orDefault(cfg.Connections, 8)
	if s.pool[1], err = s.handle("_pragma=query_only(1)"); err != nil {
		return err
	}
	s.pool[1].SetMaxIdleConns(readers)
	s.idle = make(chan *session, readers)
	for range readers {
		s.idle <- nil
	}
	s.writer = startWriter(writing, s.pool[0], cfg.Logger)
	s.check = startCheckpointer(s.pool[0], func() int64 { return s.stats().Groups }, cfg.Logger)
	return nil
}

// handle opens a pool on the database file. Connections are made on demand.
// What a savepoint must remember stays in memory: in a temporary file, as by
// default, it was a fifth of the writer's time.
func (s *sqliteDB) handle(option string) (*sql.DB, error) {
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return nil, err
	}
	sync := "FULL"
	if s.noSync {
		sync = "OFF"
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: "/" + trimSlash(filepath.ToSlash(abs))}
	return sql.Open("sqlite", u.String()+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)"+
		"&_pragma=temp_store(MEMORY)&_pragma=synchronous("+sync+")&_pragma=wal_autocheckpoint("+strconv.Itoa(ownCheckpoint)+")&_pragma=foreign_keys(1)&_pragma=cache_size(-"+strconv.Itoa(cacheKiB)+")&"+option)
}

// cacheKiB is the page cache of one connection.
const cacheKiB = 16 * 1024

func trimSlash(path string) string {
	if path != "" && path[0] == '/' {
		return path[1:]
	}
	return path
}

func (s *sqliteDB) do(ctx context.Context, l lane, fn func(Tx) error) error {
	return s.writer.do(ctx, l, fn)
}

func (s *sqliteDB) stats() Stats { return s.writer.tally.stats() }

// read takes a reader session and runs fn between BEGIN and ROLLBACK.
func (s *sqliteDB) read(ctx context.Context, fn func(Reader) error) error {
	session, err := s.reader(ctx)
	if err != nil {
		return err
	}
	defer func() { s.idle <- session }()
	if err := session.do(ctx, "BEGIN"); err != nil {
		session.discard()
		session = nil // the next reader in its place makes a new one
		return fmt.Errorf("store: begin a read: %w", err)
	}
	tx := &statements{ctx: ctx, run: session, engine: SQLite}
	defer func() {
		_ = tx.end(nil)
		if session.do(context.WithoutCancel(ctx), "ROLLBACK") != nil {
			session.discard()
			session = nil
		}
	}()
	return errorOrEnd(tx, fn)
}

func errorOrEnd(tx *statements, fn func(Reader) error) error {
	if err := guarded[Reader](tx, fn); err != nil {
		return err
	}
	return tx.failed
}

func (s *sqliteDB) reader(ctx context.Context) (*session, error) {
	select {
	case session := <-s.idle:
		if session != nil {
			return session, nil
		}
	case <-s.done:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	session, err := newSession(ctx, s.pool[1])
	if err != nil {
		s.idle <- nil
		return nil, fmt.Errorf("store: open a reader: %w", err)
	}
	return session, nil
}

func (s *sqliteDB) maintain(_ context.Context, fn func(*sql.DB) error) error {
	pool, err := s.handle("_txlock=immediate")
	if err != nil {
		return fmt.Errorf("store: open a maintenance connection: %w", err)
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	return fn(pool)
}

// close lets the writer finish, waits for the readers and frees the lock last.
func (s *sqliteDB) close() error {
	if !s.writer.close() {
		return nil
	}
	s.check.close()
	close(s.done)
	for range cap(s.idle) {
		if session := <-s.idle; session != nil {
			session.forget()
			session.conn.Close()
		}
	}
	return s.release()
}

func (s *sqliteDB) release() error {
	var errs []error
	for _, pool := range []*sql.DB{s.pool[1], s.pool[0]} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, s.lock.Close())...)
}
