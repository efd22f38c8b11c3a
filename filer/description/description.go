// Package description writes the technical description (teknisk beskrivning) of a
// transaction: what the engine tells of its layout, with what filing knows of its
// exchange and its errors, and with whole example files in each form. It is
// Swedish, as such descriptions are. [ShapeOf] gives the same places as data.
//
// The examples tell one story: a case from its application to its end, beside it a
// claim in a debt restructuring, and some extracts. They are written and checked by
// the set itself, so that they follow a set that is replaced.
//
// description knows no authority and no state of a case; what it tells happened is
// fixed in the story.
package description

import (
	"fmt"
	"io"

	"filtjanst/filing"
	"filtjanst/layout"
)

// Write writes the technical description of a transaction of the set. It is an
// error if the set does not describe it.
func Write(w io.Writer, set *filing.Set, tx filing.Transaction, form layout.DocForm) error {
	l, ok := set.Layout(tx)
	if !ok {
		return fmt.Errorf("the profile set %s describes no %s", set.Name(), tx)
	}
	return l.Describe(w, form, sections(set, tx))
}

// sections are the parts of a technical description that filing knows.
func sections(set *filing.Set, tx filing.Transaction) layout.Sections {
	info, _ := filing.Info(tx)
	policy, _ := set.Policy(tx)
	s := layout.Sections{Facts: exchange(info)}
	if info.Direction == filing.In {
		s.Control = control(info, policy)
		s.Controls = controls(info)
	}
	if l, ok := set.Layout(tx); ok && len(l.Names().Templates) > 0 {
		s.Naming = "Namnet jämförs men litas aldrig på: transaktionen följer av produkten och filens startpost. Skillnader i versaler, punkt och understreck, prickar och ringar samt tillagda siffror godtas vid läsning."
	}
	// A set with narrower fields than ours may not carry the sample; its
	// description then goes without examples.
	if shown, err := examples(set, tx); err == nil {
		s.Examples = shown
	}
	return s
}

// timing says when a file is acted on, or what brings it about.
func timing(t filing.Timing) string {
	return map[filing.Timing]string{
		filing.AtOnce: "Verkställs direkt när filen är godkänd", filing.Evening: "Läses in på kvällen",
		filing.Later: "Besvaras senare med en egen fil", filing.OnEvent: "Sänds när det finns något att meddela",
		filing.Periodic: "Sänds återkommande",
	}[t]
}

// exchange says who sends the transaction, when, and what answers it.
func exchange(info filing.TransactionInfo) []string {
	facts := []string{map[filing.Direction]string{filing.In: "Från ingivare till myndigheten", filing.Out: "Från myndigheten till ingivare"}[info.Direction]}
	if info.Role == filing.RoleFile {
		facts = append(facts, timing(info.Timing))
	}
	if info.Extension {
		facts = append(facts, "Eget tillägg utan känd motsvarighet hos myndigheten; avstängt tills anläggning och ingivare slår på det")
	}
	answers := []struct {
		words string
		tx    filing.Transaction
	}{
		{"Hör till", info.Of}, {"Missiv", info.Note}, {"Kvittens", info.Receipt},
		{"Bekräftelse", info.Confirmation}, {"Svar", info.Answer},
	}
	for _, a := range answers {
		if title, ok := filing.Info(a.tx); ok {
			facts = append(facts, fmt.Sprintf("%s: %s (%s)", a.words, a.tx, title.Swedish))
		}
	}
	return facts
}

func control(info filing.TransactionInfo, p filing.Policy) string {
	text := "Filen kontrolleras direkt när den kommer in. Alla fel samlas: generella fel gäller hela filen, fel på handlingar en enskild handling."
	if info.Role == filing.RoleNote {
		return "Missivet kontrolleras för sig och jämförs sedan med sin fil; varje uppgift som skiljer är ett fel."
	}
	if p.DocumentErrors == filing.PerDocument {
		text += " En fil med fel på handlingar godkänns delvis; de felaktiga handlingarna avvisas."
	} else {
		text += " En fil med något fel avvisas i sin helhet och förbrukar inget löpnummer."
	}
	if p.Receipt == filing.ReceiptFaults {
		text += " Kvittens ges bara när något är fel."
	}
	if p.CoverNote == filing.NoteRequired {
		text += fmt.Sprintf(" Filen och dess missiv väntar på varandra i högst %d timmar.", p.PairHours)
	}
	return text
}

// controls are the errors that a file of the transaction may have.
func controls(info filing.TransactionInfo) []layout.Control {
	told := info.Transaction
	if info.Role == filing.RoleNote {
		told = info.Of
	}
	var rows []layout.Control
	for _, c := range filing.Codes() {
		if info.Role == filing.RoleNote && (c.Class != filing.General || c.Warning) || !c.Of(told) {
			continue
		}
		kind, _ := c.Kind()
		rows = append(rows, layout.Control{Code: string(c.Code), Class: kind, Text: c.Swedish, Remedy: c.RemedySwedish})
	}
	return rows
}
