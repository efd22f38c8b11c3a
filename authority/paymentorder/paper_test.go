package paymentorder_test

import (
	"slices"
	"testing"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// A case on paper is confirmed and decided by letter, and its verdict stands in no
// file.
func TestCaseOnPaper(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(1)
		a.Notice = filing.NoticePaper
		number := b.decided(a)
		for _, m := range []string{"bf.confirmation", "bf.order_to_answer", "bf.verdict", "bf.verdict_respondent"} {
			if n := b.count(`SELECT COUNT(*) FROM notice_letter WHERE message = $1 AND case_number = $2`, m, number); n != 1 {
				b.Errorf("%d letters %s", n, m)
			}
		}
		if got := only(b.outgoing(), filing.BFVerdict); len(got) != 0 {
			b.Errorf("%+v goes out", got)
		}
		nowhere := claim(1)
		r := &nowhere.Respondents[0]
		r.Street, r.PostalCode, r.Town, r.AddressInquiry = "", "", "", "Folkbokföringen är genomsökt."
		unreached := b.ordered(nowhere)
		if !slices.ContainsFunc(b.story(unreached), func(e service.Event) bool { return e.Kind == "no_address" }) {
			b.Errorf("it is not noted that nobody was reached: %+v", b.story(unreached))
		}
	})
}
