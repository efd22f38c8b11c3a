package store

import "time"

// Stats counts writes since the database was opened.
type Stats struct {
	// Groups and Writes count commits and the writes within them; on PostgreSQL
	// they are equal.
	Groups, Writes int64
	// LargestGroup is the most writes one commit held.
	LargestGroup int64
	// Failed counts writes whose work was undone.
	Failed int64
	// Retries counts transactions run again (PostgreSQL).
	Retries int64
	// LongestWait is the longest a write stood in the queue (SQLite).
	LongestWait time.Duration
	// LongestHold is the longest a single closure held the writer (SQLite) or a
	// transaction (PostgreSQL).
	LongestHold time.Duration
	// LongestGroup is the longest a group took, commit included (SQLite).
	LongestGroup time.Duration
	// Overheld counts closures that ran longer than MaxHold (SQLite).
	Overheld int64
}

// MaxHold is how long one closure may hold SQLite's writer: receipts wait
// behind it.
const MaxHold = 50 * time.Millisecond
