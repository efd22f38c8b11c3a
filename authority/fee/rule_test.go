package fee_test

import (
	"io"
	"strings"
	"testing"

	"filtjanst/authority/fee"
)

// drop takes the first element with the tag away, with all it holds.
func drop(tag string) func(string) string {
	return func(doc string) string {
		start := strings.Index(doc, "<"+tag)
		stop := strings.Index(doc, "</"+tag+">")
		if start < 0 || stop < start {
			return doc
		}
		return doc[:start] + doc[stop+len("</"+tag+">"):]
	}
}

func swap(old, new string) func(string) string {
	return func(doc string) string { return strings.Replace(doc, old, new, 1) }
}

// after puts text behind the first occurrence of a mark.
func after(mark, text string) func(string) string { return swap(mark, mark+text) }

// from edits only what follows the mark.
func from(mark string, edit func(string) string) func(string) string {
	return func(doc string) string {
		at := strings.Index(doc, mark)
		if at < 0 {
			return doc
		}
		return doc[:at] + edit(doc[at:])
	}
}

const (
	buyerMark = "<cac:AccountingCustomerParty>"
	taxMark   = "<cac:TaxSubtotal>"
	sumMark   = "<cac:LegalMonetaryTotal>"
	lineMark  = "<cac:InvoiceLine>"
)

