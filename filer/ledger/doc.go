// Package ledger is the filer's own book: which files were built under which
// sequence number (löpnummer), what was sent, what came back, which cases belong
// to which own reference, and how they stand.
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
// Each answer is taken in as one transaction (see [Ledger.Take]): what it says of
// files, documents and cases, the events that it tells, and the note that it was
// taken. So a crash loses nothing, and no event is told twice. Events have ids
// that grow in the order in which they were taken; the id is the cursor of those
// who read them.
//
// Of persons the book holds no numbers: a claim is known again by a keyed digest
// of creditor, invoice and debtor, whose key never leaves the book.
//
// A book says by which edition it was written; an older one is brought up to
// date when it is opened.
//
// The book is an SQLite file that one process at a time writes. The package
// must not know how files look or how they travel.
package ledger
