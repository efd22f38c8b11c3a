package fee_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/identity"
)

var update = flag.Bool("update", false, "write the files of testdata anew")

func sample() fee.Invoice {
	return fee.Invoice{
		Kind: fee.InvoiceDocument, Number: "2026000001", PaymentReference: "20260000011", PartyCode: "ABC",
		Buyer: fee.Buyer{Name: "Åkes & Söners Inkasso AB", Organisation: "5560000167", Street: "Storgatan 2", PostalCode: "111 22",
			Town: "Stockholm", Endpoint: fee.Endpoint{Scheme: "0007", ID: "5560000167"}, Reference: "ABC"},
		First: day("2026-01-01"), Last: day("2026-01-31"), Day: day("2026-02-01"), Due: day("2026-03-03"),
		Total: 900_00, Balance: 900_00, Count: 2,
		Lines: []fee.Line{
			{Number: 1, ItemID: 7, Case: "2026-0000017", Own: "F<4711>", Client: "Elbolaget & Co", Kind: fee.ApplicationFee, Day: day("2026-01-10"), Amount: 300_00},
			{Number: 2, ItemID: 9, Case: "U-26-9", Kind: fee.BasicFee, Day: day("2026-01-11"), Amount: 600_00},
		},
	}
}

func sampleNote() fee.Invoice {
	i := sample()
	i.Kind, i.Number, i.PaymentReference, i.Total, i.Balance, i.Count = fee.CreditNote, "2026000002", "20260000029", 100_50, 0, 1
	i.Corrects = &fee.Reference{Number: "2026000001", Day: day("2026-02-01")}
	i.Day, i.Due, i.Lines = day("2026-02-10"), day("2026-02-10"), i.Lines[:1]
	i.Lines[0].Amount = 100_50
	return i
}

func written(t testing.TB, i fee.Invoice) string {
	t.Helper()
	var b bytes.Buffer
	if err := fee.WriteUBL(&b, seller(t), i); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteUBL(t *testing.T) {
	t.Parallel()
	for name, i := range map[string]fee.Invoice{"invoice.xml": sample(), "credit_note.xml": sampleNote()} {
		got := written(t, i)
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if faults, err := fee.CheckUBL(strings.NewReader(got)); err != nil || len(faults) > 0 {
			t.Errorf("%s breaks %v %v", name, faults, err)
		}
	}
}

func TestWriteUBLToPlusgiro(t *testing.T) {
	t.Parallel()
	s := seller(t)
	giro, err := identity.ParsePlusgiro("4-2")
	if err != nil {
		t.Fatal(err)
	}
	s.Bankgiro, s.Plusgiro = identity.Bankgiro{}, giro
	var b bytes.Buffer
	if err := fee.WriteUBL(&b, s, sample()); err != nil || !strings.Contains(b.String(), "SE:PLUSGIRO") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// A document that breaks a rule is not written, not even in part.
func TestWriteUBLRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(*fee.Invoice)
		rule  string
	}{
		"lines do not add up": {func(i *fee.Invoice) { i.Total += 1 }, "BR-CO-10"},
		"no lines":            {func(i *fee.Invoice) { i.Lines, i.Total = nil, 0 }, "BR-16"},
		"no buyer":            {func(i *fee.Invoice) { i.Buyer.Name = " " }, "BR-07"},
		"no electronic buyer": {func(i *fee.Invoice) { i.Buyer.Endpoint = fee.Endpoint{} }, "PEPPOL-EN16931-R010"},
		"wrong number":        {func(i *fee.Invoice) { i.Buyer.Organisation = "5560000168" }, "PEPPOL-COMMON-R049"},
		"no reference":        {func(i *fee.Invoice) { i.Buyer.Reference = "" }, "PEPPOL-EN16931-R003"},
		"negative line":       {func(i *fee.Invoice) { i.Lines[0].Amount, i.Total = -300_00, 300_00 }, "BR-27"},
		"wrong OCR":           {func(i *fee.Invoice) { i.PaymentReference = "20260000012" }, "FT-02"},
		"unknown kind":        {func(i *fee.Invoice) { i.Lines[0].Kind = "tip" }, "BR-25"},
		"backward period":     {func(i *fee.Invoice) { i.First = i.Last.AddDays(1) }, "BR-29"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := sample()
			test.spoil(&i)
			var b bytes.Buffer
			err := fee.WriteUBL(&b, seller(t), i)
			var broken *fee.RuleError
			if !errors.As(err, &broken) || b.Len() > 0 {
				t.Fatalf("wrote %d bytes, %v", b.Len(), err)
			}
			for _, f := range broken.Faults {
				if f.Rule.ID == test.rule {
					return
				}
			}
			t.Errorf("broke %v, want %s", err, test.rule)
		})
	}
}

func TestWriteUBLWithoutASeller(t *testing.T) {
	t.Parallel()
	err := fee.WriteUBL(&bytes.Buffer{}, fee.Seller{Name: "x"}, sample())
	if err == nil || !strings.Contains(err.Error(), "bankgiro") {
		t.Errorf("wrote: %v", err)
	}
}

func TestInvoiceAsJSON(t *testing.T) {
	t.Parallel()
	for _, i := range []fee.Invoice{sample(), sampleNote()} {
		text, err := json.Marshal(i)
		if err != nil {
			t.Fatal(err)
		}
		var back fee.Invoice
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(i, back); diff != "" {
			t.Error(diff)
		}
	}
	text, _ := json.Marshal(sample())
	for _, part := range []string{`"number":"2026000001"`, `"total_ore":90000`, `"due":"2026-03-03"`, `"own_reference":"F\u003c4711\u003e"`, `"case":"U-26-9"`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%s lacks %s", text, part)
		}
	}
}