// breaks says how a good invoice is made to break each rule.
func breaks() map[string]func(string) string {
	return map[string]func(string) string{
		"BR-01":                                 drop("cbc:CustomizationID"),
		"BR-02":                                 drop("cbc:ID"),
		"BR-03":                                 drop("cbc:IssueDate"),
		"BR-04":                                 drop("cbc:InvoiceTypeCode"),
		"BR-05":                                 drop("cbc:DocumentCurrencyCode"),
		"BR-06":                                 drop("cbc:RegistrationName"),
		"BR-07":                                 from(buyerMark, drop("cbc:RegistrationName")),
		"BR-08":                                 drop("cac:PostalAddress"),
		"BR-09":                                 drop("cac:Country"),
		"BR-10":                                 from(buyerMark, drop("cac:PostalAddress")),
		"BR-11":                                 from(buyerMark, drop("cac:Country")),
		"BR-12":                                 from(sumMark, drop("cbc:LineExtensionAmount")),
		"BR-13":                                 drop("cbc:TaxExclusiveAmount"),
		"BR-14":                                 drop("cbc:TaxInclusiveAmount"),
		"BR-15":                                 drop("cbc:PayableAmount"),
		"BR-16":                                 func(doc string) string { return drop("cac:InvoiceLine")(drop("cac:InvoiceLine")(doc)) },
		"BR-21":                                 from(lineMark, drop("cbc:ID")),
		"BR-22":                                 drop("cbc:InvoicedQuantity"),
		"BR-23":                                 swap(` unitCode="C62"`, ""),
		"BR-24":                                 from(lineMark, drop("cbc:LineExtensionAmount")),
		"BR-25":                                 from(lineMark, drop("cbc:Name")),
		"BR-26":                                 drop("cbc:PriceAmount"),
		"BR-27":                                 swap(`<cbc:PriceAmount currencyID="SEK">`, `<cbc:PriceAmount currencyID="SEK">-`),
		"BR-29":                                 swap("<cbc:EndDate>2026-01-31", "<cbc:EndDate>2025-12-31"),
		"BR-45":                                 drop("cbc:TaxableAmount"),
		"BR-46":                                 from(taxMark, drop("cbc:TaxAmount")),
		"BR-47":                                 from("<cac:TaxCategory>", drop("cbc:ID")),
		"BR-48":                                 from("<cac:TaxCategory>", swap(">O<", ">E<")),
		"BR-49":                                 drop("cbc:PaymentMeansCode"),
		"BR-50":                                 from("<cac:PayeeFinancialAccount>", drop("cbc:ID")),
		"BR-54":                                 drop("cbc:Value"),
		"BR-55":                                 after("</cac:InvoicePeriod>", "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:IssueDate>2026-01-01</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>"),
		"BR-61":                                 drop("cac:PayeeFinancialAccount"),
		"BR-62":                                 swap(` schemeID="0007"`, ""),
		"BR-63":                                 from(buyerMark, swap(` schemeID="0007"`, "")),
		"BR-CL-01, PEPPOL-EN16931-P0100, P0101": swap(">380<", ">325<"),
		"BR-CL-03, 04, PEPPOL-EN16931-CL007":    swap("Code>SEK<", "Code>EUR<"),
		"BR-CL-11, 25, PEPPOL-EN16931-CL008":    from("<cac:PartyLegalEntity>", swap(`schemeID="0007"`, `schemeID="0192"`)),
		"BR-CL-14":                              swap("IdentificationCode>SE<", "IdentificationCode>NO<"),
		"BR-CL-16":                              swap(">30<", ">42<"),
		"BR-CL-17, 18":                          from("<cac:TaxCategory>", swap(">O<", ">Z<")),
		"BR-CL-22":                              swap("VATEX-EU-O", "VATEX-EU-G"),
		"BR-CL-23":                              swap(`unitCode="C62"`, `unitCode="HUR"`),
		"BR-CO-04":                              from("<cac:ClassifiedTaxCategory>", drop("cbc:ID")),
		"BR-CO-10":                              from(lineMark, swap(">300.00<", ">300.01<")),
		"BR-CO-11":                              from(sumMark, after("</cbc:TaxInclusiveAmount>", `<cbc:AllowanceTotalAmount currencyID="SEK">1.00</cbc:AllowanceTotalAmount>`)),
		"BR-CO-12":                              from(sumMark, after("</cbc:TaxInclusiveAmount>", `<cbc:ChargeTotalAmount currencyID="SEK">1.00</cbc:ChargeTotalAmount>`)),
		"BR-CO-13":                              from("<cbc:TaxExclusiveAmount", swap("900.00", "901.00")),
		"BR-CO-14":                              from("<cac:TaxTotal>", swap(">0.00<", ">1.00<")),
		"BR-CO-15":                              from("<cbc:TaxInclusiveAmount", swap("900.00", "899.99")),
		"BR-CO-16":                              from("<cbc:PayableAmount", swap("900.00", "90.00")),
		"BR-CO-18":                              drop("cac:TaxSubtotal"),
		"BR-CO-19":                              func(doc string) string { return drop("cbc:EndDate")(drop("cbc:StartDate")(doc)) },
		"BR-CO-25":                              func(doc string) string { return drop("cac:PaymentTerms")(drop("cbc:DueDate")(doc)) },
		"BR-CO-26":                              drop("cbc:CompanyID"),
		"BR-DEC-09…23":                          from("<cbc:PayableAmount", swap("900.00", "900.000")),
		"BR-O-01":                               drop("cac:TaxSubtotal"),
		"BR-O-02":                               after("</cac:PostalAddress>", "<cac:PartyTaxScheme><cbc:CompanyID>SE202100000101</cbc:CompanyID></cac:PartyTaxScheme>"),
		"BR-O-03, 04, 06, 07, 13, 14":           after("</cac:PaymentTerms>", "<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator></cac:AllowanceCharge>"),
		"BR-O-05":                               from("<cac:ClassifiedTaxCategory>", after("<cbc:ID>O</cbc:ID>", "<cbc:Percent>0</cbc:Percent>")),
		"BR-O-08":                               from("<cbc:TaxableAmount", swap("900.00", "300.00")),
		"BR-O-09":                               from(taxMark, swap(">0.00<", ">0.01<")),
		"BR-O-10": func(doc string) string {
			return drop("cbc:TaxExemptionReason")(drop("cbc:TaxExemptionReasonCode")(doc))
		},
		"BR-O-11": after("</cac:TaxSubtotal>", `<cac:TaxSubtotal><cac:TaxCategory><cbc:ID>S</cbc:ID></cac:TaxCategory></cac:TaxSubtotal>`),
		"BR-O-12": from("<cac:ClassifiedTaxCategory>", swap(">O<", ">S<")),

		"PEPPOL-COMMON-R040":        from(buyerMark, swap(`"0007">5560000167<`, `"0088">7300010000002<`)),
		"PEPPOL-COMMON-R049":        swap(">5560000167<", ">5560000168<"),
		"PEPPOL-EN16931-F001":       swap("<cbc:DueDate>2026-03-03", "<cbc:DueDate>2026-02-30"),
		"PEPPOL-EN16931-P0105":      from("<cac:TaxCategory>", swap(">O<", ">E<")),
		"PEPPOL-EN16931-R001":       drop("cbc:ProfileID"),
		"PEPPOL-EN16931-R002":       after("</cbc:InvoiceTypeCode>", "<cbc:Note>a</cbc:Note><cbc:Note>b</cbc:Note>"),
		"PEPPOL-EN16931-R003":       drop("cbc:BuyerReference"),
		"PEPPOL-EN16931-R004":       swap("#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", ""),
		"PEPPOL-EN16931-R007":       swap("billing:01:1.0", "billing:1:1.0"),
		"PEPPOL-EN16931-R008":       swap("<cbc:BuyerReference>ABC", "<cbc:BuyerReference>"),
		"PEPPOL-EN16931-R010":       from(buyerMark, drop("cbc:EndpointID")),
		"PEPPOL-EN16931-R020":       drop("cbc:EndpointID"),
		"PEPPOL-EN16931-R051":       swap(`currencyID="SEK"`, `currencyID="EUR"`),
		"PEPPOL-EN16931-R053":       after("</cac:TaxTotal>", "<cac:TaxTotal><cac:TaxSubtotal></cac:TaxSubtotal></cac:TaxTotal>"),
		"PEPPOL-EN16931-R054":       after("</cbc:DocumentCurrencyCode>", "<cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>"),
		"PEPPOL-EN16931-R100":       after("</cac:DocumentReference>", "<cac:DocumentReference><cbc:ID>1</cbc:ID></cac:DocumentReference>"),
		"PEPPOL-EN16931-R101":       swap(">130<", ">50<"),
		"PEPPOL-EN16931-R110, R111": from(lineMark, after("</cbc:LineExtensionAmount>", "<cac:InvoicePeriod><cbc:StartDate>2020-01-01</cbc:StartDate></cac:InvoicePeriod>")),
		"PEPPOL-EN16931-R120":       swap(`unitCode="C62">1<`, `unitCode="C62">2<`),
		"PEPPOL-EN16931-R121, R130": after("</cbc:PriceAmount>", "<cbc:BaseQuantity>0</cbc:BaseQuantity>"),
		"SE-R-001, 002, 006":        from(taxMark, after("<cbc:ID>O</cbc:ID>", "<cbc:Percent>25</cbc:Percent>")),
		"SE-R-003":                  from("<cbc:CompanyID", swap("2021000001", "202100-001")),
		"SE-R-004":                  from("<cbc:CompanyID", swap("2021000001", "162021000001")),
		"SE-R-005":                  after("</cac:PostalAddress>", "<cac:PartyTaxScheme><cbc:CompanyID>x</cbc:CompanyID></cac:PartyTaxScheme>"),
		"SE-R-007, 010": func(doc string) string {
			return swap(">9912346<", ">991234600<")(swap("SE:BANKGIRO", "SE:PLUSGIRO")(doc))
		},
		"SE-R-008, 009": swap(">9912346<", ">991-2346<"),
		"SE-R-011, 012": swap(">30<", ">31<"),
		"SE-R-013":      from("<cbc:CompanyID", swap("2021000001", "2021000002")),
		"FT-01": func(doc string) string {
			return after("</cbc:IssueDate>", "<cbc:ID>2026000001</cbc:ID>")(drop("cbc:ID")(doc))
		},
		"FT-02": swap(">20260000011<", ">20260000012<"),
		"FT-04": drop("cac:PaymentMeans"),
	}
}

