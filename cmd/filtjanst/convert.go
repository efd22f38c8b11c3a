package main

import (
	"context"
	"errors"
	"io"

	"filtjanst/filing"
	"filtjanst/filing/forms"
	"filtjanst/layout"

	"github.com/spf13/cobra"
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
	if !forms.Writable(in.layout, filing.Form(c.to)) {
		return misuse("profilen beskriver inte %s i formen %s", "the profile does not describe %s in the form %s", in.layout.Transaction(), c.to)
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
	form   filing.Form
	set    *filing.Set
	layout *layout.Layout
}

// identify finds out what the file is and which set it is read with.
func (c *conversion) identify(src *source) (*input, error) {
	head, err := src.head()
	if err != nil {
		return nil, err
	}
	set, err := c.pickFor(head, "", c.today())
	if err != nil {
		return nil, err
	}
	tx, form, known := forms.Identify(set, head)
	if !known {
		return nil, refused("%s stämmer inte med någon transaktion i profilen %s", "%s fits no transaction of the profile %s", src.title(c.app), set.Name()).
			hint("filtjanst layout list visar transaktionerna", "filtjanst layout list shows the transactions")
	}
	described, _ := set.Layout(tx)
	return &input{src: src, form: form, set: set, layout: described}, nil
}

// readThrough reads the whole file and returns its own facts, which must be known
// before anything is written.
func (c *conversion) readThrough(ctx context.Context, in *input) (*layout.Tree, error) {
	w := c.watch(ctx, in.src, "läser", "reading")
	defer w.end()
	var file *layout.Tree
	r, err := forms.NewReader(w, in.layout, in.form)
	if err == nil {
		file, err = forms.ReadThrough(r)
	}
	if err != nil {
		return nil, c.fault(in, w, err)
	}
	return file, in.src.rewind()
}

func (c *conversion) write(ctx context.Context, in *input, file *layout.Tree, out io.Writer) error {
	watched := c.watch(ctx, in.src, "skriver", "writing")
	defer watched.end()
	r, err := forms.NewReader(watched, in.layout, in.form)
	if err != nil {
		return c.fault(in, watched, err)
	}
	w, err := forms.NewWriter(out, in.layout, filing.Form(c.to), file)
	if err == nil {
		err = forms.Copy(w, r)
	}
	if err != nil {
		return c.fault(in, watched, err)
	}
	return nil
}

// fault says why a file is not converted. Faults of form are told as check tells
// them.
func (c *conversion) fault(in *input, w *watched, err error) error {
	refusal, isRefusal := errors.AsType[*forms.Refusal](err)
	switch {
	case w.err != nil:
		return failed(w.err, "filen kan inte läsas", "the file cannot be read")
	case isRefusal:
		return &fault{exit: exitRefused, text: words{refusal.Swedish(), refusal.English()}}
	case !errors.Is(err, forms.ErrFaulty):
		return failed(err, "kan inte skriva utdata", "the output cannot be written")
	}
	faults, err := forms.Faults(in.src, in.set, c.today())
	if err != nil {
		return failed(err, "filen kan inte läsas", "the file cannot be read")
	}
	f := refused("%s kan inte läsas och skrivs inte om", "%s cannot be read and is not converted", in.src.title(c.app))
	f.errors = faults
	return f
}
