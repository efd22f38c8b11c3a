package handbook

import (
	"fmt"
	"io"
	"strings"

	"filtjanst/authority/extract"
	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/filing"
	"filtjanst/sandbox"
)

// tables are the pages that are made of the tables in the code.
func tables() []Document {
	return []Document{
		{"states.md", page(statesPage)},
		{"acts.md", page(actsPage)},
		{"fees.md", page(feesPage)},
		{"notices.md", page(noticesPage)},
		{"invoice-rules.md", page(invoiceRulesPage)},
		{"extract-scopes.md", scopesPage},
		{"import-formats.md", formatsPage},
		{"numbers-of-law.md", page(lawPage)},
		{"sandbox-numbers.md", page(numbersPage)},
	}
}

func formatsPage(w io.Writer) error {
	return noticed(w, func(w io.Writer) error {
		if err := extract.WriteFormats(w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "\n`filtjanst import KIND FILE` reads them in; `filtjanst import formats` says the same.\n")
		return err
	})
}

func scopesPage(w io.Writer) error {
	return noticed(w, func(w io.Writer) error {
		if err := extract.WriteScopes(w, extract.StandardScopes()); err != nil {
			return err
		}
		var d markdown
		d.head(2, "Where the data come from")
		d.text("Public cases and other registers are imported ([import-formats.md](import-formats.md)). Private cases are read from these views, which the rooms that own the cases keep; nothing else of those rooms can be told.")
		d.columns("view", "room", "columns", "what")
		for _, v := range extract.Views() {
			d.row(code(v.Name), v.Room, strings.Join(v.Columns, ", "), v.English)
		}
		_, err := io.WriteString(w, d.String())
		return err
	})
}

func noticesPage(d *markdown) error {
	matrix, err := notice.NewMatrix()
	if err != nil {
		return err
	}
	d.head(1, "Messages and channels")
	d.text("Each outgoing message goes on paper (a letter), electronically (a file), or both. A filer chooses for its code (`notice`), for a file or for a case, and the choice nearest the case counts (R69). Where *permitted* does not hold the choice, the next one counts; where *fixed* names a rule, there is no choice. *Basis* and *known* tell what the choice rests on and how well it is known.")
	d.columns("message", "what", "to", "permitted", "usual", "fixed by", "electronically as", "basis", "known")
	for _, e := range matrix.Entries() {
		d.row(code(string(e.ID)), e.English+" ("+e.Swedish+")", texts(e.To, ", "), texts(e.Permitted, ", "), string(e.Default),
			e.Fixed, electronically(e), basis(e.Basis), known(e.Mark))
	}
	d.text("A letter to a person with protected identity (skyddade personuppgifter) carries no address and goes by way of the Tax Agency's forwarding. Who is protected stands in one register for all cases, which is asked where a letter is put; a letter that waits when a protection is noted is made anew, and one that is put after it was lifted is handled as usual. Officers note it by `letter.protect` and `letter.lift_protection`, or in a case by `bf.protect` and `ve.protect`. `filtjanst letters` shows the queue, fetches it for printing and acknowledges it.")
	return nil
}

// electronically tells as which file a message goes.
func electronically(e notice.Entry) string {
	if info, ok := filing.Info(filing.Transaction(e.ID)); ok && e.Electronic == "" {
		return code(string(info.Transaction))
	}
	return e.Electronic
}

// texts joins names of a kind.
func texts[S ~string](all []S, by string) string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = string(s)
	}
	return strings.Join(names, by)
}

func invoiceRulesPage(d *markdown) error {
	d.head(1, "Rules of invoices")
	d.text("Collective invoices (samlingsfakturor) and credit notes are written as UBL 2.1 in the form of Peppol BIS Billing 3: `filtjanst invoices show NUMBER --ubl`. No rule package is used; the rules that can concern our invoices are written in Go, in our own words, and each document is held against those that are *checked* before it leaves. The official Schematron decides in a dispute.")
	d.columns("rule", "source", "checked", "what it asks", "vad den kräver")
	checked, all := 0, 0
	for _, r := range fee.Rules() {
		d.row(r.ID, string(r.Source), yes(r.Checked), r.English, r.Swedish)
		if all++; r.Checked {
			checked++
		}
	}
	d.text(fmt.Sprintf("%d rules or groups of rules, of which %d are checked.", all, checked))
	return nil
}

func numbersPage(d *markdown) error {
	d.head(1, "Test numbers of the sandbox")
	d.text("In the sandbox a debtor lives by the serial of its test number: digits 9–11 of twelve, 980–999. Choose debtors by it to rehearse a path. Companies live by their own serial modulo 20; those marked *persons only* are silent as companies, and so is everybody else. `filtjanst sandbox numbers` gives numbers for each.")
	d.columns("serial", "behaviour", "what the debtor does", "vad gäldenären gör", "persons only", "days")
	for _, b := range sandbox.Behaviours() {
		d.row(fmt.Sprint(b.Serial), code(b.Name), b.English, b.Swedish, yes(b.PersonsOnly), steps(b.Steps))
	}
	d.text("*Days* names what is done, and how many days after what: `order` is the order to answer, `offer` the offer to arrange service, `verdict` the verdict, `enforcement` a registered case of enforcement, `application` the same by another title than a verdict of the sandbox. Percent is of what is owed or contested.")
	d.text("What is paid to the applicant (`pay applicant`) comes in no file of the authority's: the filer sees it in its own account. The sandbox writes it to `filers/CODE/payments.WORLD.csv` in its directory, a row a payment, in the columns of a list of acts: the rows that say *betalt* are for `filtjanst build withdrawal`, the others for `filtjanst build reduction`, both with `--today` and the day of the sandbox's clock. Wages (`pay wages`) come on the first 25th from the day, and each month after.")
	return nil
}

func steps(all []sandbox.Step) string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = fmt.Sprintf("%s +%d %s", s.On, s.After, strings.ReplaceAll(string(s.Do), "_", " "))
		if s.Percent > 0 {
			texts[i] += fmt.Sprintf(" %d %%", s.Percent)
		}
	}
	return strings.Join(texts, "; ")
}
