package handbook

import (
	"cmp"
	"fmt"

	"filtjanst/filing"
)

func transactionsPage(d *markdown, set *filing.Set) error {
	d.head(1, "Transactions")
	d.line("\nIdentifiers, layouts and own extensions are this project's own and not the authority's;\n" +
		"extensions are off until an installation and a filer switch them on. *Basis* tells what\n" +
		"we know of the official service; *layout* links to the description. In names `{code}` is\n" +
		"the party code, the rest in braces a date. Public texts give some of the names; the others\n" +
		"are ours.")
	for _, service := range filing.Services() {
		d.head(2, "%s (%s)", serviceInEnglish(service.Service), serviceInSwedish(service.Service))
		d.columns("transaction", "Swedish", "English", "direction", "timing", "receipt", "confirmation or answer",
			"name, generation A", "name, generation B", "basis", "extension", "layout")
		for _, info := range filing.Catalogue() {
			if info.Service == service.Service {
				d.transaction(set, info)
			}
		}
	}
	return nil
}

func serviceInEnglish(s filing.Service) string {
	if s == filing.AnyService {
		return "Own extensions"
	}
	info, _ := filing.InfoOf(s)
	return capitalised(info.English)
}

func serviceInSwedish(s filing.Service) string {
	if s == filing.AnyService {
		return "Egna tillägg"
	}
	info, _ := filing.InfoOf(s)
	return capitalised(info.Swedish)
}

func (d *markdown) transaction(set *filing.Set, info filing.TransactionInfo) {
	tx := info.Transaction
	if info.CarriedIn != "" {
		tx = info.CarriedIn
	}
	d.row(
		code(string(info.Transaction)), info.Swedish, info.English, string(info.Direction), string(info.Timing),
		code(string(info.Receipt)), code(string(cmp.Or(info.Confirmation, info.Answer))), nameOf(set, tx, "a"), nameOf(set, tx, "b"),
		known(info.Mark), yes(info.Extension), layoutLink(tx, info.CarriedIn != ""),
	)
}

// nameOf is the template of the names of one generation.
func nameOf(set *filing.Set, tx filing.Transaction, generation string) string {
	l, ok := set.Layout(tx)
	if !ok {
		return ""
	}
	return code(l.Names().Templates[generation])
}

func layoutLink(tx filing.Transaction, carried bool) string {
	if carried {
		return fmt.Sprintf("[in `%s`](layouts/%s.md)", tx, tx)
	}
	return fmt.Sprintf("[description](layouts/%s.md)", tx)
}
