package handbook

import "filtjanst/filing"

func codesPage(d *markdown) error {
	d.head(1, "Error codes")
	d.line("\nThe codes are this project's own. F concerns the file as a whole (generellt fel), D one\n" +
		"document (fel på handlingar), W is let through. `filtjanst explain CODE` says the same.")
	for _, c := range filing.Codes() {
		swedish, english := c.Kind()
		d.head(2, "%s", c.Code)
		d.line("\n%s (%s)%s\n", capitalised(english), swedish, rule(c))
		d.line("- sv: %s %s\n- en: %s %s", c.Swedish, c.RemedySwedish, c.English, c.RemedyEnglish)
		if c.Example != "" {
			d.line("- example: %s", c.Example)
		}
		if len(c.Transactions) > 0 {
			d.line("- in files of: %s", texts(c.Transactions, ", "))
		}
	}
	return nil
}

func rule(c filing.CodeInfo) string {
	if c.Rule == "" {
		return ""
	}
	return ", " + basis(c.Rule)
}
