package filing_test

import (
	"bytes"
	"strings"
	"testing"

	"filtjanst/filing"

	"pgregory.net/rapid"
)

// TestReceiptCarriesWhatOthersWrote: whatever a filer wrote, its receipt can
// be written and read back.
func TestReceiptCarriesWhatOthersWrote(t *testing.T) {
	t.Parallel()
	given := rapid.OneOf(
		rapid.SampledFrom([]string{"Ob¤tald", "FÃ¶rseningsersÃ¤ttning", "a\nb", "÷", "Å½", "\u0085", "日本", "\xff", strings.Repeat("¦", 500)}),
		rapid.String(),
	)
	for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		rapid.Check(t, func(t *rapid.T) {
			value := given.Draw(t, "value")
			e := filing.NewError("D122", filing.Place{Document: 1, Record: "31", Line: 8, Offset: 1038, Field: "TEXT", Value: value}, "TEXT", value)
			r := filing.Receipt{
				Transaction: filing.BFApplication, TransactionID: "1", Outcome: filing.Rejected, FileName: value,
				Errors: []filing.Error{e}, ErrorCount: 1,
			}
			var b bytes.Buffer
			if err := filing.WriteReceipt(&b, filing.Own(), form, r); err != nil {
				t.Fatalf("%s: %v", form, err)
			}
			got, err := filing.ReadReceipt(&b, filing.Own(), filing.BFApplicationReceipt)
			if err != nil {
				t.Fatalf("%s: %v", form, err)
			}
			if len(got.Errors) != 1 || got.Errors[0].Code != e.Code || got.Errors[0].Offset != e.Offset || got.Errors[0].Remedy != e.Remedy {
				t.Errorf("%s: %+v", form, got.Errors)
			}
		})
	}
}
