package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"filtjanst/authority/notice"

	"github.com/spf13/cobra"
)

func addLetters(root *cobra.Command, a *app) {
	var n nodeFlags
	cmd := &cobra.Command{
		Use:     "letters",
		GroupID: groupAuthority,
		Short:   a.say("brevkön: visa, hämta för utskrift, kvittera", "the letter queue: show, fetch for printing, acknowledge"),
		Long: a.say(
			"Ett hämtat brev som inte kvitteras inom en halvtimme erbjuds igen; det kan då ha\nskrivits ut förut, vilket står i dess fot. Först när det har skickats kvitteras det.",
			"A letter that is fetched and not acknowledged within half an hour is offered again; it\nmay then have been printed before, which its foot says. It is acknowledged once sent."),
		Example: "  filtjanst letters fetch --out letters\n  filtjanst letters acknowledge --from letters/letters.jsonl",
		RunE:    menu,
	}
	n.register(cmd, a)
	cmd.AddCommand(lettersList(a, &n), lettersShow(a, &n), lettersFetch(a, &n), lettersAcknowledge(a, &n), lettersProtected(a, &n))
	root.AddCommand(cmd)
}

func lettersShow(a *app, n *nodeFlags) *cobra.Command {
	var page, pdf bool
	var out string
	cmd := &cobra.Command{
		Use: "show ID", Args: arguments(1, 1), Short: a.say("skriv ett brev, utan att ta det ur kön", "write one letter, without taking it from the queue"),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return misuse("brevets id är ett heltal, inte %q", "the id of a letter is a whole number, not %q", args[0])
			}
			control, world := n.reach()
			return a.writeOut(out, func(w io.Writer) error {
				return answered(control.Letter(cmd.Context(), world, id, letterForm(out, page, pdf), w))
			})
		},
	}
	cmd.Flags().BoolVar(&page, "html", false, a.say("som HTML (normalt, utom till en fil .pdf)", "as HTML (the usual, but to a file .pdf)"))
	cmd.Flags().BoolVar(&pdf, "pdf", false, a.say("som PDF", "as PDF"))
	cmd.Flags().StringVar(&out, "out", "", a.say("skriv till `FILE` (annars standard ut)", "write to `FILE` (else standard output)"))
	cmd.MarkFlagsMutuallyExclusive("html", "pdf")
	return cmd
}

// letterForm is the form of a letter: the one that is asked for, else by the
// name of the file.
func letterForm(out string, page, pdf bool) string {
	if pdf || !page && strings.EqualFold(filepath.Ext(out), ".pdf") {
		return "pdf"
	}
	return "html"
}

func lettersFetch(a *app, n *nodeFlags) *cobra.Command {
	var out string
	var most int
	cmd := &cobra.Command{
		Use: "fetch", Args: arguments(0, 0), Short: a.say("hämta brev att skriva ut: PDF-filer och letters.jsonl", "fetch letters to print: PDF files and letters.jsonl"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.fetchLetters(cmd.Context(), n, out, most) },
	}
	cmd.Flags().StringVar(&out, "out", "letters", a.say("katalog `DIR`, eller en fil som slutar på .zip", "directory `DIR`, or a file that ends in .zip"))
	cmd.Flags().IntVar(&most, "most", notice.MaxFetch, a.say("högst så många, `N`", "at most so many, `N`"))
	return cmd
}

func (a *app) fetchLetters(ctx context.Context, n *nodeFlags, out string, most int) error {
	if most < 1 || most > notice.MaxFetch {
		return misuse("--most tar ett tal från 1 till %d", "--most takes a number from 1 to %d", notice.MaxFetch)
	}
	control, world := n.reach()
	var archive bytes.Buffer
	if err := control.FetchLetters(ctx, world, most, &archive); err != nil {
		return answered(err)
	}
	if archive.Len() == 0 {
		a.note("inga brev att hämta", "no letters to fetch")
		return nil
	}
	batch, err := notice.ReadBatch(archive.Bytes())
	if err != nil {
		return unreadableBatch(err)
	}
	if strings.HasSuffix(out, ".zip") {
		err = a.writeOut(out, func(w io.Writer) error { _, err := w.Write(archive.Bytes()); return err })
	} else {
		err = a.unpackLetters(batch, out)
	}
	if err != nil {
		return err
	}
	return a.reportFetched(batch.Lines, out)
}

