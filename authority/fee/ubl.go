package fee

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

	"filtjanst/identity"
	"filtjanst/money"
)

// What the documents say they are.
const (
	customization = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
	profile       = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
	currency      = "SEK"
	country       = "SE"
	outsideVAT    = "O"          // tax category: not subject to VAT
	outsideReason = "VATEX-EU-O" // its exemption reason code
	pieces        = "C62"        // unit: one
	transfer      = "30"         // payment means: credit transfer
	bankgiro      = "SE:BANKGIRO"
	plusgiro      = "SE:PLUSGIRO"
)

// WriteUBL is [WriteUBL] with the seller of the configuration.
func (f *Fees) WriteUBL(w io.Writer, i Invoice) error { return WriteUBL(w, f.config.Seller, i) }

// WriteUBL writes the invoice or credit note as UBL 2.1 in the form of Peppol
// BIS Billing 3. The fees are outside the scope of VAT. The document is
// checked first, by the rules that [Rules] marks as checked; one that breaks
// any is not written, and the error is a *RuleError.
func WriteUBL(w io.Writer, s Seller, i Invoice) error {
	if err := s.check(); err != nil {
		return err
	}
	doc := ublOf(s, i)
	if faults := faultsOf(doc); len(faults) > 0 {
		return &RuleError{Document: i.Number, Faults: faults}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("fee: write %s: %w", i.Number, err)
	}
	doc.attrs = namespaces(i.Kind)
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := errors.Join(doc.write(enc), enc.Close()); err != nil {
		return fmt.Errorf("fee: write %s: %w", i.Number, err)
	}
	return nil
}

func namespaces(k DocumentKind) []xml.Attr {
	space := invoiceSpace
	if k == CreditNote {
		space = creditNoteSpace
	}
	return []xml.Attr{
		{Name: xml.Name{Local: "xmlns"}, Value: space},
		{Name: xml.Name{Local: "xmlns:cac"}, Value: aggregateSpace},
		{Name: xml.Name{Local: "xmlns:cbc"}, Value: basicSpace},
	}
}

// form is what differs between the two documents.
type form struct{ root, code, typeCode, line, quantity string }

func formOf(k DocumentKind) form {
	if k == CreditNote {
		return form{"CreditNote", "cbc:CreditNoteTypeCode", "381", "cac:CreditNoteLine", "cbc:CreditedQuantity"}
	}
	return form{"Invoice", "cbc:InvoiceTypeCode", "380", "cac:InvoiceLine", "cbc:InvoicedQuantity"}
}

// ublOf lays the document out in the order of the UBL 2.1 schema.
func ublOf(s Seller, i Invoice) *element {
	kind := formOf(i.Kind)
	doc := &element{name: kind.root}
	add := func(children ...*element) {
		for _, c := range children {
			if c != nil {
				doc.children = append(doc.children, c)
			}
		}
	}
	add(leaf("cbc:CustomizationID", customization), leaf("cbc:ProfileID", profile), leaf("cbc:ID", i.Number),
		leaf("cbc:IssueDate", i.Day.String()))
	if i.Kind != CreditNote {
		add(leaf("cbc:DueDate", i.Due.String()))
	}
	add(leaf(kind.code, kind.typeCode), leaf("cbc:DocumentCurrencyCode", currency), leaf("cbc:BuyerReference", i.Buyer.Reference),
		group("cac:InvoicePeriod", leaf("cbc:StartDate", i.First.String()), leaf("cbc:EndDate", i.Last.String())))
	if i.Corrects != nil {
		add(group("cac:BillingReference", group("cac:InvoiceDocumentReference",
			leaf("cbc:ID", i.Corrects.Number), leaf("cbc:IssueDate", i.Corrects.Day.String()))))
	}
	add(group("cac:AccountingSupplierParty", sellerParty(s)), group("cac:AccountingCustomerParty", buyerParty(i.Buyer)))
	if i.Kind != CreditNote {
		add(paymentMeans(s, i), group("cac:PaymentTerms", leaf("cbc:Note", terms(i))))
	}
	add(taxTotal(i.Total), monetaryTotal(i.Total))
	for _, l := range i.Lines {
		add(ublLine(kind, l))
	}
	return doc
}

// terms says when to pay and that interest follows (RL §4).
func terms(i Invoice) string {
	return fmt.Sprintf("Betalas senast %s. Därefter dröjsmålsränta enligt 6 § räntelagen.", i.Due)
}

