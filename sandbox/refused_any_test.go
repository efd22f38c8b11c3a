package sandbox

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"filtjanst/filing"
)

// TestUnreadable: what is no file of the transaction is answered with a
// receipt, costs no number, and the same number takes the right file.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	docsOf := incoming(l.restructured(t, debtor(silent, 1)))
	for tx, docs := range docsOf {
		for _, form := range forms {
			right := l.parts(t, tx, form, docs...)
			half := right[0].body[:len(right[0].body)/2]
			for name, body := range map[string][]byte{
				"empty":          {},
				"blank":          []byte("\r\n\r\n"),
				"noise":          bytes.Repeat([]byte{0x81, 2, 3}, 3000),
				"cut":            half,
				"twice in one":   append(append([]byte{}, right[0].body...), right[0].body...),
				"of another":     l.other(t, tx, form),
				"zeros in front": append(make([]byte, 64), right[0].body...),
			} {
				t.Run(string(tx)+" "+string(form)+" "+name, func(t *testing.T) {
					number := l.next(t, tx)
					parts := append([]part{{right[0].kind, right[0].name, body}}, right[1:]...)
					l.unreadable(t, tx, parts)
					if got := l.next(t, tx); got != number {
						t.Errorf("number %d is expected, it was %d", got, number)
					}
				})
			}
		}
	}
}

// other is a file of another transaction than the product's.
func (l lodger) other(t *testing.T, tx filing.Transaction, form filing.Form) []byte {
	t.Helper()
	if tx == filing.BFWithdrawal {
		return l.parts(t, filing.BFReduction, form, lowered("2026-9999999", filing.ReduceTo, 5))[0].body
	}
	return l.parts(t, filing.BFWithdrawal, form, withdrawal("2026-9999999"))[0].body
}

// unreadable sends what no receipt approves. A note that is left without its
// file waits, and is no matter of the test.
func (l lodger) unreadable(t *testing.T, tx filing.Transaction, parts []part) {
	t.Helper()
	l.post(t, tx, parts...)
	all := l.answers(t, tx)
	if len(all) != 1 || all[0].Outcome != filing.Rejected {
		t.Fatalf("%d receipts: %+v", len(all), all)
	}
	for _, e := range all[0].Errors {
		told(t, e)
	}
	if len(all[0].Errors) == 0 {
		t.Error("rejected without an error")
	}
	t.Logf("%+v", named(all[0].Errors))
}

// TestTooManyAtOnce: a file that takes effect at once has its limit.
func TestTooManyAtOnce(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	docs := make([]filing.Content, 10_001)
	for i := range docs {
		docs[i] = withdrawal("2026-9999999")
	}
	for _, form := range forms {
		number := l.next(t, filing.BFWithdrawal)
		l.sayings(t, l.lodge(t, filing.BFWithdrawal, form, docs...), number, rejected("F151"))
	}
	r := l.lodge(t, filing.BFWithdrawal, filing.TextForm, docs[1:]...)
	if r.Outcome != filing.Rejected || r.ErrorCount != 10_000 || len(r.Errors) != 1000 || r.Counts["D401"] != 10_000 {
		t.Errorf("%s, %d errors, %d listed, %v", r.Outcome, r.ErrorCount, len(r.Errors), r.Counts)
	}
}

// TestWithdrawnAgain: one message twice is one; the same content in a new
// message has the number of the first and is refused, and under the next number
// it finds that it was so already.
func TestWithdrawnAgain(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	number := l.registered(t, filing.BFApplication, owed("A1", debtor(silent, 1)))["A1"][0]
	parts := l.parts(t, filing.BFWithdrawal, filing.TextForm, withdrawal(number))
	id := newID()
	for range 2 {
		if err := l.tryPost(t, id, filing.BFWithdrawal, parts...); err != nil {
			t.Fatal(err)
		}
	}
	all := l.answers(t, filing.BFWithdrawal)
	if len(all) != 1 {
		t.Fatalf("%d receipts for one message sent twice", len(all))
	}
	l.sayings(t, all[0], 1, approved("1 applied"))
	before := l.state(t, number)
	r := l.answered(t, filing.BFWithdrawal, parts...)
	rejectedFor(t, r, "F210")
	if r.Expected != 2 {
		t.Errorf("next %d, want 2", r.Expected)
	}
	l.sayings(t, l.lodge(t, filing.BFWithdrawal, filing.TextForm, withdrawal(number)), 2, approved("1 already"))
	if after := l.state(t, number); after != before {
		t.Errorf("withdrawn again, the case changed:\n%s\n%s", before, after)
	}
}

// TestWithdrawnWhileReadIn: withdrawals come in while the evening reads in the
// applications that they name. Each is held or applied, and in the end every
// case is withdrawn, once.
func TestWithdrawnWhileReadIn(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	const files, each = 6, 40
	own := func(i int) string { return fmt.Sprintf("A%d", i) }
	for range files {
		var docs []filing.Content
		for i := range each {
			docs = append(docs, owed(own(i), debtor(silent, 1+i)))
		}
		l.mustLodge(t, filing.BFApplication, docs...)
	}
	done := make(chan error, 1)
	go func() { _, err := l.s.Evening(t.Context()); done <- err }()
	for file := range int64(files) {
		var docs []filing.Content
		for i := range each {
			docs = append(docs, with(withdrawal(""), byReference(file+1, own(i))))
		}
		l.post(t, filing.BFWithdrawal, written(t, l.code, filing.BFWithdrawal, filing.XMLForm, file+1, docs)...)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	evening(t, l.s)
	results := map[filing.AppliedResult]int{}
	for _, m := range l.drained(t) {
		r, err := filing.ReadReceipt(bytes.NewReader(m.body), filing.Own(), filing.BFWithdrawalReceipt)
		if err != nil {
			continue
		}
		for _, one := range r.Applied {
			results[one.Result]++
		}
	}
	t.Logf("%v", results)
	if results[filing.Applied]+results[filing.Held] != files*each {
		t.Errorf("of %d withdrawals %v", files*each, results)
	}
	for n := range files * each {
		number := fmt.Sprintf("2026-%07d", n+1)
		l.inState(t, number, "discontinued")
		if ended := strings.Count(l.state(t, number), `"to":"discontinued"`); ended != 1 {
			t.Errorf("case %s was discontinued %d times", number, ended)
		}
	}
}
