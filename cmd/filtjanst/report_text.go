package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"filtjanst/cmd/filtjanst/paragraph"
	"filtjanst/filing"
)

// outcomeWord is what became of a file, for people.
func outcomeWord(o filing.Outcome) words { return words{o.Swedish(), string(o)} }

// unsettledWord is a fact that a check by itself cannot settle, for people.
func unsettledWord(name string) words {
	swedish := map[string]string{
		filing.OwnerNotChecked: "intressentkodens innehavare", filing.PermitNotChecked: "tillstånd",
		filing.SequenceNotChecked: "väntat löpnummer", filing.NoteNotChecked: "missiv", filing.NameNotChecked: "filnamn",
	}
	return words{cmp.Or(swedish[name], name), name}
}

// mostWarnings is how many warnings a verdict holds; it does not count those
// beyond.
const mostWarnings = 1000

// reportText writes a report for people: the verdict, what the file holds, the
// errors by class and code, and what was counted.
func (a *app) reportText(r *report) error {
	w := bufio.NewWriter(a.out)
	a.writeReport(w, r)
	if r.note != nil {
		fmt.Fprintf(w, "\n%s ", a.say("missivet", "cover note"))
		a.writeReport(w, r.note)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	a.reportClaimed(r.claimed)
	if codes := slices.Sorted(maps.Keys(r.verdict.Counts)); len(codes) > 0 {
		a.hint("filtjanst explain %s förklarar felet", "filtjanst explain %s explains the error", codes[0])
	}
	return nil
}

func (a *app) writeReport(w io.Writer, r *report) {
	fmt.Fprintf(w, "%s: %s\n", r.name, outcomeWord(r.verdict.Outcome).in(a.lang))
	a.writeFacts(w, r)
	sections := []struct {
		title  words
		errors []filing.Error
	}{
		{words{"generella fel", "general errors"}, ofClass(r.verdict.Errors, filing.General)},
		{words{"fel på handlingar", "document errors"}, ofClass(r.verdict.Errors, filing.Document)},
		{words{"varningar", "warnings"}, r.verdict.Warnings},
	}
	for _, s := range sections {
		if len(s.errors) > 0 {
			fmt.Fprintf(w, "\n%s\n", s.title.in(a.lang))
			a.writeErrors(w, s.errors, r.verdict.Counts)
		}
	}
	a.writeEnd(w, r)
}

func (a *app) writeFacts(w io.Writer, r *report) {
	f := r.facts
	if f.Transaction == "" {
		return
	}
	fmt.Fprintf(w, "  %s, %s", f.Transaction, f.Form)
	if f.PartyCode != "" {
		fmt.Fprintf(w, ", %s %s", a.say("kod", "code"), f.PartyCode)
	}
	if f.Sequence != 0 {
		fmt.Fprintf(w, ", %s %d", a.say("löpnummer", "number"), f.Sequence)
	}
	if info, _ := filing.Info(f.Transaction); info.Role == filing.RoleNote {
		fmt.Fprintln(w)
		return
	}
	fmt.Fprintf(w, "\n  %s, %s, %s\n", a.counted(int(f.Records), "post", "poster", "record", "records"),
		a.counted(int(f.Documents), "handling", "handlingar", "document", "documents"), f.Sum.Kronor())
}

// counted writes a number with its noun.
func (a *app) counted(n int, sv, svMany, en, enMany string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, a.say(sv, en))
	}
	return fmt.Sprintf("%d %s", n, a.say(svMany, enMany))
}

func ofClass(list []filing.Error, c filing.Class) []filing.Error {
	return slices.DeleteFunc(slices.Clone(list), func(e filing.Error) bool { return e.Class != c })
}

// writeErrors groups errors by code, in the order of their first place; the
// remedy is said once a code.
func (a *app) writeErrors(w io.Writer, list []filing.Error, counts map[filing.Code]int) {
	groups := map[filing.Code][]filing.Error{}
	var order []filing.Code
	for _, e := range list {
		if groups[e.Code] == nil {
			order = append(order, e.Code)
		}
		groups[e.Code] = append(groups[e.Code], e)
	}
	for _, code := range order {
		group := groups[code]
		fmt.Fprintf(w, "\n  %s", code)
		if all := counts[code]; all > len(group) {
			fmt.Fprintf(w, "  %s", a.sayf("(de första %d av %d)", "(the first %d of %d)", len(group), all))
		}
		fmt.Fprintln(w)
		for _, e := range group {
			a.writeError(w, e)
		}
		info, _ := filing.Explain(string(code))
		fmt.Fprintln(w, paragraph.Wrap("→ "+a.say(info.RemedySwedish, info.RemedyEnglish), "    "))
	}
}

