package intake

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// TestEachDocumentIsAppliedOrRefused: whatever is wrong in form and against the
// registers, whole file or per document, a document of a file that is let
// through is either applied once or refused with an error, the receipt tells
// which, and a rejected file leaves nothing (R42, R43).
func TestEachDocumentIsAppliedOrRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	var out refused
	var general bool
	s := &applications{timing: service.AtOnce, judge: func(docs []service.Document) (j service.Judgement) {
		if general {
			return service.RefusedBy(filing.NewError("F276", filing.Place{}))
		}
		for _, d := range docs {
			if out[d.Number] {
				j.Errors = append(j.Errors, filing.NewError("D401", filing.Place{Document: int(d.Number)}, "X"))
			}
		}
		return j
	}}
	w.perDocument(t, s)
	modes := map[bool]*Door{true: w.door}
	w.policies(t, required, unnoted)
	modes[false] = w.door
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(rt, "documents")
		some := rapid.SliceOfNDistinct(rapid.IntRange(1, n), 0, n, rapid.ID)
		formal := some.Draw(rt, "wrong in form")
		perDocument := rapid.Bool().Draw(rt, "per document")
		general = rapid.IntRange(0, 9).Draw(rt, "general") == 0
		out = refused{}
		for _, i := range some.Draw(rt, "refused") {
			out[int64(i)] = true
		}
		bad := refused{}
		for _, i := range formal {
			bad[int64(i)] = true
		}
		for i := range out {
			bad[i] = true
		}
		w.door = modes[perDocument]
		before := w.expected()
		answer := w.take(w.shs(), spoiled(before, n, formal...))
		r := w.lastReceipt(filing.BFApplicationReceipt)
		want, next := filing.Approved, before+1
		switch {
		case general, len(bad) == n, len(bad) > 0 && !perDocument:
			want, next = filing.Rejected, before
		case len(bad) > 0:
			want = filing.ApprovedInPart
		}
		if r.Outcome != want || outcomes(answer)[0] != want || w.expected() != next || r.Expected != next {
			rt.Fatalf("outcome %s, want %s; expected next %d, want %d", r.Outcome, want, w.expected(), next)
		}
		applied := s.applied[answer.TransactionID]
		if want == filing.Rejected {
			if len(applied) > 0 || r.ErrorCount == 0 {
				rt.Fatalf("rejected with %d errors, applied %v", r.ErrorCount, applied)
			}
			return
		}
		if got := w.approved().Refused; !slices.Equal(got, bad.numbers()) {
			rt.Fatalf("refused %v, want %v", got, bad.numbers())
		}
		for i := int64(1); i <= int64(n); i++ {
			if slices.Contains(applied, i) == bad[i] {
				rt.Fatalf("document %d: applied %v, refused %v", i, applied, bad.numbers())
			}
		}
		if len(applied) != n-len(bad) {
			rt.Fatalf("applied %v, more than once", applied)
		}
	})
	w.checkWhole()
}
