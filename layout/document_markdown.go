package layout

import (
	"fmt"
	"strings"
)

// markdown writes the document as Markdown with pipe tables.
func (d *document) markdown() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", escapeMarkdown(d.title))
	for i, l := range d.lead {
		b.WriteString(escapeMarkdown(l))
		if i < len(d.lead)-1 {
			b.WriteString("\\")
		}
		b.WriteString("\n")
	}
	if len(d.lead) > 0 {
		b.WriteString("\n")
	}
	if d.notice != "" {
		fmt.Fprintf(&b, "> **%s**\n\n", escapeMarkdown(d.notice))
	}
	for i := range d.blocks {
		d.blocks[i].markdown(&b)
	}
	return []byte(strings.TrimRight(b.String(), "\n") + "\n")
}

func (k *block) markdown(b *strings.Builder) {
	switch {
	case k.heading != "":
		fmt.Fprintf(b, "%s %s\n\n", strings.Repeat("#", k.level), escapeMarkdown(k.heading))
	case k.table != nil:
		markdownRow(b, k.table.head)
		b.WriteString("|" + strings.Repeat(" --- |", len(k.table.head)) + "\n")
		for _, row := range k.table.rows {
			markdownRow(b, row)
		}
		b.WriteString("\n")
	case k.code != "":
		fence := "```"
		for strings.Contains(k.code, fence) {
			fence += "`"
		}
		fmt.Fprintf(b, "%s\n%s\n%s\n\n", fence, strings.TrimRight(k.code, "\n"), fence)
	default:
		fmt.Fprintf(b, "%s\n\n", escapeMarkdown(k.paragraph))
	}
}

func markdownRow(b *strings.Builder, cells []string) {
	b.WriteString("|")
	for _, c := range cells {
		fmt.Fprintf(b, " %s |", escapeMarkdown(c))
	}
	b.WriteString("\n")
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`, "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`, "\n", " ",
)

func escapeMarkdown(s string) string { return markdownEscapes.Replace(s) }
