package fee

import (
	"strconv"
	"strings"
)

const (
	totalPath    = "cac:LegalMonetaryTotal"
	subtotalPath = "cac:TaxTotal/cac:TaxSubtotal"
)

// sumRules are about amounts that must add up.
func sumRules() []Rule {
	return []Rule{
		{ID: "BR-12", Source: EN16931, Swedish: "Radernas summa finns.", English: "There is the sum of the lines.", broken: has("", totalPath+"/cbc:LineExtensionAmount")},
		{ID: "BR-13", Source: EN16931, Swedish: "Summan utan moms finns.", English: "There is the total without VAT.", broken: has("", totalPath+"/cbc:TaxExclusiveAmount")},
		{ID: "BR-14", Source: EN16931, Swedish: "Summan med moms finns.", English: "There is the total with VAT.", broken: has("", totalPath+"/cbc:TaxInclusiveAmount")},
		{ID: "BR-15", Source: EN16931, Swedish: "Beloppet att betala finns.", English: "There is the amount to pay.", broken: has("", totalPath+"/cbc:PayableAmount")},
		{ID: "BR-CO-10", Source: EN16931, Swedish: "Radernas summa är vad raderna ger.", English: "The sum of the lines is what the lines add up to.", broken: lineSum(totalPath + "/cbc:LineExtensionAmount")},
		{ID: "BR-CO-11", Source: EN16931, Swedish: "Avdragens summa är vad avdragen ger; här finns inga.", English: "The sum of allowances is what they add up to; here are none.", broken: none(totalPath+"/cbc:AllowanceTotalAmount", "cac:AllowanceCharge")},
		{ID: "BR-CO-12", Source: EN16931, Swedish: "Tilläggens summa är vad tilläggen ger; här finns inga.", English: "The sum of charges is what they add up to; here are none.", broken: none(totalPath+"/cbc:ChargeTotalAmount", "cac:AllowanceCharge")},
		{ID: "BR-CO-13", Source: EN16931, Swedish: "Summan utan moms är radernas summa.", English: "The total without VAT is the sum of the lines.", broken: same(totalPath+"/cbc:TaxExclusiveAmount", totalPath+"/cbc:LineExtensionAmount")},
		{ID: "BR-CO-14", Source: EN16931, Swedish: "Momsens summa är vad specifikationen ger.", English: "The total VAT is what its breakdown adds up to.", broken: same("cac:TaxTotal/cbc:TaxAmount", subtotalPath+"/cbc:TaxAmount")},
		{ID: "BR-CO-15", Source: EN16931, Swedish: "Summan med moms är summan utan moms och momsen.", English: "The total with VAT is the total without it and the VAT.", broken: same(totalPath+"/cbc:TaxInclusiveAmount", totalPath+"/cbc:TaxExclusiveAmount", "cac:TaxTotal/cbc:TaxAmount")},
		{ID: "BR-CO-16", Source: EN16931, Swedish: "Att betala är summan med moms; inget är förskott och inget avrundas.", English: "The amount to pay is the total with VAT; nothing is prepaid or rounded.", broken: same(totalPath+"/cbc:PayableAmount", totalPath+"/cbc:TaxInclusiveAmount")},
		{ID: "BR-DEC-09…23", Source: EN16931, Swedish: "Belopp har högst två decimaler.", English: "Amounts have at most two decimals.", broken: amounts(func(e *element) bool { _, ok := decimal(e.text); return ok })},
		{ID: "PEPPOL-EN16931-R051", Source: Peppol, Swedish: "Alla belopp är i fakturans valuta.", English: "All amounts are in the currency of the invoice.", broken: oneCurrency},
	}
}

func oneCurrency(doc *element) string {
	in := doc.at("cbc:DocumentCurrencyCode")
	return amounts(func(e *element) bool { return e.attr("currencyID") == in })(doc)
}

// decimal reads an amount as öre; ok is false if it is none of at most two
// decimals.
func decimal(s string) (ore int64, ok bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, part, cut := strings.Cut(digits, ".")
	if whole == "" || cut && part == "" || len(part) > 2 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if digits != s {
		n = -n
	}
	return n, err == nil
}

// sum adds up the elements at the paths; ok is false if one cannot be read.
func sum(doc *element, paths ...string) (all int64, ok bool) {
	for _, path := range paths {
		for _, e := range doc.all(path) {
			n, ok := decimal(e.text)
			if !ok {
				return 0, false
			}
			all += n
		}
	}
	return all, true
}

// same wants the amount at total to be the sum of the parts.
func same(total string, parts ...string) test {
	return func(doc *element) string {
		a, fine := sum(doc, total)
		b, readable := sum(doc, parts...)
		if !fine || !readable || a != b {
			return total
		}
		return ""
	}
}

// lineSum wants the amounts at total to be the sum of the lines.
func lineSum(total string) test {
	return func(doc *element) string {
		return same(total, "cac:InvoiceLine/cbc:LineExtensionAmount", "cac:CreditNoteLine/cbc:LineExtensionAmount")(doc)
	}
}

// none wants nothing at the paths.
func none(paths ...string) test {
	return func(doc *element) string {
		for _, path := range paths {
			if len(doc.all(path)) > 0 {
				return path
			}
		}
		return ""
	}
}

// amounts wants pred of each amount of money.
func amounts(pred func(*element) bool) test {
	return func(doc *element) (where string) {
		doc.walk(doc.name, func(path string, e *element) {
			if where == "" && strings.HasPrefix(e.name, "cbc:") && strings.HasSuffix(e.name, "Amount") && !pred(e) {
				where = path
			}
		})
		return where
	}
}

