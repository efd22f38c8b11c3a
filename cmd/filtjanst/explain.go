package main

import (
	"fmt"
	"io"
	"strings"

	"filtjanst/cmd/filtjanst/paragraph"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

func addExplain(root *cobra.Command, a *app) {
	root.AddCommand(&cobra.Command{
		Use:     "explain [CODE]",
		GroupID: groupFiles,
		Short:   a.say("förklara en felkod, eller lista alla", "explain an error code, or list all"),
		Args:    arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listCodes()
			}
			return a.explain(args[0])
		},
		ValidArgsFunction: cobra.FixedCompletions(codeNames(), cobra.ShellCompDirectiveNoFileComp),
	})
}

func codeNames() []string {
	var names []string
	for _, c := range filing.Codes() {
		names = append(names, string(c.Code))
	}
	return names
}

func (a *app) listCodes() error {
	if a.json() {
		return printRows(a, filing.Codes())
	}
	return buffered(a.out, func(w io.Writer) error {
		for _, c := range filing.Codes() {
			text := strings.TrimPrefix(paragraph.Wrap(a.say(c.Swedish, c.English), "      "), "      ")
			fmt.Fprintf(w, "%-5s %s\n", c.Code, text)
		}
		return nil
	})
}

func (a *app) explain(code string) error {
	c, ok := filing.Explain(code)
	if !ok {
		return unknownCode(code).
			hint("filtjanst explain listar alla koder", "filtjanst explain lists all codes")
	}
	if a.json() {
		return a.printJSON(c)
	}
	_, err := fmt.Fprintf(a.out, "%s  %s\n\n%s\n\n%s\n", c.Code, a.kindOf(c),
		paragraph.Wrap(a.say(c.Swedish, c.English), "  "), paragraph.Wrap(a.say(c.RemedySwedish, c.RemedyEnglish), "  "))
	if err == nil && c.Rule != "" {
		_, err = fmt.Fprintf(a.out, "\n  %s: %s\n", a.say("regel", "rule"), a.basisOf(c.Rule))
	}
	if err == nil && len(c.Transactions) > 0 {
		_, err = fmt.Fprintf(a.out, "  %s: %s\n", a.say("i filer av slaget", "in files of"), joined(c.Transactions))
	}
	if err == nil && c.Example != "" {
		_, err = fmt.Fprintf(a.out, "  %s: %s\n", a.say("exempel", "example"), a.say(c.Example, c.EnglishExample()))
	}
	return err
}

func unknownCode(code string) *fault {
	f := misuse("det finns ingen felkod %q", "there is no error code %q", code)
	var near []string
	for _, name := range codeNames() {
		if strings.HasPrefix(name, strings.ToUpper(code)) {
			near = append(near, name)
		}
	}
	if len(near) > 0 {
		return f.hint("koder som börjar så: %s", "codes that begin so: %s", strings.Join(near, ", "))
	}
	return f
}

func (a *app) kindOf(c filing.CodeInfo) string {
	kind := a.say(c.Kind())
	switch {
	case c.Warning:
		return kind
	case c.Class == filing.General:
		return kind + a.say(": gäller hela filen", ": concerns the whole file")
	}
	return kind + a.say(": gäller en handling", ": concerns one document")
}