// Categories of tax count only as those of VAT.
func TestTaxSchemeIsNeeded(t *testing.T) {
	t.Parallel()
	for mark, rule := range map[string]string{"<cac:TaxCategory>": "BR-47", "<cac:ClassifiedTaxCategory>": "BR-CO-04"} {
		faults, err := fee.CheckUBL(strings.NewReader(from(mark, drop("cac:TaxScheme"))(written(t, sample()))))
		if err != nil || !broken(faults, rule) {
			t.Errorf("%s without its tax scheme: %v, %v", mark, faults, err)
		}
	}
}

// A buyer can be reached by a GLN.
func TestLocationNumberAsEndpoint(t *testing.T) {
	t.Parallel()
	for number, fine := range map[string]bool{"7300010000001": true, "7300010000010": false, "730001000000": false, "73000100000O1": false, "0007300010000001": false} {
		i := sample()
		i.Buyer.Endpoint = fee.Endpoint{Scheme: "0088", ID: number}
		if err := fee.WriteUBL(io.Discard, seller(t), i); (err == nil) != fine {
			t.Errorf("%s: %v", number, err)
		}
	}
}

// Every rule that is checked finds a document that breaks it.
func TestEachRuleCanBreak(t *testing.T) {
	t.Parallel()
	good, note := written(t, sample()), written(t, sampleNote())
	edits := breaks()
	for _, r := range fee.Rules() {
		if !r.Checked {
			continue
		}
		doc, edit := good, edits[r.ID]
		if r.ID == "FT-03" {
			doc, edit = note, drop("cac:BillingReference")
		}
		if edit == nil {
			t.Errorf("nothing here breaks %s", r.ID)
			continue
		}
		bad := edit(doc)
		if bad == doc {
			t.Errorf("%s: the edit changed nothing", r.ID)
			continue
		}
		faults, err := fee.CheckUBL(strings.NewReader(bad))
		if err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
		if !broken(faults, r.ID) {
			t.Errorf("%s is not found broken, only %v", r.ID, faults)
		}
	}
}

