package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"filtjanst/filing"
	"filtjanst/layout"

	"github.com/spf13/cobra"
)

// The forms that convert writes besides those of layout.
const (
	jsonForm layout.Form = "json"
	csvForm  layout.Form = "csv"
)

func addConvert(root *cobra.Command, a *app) {
	c := conversion{app: a}
	cmd := &cobra.Command{
		Use:     "convert FILE --to text|xml|json|csv",
		GroupID: groupFiles,
		Short:   a.say("skriv om en fil i en annan form", "write a file in another form"),
		Long: a.say(
			`Läser en fil i vilken som helst av formerna text, xml, json och csv och skriver den i
en annan. Filen läses två gånger, och minnet rymmer en handling i taget. En fil som
inte kan läsas skrivs inte om; skälen sägs. Kontrollen av innehållet är check.

csv har en rad för filen, en för varje handling och en för varje del av den, med
kolumnerna #document (handlingens nummer), #group (delen) och en för varje uppgift.
json och csv är oförkortade: de visar personnummer och adresser.`,
			`Reads a file in any of the forms text, xml, json and csv and writes it in another.
The file is read twice, with one document in memory at a time. A file that cannot be
read is not converted; the reasons are told. What it says is checked by check.

csv has one row for the file, one for each document and one for each part of it, with
the columns #document (its number), #group (the part) and one for each fact. json and
csv are unmasked: they show identity numbers and addresses.`),
		Example: "  filtjanst convert ABC.ANSOKAN --to xml --out ABC.ANSOKAN.xml\n  filtjanst convert ABC.ANSOKAN --to json | jq '.documents[].reference'",
		Args:    arguments(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args[0]) },
	}
	cmd.Flags().Var(newChoice(&c.to, "text", "xml", "json", "csv"), "to", a.say("formen som skrivs", "the form that is written"))
	cmd.Flags().StringVar(&c.out, "out", "", a.say("skriv till `FILE`, som blir hel eller inte alls", "write to `FILE`, which becomes whole or not at all"))
	c.profileFlags.register(cmd, a)
	root.AddCommand(cmd)
}

// conversion is one run of convert.
type conversion struct {
	*app
	profileFlags
	to  string
	out string
}

// documentReader reads a file once, in whatever form. Next fills a tree with
// the next document and returns io.EOF after the last; File is complete then.
type documentReader interface {
	Next(doc *layout.Tree) (*layout.Tree, error)
	File() *layout.Tree
}

// documentWriter writes the documents of a file, in whatever form.
type documentWriter interface {
	Write(doc *layout.Tree) error
	Close() error
}

func (c *conversion) run(ctx context.Context, path string) error {
	if c.to == "" {
		return misuse("säg med --to i vilken form filen ska skrivas", "say with --to in which form the file is to be written")
	}
	src, err := c.open(ctx, path)
	if err != nil {
		return err
	}
	defer src.Close()
	in, err := c.identify(src)
	if err != nil {
		return err
	}
	to := layout.Form(c.to)
	if (to == layout.TextForm || to == layout.XMLForm) && !in.layout.Has(to) {
		return misuse("profilen beskriver inte %s i formen %s", "the profile does not describe %s in the form %s", in.layout.Transaction(), to)
	}
	file, err := c.readThrough(ctx, in)
	if err != nil {
		return err
	}
	return c.writeOut(c.out, func(w io.Writer) error { return c.write(ctx, in, file, w) })
}

// input is a file that has been recognised.
type input struct {
	src    *source
	form   layout.Form
	set    *filing.Set
	layout *layout.Layout
}

func (in *input) reader(r io.Reader) (documentReader, error) {
	switch in.form {
	case jsonForm:
		return newJSONReader(r, in.layout.Vocabulary()), nil
	case csvForm:
		return newCSVReader(r, in.layout.Vocabulary())
	}
	return newLayoutReader(in, r), nil
}

// readThrough reads the whole file and returns its own facts, which stand at
// its end too and must be known before anything is written.
func (c *conversion) readThrough(ctx context.Context, in *input) (*layout.Tree, error) {
	w := c.watch(ctx, in.src, "läser", "reading")
	defer w.end()
	r, err := in.reader(w)
	if err != nil {
		return nil, c.unreadable(in, w, err)
	}
	doc := layout.NewTree(in.layout.Vocabulary(), layout.DocumentGroup)
	for err == nil {
		_, err = r.Next(doc)
	}
	if errors.Is(err, io.EOF) {
		return r.File(), in.src.rewind()
	}
	return nil, c.unreadable(in, w, err)
}

func (c *conversion) write(ctx context.Context, in *input, file *layout.Tree, out io.Writer) error {
	watched := c.watch(ctx, in.src, "skriver", "writing")
	defer watched.end()
	r, err := in.reader(watched)
	if err != nil {
		return c.unreadable(in, watched, err)
	}
	w, err := in.writer(out, layout.Form(c.to), file)
	if err != nil {
		return unwritable(c.to, 0, err)
	}
	doc := layout.NewTree(in.layout.Vocabulary(), layout.DocumentGroup)
	for n := 1; ; n++ {
		doc, err = r.Next(doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c.unreadable(in, watched, err)
		}
		if err := w.Write(doc); err != nil {
			return unwritable(c.to, n, err)
		}
	}
	if err := w.Close(); err != nil {
		return unwritable(c.to, 0, err)
	}
	return nil
}

func (in *input) writer(out io.Writer, to layout.Form, file *layout.Tree) (documentWriter, error) {
	switch to {
	case jsonForm:
		return newJSONWriter(out, in.layout, file)
	case csvForm:
		return newCSVWriter(out, file)
	}
	return in.layout.NewWriter(out, to, file)
}

// unwritable says what the form cannot carry, which never holds the value.
func unwritable(form string, document int, err error) error {
	value, ok := errors.AsType[*layout.ValueError](err)
	if !ok {
		return failed(err, "kan inte skriva utdata", "the output cannot be written")
	}
	where := words{"filens start eller slut", "the start or end of the file"}
	if document > 0 {
		where = wordsf("handling %d", "document %d", document)
	}
	return &fault{
		exit: exitRefused, cause: value,
		text: words{fmt.Sprintf("%s kan inte skrivas som %s", where.sv, form), fmt.Sprintf("%s cannot be written as %s", where.en, form)},
	}
}
