package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/description"
	"filtjanst/filing"
	"filtjanst/layout"

	"github.com/spf13/cobra"
)

// layouts is the group of commands on descriptions of files.
type layouts struct {
	*app
	profileFlags
	html bool
}

func addLayout(root *cobra.Command, a *app) {
	l := &layouts{app: a}
	group := &cobra.Command{
		Use:     "layout",
		GroupID: groupFiles,
		Short:   a.say("hur filerna ser ut: poster, fält, scheman, beskrivningar", "what files look like: records, fields, schemas, descriptions"),
		Args:    cobra.ArbitraryArgs,
		RunE:    menu,
	}
	list := &cobra.Command{
		Use:   "list",
		Short: a.say("lista transaktionerna i profilen", "list the transactions of the profile"),
		Args:  arguments(0, 0),
		RunE:  func(*cobra.Command, []string) error { return l.list() },
	}
	verify := &cobra.Command{
		Use:   "verify DIR",
		Short: a.say("pröva en katalog med profiler", "prove a directory of profiles"),
		Long: a.say(
			"Läser en profiluppsättning (set.toml och en beskrivning för varje transaktion) och\nsäger allt som motsäger sig självt, med fil och rad. Slutkoden är 1 om något gör det.",
			"Reads a profile set (set.toml and one description a transaction) and tells everything\nthat contradicts itself, with file and line. The exit code is 1 if anything does."),
		Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return l.verify(args[0]) },
	}
	doc := l.ofTransaction("doc", "skriv den tekniska beskrivningen", "write the technical description", l.doc)
	doc.Flags().BoolVar(&l.html, "html", false, a.say("HTML i stället för Markdown", "HTML instead of Markdown"))
	show := l.ofTransaction("show", "visa poster och fält", "show records and fields", l.show)
	xsd := l.ofTransaction("xsd", "skriv XML-schemat", "write the XML schema", l.xsd)
	for _, c := range []*cobra.Command{list, show, doc, xsd} {
		l.register(c, a)
	}
	group.AddCommand(list, show, doc, xsd, verify)
	root.AddCommand(group)
}

// ofTransaction makes a command on the layout of one transaction.
func (l *layouts) ofTransaction(name, sv, en string, run func(*filing.Set, *layout.Layout) error) *cobra.Command {
	return &cobra.Command{
		Use:   name + " T",
		Short: l.say(sv, en),
		Args:  arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			set, err := l.pick(l.today())
			if err != nil {
				return err
			}
			found, ok := l.find(set, filing.Transaction(args[0]))
			if !ok {
				f := misuse("profilen %s beskriver inte %q", "the profile %s does not describe %q", set.Name(), args[0])
				if near, found := claimlist.Near(args[0], described(set)); found {
					_ = f.hint("menade du %s?", "did you mean %s?", near)
				}
				return f.hint("filtjanst layout list visar transaktionerna", "filtjanst layout list shows the transactions")
			}
			return run(set, found)
		},
		ValidArgsFunction: cobra.FixedCompletions(described(filing.Own()), cobra.ShellCompDirectiveNoFileComp),
	}
}

// find is the description of a transaction, or of that in whose files it
// stands.
func (l *layouts) find(set *filing.Set, tx filing.Transaction) (*layout.Layout, bool) {
	if info, _ := filing.Info(tx); info.CarriedIn != "" {
		l.note("%s står i filen för %s, som visas här", "%s stands in the file of %s, which is shown here", tx, info.CarriedIn)
		tx = info.CarriedIn
	}
	return set.Layout(tx)
}

func described(set *filing.Set) []cobra.Completion {
	var names []cobra.Completion
	for _, row := range listedOf(set) {
		names = append(names, string(row.Transaction))
	}
	return names
}

func joined[S ~string](all []S) string {
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

func (l *layouts) doc(set *filing.Set, d *layout.Layout) error {
	form := layout.Markdown
	if l.html {
		form = layout.HTML
	}
	return description.Write(l.out, set, filing.Transaction(d.Transaction()), form)
}

func (l *layouts) xsd(_ *filing.Set, d *layout.Layout) error {
	schema, err := d.XSD()
	if err != nil {
		return misuse("profilen beskriver inte %s i XML", "the profile does not describe %s in XML", d.Transaction())
	}
	_, err = l.out.Write(schema)
	return err
}

// problemJSON is one contradiction as programs read it.
type problemJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

func (l *layouts) verify(dir string) error {
	if info, err := os.Stat(dir); err != nil {
		return notOpened(dir, err)
	} else if !info.IsDir() {
		return misuse("%s är en fil, inte en katalog", "%s is a file, not a directory", dir)
	}
	set, err := filing.LoadSet(os.DirFS(dir))
	problems := each(err)
	if l.json() {
		err = l.verifiedJSON(set, problems)
	} else {
		err = l.verified(set, problems)
	}
	if err == nil && len(problems) > 0 {
		return refusedQuietly()
	}
	return err
}

func (l *layouts) verified(set *filing.Set, problems []error) error {
	for _, p := range problems {
		if _, err := fmt.Fprintln(l.out, p); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		l.note("%d motsägelser", "%d contradictions", len(problems))
		return nil
	}
	_, err := fmt.Fprintf(l.out, "%s: %s, %s\n%s\n", set.Name(),
		l.counted(len(set.Transactions()), "transaktion", "transaktioner", "transaction", "transactions"), l.statusOf(set), set.Digest())
	return err
}

func (l *layouts) verifiedJSON(set *filing.Set, problems []error) error {
	told := struct {
		Name         string               `json:"name,omitempty"`
		Digest       string               `json:"digest,omitempty"`
		Transactions []filing.Transaction `json:"transactions"`
		Problems     []problemJSON        `json:"problems"`
	}{Transactions: []filing.Transaction{}, Problems: []problemJSON{}}
	if set != nil {
		told.Name, told.Digest, told.Transactions = set.Name(), set.Digest(), set.Transactions()
	}
	for _, p := range problems {
		if placed, ok := errors.AsType[*layout.Problem](p); ok {
			told.Problems = append(told.Problems, problemJSON(*placed))
			continue
		}
		told.Problems = append(told.Problems, problemJSON{Reason: p.Error()})
	}
	return l.printJSON(told)
}

// each takes joined errors apart.
func each(err error) []error {
	if err == nil {
		return nil
	}
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range several.Unwrap() {
		all = append(all, each(e)...)
	}
	return all
}
