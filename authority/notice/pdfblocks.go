package notice

import "strings"

// wrap parts a text into lines of the width in the present font.
func (p *pen) wrap(text string, w float64) []string {
	var all []string
	for _, part := range strings.Split(text, "\n") {
		for _, l := range p.SplitLines(encodedBytes(part), w) {
			all = append(all, string(l))
		}
		if part == "" {
			all = append(all, "")
		}
	}
	return all
}

// print puts an encoded line at x and goes down.
func (p *pen) print(x, w float64, encoded, align string) {
	p.SetX(x)
	p.CellFormat(w, line, encoded, "", 0, align, false, 0, "")
	p.SetY(p.GetY() + line)
}

func (p *pen) title() {
	p.SetFont(font, "B", 16)
	p.colour(deep)
	const high = 7.2
	for _, l := range p.wrap(p.sheet.Title, width) {
		p.SetX(left)
		p.CellFormat(width, high, l, "", 0, "L", false, 0, "")
		p.SetY(p.GetY() + high)
	}
	p.down(gap)
}

func (p *pen) down(by float64) { p.SetY(p.GetY() + by) }

func (p *pen) body() {
	p.SetFont(font, "", bodySize)
	p.colour(ink)
}

func (p *pen) parties() {
	if len(p.sheet.Parties) == 0 {
		return
	}
	p.body()
	for _, r := range p.sheet.Parties {
		lines := p.wrap(r.Value, width-partyWidth)
		p.room(float64(len(lines)) * line)
		p.colour(quiet)
		p.write(left, partyWidth, r.Label, "L")
		p.colour(ink)
		for _, l := range lines {
			p.print(left+partyWidth, width-partyWidth, l, "L")
		}
		p.down(1)
	}
	p.down(gap)
}

func (p *pen) block(b block, at int) {
	switch b.Kind {
	case heading:
		p.heading(b.Text)
	case notable:
		p.notable(b.Text)
	case point:
		p.point(b.Text, lastOfList(p.sheet.Blocks, at))
	case quoted:
		p.quote(b.Text)
	case facts:
		p.table(b.Rows)
	case newPage:
		p.laterPage()
	case signature:
		p.signature(b.Text)
	default:
		p.paragraph(b.Text)
	}
}

func (p *pen) paragraph(text string) {
	p.body()
	p.flow(p.wrap(text, width), left)
	p.down(gap)
}

// flow prints lines over pages, and leaves no single line alone.
func (p *pen) flow(lines []string, x float64) {
	for i, l := range lines {
		keep := 1
		if i == 0 || i == len(lines)-2 {
			keep = min(2, len(lines)-i)
		}
		p.room(float64(keep) * line)
		p.body()
		p.print(x, pageWidth-right-x, l, "L")
	}
}

func (p *pen) heading(text string) {
	p.SetFont(font, "B", 12)
	lines := p.wrap(text, width)
	p.down(gap)
	p.room(float64(len(lines)+3) * line)
	p.SetFont(font, "B", 12)
	p.colour(deep)
	for _, l := range lines {
		p.print(left, width, l, "L")
	}
	p.down(0.6)
}

// notable stands on a wash with a bar, whole on one page.
func (p *pen) notable(text string) {
	const pad = 2.6
	p.SetFont(font, "B", bodySize)
	lines := p.wrap(text, width-2*indent)
	height := float64(len(lines))*line + 2*pad
	p.room(height + gap)
	y := p.GetY()
	p.SetFillColor(wash.r, wash.g, wash.b)
	p.Rect(left, y, width, height, "F")
	p.SetFillColor(deep.r, deep.g, deep.b)
	p.Rect(left, y, 1.2, height, "F")
	p.SetY(y + pad)
	p.SetFont(font, "B", bodySize)
	p.colour(ink)
	for _, l := range lines {
		p.print(left+indent, width-2*indent, l, "L")
	}
	p.SetY(y + height + gap)
}

func (p *pen) point(text string, last bool) {
	p.body()
	lines := p.wrap(text, width-indent)
	p.room(float64(min(2, len(lines))) * line)
	p.body()
	p.write(left+1, indent, "•", "L")
	p.flow(lines, left+indent)
	p.down(0.8)
	if last {
		p.down(gap - 0.8)
	}
}

// quote stands in, with a line along it.
func (p *pen) quote(text string) {
	p.body()
	for _, l := range p.wrap(text, width-indent) {
		p.room(line)
		p.body()
		y := p.GetY()
		p.SetDrawColor(rule.r, rule.g, rule.b)
		p.SetLineWidth(0.6)
		p.Line(left+0.5, y, left+0.5, y+line)
		p.print(left+indent, width-indent, l, "L")
	}
	p.down(gap)
}

func (p *pen) table(rows []Row) {
	p.down(0.4)
	for _, r := range rows {
		p.row(r)
	}
	p.down(gap)
}

// row is one line of a table, with a thin line below.
func (p *pen) row(r Row) {
	const pad = 1.0
	style := ""
	if r.Strong {
		style = "B"
	}
	p.body()
	p.SetFont(font, style, bodySize)
	labels, values := p.wrap(r.Label, labelWidth-4), p.wrap(r.Value, width-labelWidth)
	height := float64(max(len(labels), len(values), 1))*line + 2*pad
	p.room(height)
	p.body()
	p.SetFont(font, style, bodySize)
	y := p.GetY()
	p.column(y+pad, left, labelWidth, labels, "L")
	p.column(y+pad, left+labelWidth, width-labelWidth, values, "R")
	p.SetDrawColor(rule.r, rule.g, rule.b)
	p.SetLineWidth(0.2)
	if r.Strong {
		p.SetDrawColor(deep.r, deep.g, deep.b)
		p.SetLineWidth(0.5)
	}
	p.Line(left, y+height, left+width, y+height)
	p.SetY(y + height)
}

func (p *pen) column(y, x, w float64, lines []string, align string) {
	p.SetY(y)
	for _, l := range lines {
		p.print(x, w, l, align)
	}
}

// signature is a line to write on, with what to write below it.
func (p *pen) signature(label string) {
	const free = 11.0
	p.room(free + line + gap)
	y := p.GetY() + free
	p.SetDrawColor(ink.r, ink.g, ink.b)
	p.SetLineWidth(0.2)
	p.Line(left, y, left+labelWidth, y)
	p.SetY(y + 0.6)
	p.SetFont(font, "", 8.5)
	p.colour(quiet)
	p.print(left, labelWidth, encode(label), "L")
	p.down(1)
}
