// Package filer is the filer's wing: it builds files of lists, numbers them,
// sends them, fetches what comes back, and keeps the filer's register: every
// answer becomes events on the filer's own references.
//
// What is to be done to cases (withdrawals, reductions, deferrals, changed party
// data) is asked for by own reference; the transaction that carries it out
// follows from the state of the case that the book knows (see [Desk.Do]).
// [Desk.Story] tells all of one claim, and [Desk.Reconcile] holds the
// authority's status reports and invoices against the filer's own list and the
// book.
//
// A [Desk] puts together the list of claims (claimlist), the book (ledger)
// and the way to the authority (traffic). It must not know the authority's
// side: no cases, no permits, no evening.
package filer