func sellerParty(s Seller) *element {
	at := s.Endpoint
	if at == (Endpoint{}) {
		at = Endpoint{swedishOrganisation, s.Organisation}
	}
	return group("cac:Party",
		leaf("cbc:EndpointID", at.ID, "schemeID", at.Scheme),
		group("cac:PartyName", leaf("cbc:Name", s.Name)),
		address(s.Street, s.Town, s.PostalCode),
		group("cac:PartyLegalEntity", leaf("cbc:RegistrationName", s.Name), companyID(s.Organisation)),
		group("cac:Contact", leaf("cbc:Name", s.Contact), leaf("cbc:Telephone", s.Phone), leaf("cbc:ElectronicMail", s.Email)))
}

func buyerParty(b Buyer) *element {
	return group("cac:Party",
		leaf("cbc:EndpointID", b.Endpoint.ID, "schemeID", b.Endpoint.Scheme),
		group("cac:PartyName", leaf("cbc:Name", b.Name)),
		address(b.Street, b.Town, b.PostalCode),
		group("cac:PartyLegalEntity", leaf("cbc:RegistrationName", b.Name), companyID(b.Organisation)))
}

func companyID(number string) *element {
	return leaf("cbc:CompanyID", number, "schemeID", swedishOrganisation)
}

func address(street, town, postalCode string) *element {
	return group("cac:PostalAddress", leaf("cbc:StreetName", street), leaf("cbc:CityName", town), leaf("cbc:PostalZone", postalCode),
		group("cac:Country", leaf("cbc:IdentificationCode", country)))
}

func paymentMeans(s Seller, i Invoice) *element {
	account, branch := s.Bankgiro.Digits(), bankgiro
	if s.Bankgiro == (identity.Bankgiro{}) {
		account, branch = s.Plusgiro.Digits(), plusgiro
	}
	return group("cac:PaymentMeans", leaf("cbc:PaymentMeansCode", transfer), leaf("cbc:PaymentID", i.PaymentReference),
		group("cac:PayeeFinancialAccount", leaf("cbc:ID", account), leaf("cbc:Name", s.Name),
			group("cac:FinancialInstitutionBranch", leaf("cbc:ID", branch))))
}

func inSEK(name string, a money.Amount) *element {
	return leaf(name, a.Decimal('.'), "currencyID", currency)
}

func vat() *element { return group("cac:TaxScheme", leaf("cbc:ID", "VAT")) }

func taxTotal(total money.Amount) *element {
	return group("cac:TaxTotal", inSEK("cbc:TaxAmount", 0),
		group("cac:TaxSubtotal", inSEK("cbc:TaxableAmount", total), inSEK("cbc:TaxAmount", 0),
			group("cac:TaxCategory", leaf("cbc:ID", outsideVAT), leaf("cbc:TaxExemptionReasonCode", outsideReason),
				leaf("cbc:TaxExemptionReason", "Omfattas inte av mervärdesskatt"), vat())))
}

func monetaryTotal(total money.Amount) *element {
	return group("cac:LegalMonetaryTotal", inSEK("cbc:LineExtensionAmount", total), inSEK("cbc:TaxExclusiveAmount", total),
		inSEK("cbc:TaxInclusiveAmount", total), inSEK("cbc:PayableAmount", total))
}

// ublLine is one fee. The case number is the invoiced object (document type
// 130); the filer's own reference and the client stand as properties.
func ublLine(kind form, l Line) *element {
	info, _ := l.Kind.Info()
	return group(kind.line, leaf("cbc:ID", strconv.FormatInt(l.Number, 10)), leaf(kind.quantity, "1", "unitCode", pieces),
		inSEK("cbc:LineExtensionAmount", l.Amount), caseReference(l.Case),
		group("cac:Item", leaf("cbc:Name", info.Swedish), group("cac:SellersItemIdentification", leaf("cbc:ID", string(l.Kind))),
			group("cac:ClassifiedTaxCategory", leaf("cbc:ID", outsideVAT), vat()),
			property("Er referens", l.Own), property("Klient", l.Client), property("Avgiftsdag", l.Day.String())),
		group("cac:Price", inSEK("cbc:PriceAmount", l.Amount)))
}

func caseReference(number string) *element {
	if number == "" {
		return nil
	}
	return group("cac:DocumentReference", leaf("cbc:ID", number), leaf("cbc:DocumentTypeCode", "130"))
}

func property(name, value string) *element {
	v := leaf("cbc:Value", value)
	if v == nil {
		return nil
	}
	return group("cac:AdditionalItemProperty", leaf("cbc:Name", name), v)
}
