package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filtjanst/authority/extract"

	"github.com/spf13/cobra"
)

func addImport(root *cobra.Command, a *app) {
	var n nodeFlags
	cmd := &cobra.Command{
		Use:     "import KIND FILE|-",
		GroupID: groupAuthority,
		Short:   a.say("läs in en registerfil: allmänna mål, konkurser och mer", "read in a register file: public cases, bankruptcies and more"),
		Long: a.say(
			"CSV eller JSON-rader; filtjanst import formats beskriver dem. En fil med något fel\nändrar ingenting. Ett avbrutet inläsande går vidare när samma fil ges igen.",
			"CSV or JSON lines; filtjanst import formats describes them. A file with any fault\nchanges nothing. An import that was broken off goes on when the same file is given again."),
		Example:   "  filtjanst import formats public_case\n  filtjanst import public_case cases.csv --data DIR",
		Args:      arguments(2, 2),
		ValidArgs: registers(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.importFile(cmd.Context(), &n, args[0], args[1])
		},
	}
	n.register(cmd, a)
	cmd.AddCommand(&cobra.Command{
		Use: "formats [KIND]", Args: arguments(0, 1), ValidArgs: registers(),
		Short: a.say("beskriv hur registerfiler skrivs", "describe how register files are written"),
		RunE:  func(_ *cobra.Command, args []string) error { return a.showFormats(args) },
	})
	root.AddCommand(cmd)
}

func registers() (kinds []string) {
	for _, f := range extract.Formats() {
		kinds = append(kinds, string(f.Kind))
	}
	return kinds
}

func registerFormat(kind string) (extract.Format, error) {
	f, known := extract.FormatOf(extract.Kind(kind))
	if !known {
		return f, misuse("det finns inget register %q", "there is no register %q", kind).
			hint("välj bland %s", "choose among %s", strings.Join(registers(), ", "))
	}
	return f, nil
}

func (a *app) showFormats(kinds []string) error {
	formats := extract.Formats()
	if len(kinds) > 0 {
		f, err := registerFormat(kinds[0])
		if err != nil {
			return err
		}
		formats = []extract.Format{f}
	}
	if a.json() {
		return printRows(a, formatsJSON(formats))
	}
	for i, f := range formats {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		if err := a.showFormat(f); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) showFormat(f extract.Format) error {
	fmt.Fprintf(a.out, "%s: %s\n%s\n", f.Kind, a.say(f.Swedish, f.English), a.sayf("en rad ersätter en tidigare med samma %s", "a row replaces an earlier one with the same %s", f.Key))
	rows := [][]string{}
	for _, c := range f.Columns {
		need := ""
		if c.Required {
			need = a.say("krävs", "required")
		}
		rows = append(rows, []string{"  " + c.Name, columnKind(c), need, a.say(c.Swedish, c.English)})
	}
	return table(a.out, rows)
}

// columnKind says how a value is written.
func columnKind(c extract.Column) string {
	switch c.Type {
	case extract.Choice:
		return strings.Join(c.Choices, "|")
	case extract.Identity:
		return "YYYYMMDDNNNN"
	case extract.Amount:
		return "1234.50"
	case extract.Date:
		return "YYYY-MM-DD"
	case extract.Year:
		return "YYYY"
	case extract.YesNo:
		return "yes|no"
	}
	if c.Longest > 0 {
		return fmt.Sprintf("text, %d", c.Longest)
	}
	return "text"
}

type registerJSON struct {
	Kind    extract.Kind   `json:"kind"`
	Key     string         `json:"key"`
	Swedish string         `json:"sv"`
	English string         `json:"en"`
	Columns []formatColumn `json:"columns"`
}

type formatColumn struct {
	Name     string             `json:"name"`
	Type     extract.ColumnType `json:"type"`
	Required bool               `json:"required"`
	Longest  int                `json:"longest,omitempty"`
	Choices  []string           `json:"choices,omitempty"`
	Swedish  string             `json:"sv"`
	English  string             `json:"en"`
	Basis    string             `json:"basis,omitempty"`
}

func formatsJSON(formats []extract.Format) []registerJSON {
	all := make([]registerJSON, len(formats))
	for i, f := range formats {
		all[i] = registerJSON{Kind: f.Kind, Key: f.Key, Swedish: f.Swedish, English: f.English}
		for _, c := range f.Columns {
			all[i].Columns = append(all[i].Columns, formatColumn{c.Name, c.Type, c.Required, c.Longest, c.Choices, c.Swedish, c.English, c.Basis})
		}
	}
	return all
}

func (a *app) importFile(ctx context.Context, n *nodeFlags, kind, path string) error {
	f, err := registerFormat(kind)
	if err != nil {
		return err
	}
	src, closing, err := a.listFile(path)
	if err != nil {
		return err
	}
	defer closing()
	var bar *progress
	defer func() { bar.end() }()
	control, world := n.reach()
	done, err := control.Import(ctx, world, f.Kind, src, func(done, all int64) {
		if bar == nil {
			bar = a.progressCount(all, "läser in", "reading in")
		}
		bar.at(done)
	})
	if faults, ok := errors.AsType[*extract.Faults](err); ok {
		return a.reportFaults(faults)
	}
	if err != nil {
		return answered(err)
	}
	if a.json() {
		return a.printJSON(done)
	}
	_, err = fmt.Fprintln(a.out, a.sayf("%s: %s inlästa", "%s: %s read in", kind, a.counted(int(done.Rows), "rad", "rader", "row", "rows")))
	return err
}

// listFile opens a list to read, or gives standard input; the function closes it.
func (a *app) listFile(path string) (io.Reader, func(), error) {
	if path == stdinName {
		return a.in, func() {}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, notOpened(path, err)
	}
	closing := func() { _ = file.Close() } // it was only read
	if info, err := file.Stat(); err == nil && info.IsDir() {
		closing()
		return nil, nil, misuse("%s är en katalog, inte en fil", "%s is a directory, not a file", path)
	}
	return file, closing, nil
}

// reportFaults tells what is wrong in a register file, of which nothing was kept.
func (a *app) reportFaults(f *extract.Faults) error {
	if a.json() {
		if err := a.printJSON(f); err != nil {
			return err
		}
		return refusedQuietly()
	}
	for _, fault := range f.First {
		where := a.sayf("rad %d", "line %d", fault.Line)
		if fault.Column != "" {
			where += ", " + printable(fault.Column)
		}
		fmt.Fprintf(a.err, "%s: %s\n", where, a.say(fault.Swedish, fault.English))
	}
	return refused("ingenting lästes in; antal fel: %[1]d", "nothing was read in; faults: %[1]d", f.All)
}
