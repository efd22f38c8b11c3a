// Package layout is the engine of the house: it reads, writes and checks a file
// against a description that is data.
//
// A [Vocabulary] names what a file can say: a tree of groups and keys, owned by
// the caller. A description (TOML, see [Parse]) says where each key stands in
// a text record or at which XML path, and how its value is written. Compiled
// together they are a [Layout], from which come a streaming reader and writer
// for both forms, an XML schema and a technical description for people.
//
// # Permitted characters
//
// The setting permitted is a list of tokens between blanks: a range (A-Z,
// U+00C0-U+00FF), a code point (U+00A7), the word space, or characters that
// are permitted one by one (ÅÄÖ). Without it every printable character is
// permitted; the blank always is.
//
// # Free texts
//
// A key that is Free holds what people write. [Layout.NewWriter] refuses such
// a text like any other; [Layout.NewFittingWriter] fits it: a character that
// the form cannot carry is replaced by [Fit], and what the field, or the records
// for its lines, have no room for is left out. Where ISO 8859-1 would be taken
// for UTF-8, a character gives way to a mark. Nothing else is ever changed.
//
// # Formats
//
// A value is written as text, digits, digits:zero, integer, amount (amount:2 with implied
// öre, amount:comma, amount:point), rate (likewise, up to four decimals of a
// percent), date:yyyymmdd, date:yymmdd, date:yyyy-mm-dd,
// datetime:yyyymmddhhmmss, datetime, code:<list>, flag:J/N, const:VALUE or
// filler. In text records digits:zero and numbers without separator stand to
// the right after zeros, so that with digits:zero digits shorter than their
// field come back with zeros before them; numbers with a separator stand to
// the right after blanks, and everything else to the left.
//
// Two digits of a year mean 1970 to 2069; date:yymmdd:1930 gives the first of
// the hundred years instead.
//
// # Variants
//
// Several records may have one type if each states what tells it apart:
// variant = { position = 3, length = 1, value = "S" }, at one position for all
// records of the type. Faults and descriptions name such a record by type and
// value (01S). The value is written without a field; a field with a key may
// cover the position, and then the key holds the value and decides, when
// writing, which of the variants is meant. Variants that follow each other, add
// to the same occurrence and imply different values of a key, by such a field
// or by set, are alternatives: at most one of them can come, and their min and
// max, which are the same, count all of them together.
//
// # Order
//
// Records and elements come in the order of the description. Those that open
// the same group and follow each other there may be mixed; when writing, the
// one with the most fitting constants (set) takes an occurrence. The first
// record of the document group opens a document; later ones, and those with
// append, add to the occurrence that is open. A record with opens = true
// begins a document and with it an occurrence of its group, which occurs at
// most once as do those around it; documents can so be of several sorts. When
// writing, the document begins with the record whose group it has, of those the
// one with the most fitting constants. After it come the records of that group,
// then those of the document.
//
// In XML, neighbours with choice = true exclude each other: exactly one of
// these elements occurs.
//
// # Keys of other groups
//
// A field of a text record may have a key of the record's group, of a group
// below it that occurs at most once, or of a group around it, and those below
// that in turn. A key around that several records of an occurrence name must
// have the same value in all (field-constant otherwise), and a record that
// leaves it blank says nothing of it.
//
// layout knows no filings: no transaction, no party code, no check digit and
// no sum. It knows records, fields, elements, characters and cardinality.
package layout
