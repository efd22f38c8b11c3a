package fee

import (
	"strings"

	"filtjanst/calendar"
)

// headRules are about the document as a whole.
func headRules() []Rule {
	return []Rule{
		{ID: "BR-01", Source: EN16931, Swedish: "Specifikationens identitet finns.", English: "There is a specification identifier.", broken: has("", "cbc:CustomizationID")},
		{ID: "BR-02", Source: EN16931, Swedish: "Fakturanumret finns.", English: "There is an invoice number.", broken: has("", "cbc:ID")},
		{ID: "BR-03", Source: EN16931, Swedish: "Fakturadatumet finns.", English: "There is a date of issue.", broken: has("", "cbc:IssueDate")},
		{ID: "BR-04", Source: EN16931, Swedish: "Dokumenttypen finns.", English: "There is a type code.", broken: typeCode},
		{ID: "BR-05", Source: EN16931, Swedish: "Valutan finns.", English: "There is a currency.", broken: has("", "cbc:DocumentCurrencyCode")},
		{ID: "BR-29", Source: EN16931, Swedish: "Perioden slutar inte före sin början.", English: "The period does not end before it begins.",
			broken: every("cac:InvoicePeriod", func(e *element) bool { return e.at("cbc:EndDate") >= e.at("cbc:StartDate") })},
		{ID: "BR-55", Source: EN16931, Swedish: "Hänvisning till en tidigare faktura har dess nummer.", English: "A reference to an earlier invoice has its number.",
			broken: has("cac:BillingReference", "cac:InvoiceDocumentReference/cbc:ID")},
		{ID: "BR-CO-19", Source: EN16931, Swedish: "Perioden har en början eller ett slut.", English: "The period has a beginning or an end.",
			broken: every("cac:InvoicePeriod", func(e *element) bool { return e.at("cbc:StartDate")+e.at("cbc:EndDate") != "" })},
		{ID: "BR-CO-25", Source: EN16931, Swedish: "Ska något betalas finns förfallodag eller betalningsvillkor.", English: "If anything is to be paid, there is a due date or terms.", broken: payable},
		{ID: "PEPPOL-EN16931-R001", Source: Peppol, Swedish: "Affärsprocessen är angiven.", English: "The business process is named.", broken: has("", "cbc:ProfileID")},
		{ID: "PEPPOL-EN16931-R002", Source: Peppol, Swedish: "Högst en fritext på dokumentet.", English: "At most one note on the document.", broken: atMost(1, "cbc:Note")},
		{ID: "PEPPOL-EN16931-R003", Source: Peppol, Swedish: "Köparens referens eller ett ordernummer finns.", English: "There is a buyer reference or an order number.", broken: buyerReference},
		{ID: "PEPPOL-EN16931-R004", Source: Peppol, Swedish: "Specifikationen är Peppol BIS Billing 3.", English: "The specification is Peppol BIS Billing 3.",
			broken: every("cbc:CustomizationID", func(e *element) bool { return strings.HasPrefix(e.text, customization) })},
		{ID: "PEPPOL-EN16931-R007", Source: Peppol, Swedish: "Affärsprocessen har den form som Peppol anger; här 01.", English: "The business process has the form that Peppol gives; here 01.", broken: is("cbc:ProfileID", profile)},
		{ID: "PEPPOL-EN16931-R008", Source: Peppol, Swedish: "Inget element är tomt.", English: "No element is empty.", broken: emptyElement},
		{ID: "PEPPOL-EN16931-F001", Source: Peppol, Swedish: "Datum skrivs ÅÅÅÅ-MM-DD.", English: "Dates are written YYYY-MM-DD.", broken: dates},
	}
}

func typeCode(doc *element) string {
	if doc.at("cbc:InvoiceTypeCode")+doc.at("cbc:CreditNoteTypeCode") == "" {
		return "cbc:InvoiceTypeCode"
	}
	return ""
}

func buyerReference(doc *element) string {
	if doc.at("cbc:BuyerReference")+doc.at("cac:OrderReference/cbc:ID") == "" {
		return "cbc:BuyerReference"
	}
	return ""
}

func payable(doc *element) string {
	asks, _ := decimal(doc.at("cac:LegalMonetaryTotal/cbc:PayableAmount"))
	if doc.name == "Invoice" && asks > 0 && doc.at("cbc:DueDate")+doc.at("cac:PaymentTerms/cbc:Note") == "" {
		return "cbc:DueDate"
	}
	return ""
}

func emptyElement(doc *element) (where string) {
	doc.walk(doc.name, func(path string, e *element) {
		if where == "" && e.text == "" && len(e.children) == 0 {
			where = path
		}
	})
	return where
}

func dates(doc *element) (where string) {
	doc.walk(doc.name, func(path string, e *element) {
		if where != "" || !oneOf(e.name, "cbc:IssueDate", "cbc:DueDate", "cbc:StartDate", "cbc:EndDate", "cbc:TaxPointDate", "cbc:ActualDeliveryDate") {
			return
		}
		if _, err := calendar.ParseDay(e.text); err != nil {
			where = path
		}
	})
	return where
}

