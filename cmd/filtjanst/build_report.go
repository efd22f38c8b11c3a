package main

import (
	"fmt"

	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// reportBuilt tells what was built and what was not. Nothing built is work
// refused.
func (a *app) reportBuilt(built filer.Built, nothing error) error {
	if a.json() {
		if err := a.printJSON(built); err != nil {
			return err
		}
	} else if err := a.reportBuiltText(built, nothing == nil); err != nil {
		return err
	}
	if nothing != nil {
		return refusedQuietly()
	}
	return nil
}

func (a *app) reportBuiltText(b filer.Built, made bool) error {
	a.reportProblems(b.Report)
	for _, w := range b.Warnings {
		a.note("varning %s, ärende %s: %s", "warning %s, case %s: %s", w.Code, w.Reference, a.say(w.Swedish, w.English))
	}
	a.reportClaimed(b.Claimed)
	if n := b.Repeated.References; n > 0 {
		a.note("varning: %d av ärendena finns redan i nummer %d eller tidigare; är listan byggd förut, ge upp den nya filen (renumber --discard %d) innan den sänds",
			"warning: %d of the cases are already in number %d or before; if the list was built before, give up the new file (renumber --discard %d) before it is sent",
			n, b.Repeated.Sequence, b.File.Sequence)
	}
	if !made {
		_, err := fmt.Fprintln(a.out, a.say("ingen fil byggdes", "no file was built"))
		return err
	}
	f := b.File
	fmt.Fprintln(a.out, near(f.Path))
	if f.NotePath != "" {
		fmt.Fprintln(a.out, near(f.NotePath))
	}
	_, err := fmt.Fprintln(a.out, a.sayf(
		"%s nummer %d: %s; %d avvisade, %d på papper",
		"%s number %d: %s; %d refused, %d on paper",
		f.Code, f.Sequence, a.contents(f), b.Report.Refused, len(b.Report.Paper)))
	return err
}

// reportClaimed warns of claims that stand in earlier files, by the row of the list
// or else by the document of the file.
func (a *app) reportClaimed(all []filer.ClaimedBefore) {
	for i, c := range all {
		if i == mostProblems {
			a.note("… och %d till; --format json visar alla", "… and %d more; --format json shows all", len(all)-i)
			return
		}
		place := a.sayf("rad %d", "row %d", c.Row)
		if c.Row == 0 {
			place = a.sayf("handling %d", "document %d", c.Document)
		}
		a.note("varning: %s, %s: %s", "warning: %s, %s: %s", place, c.Reference, a.standing(c))
	}
}

// standing tells where a claim stands already.
func (a *app) standing(c filer.ClaimedBefore) string {
	where := a.sayf("%s nummer %d", "%s number %d", c.File.Transaction, c.File.Sequence)
	if c.Case != "" {
		state := filer.StateWords(c.State)
		where += a.sayf(", mål %s, %s", ", case %s, %s", c.Case, a.say(state.Swedish, state.English))
	}
	return a.sayf("samma krav finns redan som %s i %s", "the same claim is there already as %s in %s", c.Earlier, where)
}

// contents is how many documents a file has, and their sum where they have one.
func (a *app) contents(f ledger.File) string {
	if f.Transaction == filing.BFApplication || f.Transaction == filing.VEApplication {
		return a.applications(f.Documents) + ", " + f.Sum.Kronor()
	}
	n := a.counted(int(f.Documents), "handling", "handlingar", "document", "documents")
	if f.Sum != 0 {
		n += ", " + f.Sum.Kronor()
	}
	return n
}

func (a *app) applications(n int64) string {
	return a.counted(int(n), "ansökan", "ansökningar", "application", "applications")
}

// mostProblems is how many problems of a list are told one by one.
const mostProblems = 200

// reportProblems tells each refusal, paper case and warning, and what was
// changed on the way once per kind.
func (a *app) reportProblems(r claimlist.Report) {
	a.note("%s, %s, läst som %s", "%s, %s, read as %s", a.counted(r.Rows, "rad", "rader", "row", "rows"),
		a.counted(r.Cases, "ärende", "ärenden", "case", "cases"), r.Encoding)
	told := 0
	for _, p := range r.Problems {
		if p.Severity == claimlist.Notified {
			continue
		}
		if told++; told <= mostProblems {
			fmt.Fprintln(a.err, a.problemLine(p))
		}
	}
	if told > mostProblems {
		a.note("… och %d till; --format json visar alla", "… and %d more; --format json shows all", told-mostProblems)
	}
	a.reportNotes(r)
}

func (a *app) reportNotes(r claimlist.Report) {
	type kind struct{ column, text string }
	count := map[kind]int{}
	var order []kind
	for _, p := range r.Problems {
		if p.Severity != claimlist.Notified {
			continue
		}
		k := kind{p.Column, a.say(p.Swedish, p.English)}
		if count[k]++; count[k] == 1 {
			order = append(order, k)
		}
	}
	for _, k := range order {
		a.note("notis: %s, %s: %s", "note: %s, %s: %s", k.column, a.counted(count[k], "rad", "rader", "row", "rows"), k.text)
	}
}

func (a *app) problemLine(p claimlist.Problem) string {
	kind := map[claimlist.Severity]words{
		claimlist.Refused: {"avvisad", "refused"}, claimlist.OnPaper: {"papper", "paper"},
		claimlist.Warned: {"varning", "warning"},
	}[p.Severity].in(a.lang)
	place := a.sayf("rad %d", "row %d", p.Row)
	if p.Column != "" {
		place += ", " + p.Column
	}
	if p.Reference != "" {
		place += ", " + p.Reference
	}
	return kind + ": " + place + ": " + a.say(p.Swedish, p.English)
}
