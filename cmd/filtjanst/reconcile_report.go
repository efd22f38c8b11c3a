package main

import (
	"strings"

	"filtjanst/filer"
)

func (r *reconcileFlags) tell(a *app, done filer.Reconciled) error {
	switch r.table {
	case formatJSON, formatJSONL:
		return encode(a.out, r.table, done)
	case formatCSV:
		return done.WriteCSV(a.out)
	}
	if r.own != "" {
		a.reportProblems(done.Report)
	}
	if len(done.Differences) > 0 {
		if err := a.differencesTable(done.Differences); err != nil {
			return err
		}
	}
	a.note("%s: %s", "%s: %s", strings.Join(r.held(a, done), ", "), a.counted(len(done.Differences), "skillnad", "skillnader", "difference", "differences"))
	if n := done.Report.Refused; n > 0 {
		a.note("avstämningen är inte hel: %s i egen lista kunde inte läsas", "the reconciliation is not whole: %s of the own list could not be read", a.counted(n, "rad", "rader", "row", "rows"))
	}
	return nil
}

// held is what was held against each other.
func (r *reconcileFlags) held(a *app, done filer.Reconciled) (all []string) {
	if r.own != "" {
		all = append(all, a.counted(done.Own, "rad", "rader", "row", "rows")+a.say(" i egen lista", " in the own list"))
	}
	if r.report != "" {
		all = append(all, a.counted(done.Reported, "mål", "mål", "case", "cases")+a.say(" i rapporten", " in the report"))
	}
	all = append(all, a.counted(done.Book, "mål", "mål", "case", "cases")+a.say(" i boken", " in the book"))
	if len(r.invoices) > 0 {
		all = append(all, a.counted(done.Lines, "fakturarad", "fakturarader", "invoice line", "invoice lines"))
	}
	return all
}

func (a *app) differencesTable(all []filer.Difference) error {
	rows := [][]string{strings.Split(a.say("MELLAN;VAD;REFERENS;MÅL;I DET FÖRSTA;I DET ANDRA", "BETWEEN;WHAT;REFERENCE;CASE;IN THE FIRST;IN THE SECOND"), ";")}
	for _, d := range all {
		rows = append(rows, []string{a.betweenWhat(d), a.say(d.Swedish, d.English), d.Reference, d.Case, a.stateOrAmount(d.Ours), a.stateOrAmount(d.Theirs)})
	}
	return table(a.out, rows)
}

// betweenWhat names the two that differ, in the order of their columns.
func (a *app) betweenWhat(d filer.Difference) string {
	names := map[string]words{
		"own-report": {"egen lista – rapport", "own list – report"}, "own-book": {"egen lista – bok", "own list – book"},
		"book-report": {"bok – rapport", "book – report"}, "invoice-book": {"bok – faktura", "book – invoice"},
		"invoice": {"rader – slutsumma, faktura", "lines – total, invoice"},
	}
	return strings.TrimSpace(names[d.Between].in(a.lang) + " " + d.Document)
}

// stateOrAmount is what one side says: a state in words, or an amount, perhaps
// after what it is.
func (a *app) stateOrAmount(s string) string {
	names := map[string]words{
		"application_fee": {"ansökningsavgift", "application fee"}, "basic_fee": {"grundavgift", "basic fee"},
		"reduced": {"nedsatt", "reduced"}, "received": {"influtet", "received"}, "paid_out": {"utbetalt", "paid out"},
	}
	name, rest, _ := strings.Cut(s, " ")
	if w, known := names[name]; known {
		return w.in(a.lang) + " " + rest
	}
	w := filer.StateWords(s)
	return a.say(w.Swedish, w.English)
}