// taxRules are about what is outside the scope of VAT (category O).
func taxRules() []Rule {
	category := subtotalPath + "/cac:TaxCategory"
	return []Rule{
		{ID: "BR-45", Source: EN16931, Swedish: "Momsspecifikationen har ett underlag.", English: "A VAT breakdown has a taxable amount.", broken: has(subtotalPath, "cbc:TaxableAmount")},
		{ID: "BR-46", Source: EN16931, Swedish: "Momsspecifikationen har ett momsbelopp.", English: "A VAT breakdown has an amount of VAT.", broken: has(subtotalPath, "cbc:TaxAmount")},
		{ID: "BR-47", Source: EN16931, Swedish: "Momsspecifikationen har en kategori.", English: "A VAT breakdown has a category.", broken: both(has(subtotalPath, "cac:TaxCategory/cbc:ID"), every(category, ofVAT))},
		{ID: "BR-48", Source: EN16931, Swedish: "Momsspecifikationen har en sats, om den inte är utanför momsens område.", English: "A VAT breakdown has a rate, unless it is outside the scope of VAT.",
			broken: every(category, func(e *element) bool { return e.at("cbc:ID") == outsideVAT || e.at("cbc:Percent") != "" })},
		{ID: "BR-CO-04", Source: EN16931, Swedish: "Varje rad har en momskategori.", English: "Each line has a VAT category.",
			broken: ofLines(func(line string) test {
				path := "cac:Item/cac:ClassifiedTaxCategory"
				return both(has(line, path+"/cbc:ID"), every(line+"/"+path, ofVAT))
			})},
		{ID: "BR-CO-18", Source: EN16931, Swedish: "Det finns minst en momsspecifikation.", English: "There is at least one VAT breakdown.", broken: exists(subtotalPath)},
		{ID: "BR-O-01", Source: EN16931, Swedish: "Finns en rad utanför momsen finns precis en sådan momsspecifikation.", English: "With a line outside VAT there is exactly one such breakdown.", broken: oneOutside},
		{ID: "BR-O-02", Source: EN16931, Swedish: "Utanför momsen anges inget momsregistreringsnummer.", English: "Outside VAT, no VAT number is given.", broken: none(sellerPath+"/cac:PartyTaxScheme", buyerPath+"/cac:PartyTaxScheme", "cac:TaxRepresentativeParty")},
		{ID: "BR-O-05", Source: EN16931, Swedish: "En rad utanför momsen har ingen sats.", English: "A line outside VAT has no rate.",
			broken: ofLines(func(line string) test { return none(line + "/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent") })},
		{ID: "BR-O-08", Source: EN16931, Swedish: "Underlaget utanför momsen är summan av raderna.", English: "The amount outside VAT is the sum of the lines.", broken: lineSum(subtotalPath + "/cbc:TaxableAmount")},
		{ID: "BR-O-09", Source: EN16931, Swedish: "Momsen utanför momsens område är noll.", English: "Outside VAT, the VAT is nothing.",
			broken: every(subtotalPath+"/cbc:TaxAmount", func(e *element) bool { n, ok := decimal(e.text); return ok && n == 0 })},
		{ID: "BR-O-10", Source: EN16931, Swedish: "Skälet till att moms inte tas ut anges.", English: "The reason for no VAT is given.",
			broken: every(category, func(e *element) bool { return e.at("cbc:TaxExemptionReasonCode")+e.at("cbc:TaxExemptionReason") != "" })},
		{ID: "BR-O-11", Source: EN16931, Swedish: "Bredvid den finns ingen annan momsspecifikation.", English: "Beside it there is no other VAT breakdown.", broken: is(category+"/cbc:ID", outsideVAT)},
		{ID: "BR-O-12", Source: EN16931, Swedish: "Bredvid den finns ingen rad med annan momskategori.", English: "Beside it there is no line of another VAT category.",
			broken: ofLines(func(line string) test { return is(line+"/cac:Item/cac:ClassifiedTaxCategory/cbc:ID", outsideVAT) })},
		{ID: "BR-O-03, 04, 06, 07, 13, 14", Source: EN16931, Swedish: "Avdrag och tillägg utanför momsen: här finns inga.", English: "Allowances and charges outside VAT: here are none.", broken: none("cac:AllowanceCharge")},
		{ID: "PEPPOL-EN16931-P0105", Source: Peppol, Swedish: "Skälet VATEX-EU-O hör till kategori O.", English: "The reason VATEX-EU-O goes with category O.",
			broken: every(category, func(e *element) bool {
				return e.at("cbc:TaxExemptionReasonCode") != outsideReason || e.at("cbc:ID") == outsideVAT
			})},
		{ID: "PEPPOL-EN16931-R053", Source: Peppol, Swedish: "Precis en momssumma har specifikation.", English: "Exactly one VAT total has a breakdown.", broken: oneTaxTotal},
		{ID: "PEPPOL-EN16931-R054", Source: Peppol, Swedish: "Ingen momssumma i annan valuta.", English: "No VAT total in another currency.", broken: none("cbc:TaxCurrencyCode")},
	}
}

// ofVAT tells whether a category of tax is one of VAT: without its scheme it
// counts as none.
func ofVAT(category *element) bool { return category.at("cac:TaxScheme/cbc:ID") == "VAT" }

func oneOutside(doc *element) string {
	outside := 0
	for _, e := range doc.all(subtotalPath + "/cac:TaxCategory") {
		if e.at("cbc:ID") == outsideVAT {
			outside++
		}
	}
	if outside != 1 {
		return subtotalPath
	}
	return ""
}

func oneTaxTotal(doc *element) string {
	if all := doc.all("cac:TaxTotal"); len(all) != 1 || len(all[0].all("cac:TaxSubtotal")) == 0 {
		return "cac:TaxTotal"
	}
	return ""
}
