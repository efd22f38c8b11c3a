package store

import (
	"context"
	"database/sql"
	"log/slog"
	"time"
)

const (
	// ownCheckpoint is how many pages of log make the writer move them into the
	// database itself. It seldom has to: checkpointer does it beside.
	ownCheckpoint = 16384
	// checkpointEvery and checkpointGroups are when the checkpointer works.
	checkpointEvery  = 250 * time.Millisecond
	checkpointGroups = 32
)

// checkpointer moves the write-ahead log into the database on a connection of
// its own, so that no commit, and no receipt behind it, waits for that.
type checkpointer struct {
	stop, ended chan struct{}
}

func startCheckpointer(pool *sql.DB, groups func() int64, log *slog.Logger) *checkpointer {
	c := &checkpointer{stop: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		c.run(pool, groups, log)
	}()
	return c
}

func (c *checkpointer) run(pool *sql.DB, groups func() int64, log *slog.Logger) {
	ticker := time.NewTicker(checkpointEvery)
	defer ticker.Stop()
	for done := int64(0); ; {
		select {
		case <-c.stop:
			return
		case <-ticker.C:
		}
		now := groups()
		if now-done < checkpointGroups {
			continue
		}
		done = now
		if _, err := pool.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
			log.Warn("the write-ahead log was not moved into the database; the writer will", "error", err)
		}
	}
}

func (c *checkpointer) close() {
	close(c.stop)
	<-c.ended
}
