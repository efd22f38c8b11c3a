package extract

import (
	"fmt"
	"io"
	"strings"
)

// WriteFormats writes the formats of the registers as Markdown, for the
// documentation.
func WriteFormats(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Register files\n\n" +
		"CSV with a line of column names, parted by comma or semicolon, or JSON lines with the columns as members; UTF-8.\n" +
		"Columns come in any order; those that are not required may be left out. A row replaces an earlier one with the same key, which in one file must be of the same person. Texts have letters of ISO 8859-1 and no others.\n" +
		"A file with any fault changes nothing. One that was broken off is continued by importing the same file again.\n")
	for _, f := range Formats() {
		fmt.Fprintf(&b, "\n## %s\n\n%s. %s. Key: `%s`.\n\n| Column | Type | Required | Meaning | Innebörd | Basis |\n|---|---|---|---|---|---|\n",
			f.Kind, f.English, f.Swedish, f.Key)
		for _, c := range f.Columns {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", c.Name, c.typeText(), yes(c.Required), c.English, c.Swedish, c.Basis)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Column) typeText() string {
	switch c.Type {
	case Text:
		return fmt.Sprintf("text, at most %d", c.Longest)
	case Choice:
		return "`" + strings.Join(c.Choices, "`, `") + "`"
	case Identity:
		return "twelve digits"
	case Amount:
		return "kronor, `1234.50`"
	case Date:
		return "`YYYY-MM-DD`"
	case Year:
		return "`YYYY`"
	}
	return "`yes`, `no`"
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// WriteScopes writes scopes as Markdown, for the documentation.
func WriteScopes(w io.Writer, scopes []Scope) error {
	var b strings.Builder
	b.WriteString("# What extracts may tell\n")
	for _, s := range scopes {
		fmt.Fprintf(&b, "\n## %s: %s\n\n%s. %s. Basis: %s.", s.Service, s.User, s.English, s.Swedish, s.Law)
		if len(s.Purposes) > 0 {
			fmt.Fprintf(&b, " Purposes: %s.", s.purposes())
		}
		b.WriteString("\n\n| Data | Columns | Rows | Basis |\n|---|---|---|---|\n")
		for _, g := range s.Groups {
			fmt.Fprintf(&b, "| %s %s | %s | %s | %s |\n", g.Name, g.English, strings.Join(g.Columns, ", "), g.rowsText(), g.Law)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s Scope) purposes() string {
	names := make([]string, len(s.Purposes))
	for i, p := range s.Purposes {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}

func (g Group) rowsText() string {
	var limits []string
	if g.PublicOnly {
		limits = append(limits, "public cases only")
	}
	if g.WithoutCrime {
		limits = append(limits, "nothing based on a crime")
	}
	if len(g.Kinds) > 0 {
		limits = append(limits, "kinds "+strings.Join(g.Kinds, ", "))
	}
	return strings.Join(limits, "; ")
}
