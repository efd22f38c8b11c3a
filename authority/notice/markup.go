package notice

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"filtjanst/calendar"
	"filtjanst/money"
)

// blockKind is the kind of a block of a letter.
type blockKind int

const (
	paragraph blockKind = iota
	heading             // "## "
	notable             // "! ": what the reader must not miss
	point               // "- "
	quoted              // a party's own words
	facts               // rows of a table
	newPage
	signature // a line to write on
)

// block is one block of a letter's words.
type block struct {
	Kind blockKind
	Text string
	Rows []Row
}

// The marks that begin a line of a rendered template. They are control
// characters, which are taken out of all that others have written: no fact can
// pass for markup.
const (
	markTitle   = "\x01"
	markHeading = "\x02"
	markNotable = "\x03"
	markPoint   = "\x04"
	markQuote   = "\x05"
	markRow     = "\x06" // label, markCell, value
	markSum     = "\x0e"
	markBlank   = "\x0f"
	markPage    = "\x10"
	markCell    = "\x1f"
)

var markup = regexp.MustCompile(`(?m)(^|\}\})(##|#|!|-) `)

// marked brings the marks into the source of a template.
func marked(source string) string {
	marks := map[string]string{"#": markTitle, "##": markHeading, "!": markNotable, "-": markPoint}
	return markup.ReplaceAllStringFunc(source, func(found string) string {
		before, sign := "", strings.TrimSuffix(found, " ")
		if rest, ok := strings.CutPrefix(sign, "}}"); ok {
			before, sign = "}}", rest
		}
		return before + marks[sign]
	})
}

// functions are what templates call.
func functions() map[string]any {
	return map[string]any{
		"day": longDay, "kr": money.Amount.Kronor, "list": points, "quote": quotedLines, "rows": rowLines,
		"row": func(label, value string) string { return rowLine(markRow, label, value) },
		"sum": func(label string, a money.Amount) string { return rowLine(markSum, label, a.Kronor()) },
		"blank": func(label string) string {
			return markBlank + label
		},
		"newpage":  func() string { return markPage },
		"sentence": sentence,
		"payment":  paymentOf,
	}
}

// sentence makes a sentence of a few words.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	s = string(unicode.ToUpper(first)) + s[size:]
	if strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

func points(items []string) string {
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = markPoint + oneLine(item)
	}
	return strings.Join(lines, "\n")
}

func quotedLines(q quotation) string {
	lines := q.lines()
	for i := range lines {
		lines[i] = markQuote + lines[i]
	}
	return strings.Join(lines, "\n")
}

func rowLines(rows []Row) string {
	lines := make([]string, len(rows))
	for i, r := range rows {
		mark := markRow
		if r.Strong {
			mark = markSum
		}
		lines[i] = rowLine(mark, r.Label, r.Value)
	}
	return strings.Join(lines, "\n")
}

func rowLine(mark, label, value string) string {
	return mark + oneLine(label) + markCell + oneLine(value)
}

// payment is what the part "pay" shows.
type payment struct {
	Amount             money.Amount
	By                 calendar.Day
	Account, Reference string
}

func paymentOf(amount money.Amount, given map[string]any) payment {
	by, _ := given["pay_by"].(calendar.Day)
	account, _ := given["account"].(string)
	reference, _ := given["payment_reference"].(string)
	return payment{amount, by, account, reference}
}

// parse makes title and blocks of a rendered template.
func parse(text string) (title string, blocks []block, err error) {
	var p parser
	for line := range strings.SplitSeq(text, "\n") {
		p.line(strings.TrimSpace(line))
	}
	if p.title == "" {
		return "", nil, errors.New("the letter has no title")
	}
	if p.fault != nil {
		return "", nil, p.fault
	}
	return p.title, p.blocks, nil
}

type parser struct {
	title  string
	blocks []block
	open   bool // the last block takes more lines
	fault  error
}

func (p *parser) line(line string) {
	if line == "" {
		p.open = false
		return
	}
	mark, rest := line[:1], line[1:]
	switch mark {
	case markTitle:
		if p.title != "" {
			p.fault = fmt.Errorf("the letter has two titles: %q and %q", p.title, rest)
		}
		p.title = rest
	case markHeading:
		p.add(heading, rest)
	case markNotable:
		p.add(notable, rest)
	case markPoint:
		p.add(point, rest)
	case markBlank:
		p.add(signature, rest)
	case markPage:
		p.add(newPage, "")
	case markQuote:
		p.join(quoted, rest, "\n")
	case markRow, markSum:
		p.row(rest, mark == markSum)
	default:
		p.join(paragraph, line, " ")
	}
}

// add begins a block that is complete with its line.
func (p *parser) add(kind blockKind, text string) {
	p.blocks = append(p.blocks, block{Kind: kind, Text: text})
	p.open = false
}

// join goes on with a block of the kind, or begins one.
func (p *parser) join(kind blockKind, text, separator string) {
	if last := len(p.blocks) - 1; p.open && p.blocks[last].Kind == kind {
		p.blocks[last].Text += separator + text
		return
	}
	p.add(kind, text)
	p.open = true
}

// row goes on with a table even over empty lines, which templates leave. A sum
// that stands there already is not told again under another name.
func (p *parser) row(text string, strong bool) {
	label, value, _ := strings.Cut(text, markCell)
	r := Row{Label: label, Value: value, Strong: strong}
	if last := len(p.blocks) - 1; last >= 0 && p.blocks[last].Kind == facts {
		open := &p.blocks[last]
		before := open.Rows[len(open.Rows)-1]
		if !strong || !before.Strong || before.Value != value {
			open.Rows = append(open.Rows, r)
		}
		return
	}
	p.blocks = append(p.blocks, block{Kind: facts, Rows: []Row{r}})
	p.open = false
}