func (a *app) writeError(w io.Writer, e filing.Error) {
	if place := a.place(e); len(place) > 0 {
		fmt.Fprintln(w, paragraph.Fill(place, "    "))
	}
	fmt.Fprintln(w, paragraph.Wrap(a.say(e.Swedish, e.English), "      "))
}

// place says where an error stands, in parts with their commas; those that are
// not known are left out.
func (a *app) place(e filing.Error) []string {
	var parts []string
	part := func(known bool, sv, en string, value any) {
		if known {
			parts = append(parts, fmt.Sprintf("%s %v", a.say(sv, en), value))
		}
	}
	part(e.Document > 0, "handling", "document", e.Document)
	part(e.Reference != "", "referens", "reference", e.Reference)
	part(e.Line > 0, "rad", "line", e.Line)
	part(e.Line > 0, "byte", "byte", e.Offset)
	part(e.Record != "", "post", "record", e.Record)
	part(e.Field != "", "fält", "field", e.Field)
	part(e.Value != "", "värde", "value", fmt.Sprintf("%q", e.Value))
	for i := range max(len(parts)-1, 0) {
		parts[i] += ","
	}
	return parts
}

func (a *app) writeEnd(w io.Writer, r *report) {
	v := r.verdict
	fmt.Fprintln(w)
	if v.ErrorCount > 0 {
		line := a.counted(v.ErrorCount, "fel", "fel", "error", "errors") + ": " + countsOf(v)
		fmt.Fprintln(w, strings.TrimSpace(paragraph.Wrap(line, "  ")))
	}
	if len(v.Refused) > 0 {
		fmt.Fprintln(w, strings.TrimSpace(paragraph.Wrap(a.say("avvisade handlingar: ", "refused documents: ")+listedNumbers(v.Refused), "  ")))
	}
	if n := len(v.Warnings); n > 0 {
		more := ""
		if n >= mostWarnings {
			more = a.say(" eller fler", " or more")
		}
		fmt.Fprintln(w, a.counted(n, "varning", "varningar", "warning", "warnings")+more)
	}
	if len(v.NotChecked) > 0 {
		names := make([]string, len(v.NotChecked))
		for i, name := range v.NotChecked {
			names[i] = unsettledWord(name).in(a.lang)
		}
		fmt.Fprintln(w, strings.TrimSpace(paragraph.Wrap(a.say("inte kontrollerat: ", "not checked: ")+strings.Join(names, ", "), "  ")))
	}
	fmt.Fprintf(w, "%s %s (%s)\n", a.say("profil", "profile"), r.set.Name(), a.statusOf(r.set))
}

// mostListed is how many numbers of documents are listed for people.
const mostListed = 40

func listedNumbers[N int | int64](numbers []N) string {
	shown := make([]string, min(len(numbers), mostListed))
	for i := range shown {
		shown[i] = strconv.FormatInt(int64(numbers[i]), 10)
	}
	text := strings.Join(shown, ", ")
	if len(numbers) > mostListed {
		text += fmt.Sprintf(" … (%d)", len(numbers))
	}
	return text
}

// statusOf says that a profile of our own is not the authority's.
func (a *app) statusOf(set *filing.Set) string {
	if set.Status() == "own" {
		return a.say("egen, inte myndighetens", "own, not the authority's")
	}
	return a.say("myndighetens", "official")
}

// countsOf lists codes with their numbers, the most frequent first.
func countsOf(v filing.Verdict) string {
	codes := slices.Sorted(maps.Keys(v.Counts))
	slices.SortStableFunc(codes, func(x, y filing.Code) int { return v.Counts[y] - v.Counts[x] })
	parts := make([]string, len(codes))
	for i, code := range codes {
		parts[i] = fmt.Sprintf("%s %d", code, v.Counts[code])
	}
	return strings.Join(parts, ", ")
}
