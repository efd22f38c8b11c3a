package layout

import (
	"fmt"
	"html"
	"strings"
)

const documentStyle = `
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; margin: 2em 0 .5em; }
h1 { margin-top: 0; }
.lead { color: #444; }
.notice { border-left: .3rem solid #a15c00; background: #fff6e5; padding: .7rem 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; font-size: .9rem; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #f0f0f0; }
pre { background: #f6f6f6; border: 1px solid #ddd; padding: .7rem; overflow-x: auto; font-size: .8rem; }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } table, pre { page-break-inside: auto; } tr { page-break-inside: avoid; } thead { display: table-header-group; } .scroll, pre { overflow: visible; } pre { white-space: pre-wrap; } }
`

// html writes the document as one page that needs nothing else.
func (d *document) html() []byte {
	var b strings.Builder
	e := html.EscapeString
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n", e(d.title), documentStyle, e(d.title))
	if len(d.lead) > 0 {
		lines := make([]string, len(d.lead))
		for i, l := range d.lead {
			lines[i] = e(l)
		}
		fmt.Fprintf(&b, "<p class=\"lead\">%s</p>\n", strings.Join(lines, "<br>\n"))
	}
	if d.notice != "" {
		fmt.Fprintf(&b, "<p class=\"notice\" role=\"note\">%s</p>\n", e(d.notice))
	}
	for i := range d.blocks {
		d.blocks[i].html(&b)
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	return []byte(b.String())
}

func (k *block) html(b *strings.Builder) {
	e := html.EscapeString
	switch {
	case k.heading != "":
		fmt.Fprintf(b, "<h%d id=\"%s\">%s</h%[1]d>\n", k.level, e(k.anchor), e(k.heading))
	case k.table != nil:
		b.WriteString("<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>")
		htmlRow(b, "th scope=\"col\"", "th", k.table.head)
		b.WriteString("</thead>\n<tbody>\n")
		for _, row := range k.table.rows {
			htmlRow(b, "td", "td", row)
		}
		b.WriteString("</tbody>\n</table>\n</div>\n")
	case k.code != "":
		fmt.Fprintf(b, "<pre tabindex=\"0\">%s</pre>\n", e(k.code))
	default:
		fmt.Fprintf(b, "<p>%s</p>\n", e(k.paragraph))
	}
}

func htmlRow(b *strings.Builder, opening, closing string, cells []string) {
	b.WriteString("<tr>")
	for _, c := range cells {
		fmt.Fprintf(b, "<%s>%s</%s>", opening, html.EscapeString(c), closing)
	}
	b.WriteString("</tr>\n")
}
