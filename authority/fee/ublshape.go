package fee

import (
	"slices"
	"strings"
)

// shapes gives, for each element that has children, those it may have here, in
// the order of the UBL 2.1 schema. Names without a prefix of their own are cbc.
// An element that stands in no list is not written.
func shapes() map[string][]string {
	party := "EndpointID cac:PartyName cac:PostalAddress cac:PartyLegalEntity cac:Contact"
	tail := "DocumentCurrencyCode BuyerReference cac:InvoicePeriod cac:BillingReference cac:AccountingSupplierParty " +
		"cac:AccountingCustomerParty cac:PaymentMeans cac:PaymentTerms cac:TaxTotal cac:LegalMonetaryTotal "
	line := "LineExtensionAmount cac:DocumentReference cac:Item cac:Price"
	all := map[string][]string{}
	for name, children := range map[string]string{
		"Invoice":                        "CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode " + tail + "cac:InvoiceLine",
		"CreditNote":                     "CustomizationID ProfileID ID IssueDate CreditNoteTypeCode " + tail + "cac:CreditNoteLine",
		"cac:InvoicePeriod":              "StartDate EndDate",
		"cac:BillingReference":           "cac:InvoiceDocumentReference",
		"cac:InvoiceDocumentReference":   "ID IssueDate",
		"cac:AccountingSupplierParty":    "cac:Party",
		"cac:AccountingCustomerParty":    "cac:Party",
		"cac:Party":                      party,
		"cac:PartyName":                  "Name",
		"cac:PostalAddress":              "StreetName CityName PostalZone cac:Country",
		"cac:Country":                    "IdentificationCode",
		"cac:PartyLegalEntity":           "RegistrationName CompanyID",
		"cac:Contact":                    "Name Telephone ElectronicMail",
		"cac:PaymentMeans":               "PaymentMeansCode PaymentID cac:PayeeFinancialAccount",
		"cac:PayeeFinancialAccount":      "ID Name cac:FinancialInstitutionBranch",
		"cac:FinancialInstitutionBranch": "ID",
		"cac:PaymentTerms":               "Note",
		"cac:TaxTotal":                   "TaxAmount cac:TaxSubtotal",
		"cac:TaxSubtotal":                "TaxableAmount TaxAmount cac:TaxCategory",
		"cac:TaxCategory":                "ID TaxExemptionReasonCode TaxExemptionReason cac:TaxScheme",
		"cac:TaxScheme":                  "ID",
		"cac:LegalMonetaryTotal":         "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount PayableAmount",
		"cac:InvoiceLine":                "ID InvoicedQuantity " + line,
		"cac:CreditNoteLine":             "ID CreditedQuantity " + line,
		"cac:DocumentReference":          "ID DocumentTypeCode",
		"cac:Item":                       "Name cac:SellersItemIdentification cac:ClassifiedTaxCategory cac:AdditionalItemProperty",
		"cac:SellersItemIdentification":  "ID",
		"cac:ClassifiedTaxCategory":      "ID cac:TaxScheme",
		"cac:AdditionalItemProperty":     "Name Value",
		"cac:Price":                      "PriceAmount",
	} {
		for _, c := range strings.Fields(children) {
			if !strings.Contains(c, ":") {
				c = "cbc:" + c
			}
			all[name] = append(all[name], c)
		}
	}
	return all
}

// repeated are the elements that may stand several times beside each other.
const repeated = " cac:InvoiceLine cac:CreditNoteLine cac:AdditionalItemProperty "

// misplaced finds the first element that the shapes do not place where it
// stands.
func misplaced(doc *element) (where string) {
	all := shapes()
	if _, known := all[doc.name]; !known {
		return doc.name
	}
	doc.walk(doc.name, func(path string, e *element) {
		if where != "" {
			return
		}
		at := -1
		for _, c := range e.children {
			next := slices.Index(all[e.name], c.name)
			if next < at || next < 0 || next == at && !strings.Contains(repeated, " "+c.name+" ") {
				where = path + "/" + c.name
				return
			}
			at = next
		}
	})
	return where
}
