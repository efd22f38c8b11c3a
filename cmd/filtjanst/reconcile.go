package main

import (
	"context"
	"io"

	"filtjanst/filer"

	"github.com/spf13/cobra"
)

type reconcileFlags struct {
	deskFlags
	own, report, mapping string
	invoices             []string
	claimed              bool
	table                string
}

func addReconcile(root *cobra.Command, a *app) {
	r := reconcileFlags{table: formatText}
	cmd := &cobra.Command{
		Use:     "reconcile",
		GroupID: groupTraffic,
		Short:   a.say("håll statusrapport och fakturor mot den egna listan och boken", "hold status report and invoices against the own list and the book"),
		Long: a.say(
			"Jämför myndighetens statusrapport (xx.status_report) och samlingsfakturor (JSON, CSV\neller UBL) med ingivarens egen lista (referens, belopp, läge) och med boken, och visar\ndet som saknas, är för mycket, har annat belopp eller annat läge. Utan rapport hålls\nlistan mot boken. Inget ändras. Slutkoden är 1 om något skiljer eller om en rad i\nlistan inte kan läsas.\n\nStatusrapporten hämtar fetch, som sparar den som ABC.STATUS. Listan är CSV med\nkolumnerna reference (eller case number), amount och state; andra namn ges med\n--mapping. Ett läge skrivs som rapporten gör (served, delgivet) eller som öppet eller\navslutat.",
			"Compares the authority's status report (xx.status_report) and collective invoices\n(JSON, CSV or UBL) with the filer's own list (reference, amount, state) and with the\nbook, and shows what is missing, extra, or has another amount or state. Without a\nreport the list is held against the book. Nothing is changed. The exit code is 1 if\nanything differs or a row of the list cannot be read.\n\nThe status report comes by fetch, which saves it as ABC.STATUS. The list is CSV with\nthe columns reference (or case number), amount and state; other names are given with\n--mapping. A state is written as the report has it (served, delgivet), or as open or\nclosed."),
		Example: "  filtjanst reconcile --report ABC.STATUS --own cases.csv\n  filtjanst reconcile --own cases.csv --format json\n  filtjanst reconcile --invoice 2026000017.xml --format csv",
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.run(cmd.Context(), a) },
	}
	f := cmd.Flags()
	f.StringVar(&r.own, "own", "", a.say("den egna listan `FILE`, .csv eller .json", "the own list `FILE`, .csv or .json"))
	f.StringVar(&r.report, "report", "", a.say("statusrapporten `FILE`", "the status report `FILE`"))
	f.StringArrayVar(&r.invoices, "invoice", nil, a.say("faktura `FILE`, .json, .csv eller .xml; får upprepas", "invoice `FILE`, .json, .csv or .xml; may be repeated"))
	f.StringVar(&r.mapping, "mapping", "", a.say("hur den egna listans kolumner läses, `FILE`", "how the columns of the own list are read, `FILE`"))
	f.BoolVar(&r.claimed, "claimed", false, a.say("listans belopp är de krävda, inte de som återstår", "the amounts of the list are as claimed, not what remains"))
	f.Var(newChoice(&r.table, formatText, formatJSON, formatJSONL, formatCSV), "format", a.say("utdata: text, json, jsonl eller csv", "output: text, json, jsonl or csv"))
	r.register(cmd, a)
	root.AddCommand(cmd)
}

// formatCSV is a table for programs.
const formatCSV = "csv"

func (r *reconcileFlags) run(ctx context.Context, a *app) error {
	if r.own == "" && r.report == "" && len(r.invoices) == 0 {
		return misuse("ange --report, --own eller --invoice", "give --report, --own or --invoice")
	}
	files := &openFiles{app: a}
	defer files.close()
	request := filer.ReconcileRequest{
		Own: files.open(r.own), JSON: isJSON(r.own), Report: files.open(r.report), Mapping: r.mapping, Claimed: r.claimed,
	}
	for _, path := range r.invoices {
		request.Invoices = append(request.Invoices, files.open(path))
	}
	if files.err != nil {
		return files.err
	}
	return r.withBook(ctx, a, func(d *filer.Desk) error {
		done, err := d.Reconcile(ctx, request)
		if err != nil {
			return ofList(err, "avstämningen kunde inte göras", "the reconciliation could not be made")
		}
		if err := r.tell(a, done); err != nil {
			return err
		}
		if len(done.Differences) > 0 || done.Report.Refused > 0 {
			return refusedQuietly()
		}
		return nil
	})
}

// openFiles opens files until one cannot be.
type openFiles struct {
	*app
	all []func() // close them
	err error
}

// open gives nil for no path, and where a file cannot be opened.
func (o *openFiles) open(path string) io.Reader {
	if path == "" || o.err != nil {
		return nil
	}
	f, closing, err := o.listFile(path)
	if err != nil {
		o.err = err
		return nil
	}
	o.all = append(o.all, closing)
	return f
}

func (o *openFiles) close() {
	for _, closing := range o.all {
		closing()
	}
}
