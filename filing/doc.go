// Package filing says what a file of the digital file services means: the
// catalogue of transactions, the vocabulary of each, the profiles that give
// them a form, their names, cover notes (missiv), sequence numbers
// (löpnummer), receipts (kvittens), confirmations (bekräftelse) and the rules
// that a file is checked against.
//
// All layouts, codes and texts are this project's own profile: the authority's
// field tables are not public. They are data and can be replaced.
//
// One vocabulary of keys per transaction stands between the outside and Go: a
// [Set] of profiles maps record fields and XML elements to keys, the rules of
// [Check] see keys and symbols only, and [Application], [Receipt], [Note] and
// [Confirmation] are filled from them. So another set of profiles needs no
// other code.
//
// [Check] streams and is pure: what registers alone can settle is named under
// [Verdict.NotChecked]. Errors have stable codes of our own, with texts and
// remedies in one table ([Codes], [Explain]). What law lets through is a
// warning, never an error (law.md §2.1).
//
// filing knows no network, no database and no case. It reads and writes only
// what it is given.
package filing
