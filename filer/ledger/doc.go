// Package ledger is the filer's own book: which files were built under which
// sequence number (löpnummer), what was sent, what came back, and which case
// number belongs to which own reference.
//
// A file goes
//
//	built ─► sending ─► sent ─► approved ─► confirmed
//	  │         │         ├───► rejected          (its number is free again)
//	  │         └─► unclear (e-transport gave no clear answer)
//	  └─► discarded
//
// The intention to send is written before the first byte goes out, with the
// ids under which it goes, so that a crash between sending and the receipt
// loses nothing and sends nothing twice. A later file of a series is held
// until the receipt of the earlier one has come (R75).
//
// The book is an SQLite file that one process at a time writes. The package
// must not know how files look or how they travel.
package ledger
