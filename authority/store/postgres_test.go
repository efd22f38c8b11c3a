package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// relay stands between the program and PostgreSQL and cuts the line when told.
type relay struct {
	listener net.Listener
	target   string
	cut      atomic.Pointer[cut]
}

// cut breaks the connection once, on a message of the client that holds word:
// before the server has it, or when the server answers it.
type cut struct {
	word  []byte
	after bool
	done  atomic.Bool
	seen  atomic.Bool // the word has passed; the answer is next
}

func startRelay(t *testing.T, target string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, target: target}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go r.serve(client)
		}
	}()
	return r
}

func (r *relay) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", r.target)
	if err != nil {
		return
	}
	defer server.Close()
	var wg sync.WaitGroup
	wg.Go(func() {
		r.pass(client, server, func(c *cut, m []byte) bool {
			if c.done.Load() || !bytes.Contains(m, c.word) {
				return false
			}
			c.seen.Store(true)
			return !c.after && c.done.CompareAndSwap(false, true)
		})
		server.Close()
		client.Close()
	})
	r.pass(server, client, func(c *cut, _ []byte) bool {
		return c.after && c.seen.Load() && c.done.CompareAndSwap(false, true)
	})
	client.Close()
	server.Close()
	wg.Wait()
}

// pass copies until the end, or until breaks says to stop at a message.
func (r *relay) pass(from io.Reader, to io.Writer, breaks func(*cut, []byte) bool) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		if c := r.cut.Load(); c != nil && breaks(c, buf[:n]) {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

// relayed opens a database of its own through a relay.
func relayed(t *testing.T) (*store.DB, *relay) {
	t.Helper()
	cfg := storetest.Postgres(t)
	conf, err := pgx.ParseConfig(cfg.DSN)
	if err != nil {
		t.Fatal(err)
	}
	r := startRelay(t, fmt.Sprintf("%s:%d", conf.Host, conf.Port))
	cfg.DSN = fmt.Sprintf("host=127.0.0.1 port=%d user=%s password='%s' dbname=%s sslmode=disable",
		r.listener.Addr().(*net.TCPAddr).Port, conf.User, conf.Password, conf.Database)
	cfg.Connections = 1
	db, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	execute(t, db, createNote)
	return db, r
}

func TestALostConnection(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		word  string
		after bool
		runs  int
		err   error
		rows  int
	}{
		"before the work":         {"INSERT", false, 2, nil, 1},
		"during the work":         {"a text", false, 2, nil, 1},
		"after the work":          {"a text", true, 2, nil, 1},
		"before the commit came":  {"COMMIT\x00", false, 1, store.ErrOutcomeUnknown, 0},
		"after the commit's work": {"COMMIT\x00", true, 1, store.ErrOutcomeUnknown, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, r := relayed(t)
			r.cut.Store(&cut{word: []byte(tt.word), after: tt.after})
			runs := 0
			err := db.Do(t.Context(), func(tx store.Tx) error {
				runs++
				return insert(1, "a text")(tx)
			})
			if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) || runs != tt.runs {
				t.Errorf("ran %d times: %v", runs, err)
			}
			if n := count(t, db); n != tt.rows {
				t.Errorf("%d rows, want %d", n, tt.rows)
			}
		})
	}
}

// Two transactions that each read what the other writes: one must run again.
func TestSerializationFailuresAreRetried(t *testing.T) {
	t.Parallel()
	cfg := storetest.Postgres(t)
	cfg.Isolation = store.Serializable
	db, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	execute(t, db, createNote)
	var runs atomic.Int64
	var meet, done sync.WaitGroup
	meet.Add(2)
	for i := range int64(2) {
		first := true
		done.Go(func() {
			err := db.Do(t.Context(), func(tx store.Tx) error {
				runs.Add(1)
				var n int64
				if err := tx.QueryRow(`SELECT count(*) FROM note`).Scan(&n); err != nil {
					return err
				}
				if first {
					first = false
					meet.Done()
					meet.Wait()
				}
				return insert(i, fmt.Sprint("after ", n))(tx)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if runs.Load() < 3 || db.Stats().Retries < 1 {
		t.Errorf("%d runs, %+v", runs.Load(), db.Stats())
	}
	var texts int
	err = db.Read(t.Context(), func(r store.Reader) error {
		return r.QueryRow(`SELECT count(DISTINCT text) FROM note`).Scan(&texts)
	})
	if err != nil || texts != 2 {
		t.Errorf("%d different counts were seen: %v", texts, err)
	}
}

func TestDeadlocksAreRetried(t *testing.T) {
	t.Parallel()
	cfg := storetest.Postgres(t)
	db, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	execute(t, db, createNote, `INSERT INTO note VALUES (0, 'a'), (1, 'b')`)
	var meet, done sync.WaitGroup
	meet.Add(2)
	for i := range 2 {
		first := true
		done.Go(func() {
			err := db.Do(context.Background(), func(tx store.Tx) error {
				for _, id := range []int{i, 1 - i} {
					var text string
					if err := tx.LockRow(`SELECT text FROM note WHERE id = $1`, id).Scan(&text); err != nil {
						return err
					}
					if first {
						first = false
						meet.Done()
						meet.Wait()
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if db.Stats().Retries < 1 {
		t.Errorf("%+v", db.Stats())
	}
}
