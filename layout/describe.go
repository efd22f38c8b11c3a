package layout

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// DocForm is the form of a technical description.
type DocForm string

// The forms of a technical description.
const (
	Markdown DocForm = "markdown"
	HTML     DocForm = "html"
)

// Sections are the parts of a technical description that the caller knows.
type Sections struct {
	Facts    []string  // lines under the title, such as receipt and direction
	Control  string    // a paragraph on how files are checked
	Controls []Control // errors that a file may have
	Naming   string    // a paragraph on names
	Examples []Example // whole files, shown as they are
}

// Control is one row of the section Kontroll och kvittens.
type Control struct {
	Code   string // stable error code
	Class  string // generellt fel or fel på handlingar
	Text   string // what it means, Swedish
	Remedy string // what to do, Swedish
}

// Example is an example file.
type Example struct {
	Title string
	Bytes []byte // in the encoding of its form
	Form  Form
}

// ownNotice stands on every description and schema that is not official.
const ownNotice = "Egen profil. Postlayout, fält, koder och texter är projektets egna och är inte fastställda av någon myndighet."

// Describe writes the technical description of the layout in Swedish. A
// layout of our own says so on top.
func (l *Layout) Describe(w io.Writer, f DocForm, s Sections) error {
	d := l.describe(s)
	var out []byte
	switch f {
	case Markdown:
		out = d.markdown()
	case HTML:
		out = d.html()
	default:
		return fmt.Errorf("a description has no form %q; the forms are markdown and html", f)
	}
	_, err := w.Write(out)
	return err
}

func (l *Layout) describe(s Sections) *document {
	d := &document{title: "Teknisk beskrivning: " + l.source.TitleSv}
	d.lead = append(d.lead, "Transaktion "+l.Transaction()+", utgåva "+l.Edition())
	if l.source.ValidFrom != "" {
		d.lead = append(d.lead, "Gäller från och med "+l.source.ValidFrom)
	}
	d.lead = append(d.lead, s.Facts...)
	if l.Status() == "own" {
		d.notice = ownNotice
	}
	d.heading(2, "oversikt", "Översikt")
	d.paragraph(l.source.AboutSv)
	d.table([]string{"Gräns", "Värde"}, l.limitRows())
	if l.text != nil {
		l.describeText(d)
	}
	if l.xml != nil {
		l.describeXML(d)
	}
	l.describeCodes(d)
	l.describeControl(d, s)
	l.describeNames(d, s)
	l.describeExamples(d, s)
	return d
}

func (l *Layout) limitRows() [][]string {
	return [][]string{
		{"Handlingar i en fil", spaced(l.limits.Documents)},
		{"Filens storlek", spaced(l.limits.Bytes) + " byte"},
		{"En handlings storlek", spaced(l.limits.DocumentBytes) + " byte"},
	}
}

// spaced writes a number in groups of three, with the blank that does not break.
func spaced(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	return s
}

func (l *Layout) describeCodes(d *document) {
	if len(l.lists) == 0 {
		return
	}
	d.heading(2, "kodlistor", "Kodlistor")
	for _, list := range l.lists {
		title := list.Name
		if list.Swedish != "" {
			title = list.Swedish + " (" + list.Name + ")"
		}
		d.heading(3, "kod-"+list.Name, title)
		var rows [][]string
		for _, v := range list.Values {
			rows = append(rows, []string{v.Text, v.XML, v.Swedish})
		}
		d.table([]string{"Värde i textfil", "Värde i XML", "Betydelse"}, rows)
	}
}

func (l *Layout) describeControl(d *document, s Sections) {
	if s.Control == "" && len(s.Controls) == 0 {
		return
	}
	d.heading(2, "kontroll", "Kontroll och kvittens")
	d.paragraph(s.Control)
	var rows [][]string
	for _, c := range s.Controls {
		rows = append(rows, []string{c.Code, c.Class, c.Text, c.Remedy})
	}
	d.table([]string{"Kod", "Klass", "Betydelse", "Åtgärd"}, rows)
}

var tokenMeanings = [][2]string{
	{"{code}", "den kod som filen hör till"}, {"{yymmdd}", "ÅÅMMDD"}, {"{yyyymmdd}", "ÅÅÅÅMMDD"}, {"{yyyy-mm-dd}", "ÅÅÅÅ-MM-DD"}, {"{seq}", "löpnummer"},
}

func (l *Layout) describeNames(d *document, s Sections) {
	if len(l.names.Templates) == 0 && s.Naming == "" {
		return
	}
	d.heading(2, "namnsattning", "Namnsättning")
	d.paragraph(s.Naming)
	var rows [][]string
	used := ""
	for _, generation := range slices.Sorted(maps.Keys(l.names.Templates)) {
		note := ""
		if generation == l.names.Default {
			note = "skrivs"
		}
		rows = append(rows, []string{generation, l.names.Templates[generation], note})
		used += l.names.Templates[generation]
	}
	d.table([]string{"Generation", "Namn", "Anmärkning"}, rows)
	var tokens [][]string
	for _, t := range tokenMeanings {
		if strings.Contains(used, t[0]) {
			tokens = append(tokens, t[:])
		}
	}
	d.table([]string{"Del av namnet", "Betyder"}, tokens)
}

func (l *Layout) describeExamples(d *document, s Sections) {
	if len(s.Examples) == 0 {
		return
	}
	d.heading(2, "exempel", "Exempelfil")
	for i, e := range s.Examples {
		d.heading(3, "exempel-"+strconv.Itoa(i+1), e.Title)
		d.code(l.shown(e))
	}
}

// shown is an example's text as UTF-8 with plain line ends.
func (l *Layout) shown(e Example) string {
	b := bytes.ReplaceAll(e.Bytes, []byte("\r\n"), []byte("\n"))
	latin1 := e.Form == TextForm && l.text != nil && !l.text.utf8 || e.Form == XMLForm && l.xml != nil && l.xml.latin1
	if latin1 {
		return decodeLatin1(b)
	}
	return string(b)
}
