// Package filer is the filer's wing: it builds files of a list of claims,
// numbers them, sends them, fetches what comes back, and matches receipts and
// confirmations to the filer's own references.
//
// A [Desk] puts together the list of claims (claimlist), the book (ledger)
// and the way to the authority (traffic). It must not know the authority's
// side: no cases, no permits, no evening.
package filer