func unreadableBatch(err error) error {
	return failed(err, "brevarkivet kan inte läsas; breven erbjuds igen", "the archive of letters cannot be read; they are offered again")
}

// unpackLetters writes the letters, and their list last: adding to one that is
// there, so that an earlier batch can still be acknowledged.
func (a *app) unpackLetters(batch *notice.FetchedBatch, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return failed(err, "kan inte skriva i katalogen %s", "cannot write in the directory %s", dir)
	}
	for file, err := range batch.Files() {
		if err != nil {
			return unreadableBatch(err)
		}
		path := filepath.Join(dir, file.Name)
		if file.Name == notice.ListName {
			before, err := os.ReadFile(path)
			if err != nil && !os.IsNotExist(err) {
				return failed(err, "kan inte läsa %s", "cannot read %s", path)
			}
			file.Body = append(before, file.Body...)
		}
		if err := a.writeOut(path, func(w io.Writer) error { _, err := w.Write(file.Body); return err }); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) reportFetched(lines []notice.Line, out string) error {
	if a.json() {
		return a.printJSON(map[string]any{"letters": lines, "out": out})
	}
	_, err := fmt.Fprintln(a.out, a.sayf("%s: %s", "%s: %s", out, a.counted(len(lines), "brev", "brev", "letter", "letters")))
	again := 0
	for _, l := range lines {
		if l.Attempt > 1 {
			again++
		}
	}
	if again > 0 {
		a.note("%d av dem har erbjudits förut och kan vara utskrivna", "%d of them were offered before and may have been printed", again)
	}
	return err
}

func lettersAcknowledge(a *app, n *nodeFlags) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use: "acknowledge [ID...]", Args: arguments(0, -1), Short: a.say("kvittera brev som skrivits ut och skickats", "acknowledge letters that were printed and sent"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.acknowledge(cmd.Context(), n, from, args) },
	}
	cmd.Flags().StringVar(&from, "from", "", a.say("alla i listan `FILE`, som letters fetch skrev", "all in the list `FILE` that letters fetch wrote"))
	return cmd
}

func (a *app) acknowledge(ctx context.Context, n *nodeFlags, from string, args []string) error {
	ids, err := letterIDs(from, args)
	if err != nil {
		return err
	}
	control, world := n.reach()
	done, err := control.AcknowledgeLetters(ctx, world, ids)
	if err != nil {
		return answered(err)
	}
	if a.json() {
		err = a.printJSON(map[string]any{"acknowledged": list(done.First), "again": list(done.Again), "refused": list(done.Refused)})
	} else {
		_, err = fmt.Fprintln(a.out, a.sayf("%d kvitterade, %d var det redan", "%d acknowledged, %d were so already", len(done.First), len(done.Again)))
	}
	if err != nil || len(done.Refused) == 0 {
		return err
	}
	if a.json() {
		return refusedQuietly()
	}
	return refused("okända eller aldrig hämtade brev: %[1]d", "letters unknown or never fetched: %[1]d", len(done.Refused))
}

// list is never null in JSON.
func list(ids []int64) []int64 {
	if ids == nil {
		return []int64{}
	}
	return ids
}

func letterIDs(from string, args []string) (ids []int64, err error) {
	for _, arg := range args {
		id, err := strconv.ParseInt(arg, 10, 64)
		if err != nil {
			return nil, misuse("brevets id är ett heltal, inte %q", "the id of a letter is a whole number, not %q", arg)
		}
		ids = append(ids, id)
	}
	if from != "" {
		file, err := os.Open(from)
		if err != nil {
			return nil, failed(err, "kan inte läsa %s", "cannot read %s", from)
		}
		defer file.Close()
		lines, err := notice.ReadLines(file)
		if err != nil {
			return nil, failed(err, "brevlistan kan inte läsas", "the list of letters cannot be read")
		}
		for _, l := range lines {
			ids = append(ids, l.ID)
		}
	}
	if len(ids) == 0 {
		return nil, misuse("ange brevens id, eller listan med --from FILE", "give the ids of the letters, or the list with --from FILE")
	}
	return ids, nil
}