func broken(faults []fee.RuleFault, id string) bool {
	for _, f := range faults {
		if f.Rule.ID == id {
			return true
		}
	}
	return false
}

func TestRulesAreTold(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range fee.Rules() {
		if r.ID == "" || r.Source == "" || r.Swedish == "" || r.English == "" || seen[r.ID] {
			t.Errorf("rule %+v is not told, or twice", r)
		}
		seen[r.ID] = true
	}
}

// Not every text is an invoice.
func TestCheckUBLOfOtherTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "hej", "<Invoice>", "<a/><b/>", strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40)} {
		if _, err := fee.CheckUBL(strings.NewReader(text)); err == nil {
			t.Errorf("%.20q passed as XML", text)
		}
	}
	for _, text := range []string{"<a/>", "<Invoice/>", `<CreditNote xmlns="urn:x"><ID>1</ID></CreditNote>`} {
		if faults, err := fee.CheckUBL(strings.NewReader(text)); err != nil || len(faults) < 10 {
			t.Errorf("%.20q breaks %v, %v", text, faults, err)
		}
	}
}

// A mangled document is refused or found broken, and stops nothing.
func FuzzCheckUBL(f *testing.F) {
	good := written(f, sample())
	f.Add(good)
	f.Add(written(f, sampleNote()))
	for _, edit := range breaks() {
		f.Add(edit(good))
	}
	f.Fuzz(func(t *testing.T, doc string) {
		faults, err := fee.CheckUBL(strings.NewReader(doc))
		if err == nil && len(faults) == 0 && !strings.Contains(doc, "billing:3.0") {
			t.Errorf("nothing is wrong with %q", doc)
		}
	})
}
