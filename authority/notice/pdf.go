package notice

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// Measures in mm on A4. The window is that of Swedish envelopes C5 and C65 with
// the window to the right.
const (
	pageWidth   = 210.0
	left        = 25.0
	right       = 25.0
	top         = 18.0
	later       = 30.0 // where words begin on later pages
	bottom      = 30.0 // free below the words
	width       = pageWidth - left - right
	column      = 112.0 // of the facts in the head, and of the window
	columnWidth = pageWidth - column - 15
	windowTop   = 50.0
	titleTop    = 92.0
	line        = 5.3
	gap         = 2.6
	labelWidth  = 100.0
	partyWidth  = 34.0
	indent      = 5.0
	bodySize    = 10.5
	font        = "Helvetica"
)

type colour struct{ r, g, b int }

var (
	ink   = colour{27, 27, 27}
	deep  = colour{20, 55, 94}
	quiet = colour{74, 83, 96}
	rule  = colour{195, 202, 211}
	wash  = colour{238, 242, 247}
)

// PDF writes the letter as pages of A4 for an envelope with a window.
// Characters outside Windows-1252 are written without their marks, or as "?".
func (p *Press) PDF(w io.Writer, it Item) error {
	sheets, err := p.sheets(it)
	if err != nil {
		return err
	}
	if err := draw(w, sheets); err != nil {
		return fmt.Errorf("notice: write letter %d as PDF: %w", it.ID, err)
	}
	return nil
}

func draw(w io.Writer, sheets []sheet) error {
	doc := fpdf.New("P", "mm", "A4", "")
	first := sheets[len(sheets)-1]
	doc.SetTitle(first.Title, true)
	doc.SetAuthor(first.Sender.Name, true)
	doc.SetSubject(profile, true)
	doc.SetProducer("filtjanst", true)
	doc.SetLang("sv-SE")
	doc.SetCreationDate(first.Day.Time())
	doc.SetModificationDate(first.Day.Time())
	doc.SetCatalogSort(true)
	doc.SetMargins(left, later, right)
	doc.SetCellMargin(0)
	doc.SetAutoPageBreak(false, bottom)
	for _, s := range sheets {
		pages := measure(s)
		drawSheet(doc, s, pages)
	}
	return doc.Output(w)
}

// measure counts the pages of a sheet, since each says how many there are.
func measure(s sheet) int {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetMargins(left, later, right)
	doc.SetCellMargin(0)
	doc.SetAutoPageBreak(false, bottom)
	drawSheet(doc, s, 0)
	return doc.PageNo()
}

// pen draws one sheet.
type pen struct {
	*fpdf.Fpdf
	sheet sheet
	page  int
	pages int
}

func drawSheet(doc *fpdf.Fpdf, s sheet, pages int) {
	p := &pen{Fpdf: doc, sheet: s, pages: pages}
	p.firstPage()
	p.title()
	p.parties()
	for i, b := range s.Blocks {
		p.block(b, i)
	}
}

func (p *pen) colour(c colour) { p.SetTextColor(c.r, c.g, c.b) }

// write puts one line of text at the pen's place, and does not move down.
func (p *pen) write(x, w float64, text, align string) {
	p.SetX(x)
	p.CellFormat(w, line, encode(text), "", 0, align, false, 0, "")
}

func (p *pen) newPage() {
	p.AddPage()
	p.page++
	p.foot()
}

func (p *pen) firstPage() {
	p.newPage()
	p.SetXY(left, top)
	p.SetFont(font, "B", 14)
	p.colour(deep)
	p.write(left, column-left-4, p.cut(p.sheet.Sender.Name, column-left-4), "L")
	p.head()
	p.SetFont(font, "", 11)
	p.colour(ink)
	p.SetY(windowTop)
	for _, text := range p.sheet.Window {
		for _, l := range p.wrap(text, columnWidth) {
			p.print(column, columnWidth, l, "L")
		}
	}
	p.SetY(titleTop)
}

func (p *pen) head() {
	const labels = 28.0
	for i, r := range p.sheet.Head {
		p.SetY(top + float64(i)*line)
		p.SetFont(font, "", 9)
		p.colour(quiet)
		p.write(column, labels, r.Label, "L")
		p.SetFont(font, "", 10)
		p.colour(ink)
		p.write(column+labels, columnWidth-labels, p.cut(r.Value, columnWidth-labels), "L")
	}
}

// cut shortens a text to the width, with a sign that it is cut.
func (p *pen) cut(text string, w float64) string {
	if p.GetStringWidth(encode(text)) <= w {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && p.GetStringWidth(encode(string(runes)+"…")) > w {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// laterPage begins a page after the first.
func (p *pen) laterPage() {
	p.newPage()
	p.SetXY(left, top)
	p.SetFont(font, "B", 10)
	p.colour(deep)
	p.write(left, 56, p.cut(p.sheet.Sender.Name, 56), "L")
	p.SetFont(font, "", 9)
	p.colour(quiet)
	var words []string
	for _, r := range p.sheet.Head[:min(2, len(p.sheet.Head))] {
		words = append(words, r.Label+" "+r.Value)
	}
	const free = 60.0 // for the sender
	p.write(left+free, width-free, p.cut(strings.Join(words, " · "), width-free), "R")
	p.SetY(later)
}

// foot stands on every page.
func (p *pen) foot() {
	p.SetDrawColor(rule.r, rule.g, rule.b)
	p.SetLineWidth(0.2)
	y := 297.0 - 20
	p.Line(left, y, pageWidth-right, y)
	p.SetFont(font, "", 8)
	p.colour(quiet)
	p.SetY(y + 1.2)
	p.write(left, width, p.cut(strings.Join(p.sheet.SenderLines(), " · "), width), "L")
	p.SetY(y + 5.4)
	p.write(left, width, p.sheet.Foot, "L")
	p.write(left, width, fmt.Sprintf("Sida %d av %d", p.page, p.pages), "R")
}

// room makes sure that so many mm are free.
func (p *pen) room(height float64) {
	if p.GetY()+height > 297-bottom {
		p.laterPage()
	}
}

// SenderLines are the sender's address and where to find it.
func (s sheet) SenderLines() []string {
	var all []string
	if address := strings.Join(s.Sender.Address.lines(), ", "); address != "" {
		all = append(all, s.Sender.Name+", "+address)
	}
	if s.Sender.Phone != "" {
		all = append(all, s.Sender.Phone)
	}
	if s.Sender.Web != "" {
		all = append(all, s.Sender.Web)
	}
	return all
}
