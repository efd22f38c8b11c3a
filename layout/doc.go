// Package layout is the engine of the house: it reads, writes and checks a file
// against a description that is data.
//
// A [Vocabulary] names what a file can say: a tree of groups and keys, owned by
// the caller. A description (TOML, see [Parse]) says where each key stands in
// a text record or at which XML path, and how its value is written. Compiled
// together they are a [Layout], from which come a streaming reader and writer
// for both forms, an XML schema and a technical description for people.
//
// layout knows no filings: no transaction, no party code, no check digit and
// no sum. It knows records, fields, elements, characters and cardinality.
package layout
