package layout

import "fmt"

// swedish names the format for people.
func (f *format) swedish() string {
	switch f.kind {
	case asText:
		return "text"
	case asDigits:
		if f.zero {
			return "siffror"
		}
		return "siffror, vänsterställda"
	case asInteger:
		return "heltal"
	case asAmount:
		return "belopp" + f.decimalsSwedish()
	case asRate:
		return "procent" + f.decimalsSwedish()
	case asDate, asDateTime:
		if f.century != firstOfCentury {
			return fmt.Sprintf("%s (%d–%d)", f.pattern(), f.century, f.century+99)
		}
		return f.pattern()
	case asCode:
		return "kod, se " + f.list.Name
	case asFlag:
		if f.no == "" {
			return f.yes + " eller blankt"
		}
		return f.yes + " eller " + f.no
	case asConst:
		return "alltid " + f.constant
	}
	return "utfyllnad"
}

func (f *format) centurySwedish() string {
	hundred, pivot := f.century/100, f.century%100
	if pivot == 0 {
		return fmt.Sprintf("Alla år är %d00-tal.", hundred)
	}
	return fmt.Sprintf("År %02d–99 är %d00-tal, övriga %d00-tal.", pivot, hundred, hundred+1)
}

func (f *format) decimalsSwedish() string {
	switch f.decimals {
	case withPoint:
		return " med decimalpunkt"
	case withComma:
		return " med decimalkomma"
	case 0:
		return " utan decimaler"
	}
	return fmt.Sprintf(", %d underförstådda decimaler", f.decimals)
}

var partLetters = map[datePart]string{year: "ÅÅÅÅ", shortYear: "ÅÅ", month: "MM", day: "DD", hour: "TT", minute: "MM", second: "SS"}

func (f *format) pattern() string {
	s := ""
	for _, p := range f.date {
		if p.field == separator {
			s += string(p.sep)
		} else {
			s += partLetters[p.field]
		}
	}
	return s
}

// formatRows explains the formats that the records use.
func (l *Layout) formatRows() [][]string {
	used := map[string]bool{}
	var rows [][]string
	for i := range l.text.records {
		for j := range l.text.records[i].fields {
			f := l.text.records[i].fields[j].format
			name, meaning := f.swedish(), f.meaning()
			if meaning != "" && !used[name] {
				used[name] = true
				rows = append(rows, []string{name, meaning})
			}
		}
	}
	return rows
}

func (f *format) meaning() string {
	switch f.kind {
	case asText:
		return "Vänsterställd, utfylld med blanktecken till höger."
	case asDigits, asInteger:
		if f.kind == asDigits && !f.zero {
			return "Endast siffror, vänsterställda, utfyllda med blanktecken till höger."
		}
		return "Endast siffror, högerställda, utfyllda med nollor till vänster."
	case asAmount:
		if f.decimals >= 0 {
			return "Kronor, högerställda, utfyllda med nollor till vänster, utan decimaltecken."
		}
		return "Kronor, högerställda, utfyllda med blanktecken till vänster."
	case asRate:
		if f.decimals >= 0 {
			return "Procent, högerställd, utfylld med nollor till vänster, utan decimaltecken."
		}
		return "Procent, högerställd, utfylld med blanktecken till vänster."
	case asDate:
		if f.date[0].field == shortYear {
			return "Datum. " + f.centurySwedish()
		}
		return "Datum."
	case asDateTime:
		return "Datum och klockslag i svensk tid."
	case asFlag:
		return "Ja eller nej."
	}
	return ""
}
