package fee

import "strings"

// lineRules are about the lines.
func lineRules() []Rule {
	return []Rule{
		{ID: "BR-16", Source: EN16931, Swedish: "Det finns minst en rad.", English: "There is at least one line.", broken: anyLine},
		{ID: "BR-21", Source: EN16931, Swedish: "Varje rad har ett nummer.", English: "Each line has a number.", broken: ofLines(func(line string) test { return has(line, "cbc:ID") })},
		{ID: "BR-22", Source: EN16931, Swedish: "Varje rad har ett antal.", English: "Each line has a quantity.",
			broken: both(has("cac:InvoiceLine", "cbc:InvoicedQuantity"), has("cac:CreditNoteLine", "cbc:CreditedQuantity"))},
		{ID: "BR-23", Source: EN16931, Swedish: "Antalet har en enhet.", English: "The quantity has a unit.", broken: units},
		{ID: "BR-24", Source: EN16931, Swedish: "Varje rad har ett belopp.", English: "Each line has an amount.", broken: ofLines(func(line string) test { return has(line, "cbc:LineExtensionAmount") })},
		{ID: "BR-25", Source: EN16931, Swedish: "Varje rad namnger vad som faktureras.", English: "Each line names what is invoiced.", broken: ofLines(func(line string) test { return has(line, "cac:Item/cbc:Name") })},
		{ID: "BR-26", Source: EN16931, Swedish: "Varje rad har ett pris.", English: "Each line has a price.", broken: ofLines(func(line string) test { return has(line, "cac:Price/cbc:PriceAmount") })},
		{ID: "BR-27", Source: EN16931, Swedish: "Priset är inte negativt.", English: "The price is not negative.",
			broken: ofLines(func(line string) test {
				return every(line+"/cac:Price/cbc:PriceAmount", func(e *element) bool { return !strings.HasPrefix(e.text, "-") })
			})},
		{ID: "BR-54", Source: EN16931, Swedish: "En egenskap har namn och värde.", English: "A property has a name and a value.",
			broken: ofLines(func(line string) test {
				property := line + "/cac:Item/cac:AdditionalItemProperty"
				return both(has(property, "cbc:Name"), has(property, "cbc:Value"))
			})},
		{ID: "PEPPOL-EN16931-R100", Source: Peppol, Swedish: "Högst ett fakturerat objekt per rad; här målet.", English: "At most one invoiced object a line; here the case.", broken: oneObject},
		{ID: "PEPPOL-EN16931-R101", Source: Peppol, Swedish: "Radens hänvisning är ett fakturerat objekt (130).", English: "The reference of a line is an invoiced object (130).",
			broken: ofLines(func(line string) test {
				return every(line+"/cac:DocumentReference", func(e *element) bool { return e.at("cbc:DocumentTypeCode") == "130" })
			})},
		{ID: "PEPPOL-EN16931-R110, R111", Source: Peppol, Swedish: "Radens period ligger i fakturans; här har rader ingen.", English: "The period of a line lies within the invoice's; here lines have none.",
			broken: ofLines(func(line string) test { return none(line + "/cac:InvoicePeriod") })},
		{ID: "PEPPOL-EN16931-R120", Source: Peppol, Swedish: "Radens belopp är antal gånger pris.", English: "The amount of a line is its quantity times its price.", broken: lineProduct},
		{ID: "PEPPOL-EN16931-R121, R130", Source: Peppol, Swedish: "Prisets basmängd är större än noll och i radens enhet; här anges ingen.", English: "The base quantity of a price is above nothing and in the unit of the line; here is none.",
			broken: ofLines(func(line string) test { return none(line + "/cac:Price/cbc:BaseQuantity") })},
	}
}

func anyLine(doc *element) string {
	if len(lines(doc)) == 0 {
		return formOf(InvoiceDocument).line
	}
	return ""
}

func units(doc *element) string {
	for _, l := range lines(doc) {
		for _, q := range quantities(l) {
			if q.attr("unitCode") == "" {
				return q.name
			}
		}
	}
	return ""
}

func quantities(line *element) []*element {
	return append(line.all("cbc:InvoicedQuantity"), line.all("cbc:CreditedQuantity")...)
}

func oneObject(doc *element) string {
	for _, l := range lines(doc) {
		if len(l.all("cac:DocumentReference")) > 1 {
			return l.name + "/cac:DocumentReference"
		}
	}
	return ""
}

// lineProduct reckons in hundredths: a fee is one piece.
func lineProduct(doc *element) string {
	for _, l := range lines(doc) {
		for _, q := range quantities(l) {
			quantity, fine := decimal(q.text)
			price, readable := decimal(l.at("cac:Price/cbc:PriceAmount"))
			amount, known := decimal(l.at("cbc:LineExtensionAmount"))
			if !fine || !readable || !known || quantity*price != amount*100 {
				return l.name + "/cbc:LineExtensionAmount"
			}
		}
	}
	return ""
}

