package layout

// document is a technical description before it is written as HTML or
// Markdown.
type document struct {
	title  string
	lead   []string // lines under the title
	notice string   // "" if there is nothing to warn of
	blocks []block
}

// block is one piece of a document; exactly one of its parts is set.
type block struct {
	level     int // of the heading, from 2
	heading   string
	anchor    string
	paragraph string
	table     *table
	code      string
}

type table struct {
	head []string
	rows [][]string
}

func (d *document) heading(level int, anchor, text string) {
	d.blocks = append(d.blocks, block{level: level, anchor: anchor, heading: text})
}

func (d *document) paragraph(text string) {
	if text != "" {
		d.blocks = append(d.blocks, block{paragraph: text})
	}
}

func (d *document) code(text string) { d.blocks = append(d.blocks, block{code: text}) }

func (d *document) table(head []string, rows [][]string) {
	if len(rows) > 0 {
		d.blocks = append(d.blocks, block{table: &table{head: head, rows: rows}})
	}
}
