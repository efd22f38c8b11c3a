package layout

import (
	"os"
	"testing"
)

// library is the vocabulary of the invented transaction in testdata.
func library(t testing.TB) *Vocabulary {
	t.Helper()
	v, err := NewVocabulary("library.claim",
		&Group{Keys: []Key{
			{Name: "library", Kind: Text, Required: true},
			{Name: "sequence", Kind: Integer, Required: true},
			{Name: "created", Kind: DateTime},
			{Name: "documents", Kind: Integer, Required: true},
			{Name: "total", Kind: Amount},
		}},
		&Group{
			Keys: []Key{
				{Name: "reference", Kind: Text, Required: true, Free: true},
				{Name: "day", Kind: Date, Required: true},
				{Name: "total", Kind: Amount},
				{Name: "urgent", Kind: Flag},
				{Name: "language", Kind: Text, Required: true},
			},
			Groups: []*Group{
				{Name: "borrower", Min: 1, Max: 3,
					Keys: []Key{{Name: "card", Kind: Digits, Required: true, Sensitive: true}, {Name: "name", Kind: Text, Free: true}},
					Groups: []*Group{{Name: "guardian", Max: 1, Keys: []Key{
						{Name: "name", Kind: Text, Required: true}, {Name: "born", Kind: Date},
					}}}},
				{Name: "item", Min: 1, Max: 50, Keys: []Key{
					{Name: "kind", Kind: Code, Required: true, Symbols: []string{"book", "record", "fee"}},
					{Name: "amount", Kind: Amount, Required: true},
					{Name: "rate", Kind: Rate},
					{Name: "note", Kind: Text, Lines: true, Free: true},
				}},
			}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func libraryLayout(t testing.TB) *Layout {
	t.Helper()
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("library.toml", source, library(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// libraryFile fills the file's own facts.
func libraryFile(v *Vocabulary, documents int64, total int64) *Tree {
	file := NewTree(v, FileGroup)
	file.SetText(0, v.MustKey("file.library"), "MALMÖ")
	file.SetNum(0, v.MustKey("file.sequence"), 17)
	file.SetNum(0, v.MustKey("file.created"), 20_000*86_400+3_661)
	file.SetNum(0, v.MustKey("file.documents"), documents)
	file.SetNum(0, v.MustKey("file.total"), total)
	return file
}

// libraryDocument fills a document with something in every key.
func libraryDocument(v *Vocabulary, reference string) *Tree {
	doc := NewTree(v, DocumentGroup)
	doc.SetText(0, v.MustKey("document.reference"), reference)
	doc.SetNum(0, v.MustKey("document.day"), 20_001)
	doc.SetNum(0, v.MustKey("document.total"), 134_800)
	doc.SetNum(0, v.MustKey("document.urgent"), 1)
	doc.SetText(0, v.MustKey("document.language"), "sv")
	b := doc.Add(0, v.MustGroup("document.borrower"))
	doc.SetText(b, v.MustKey("document.borrower.card"), "0012345678")
	doc.SetText(b, v.MustKey("document.borrower.name"), "Åsa Ö-Bergström")
	g := doc.Add(b, v.MustGroup("document.borrower.guardian"))
	doc.SetText(g, v.MustKey("document.borrower.guardian.name"), "Målsman")
	doc.SetNum(g, v.MustKey("document.borrower.guardian.born"), 1_000)
	i := doc.Add(0, v.MustGroup("document.item"))
	doc.SetSymbol(i, v.MustKey("document.item.kind"), "book")
	doc.SetNum(i, v.MustKey("document.item.amount"), 124_800)
	doc.SetNum(i, v.MustKey("document.item.rate"), 105_000)
	doc.SetText(i, v.MustKey("document.item.note"), "Första raden\n\nTredje raden, efter en tom")
	f := doc.Add(0, v.MustGroup("document.item"))
	doc.SetSymbol(f, v.MustKey("document.item.kind"), "fee")
	doc.SetNum(f, v.MustKey("document.item.amount"), 10_000)
	return doc
}