// codeRules hold codes against those that we use, which are fewer than the
// code lists have.
func codeRules() []Rule {
	return []Rule{
		{ID: "BR-CL-01, PEPPOL-EN16931-P0100, P0101", Source: EN16931, Swedish: "Dokumenttypen är 380 för faktura, 381 för kreditfaktura.", English: "The type is 380 for an invoice, 381 for a credit note.",
			broken: both(is("cbc:InvoiceTypeCode", "380"), is("cbc:CreditNoteTypeCode", "381"))},
		{ID: "BR-CL-03, 04, PEPPOL-EN16931-CL007", Source: EN16931, Swedish: "Valutan är SEK.", English: "The currency is SEK.", broken: is("cbc:DocumentCurrencyCode", currency)},
		{ID: "BR-CL-11, 25, PEPPOL-EN16931-CL008", Source: EN16931, Swedish: "Typen av elektronisk adress finns i kodlistan; här kontrolleras fyra siffror. Den juridiska identitetens är 0007.", English: "The scheme of an electronic address is in the code list; here four digits are checked. That of a legal identity is 0007.",
			broken: both(scheme(sellerPath), scheme(buyerPath), legalScheme(sellerPath), legalScheme(buyerPath))},
		{ID: "BR-CL-14", Source: EN16931, Swedish: "Landet är SE.", English: "The country is SE.",
			broken: both(is(sellerPath+"/cac:PostalAddress/cac:Country/cbc:IdentificationCode", country), is(buyerPath+"/cac:PostalAddress/cac:Country/cbc:IdentificationCode", country))},
		{ID: "BR-CL-16", Source: EN16931, Swedish: "Betalningssättet är 30, kontoöverföring.", English: "The means of payment is 30, credit transfer.", broken: is("cac:PaymentMeans/cbc:PaymentMeansCode", transfer)},
		{ID: "BR-CL-17, 18", Source: EN16931, Swedish: "Momskategorin är O.", English: "The VAT category is O.", broken: is(subtotalPath+"/cac:TaxCategory/cbc:ID", outsideVAT)},
		{ID: "BR-CL-22", Source: EN16931, Swedish: "Skälet till att moms inte tas ut är VATEX-EU-O.", English: "The reason for no VAT is VATEX-EU-O.", broken: is(subtotalPath+"/cac:TaxCategory/cbc:TaxExemptionReasonCode", outsideReason)},
		{ID: "BR-CL-23", Source: EN16931, Swedish: "Enheten är C62, styck.", English: "The unit is C62, one.",
			broken: both(attrIs("cac:InvoiceLine/cbc:InvoicedQuantity", "unitCode", pieces), attrIs("cac:CreditNoteLine/cbc:CreditedQuantity", "unitCode", pieces))},
	}
}

func scheme(party string) test {
	return every(party+"/cbc:EndpointID", func(e *element) bool {
		s := e.attr("schemeID")
		return len(s) == 4 && strings.Trim(s, "0123456789") == ""
	})
}

func legalScheme(party string) test {
	return attrIs(party+"/cac:PartyLegalEntity/cbc:CompanyID", "schemeID", swedishOrganisation)
}

// swedishRules are those of Peppol for Swedish sellers.
func swedishRules() []Rule {
	company := sellerPath + "/cac:PartyLegalEntity/cbc:CompanyID"
	return []Rule{
		{ID: "SE-R-001, 002, 006", Source: Peppol, Swedish: "Momsnummer och momssatser: utanför momsen finns inga.", English: "VAT numbers and rates: outside VAT there are none.", broken: none(sellerPath+"/cac:PartyTaxScheme", subtotalPath+"/cac:TaxCategory/cbc:Percent")},
		{ID: "SE-R-003", Source: Peppol, Swedish: "Organisationsnumret är siffror.", English: "The organisation number is digits.", broken: every(company, func(e *element) bool { return strings.Trim(e.text, "0123456789") == "" })},
		{ID: "SE-R-004", Source: Peppol, Swedish: "Organisationsnumret är tio tecken.", English: "The organisation number is ten characters.", broken: every(company, func(e *element) bool { return len(e.text) == 10 })},
		{ID: "SE-R-005", Source: Peppol, Swedish: "Skatteregistrering anges bara som F-skatt; en myndighet anger ingen.", English: "A tax registration is F-tax only; an authority gives none.", broken: none(sellerPath + "/cac:PartyTaxScheme")},
		{ID: "SE-R-007, 010", Source: Peppol, Swedish: "Plusgiro är 2–8 siffror.", English: "A plusgiro is 2 to 8 digits.", broken: giroDigits(plusgiro, 2, 8)},
		{ID: "SE-R-008, 009", Source: Peppol, Swedish: "Bankgiro är 7–8 siffror.", English: "A bankgiro is 7 to 8 digits.", broken: giroDigits(bankgiro, 7, 8)},
		{ID: "SE-R-011, 012", Source: Peppol, Swedish: "Betalning till giro inom Sverige anges med kod 30.", English: "Payment to a giro within Sweden has code 30.", broken: is("cac:PaymentMeans/cbc:PaymentMeansCode", transfer)},
		{ID: "SE-R-013", Source: Peppol, Swedish: "Organisationsnumrets kontrollsiffra stämmer.", English: "The check digit of the organisation number is right.", broken: every(company, func(e *element) bool { return checks(e.text) })},
	}
}

