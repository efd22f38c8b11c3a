package extract_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Questions that their filer has taken back are neither looked up nor answered.
func TestStoppedQuestions(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		a := b.room.Debt()
		refused := func(err error, code string) {
			if r, ok := service.RefusedAs(err); !ok || r.Code != code {
				b.Errorf("%v, want the refusal %s", err, code)
			}
		}
		refused(a.Stop(b.Context(), service.Officer{Name: "H1"}, 1), "no_reason")
		b.must(a.Stop(b.Context(), officer, 1, "x", "z"))
		b.must(a.Stop(b.Context(), officer, 2))
		b.ask(a, 1, collection("x", 1), collection("y", 2), collection("z", 3))
		b.ask(a, 2, collection("x", 4))
		if got := slices.Sorted(maps.Keys(b.answers(a, 1))); !slices.Equal(got, []string{"y"}) {
			b.Errorf("answered: %v", got)
		}
		if n := b.count(`SELECT COUNT(*) FROM extract_lookup`); n != 1 {
			b.Errorf("%d look-ups", n)
		}
		refused(a.Stop(b.Context(), officer, 1), "read_in")
		refused(a.Stop(b.Context(), officer, 1, "y"), "read_in")
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			var file bytes.Buffer
			b.read(func(r store.Reader) error {
				file.Reset()
				return a.Write(r, answering(a, 2), service.Output{Writer: &file, Form: form, Set: filing.Own()})
			})
			head, err := filing.Read(&file, filing.Own(), filing.DEAnswer, func(e *filing.Extract) error {
				b.Errorf("answered: %+v", e)
				return nil
			})
			b.must(err)
			if diff := cmp.Diff(filing.FileFacts{Documents: 0, Sequence: 2}, filing.FileFacts{Documents: head.Documents, Sequence: head.Sequence}); diff != "" {
				b.Error(diff)
			}
		}
	})
}
