package intake

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// policies opens the door with one set of changed policy.
func (w *world) policies(t *testing.T, words ...string) {
	w.Helper()
	w.rooms.Sets = filing.Sets{changedSet(t, words...)}
	w.reopen()
}

const (
	required  = `cover_note = "required"`
	unnoted   = `cover_note = "none"`
	optional  = `cover_note = "optional"`
	numbered  = `sequence = "per code and transaction"`
	anyNumber = `sequence = "none"`
)

func TestWithoutCoverNote(t *testing.T) {
	each(t, func(w *world) {
		w.policies(t, required, unnoted)
		if diff := cmp.Diff(are(yes), outcomes(w.take(w.shs(), file(filing.TextForm, code, 1, 1, 0)))); diff != "" {
			t.Errorf("a file alone (-want +got):\n%s", diff)
		}
		_, err := w.door.Take(t.Context(), w.shs(), parts(note(filing.TextForm, code, 2, 1, 0)))
		if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Kind != Unwanted {
			t.Errorf("a note: %v", err)
		}
		w.checkWhole()
	})
}

func TestOptionalCoverNote(t *testing.T) {
	each(t, func(w *world) {
		w.policies(t, required, optional)
		steps := []struct {
			parts [][]byte
			want  []filing.Outcome
		}{
			{[][]byte{file(filing.TextForm, code, 1, 1, 0)}, are(yes)},
			{[][]byte{note(filing.TextForm, code, 2, 1, 0)}, are(wait)},
			{[][]byte{file(filing.TextForm, code, 2, 1, 1)}, are(no)}, // another than the note's
			{[][]byte{file(filing.TextForm, code, 2, 1, 1), note(filing.TextForm, code, 2, 1, 1)}, are(yes, yes)},
		}
		for i, s := range steps {
			if diff := cmp.Diff(s.want, outcomes(w.take(w.shs(), s.parts...))); diff != "" {
				t.Errorf("step %d (-want +got):\n%s", i, diff)
			}
		}
		w.checkWhole()
	})
}

// TestReceiptsOfFaults: where the profile wants no other, an approved file is
// answered by none, and is proved by its event all the same.
func TestReceiptsOfFaults(t *testing.T) {
	each(t, func(w *world) {
		w.policies(t, required, unnoted+"\nreceipt = \"faults\"")
		a := w.shs()
		answer := w.take(a, file(filing.TextForm, code, 1, 1, 0))
		if got := len(w.messages(owner)); got != 0 || !cmp.Equal(outcomes(answer), are(yes)) {
			t.Errorf("%d messages, outcome %v", got, outcomes(answer))
		}
		w.read(func(r store.Reader) error {
			all, err := w.door.Trace(r, answer.TransactionID)
			if err != nil {
				return err
			}
			if all[0].ReceiptID != 0 || all[0].EventID == 0 {
				t.Errorf("traced as %+v", all[0])
			}
			_, err = w.door.Proof(r, all[0].EventID)
			return err
		})
		if again := w.take(a, file(filing.TextForm, code, 1, 1, 0)); !again.Duplicate || again.TransactionID != answer.TransactionID {
			t.Errorf("sent again: %+v", again)
		}
		w.take(w.shs(), file(filing.TextForm, code, 9, 1, 0))
		if got := codes(w.lastReceipt(filing.BFApplicationReceipt)); !cmp.Equal(got, []filing.Code{"F210"}) {
			t.Errorf("errors %v", got)
		}
	})
}

// TestEqualUploadsAtOnce: where no guard row makes them wait for each other,
// the constraint on the digest decides.
func TestEqualUploadsAtOnce(t *testing.T) {
	for name, words := range map[string][]string{
		"numbered": {required, unnoted}, "without numbers": {required, unnoted, numbered, anyNumber},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				w.policies(t, words...)
				content := file(filing.TextForm, code, 1, 1, 0)
				answers := w.together(8, func(int) (Answer, error) { return w.door.Take(t.Context(), upload(), parts(content)) })
				for _, answer := range answers {
					if answer.TransactionID != answers[0].TransactionID || answer.Outcomes[0].Outcome != yes {
						t.Errorf("answers %+v and %+v", answer, answers[0])
					}
				}
				if n := len(w.receipts(owner)); n != 1 {
					t.Errorf("%d receipts, want 1", n)
				}
			})
		})
	}
}

// TestTheFormFollowsTheFile (R45).
func TestTheFormFollowsTheFile(t *testing.T) {
	each(t, func(w *world) {
		for n, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			seq := int64(n + 1)
			answer := w.take(w.shs(), file(form, code, seq, 2, 0), note(form, code, seq, 2, 0))
			if diff := cmp.Diff(are(yes, yes), outcomes(answer)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%v", form, diff, w.receipts(owner)[n].Errors)
			}
			l := w.messages(owner)[n]
			_, body, err := w.box.Open(t.Context(), owner, l.TxID)
			w.must(err)
			var head [1]byte
			_, err = body.Read(head[:])
			w.must(err)
			body.Close()
			if isXML := head[0] == '<'; isXML != (form == filing.XMLForm) {
				t.Errorf("%s is answered by a file that begins with %q", form, head)
			}
			if !strings.Contains(l.Name, code) || l.Transaction != filing.BFApplicationReceipt {
				t.Errorf("receipt %s of %s", l.Name, l.Transaction)
			}
		}
		mixed := w.take(w.shs(), file(filing.XMLForm, code, 3, 2, 0), note(filing.TextForm, code, 3, 2, 0))
		if diff := cmp.Diff(are(yes, yes), outcomes(mixed)); diff != "" {
			t.Errorf("a note in the other form (-want +got):\n%s", diff)
		}
		w.checkWhole()
	})
}
