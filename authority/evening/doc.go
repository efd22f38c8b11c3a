// Package evening is the weekday evening (R28, R32): deadlines that have
// passed, the reading in of approved files, and what goes out; and, at any hour,
// the answers to files that are answered later, which are read in alike.
//
// Nothing closes a run. What is to be done is found in rows each time, so a
// missed evening is caught up by the next, and any number of workers on any
// number of machines may run at once:
//
//	deadline   taken away and acted upon in one transaction
//	file       leased; every chunk commits its cases together with the cursor,
//	           under the fence of the lease; at the end its confirmation and the
//	           mark that it is read in are one commit
//	batch      put in the outbox once, by a key of its service
//
// A worker that is killed leaves whole chunks behind; the next goes on at the
// cursor. One that lost its lease while asleep is stopped by its fence.
//
// The room knows no service by name and no document by meaning.
package evening
