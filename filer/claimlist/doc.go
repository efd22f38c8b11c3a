// Package claimlist reads what a filer's collection system exports, one row
// per invoice or a JSON document, and makes payment-order applications of it.
//
// A [Mapping] says once per system which column holds what, and on which
// level: of the case or of the invoice. [Clients] holds the creditors that
// the export names by number. Nothing is guessed in silence: what cannot be
// used is reported by row and column, what must go on paper is set aside, and
// what was changed on the way is said.
//
// The package knows no file layouts, no sequence numbers and no transport.
package claimlist
