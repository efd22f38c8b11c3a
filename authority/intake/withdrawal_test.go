package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// withdrawals is a service that takes applications by evening and withdrawals
// at once. It knows the cases of its table.
type withdrawals struct {
	applications
	cases   map[string]service.Effect
	applied []string
}

func (s *withdrawals) Routes() []service.Route {
	s.timing = service.Evening
	return append(s.applications.Routes(), service.Route{
		Transaction: "bf.withdrawal", Timing: service.AtOnce, Receipt: "bf.withdrawal_receipt",
	})
}

func (s *withdrawals) Verify(_ store.Reader, _ service.File, docs []service.Document) (service.Judgement, error) {
	j := service.Judgement{Notes: map[int64]service.Result{}}
	for _, d := range docs {
		k := d.Content.(*filing.Withdrawal).Key()
		effect, found := s.cases[k.CaseNumber]
		if d.Unread != 0 {
			effect, found = service.Held, true
		}
		if !found {
			j.Errors = append(j.Errors, filing.NewError("D401", filing.Place{Document: int(d.Number), Reference: k.Reference}, k.CaseNumber))
			continue
		}
		j.Notes[d.Number] = service.Result{Effect: effect, CaseNumber: k.CaseNumber}
	}
	return j, nil
}

func (s *withdrawals) Apply(_ context.Context, _ service.File, docs []service.Document) (service.Work, error) {
	return func(store.Tx) error {
		for _, d := range docs {
			s.applied = append(s.applied, fmt.Sprintf("%d unread %t", d.Number, d.Unread != 0))
		}
		return nil
	}, nil
}

// withdrawal writes a file of withdrawals.
func withdrawal(t *testing.T, form filing.Form, sequence int64, keys ...filing.CaseKey) []byte {
	t.Helper()
	var b bytes.Buffer
	facts := filing.FileFacts{PartyCode: code, Sequence: sequence, Created: filingtest.Today, Documents: int64(len(keys))}
	out, err := filing.NewWriter(&b, filing.Own(), "bf.withdrawal", form, facts)
	for i, k := range keys {
		if err == nil {
			err = out.Write(&filing.Withdrawal{CaseKey: k, Reason: filing.WithdrawnPaid, Paid: paidOn(i)})
		}
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// paidOn is another day for each document.
func paidOn(i int) calendar.Day { return filingtest.Today.AddDays(-10 - i) }

// lastReceipt is the receipt that came last.
func (w *world) lastReceipt(tx filing.Transaction) filing.Receipt {
	w.Helper()
	all := w.messages(owner)
	_, body, err := w.box.Open(w.Context(), owner, all[len(all)-1].TxID)
	w.must(err)
	defer body.Close()
	content, err := io.ReadAll(body)
	w.must(err)
	r, err := filing.ReadReceipt(bytes.NewReader(content), filing.Own(), tx)
	w.must(err)
	return r
}

// TestWithdrawalsOneByOne (R43, R70): of one file some are applied, one holds
// already, one is held, one is unknown and one is wrong in form.
func TestWithdrawalsOneByOne(t *testing.T) {
	for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		t.Run(string(form), func(t *testing.T) {
			each(t, func(w *world) {
				s := &withdrawals{cases: map[string]service.Effect{"2026-1": service.Applied, "2026-2": service.Already}}
				w.rooms.Services = []service.Service{s}
				w.reopen()
				w.take(w.shs(), file(form, code, 1, 3, 0), note(form, code, 1, 3, 0))
				waiting := filingtest.New(1000).Applications(3)[1].Reference
				content := withdrawal(t, form, 1,
					filing.CaseKey{CaseNumber: "2026-1", Reference: "a"}, filing.CaseKey{CaseNumber: "2026-9", Reference: "b"},
					filing.CaseKey{CaseNumber: "2026-2", Reference: "x"}, filing.CaseKey{Sequence: 1, Reference: waiting},
					filing.CaseKey{CaseNumber: "2026-2", Reference: "c"})
				day := map[filing.Form]string{filing.TextForm: strings.ReplaceAll(paidOn(2).String(), "-", ""), filing.XMLForm: paidOn(2).String()}[form]
				if !bytes.Contains(content, []byte(day)) {
					t.Fatalf("%s does not stand in\n%s", day, content)
				}
				content = bytes.Replace(content, []byte(day), []byte(strings.Replace(day, "2026", "2O26", 1)), 1)
				a := w.shs()
				a.Transaction = "bf.withdrawal"
				if got := outcomes(w.take(a, content)); !cmp.Equal(got, are(filing.ApprovedInPart)) {
					t.Fatalf("outcome %v: %+v", got, w.lastReceipt("bf.withdrawal_receipt").Errors)
				}
				if diff := cmp.Diff([]string{"1 unread false", "4 unread true", "5 unread false"}, s.applied); diff != "" {
					t.Errorf("applied (-want +got):\n%s", diff)
				}
				r := w.lastReceipt("bf.withdrawal_receipt")
				want := []filing.AppliedDocument{
					{Document: 1, Reference: "a", CaseNumber: "2026-1", Result: filing.Applied},
					{Document: 4, Reference: waiting, Result: filing.Held},
					{Document: 5, Reference: "c", CaseNumber: "2026-2", Result: filing.Already},
				}
				if diff := cmp.Diff(want, r.Applied); diff != "" {
					t.Errorf("receipt (-want +got):\n%s", diff)
				}
				if r.ErrorCount != 2 || r.Errors[0].Document != 2 || r.Errors[1].Document != 3 || r.Expected != 2 {
					t.Errorf("receipt %+v", r)
				}
				if f := w.approved(); !cmp.Equal(f.Refused, []int64{2, 3}) {
					t.Errorf("refused %v", f.Refused)
				}
			})
		})
	}
}