func giroDigits(branch string, least, most int) test {
	return every("cac:PaymentMeans/cac:PayeeFinancialAccount", func(e *element) bool {
		account := e.at("cbc:ID")
		return e.at("cac:FinancialInstitutionBranch/cbc:ID") != branch ||
			len(account) >= least && len(account) <= most && strings.Trim(account, "0123456789") == ""
	})
}

// ownRules are ours.
func ownRules() []Rule {
	return []Rule{
		{ID: "FT-01", Source: OwnRule, Swedish: "Bara de element som skrivs här, i ordningen i schemat UBL 2.1.", English: "Only the elements that are written here, in the order of the UBL 2.1 schema.", broken: misplaced},
		{ID: "FT-02", Source: OwnRule, Swedish: "Betalningsreferensen slutar med en kontrollsiffra.", English: "The payment reference ends in a check digit.",
			broken: every("cac:PaymentMeans/cbc:PaymentID", func(e *element) bool { return checks(e.text) })},
		{ID: "FT-03", Source: OwnRule, Swedish: "En kreditfaktura hänvisar till sin faktura.", English: "A credit note refers to its invoice.", broken: refers},
		{ID: "FT-04", Source: OwnRule, Swedish: "En faktura anger hur den betalas.", English: "An invoice says how to pay it.", broken: payableHow},
	}
}

func refers(doc *element) string {
	if doc.name == "CreditNote" {
		return has("", "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")(doc)
	}
	return ""
}

func payableHow(doc *element) string {
	if doc.name == "Invoice" {
		return both(has("", "cac:PaymentMeans/cbc:PaymentID"), exists("cac:PaymentMeans/cac:PayeeFinancialAccount"))(doc)
	}
	return ""
}

// uncheckedRules are those that are not checked, with the reason.
func uncheckedRules() []Rule {
	return []Rule{
		{ID: "BR-17…20, 28, 30…44, 51…53, 56, 57, 64…67", Source: EN16931, Swedish: "Gäller betalningsmottagare, skatteombud, leverans, kort, autogiro, bilagor, avdrag och tillägg, som inte skrivs (FT-01).", English: "About payees, tax representatives, delivery, cards, direct debit, attachments, allowances and charges, which are not written (FT-01)."},
		{ID: "BR-CO-03, 05…08, 17, 20…24", Source: EN16931, Swedish: "Gäller momsdatum, skälkoder, momssatser, radperioder, avdrag och tillägg, som inte skrivs (FT-01).", English: "About tax points, reason codes, VAT rates, line periods, allowances and charges, which are not written (FT-01)."},
		{ID: "BR-CO-09", Source: EN16931, Swedish: "Gäller momsregistreringsnummer, som inte får anges (BR-O-02).", English: "About VAT numbers, which may not be given (BR-O-02)."},
		{ID: "BR-S-*, BR-Z-*, BR-E-*, BR-AE-*, BR-IC-*, BR-G-*, BR-IG-*, BR-IP-*", Source: EN16931, Swedish: "Gäller andra momskategorier än O (BR-O-11, BR-O-12).", English: "About VAT categories other than O (BR-O-11, BR-O-12)."},
		{ID: "BR-CL-05…08, 10, 13, 15, 19…21, 24, 26", Source: EN16931, Swedish: "Gäller kodlistor för uppgifter som inte skrivs (FT-01).", English: "About code lists of what is not written (FT-01)."},
		{ID: "UBL-CR-*, UBL-DT-*, UBL-SR-*", Source: EN16931, Swedish: "Gäller element i UBL som inte får förekomma eller upprepas; FT-01 släpper bara igenom dem som skrivs här.", English: "About elements of UBL that may not occur or be repeated; FT-01 lets through only those written here."},
		{ID: "PEPPOL-EN16931-R005, R006, R040…R046, R055, R061, R080, CL001…CL006, P0104, P0106…P0111", Source: Peppol, Swedish: "Gäller annan momsvaluta, avdrag och tillägg, autogiro, bilagor, periodkoder och andra momskategorier, som inte skrivs (FT-01).", English: "About another VAT currency, allowances and charges, direct debit, attachments, period codes and other VAT categories, which are not written (FT-01)."},
		{ID: "PEPPOL-COMMON-R041…R048, R050", Source: Peppol, Swedish: "Gäller identiteter i andra länder.", English: "About identities in other countries."},
		{ID: "NO-R-*, DK-R-*, IT-R-*, NL-R-*, GR-R-*, IS-R-*, DE-R-*", Source: Peppol, Swedish: "Gäller säljare i andra länder.", English: "About sellers in other countries."},
		{ID: "UBL 2.1 XSD", Source: OwnRule, Swedish: "Schemat finns inte i något paket som projektet når; FT-01 håller dess ordning för de element som skrivs.", English: "The schema is in no package within the project's reach; FT-01 holds its order for the elements that are written."},
	}
}