const (
	sellerPath = "cac:AccountingSupplierParty/cac:Party"
	buyerPath  = "cac:AccountingCustomerParty/cac:Party"
)

// partyRules are about seller and buyer.
func partyRules() []Rule {
	return []Rule{
		{ID: "BR-06", Source: EN16931, Swedish: "Säljarens namn finns.", English: "There is the seller's name.", broken: has("", sellerPath+"/cac:PartyLegalEntity/cbc:RegistrationName")},
		{ID: "BR-07", Source: EN16931, Swedish: "Köparens namn finns.", English: "There is the buyer's name.", broken: has("", buyerPath+"/cac:PartyLegalEntity/cbc:RegistrationName")},
		{ID: "BR-08", Source: EN16931, Swedish: "Säljarens adress finns.", English: "There is the seller's address.", broken: exists(sellerPath + "/cac:PostalAddress")},
		{ID: "BR-09", Source: EN16931, Swedish: "Säljarens adress har en landkod.", English: "The seller's address has a country.", broken: has(sellerPath+"/cac:PostalAddress", "cac:Country/cbc:IdentificationCode")},
		{ID: "BR-10", Source: EN16931, Swedish: "Köparens adress finns.", English: "There is the buyer's address.", broken: exists(buyerPath + "/cac:PostalAddress")},
		{ID: "BR-11", Source: EN16931, Swedish: "Köparens adress har en landkod.", English: "The buyer's address has a country.", broken: has(buyerPath+"/cac:PostalAddress", "cac:Country/cbc:IdentificationCode")},
		{ID: "BR-49", Source: EN16931, Swedish: "Betalningsinstruktionen har ett betalningssätt.", English: "A payment instruction has a means of payment.", broken: has("cac:PaymentMeans", "cbc:PaymentMeansCode")},
		{ID: "BR-50", Source: EN16931, Swedish: "Kontot för betalningen har ett nummer.", English: "An account to pay to has a number.", broken: has("cac:PaymentMeans/cac:PayeeFinancialAccount", "cbc:ID")},
		{ID: "BR-61", Source: EN16931, Swedish: "Kontoöverföring anger konto.", English: "A credit transfer names an account.", broken: has("cac:PaymentMeans", "cac:PayeeFinancialAccount/cbc:ID")},
		{ID: "BR-62", Source: EN16931, Swedish: "Säljarens elektroniska adress anger sin typ.", English: "The seller's electronic address names its scheme.",
			broken: every(sellerPath+"/cbc:EndpointID", func(e *element) bool { return e.attr("schemeID") != "" })},
		{ID: "BR-63", Source: EN16931, Swedish: "Köparens elektroniska adress anger sin typ.", English: "The buyer's electronic address names its scheme.",
			broken: every(buyerPath+"/cbc:EndpointID", func(e *element) bool { return e.attr("schemeID") != "" })},
		{ID: "BR-CO-26", Source: EN16931, Swedish: "Säljaren kan identifieras, här genom organisationsnummer.", English: "The seller can be identified, here by its organisation number.", broken: has("", sellerPath+"/cac:PartyLegalEntity/cbc:CompanyID")},
		{ID: "PEPPOL-EN16931-R010", Source: Peppol, Swedish: "Köparens elektroniska adress finns.", English: "There is the buyer's electronic address.", broken: has("", buyerPath+"/cbc:EndpointID")},
		{ID: "PEPPOL-EN16931-R020", Source: Peppol, Swedish: "Säljarens elektroniska adress finns.", English: "There is the seller's electronic address.", broken: has("", sellerPath+"/cbc:EndpointID")},
		{ID: "PEPPOL-COMMON-R049", Source: Peppol, Swedish: "Ett svenskt organisationsnummer (0007) är tio siffror med rätt kontrollsiffra.", English: "A Swedish organisation number (0007) is ten digits with the right check digit.", broken: swedishNumbers},
		{ID: "PEPPOL-COMMON-R040", Source: Peppol, Swedish: "Ett GLN (0088) är tretton siffror med rätt kontrollsiffra.", English: "A GLN (0088) is thirteen digits with the right check digit.", broken: locationNumbers},
	}
}

func swedishNumbers(doc *element) string {
	return numbersOf(doc, swedishOrganisation, organisationNumber)
}

func locationNumbers(doc *element) string { return numbersOf(doc, "0088", locationNumber) }

// numbersOf wants pred of each identity of a scheme.
func numbersOf(doc *element, scheme string, pred func(string) bool) (where string) {
	doc.walk(doc.name, func(path string, e *element) {
		if where == "" && oneOf(e.name, "cbc:EndpointID", "cbc:CompanyID", "cbc:ID") && e.attr("schemeID") == scheme && !pred(e.text) {
			where = path
		}
	})
	return where
}

// locationNumber tells whether the text is a GLN. From the right, the check
// digit first, digits count once and three times by turns; their sum is a
// multiple of ten.
func locationNumber(s string) bool {
	if len(s) != 13 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	sum := 0
	for i := range len(s) {
		sum += int(s[i]-'0') * (1 + i%2*2)
	}
	return sum%10 == 0
}

func organisationNumber(s string) bool { return len(s) == 10 && checks(s) }
