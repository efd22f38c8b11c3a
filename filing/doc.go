// Package filing says what a file of the digital file services means: the
// catalogue of transactions, the vocabulary of each, the profiles that give
// them a form, their names, cover notes (missiv), sequence numbers
// (löpnummer), receipts (kvittens), confirmations (bekräftelse) and the rules
// that a file is checked against.
//
// All layouts, codes and texts are this project's own profile: the authority's
// field tables are not public. They are data and can be replaced.
//
// filing knows no network, no database and no case. It reads and writes only
// what it is given.
package filing
