package paymentorder_test

import (
	"strings"
	"testing"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// A claim that is lodged already is warned of, but not once it is withdrawn, nor
// to another filer.
func TestRepeatedClaimsAreWarnedOf(t *testing.T) {
	each(t, func(b *bench) {
		number := b.lodge(claim(2))
		warned := func(main int64, a filing.Application) []filing.Error {
			f, docs := b.fileOf(99, a)
			f.MainCodeID = main
			var j service.Judgement
			b.read(func(r store.Reader) (err error) {
				j, err = b.orders.Verify(r, f, docs)
				return err
			})
			if len(j.Errors) > 0 {
				b.Errorf("refused: %+v", j.Errors)
			}
			return j.Warnings
		}
		if w := warned(7, claim(1)); len(w) != 1 || w[0].Code != "W431" || !strings.Contains(w[0].English, number) {
			b.Errorf("%+v", w)
		}
		other := claim(1)
		other.Parts[0].InvoiceNumber = "18"
		for name, got := range map[string][]filing.Error{"another invoice": warned(7, other), "another filer": warned(8, claim(1))} {
			if len(got) > 0 {
				b.Errorf("%s: %+v", name, got)
			}
		}
		b.withdraw(number)
		if w := warned(7, claim(1)); len(w) > 0 {
			b.Errorf("withdrawn: %+v", w)
		}
	})
}
