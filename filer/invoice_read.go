package filer

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"filtjanst/calendar"
	"filtjanst/money"
)

// ReadInvoices reads invoices as JSON (one, or a list), as UBL, or as CSV with
// one row a line.
func ReadInvoices(in io.Reader) ([]Invoice, error) {
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	switch {
	case len(raw) == 0:
		return nil, problem("the invoice is empty")
	case raw[0] == '{' || raw[0] == '[':
		return jsonInvoices(raw)
	case raw[0] == '<':
		i, err := ublInvoice(raw)
		return []Invoice{i}, err
	}
	return csvInvoices(raw)
}

func jsonInvoices(raw []byte) ([]Invoice, error) {
	var all []Invoice
	var err error
	if raw[0] == '[' {
		err = json.Unmarshal(raw, &all)
	} else {
		var wrapped struct {
			Invoice
			Invoices []Invoice `json:"invoices"`
		}
		if err = json.Unmarshal(raw, &wrapped); wrapped.Invoices != nil {
			all = wrapped.Invoices
		} else {
			all = []Invoice{wrapped.Invoice}
		}
	}
	if err != nil {
		return nil, problem("the invoice cannot be read as JSON: %v", err)
	}
	for _, i := range all {
		if i.Number == "" {
			return nil, problem("the JSON is no invoice: it has no number")
		}
	}
	return all, nil
}

// csvInvoices reads rows with the columns invoice, line, case, own_reference,
// kind, day and amount (kronor), in any order, parted by semicolon or comma.
func csvInvoices(raw []byte) ([]Invoice, error) {
	in := csv.NewReader(bytes.NewReader(raw))
	in.Comma, in.FieldsPerRecord = ';', -1
	if first, _, _ := bytes.Cut(raw, []byte("\n")); !bytes.Contains(first, []byte(";")) {
		in.Comma = ','
	}
	rows, err := in.ReadAll()
	if err != nil {
		return nil, problem("the invoice cannot be read as CSV: %v", err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[columnOf(name)] = i
	}
	for _, needed := range []string{"case", "kind", "amount"} {
		if _, there := at[needed]; !there {
			return nil, problem("the invoice has no column %q: it needs case, kind and amount", needed)
		}
	}
	var all []Invoice
	for n, row := range rows[1:] {
		cell := func(name string) string {
			i, there := at[name]
			if !there || i >= len(row) {
				return ""
			}
			return strings.TrimSpace(row[i])
		}
		line := InvoiceLine{Number: n + 2, Case: cell("case"), Own: cell("own_reference"), Kind: cell("kind")}
		var amountErr, dayErr error
		line.Amount, amountErr = money.Parse(cell("amount"))
		if day := cell("day"); day != "" {
			line.Day, dayErr = calendar.ParseDay(day)
		}
		if err := errors.Join(amountErr, dayErr); err != nil {
			return nil, problem("row %d of the invoice: %v", n+2, err)
		}
		all = addLine(all, cell("invoice"), line)
	}
	return all, nil
}

// columnOf is the name of a column by any of its names.
func columnOf(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	for of, names := range map[string][]string{
		"invoice": {"number", "fakturanr", "faktura"}, "case": {"case_number", "målnr", "målnummer"}, "own_reference": {"reference", "referens", "ärendenr"},
		"kind": {"avgift", "slag"}, "day": {"dag", "datum"}, "amount": {"belopp", "amount_kr"},
	} {
		if slices.Contains(names, name) {
			return of
		}
	}
	return name
}

func addLine(all []Invoice, number string, l InvoiceLine) []Invoice {
	for i := range all {
		if all[i].Number == number {
			all[i].Lines = append(all[i].Lines, l)
			return all
		}
	}
	return append(all, Invoice{Kind: "invoice", Number: number, Lines: []InvoiceLine{l}, untotal: true})
}

// ubl is what is read of an invoice or credit note in UBL 2.1.
type ubl struct {
	XMLName xml.Name
	ID      string    `xml:"ID"`
	Buyer   string    `xml:"BuyerReference"`
	First   string    `xml:"InvoicePeriod>StartDate"`
	Last    string    `xml:"InvoicePeriod>EndDate"`
	Total   string    `xml:"LegalMonetaryTotal>LineExtensionAmount"`
	Lines   []ublLine `xml:"InvoiceLine"`
	Credits []ublLine `xml:"CreditNoteLine"`
}

type ublLine struct {
	ID     int    `xml:"ID"`
	Amount string `xml:"LineExtensionAmount"`
	Case   []struct {
		ID   string `xml:"ID"`
		Type string `xml:"DocumentTypeCode"`
	} `xml:"DocumentReference"`
	Kind       string `xml:"Item>SellersItemIdentification>ID"`
	Properties []struct {
		Name  string `xml:"Name"`
		Value string `xml:"Value"`
	} `xml:"Item>AdditionalItemProperty"`
}

func ublInvoice(raw []byte) (Invoice, error) {
	var doc ubl
	if err := xml.Unmarshal(raw, &doc); err != nil {
		return Invoice{}, problem("the invoice cannot be read as XML: %v", err)
	}
	i := Invoice{Kind: "invoice", Number: doc.ID, Code: doc.Buyer}
	lines := doc.Lines
	switch doc.XMLName.Local {
	case "Invoice":
	case "CreditNote":
		i.Kind, lines = creditNote, doc.Credits
	default:
		return i, problem("the XML is neither an Invoice nor a CreditNote in UBL but %s", doc.XMLName.Local)
	}
	var errs []error
	i.Total, errs = ublAmount(doc.Total, errs)
	i.First, errs = ublDay(doc.First, errs)
	i.Last, errs = ublDay(doc.Last, errs)
	for _, l := range lines {
		line := InvoiceLine{Number: l.ID, Kind: l.Kind}
		line.Amount, errs = ublAmount(l.Amount, errs)
		for _, c := range l.Case {
			if c.Type == invoicedObject {
				line.Case = c.ID
			}
		}
		for _, p := range l.Properties {
			switch p.Name {
			case "Er referens":
				line.Own = p.Value
			case "Avgiftsdag":
				line.Day, errs = ublDay(p.Value, errs)
			}
		}
		i.Lines = append(i.Lines, line)
	}
	if err := errors.Join(errs...); err != nil {
		return i, problem("the invoice %s cannot be read: %v", i.Number, err)
	}
	return i, nil
}

// invoicedObject is the code of UBL for a reference to what is invoiced, here
// the case.
const invoicedObject = "130"

func ublAmount(text string, errs []error) (money.Amount, []error) {
	a, err := money.Parse(text)
	if err != nil {
		errs = append(errs, err)
	}
	return a, errs
}

func ublDay(text string, errs []error) (calendar.Day, []error) {
	if text == "" {
		return 0, errs
	}
	d, err := calendar.ParseDay(text)
	if err != nil {
		errs = append(errs, err)
	}
	return d, errs
}
