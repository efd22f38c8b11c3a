package intake

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const partyChange filing.Transaction = "xx.party_change"

// changes is a service that takes changes of party data at once.
type changes struct{ applications }

func (*changes) ID() filing.Service { return filing.AnyService }

func (*changes) Routes() []service.Route {
	return []service.Route{{Transaction: partyChange, Timing: service.AtOnce, Receipt: "xx.party_change_receipt"}}
}

func (*changes) Apply(context.Context, service.File, []service.Document) (service.Work, error) {
	return func(store.Tx) error { return nil }, nil
}

func changeFile(t *testing.T, sequence int64) []byte {
	t.Helper()
	var b bytes.Buffer
	facts := filing.FileFacts{PartyCode: code, Sequence: sequence, Created: filingtest.Today, Documents: 1}
	out, err := filing.NewWriter(&b, filing.Own(), partyChange, filing.XMLForm, facts)
	if err == nil {
		err = errors.Join(out.Write(&filing.PartyChange{
			CaseKey: filing.CaseKey{CaseNumber: "2026-1"}, Kind: filing.ChangedWorkplace, OfRespondent: true, Workplace: "Bruket",
		}), out.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestExtensions: an own extension is taken in where the installation has it,
// from codes that have it switched on.
func TestExtensions(t *testing.T) {
	each(t, func(w *world) {
		w.rooms.Services = []service.Service{&changes{}}
		w.reopen()
		a := func() Arrival {
			a := w.shs()
			a.Transaction = partyChange
			return a
		}
		_, err := w.door.Take(t.Context(), a(), parts(changeFile(t, 1)))
		if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Kind != Unwanted {
			t.Errorf("not installed: %v", err)
		}
		w.rooms.Extensions = []filing.Transaction{partyChange}
		w.reopen()
		by := service.Officer{Name: "officer", Reason: "asked for"}
		suspend := func() error {
			return w.db.Do(t.Context(), func(tx store.Tx) error {
				return w.permits.Suspend(tx, codeID, permit.Act{ID: 900, Reason: "unpaid", By: "officer", At: noon()})
			})
		}
		revoke := func() error {
			return w.db.Do(t.Context(), func(tx store.Tx) error {
				return w.permits.Revoke(tx, codeID, permit.Act{ID: 901, Reason: "unpaid", By: "officer", At: noon()})
			})
		}
		sequence := int64(1)
		for i, step := range []struct {
			before func() error
			want   []filing.Code // none: approved
		}{
			{nil, []filing.Code{"F277"}},
			{func() error { return w.permits.SwitchOn(t.Context(), by, codeID, partyChange, noon()) }, nil},
			{suspend, nil}, // it does not wait for the end of a suspension (R22)
			{func() error { return w.permits.SwitchOff(t.Context(), by, codeID, partyChange, noon()) }, []filing.Code{"F277"}},
			{revoke, []filing.Code{"F272"}},
		} {
			if step.before != nil {
				w.must(step.before())
			}
			w.take(a(), changeFile(t, sequence))
			r := w.lastReceipt("xx.party_change_receipt")
			if diff := cmp.Diff(step.want, codes(r)); diff != "" {
				t.Errorf("step %d (-want +got):\n%s", i, diff)
			}
			if len(step.want) == 0 {
				sequence++
			}
		}
	})
}
