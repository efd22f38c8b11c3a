// Package handbook makes the generated part of docs: the transactions, error
// codes, states, acts, fees, notices, invoice rules, extract scopes, import formats,
// numbers of law and test numbers as tables and diagrams, and the technical
// description and schema of each transaction. Everything is drawn from the tables
// that the program works by, so that nothing of it can be told otherwise than it is.
//
// It stands on the top floor, for it reads the tables of all rooms. It is Markdown
// for readers of English, with the Swedish terms beside it; the technical
// descriptions are Swedish. It knows no commands, and writes to what it is given.
package handbook

import (
	"io"
	"path/filepath"

	"filtjanst/filer/description"
	"filtjanst/filing"
	"filtjanst/layout"
)

// Document is one document that is made from data.
type Document struct {
	Path  string // below docs
	Write func(io.Writer) error
}

// Documents are all that is generated from the set and the tables of the program.
func Documents(set *filing.Set) []Document {
	all := []Document{
		{"transactions.md", page(func(d *markdown) error { return transactionsPage(d, set) })},
		{"error-codes.md", page(codesPage)},
	}
	all = append(all, tables()...)
	for _, tx := range set.Transactions() {
		d, _ := set.Layout(tx)
		describe := func(form layout.DocForm) func(io.Writer) error {
			return func(w io.Writer) error { return description.Write(w, set, tx, form) }
		}
		base := filepath.Join("layouts", string(tx))
		all = append(all, Document{base + ".md", describe(layout.Markdown)}, Document{base + ".html", describe(layout.HTML)})
		if d.Has(layout.XMLForm) {
			all = append(all, Document{base + ".xsd", func(w io.Writer) error { return writeSchema(w, d) }})
		}
	}
	return all
}

func writeSchema(w io.Writer, d *layout.Layout) error {
	schema, err := d.XSD()
	if err != nil {
		return err
	}
	_, err = w.Write(schema)
	return err
}
