package main

import (
	"fmt"

	"filtjanst/filing"
	"filtjanst/layout"
)

// sections are the parts of a technical description that filing knows. They
// are Swedish, as the description is.
func sections(set *filing.Set, tx filing.Transaction) layout.Sections {
	info, _ := filing.Info(tx)
	policy, _ := set.Policy(tx)
	s := layout.Sections{Facts: exchange(info)}
	if info.Direction == filing.In {
		s.Control = control(info, policy)
		s.Controls = controls(info)
	}
	if layoutOf, ok := set.Layout(tx); ok && len(layoutOf.Names().Templates) > 0 {
		s.Naming = "Namnet jämförs men litas aldrig på: transaktionen följer av produkten och filens startpost. Skillnader i versaler, punkt och understreck, prickar och ringar samt tillagda siffror godtas vid läsning."
	}
	// A set with narrower fields than ours may not carry the sample; its
	// description then goes without examples.
	if shown, err := examples(set, tx); err == nil {
		s.Examples = shown
	}
	return s
}

// timings say when a file is acted on, or what brings it about.
var timings = map[filing.Timing]string{
	filing.AtOnce: "Verkställs direkt när filen är godkänd", filing.Evening: "Läses in på kvällen",
	filing.Later: "Besvaras senare med en egen fil", filing.OnEvent: "Sänds när det finns något att meddela",
	filing.Periodic: "Sänds återkommande",
}

// exchange says who sends the transaction, when, and what answers it.
func exchange(info filing.TransactionInfo) []string {
	facts := []string{map[filing.Direction]string{filing.In: "Från ingivare till myndigheten", filing.Out: "Från myndigheten till ingivare"}[info.Direction]}
	if info.Role == filing.RoleFile {
		facts = append(facts, timings[info.Timing])
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
		rows = append(rows, layout.Control{Code: string(c.Code), Class: className(c), Text: c.Swedish, Remedy: c.RemedySwedish})
	}
	return rows
}

func className(c filing.CodeInfo) string {
	switch {
	case c.Warning:
		return "varning"
	case c.Class == filing.General:
		return "generellt fel"
	}
	return "fel på handlingar"
}
