package notice

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"filtjanst/calendar"
)

// window are the lines in the window of the envelope. A protected person has
// none but the name.
func window(p Person) []string {
	lines := []string{oneLine(p.Name)}
	if p.Protected {
		return lines
	}
	return append(lines, p.lines()...)
}

// lines are the address as it stands on an envelope.
func (a Address) lines() []string {
	careOf := oneLine(a.CareOf)
	if careOf != "" && !strings.HasPrefix(strings.ToLower(careOf), "c/o") {
		careOf = "c/o " + careOf
	}
	var lines []string
	for _, line := range []string{careOf, oneLine(a.Street), a.place(), a.abroad()} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// place is postal code and town: "123 45 Orten" in Sweden.
func (a Address) place() string {
	code := oneLine(a.PostalCode)
	if a.inSweden() && len(code) == 5 {
		code = code[:3] + " " + code[3:]
	}
	return strings.TrimSpace(code + " " + oneLine(a.Town))
}

// abroad is the country as it stands on an envelope, "" for Sweden.
func (a Address) abroad() string {
	if a.inSweden() {
		return ""
	}
	region, err := language.ParseRegion(a.Country)
	if err != nil {
		return oneLine(strings.ToUpper(a.Country))
	}
	return strings.ToUpper(display.Regions(language.Swedish).Name(region))
}

// shown is a party as a letter names it.
func (p Person) shown(day calendar.Day) string {
	text := oneLine(p.Name)
	if number := p.number(day); number != "" {
		text += ", " + number
	}
	if p.Protected {
		return text
	}
	if lines := p.lines(); len(lines) > 0 {
		text += "\n" + strings.Join(lines, ", ")
	}
	return text
}

// number is the identity number as letters write it, "" if there is none.
func (p Person) number(day calendar.Day) string {
	if p.Identity.IsZero() {
		return ""
	}
	return p.Identity.FullShort(day.Time())
}
