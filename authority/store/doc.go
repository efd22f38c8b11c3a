// Package store is the SQL ground of the authority: one set of calls over an
// embedded SQLite database and over PostgreSQL.
//
// Every write goes through [DB.Do], whose closure may run twice, does no I/O
// of its own and reads no clock; reads that need no lock go through [DB.Read],
// which sees one snapshot and never waits for a writer.
//
// Binds are written $1, $2 … on both engines. Moments are stored as BIGINT
// microseconds UTC ([Micros]), days as TEXT YYYY-MM-DD ([Day]), amounts as
// BIGINT öre, truth as BOOLEAN. Uniqueness and foreign keys must be immediate,
// never DEFERRABLE: on SQLite a deferred violation would surface at the commit
// and take the whole group with it.
//
// The two engines are kept alike on purpose: after a statement has failed the
// transaction is spent on SQLite too, and a statement is refused while the rows
// of an earlier query are still open.
//
// The package knows no rooms and no tables but its own (prefix store_).
package store
