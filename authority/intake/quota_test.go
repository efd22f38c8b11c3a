package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func (w *world) quota(q permit.Quota) {
	w.Helper()
	w.do(func(tx store.Tx) error {
		p, _, err := w.permits.Of(tx, w.self.id, filing.PaymentOrder)
		if err != nil {
			return err
		}
		p.Quota = q
		return w.permits.Amend(tx, p, permit.Act{ID: 900, Reason: "a quota", By: "officer", At: noon()})
	})
}

// TestQuota: what passes the quota is rejected as a whole and leaves no trace
// in quota or numbering; documents that are refused are not counted.
func TestQuota(t *testing.T) {
	each(t, func(w *world) {
		w.perDocument(t, &applications{timing: service.Answered})
		w.quota(permit.Quota{PerDay: 5})
		for i, step := range []struct {
			content []byte
			want    filing.Outcome
		}{
			{spoiled(1, 4, 2), filing.ApprovedInPart}, // 3 are used
			{spoiled(2, 3), no},
			{spoiled(2, 2), yes},
			{spoiled(3, 1), no},
		} {
			got := outcomes(w.take(w.shs(), step.content))
			if !cmp.Equal(got, are(step.want)) {
				t.Errorf("step %d: %v, want %v", i, got, step.want)
			}
		}
		r := w.receipts(owner)[1]
		if !cmp.Equal(codes(r), []filing.Code{"F276"}) || r.Expected != 2 {
			t.Fatalf("receipt %+v", r)
		}
		for _, fact := range []string{"3 documents", "quota 5 a day", filingtest.Today.AddDays(1).String()} {
			if !strings.Contains(r.Errors[0].English, fact) {
				t.Errorf("%q does not tell %q", r.Errors[0].English, fact)
			}
		}
		w.clock.Set(filingtest.Today.AddDays(1).At(0, 1))
		if got := outcomes(w.take(w.shs(), spoiled(3, 5))); !cmp.Equal(got, are(yes)) {
			t.Errorf("on the day after: %v, %v", got, w.receipts(owner)[4].Errors)
		}
		w.checkWhole()
	})
}

// TestQuotaOfManyAtOnce: files of several sub-codes that come together do not
// pass the quota of their main code.
func TestQuotaOfManyAtOnce(t *testing.T) {
	each(t, func(w *world) {
		w.perDocument(t, &applications{timing: service.Answered})
		w.quota(permit.Quota{PerDay: 5, PerMonth: 100})
		const subs = 6
		for i := range int64(subs) {
			w.subCode(10+i, fmt.Sprintf("SUB%d", i))
		}
		answers := w.together(subs, func(i int) (Answer, error) {
			a := upload()
			return w.door.Take(t.Context(), a, parts(file(filing.TextForm, fmt.Sprintf("SUB%d", i), 1, 2, uint64(i))))
		})
		passed := 0
		for _, a := range answers {
			if a.Outcomes[0].Outcome == yes {
				passed++
			}
		}
		if passed != 2 {
			t.Errorf("%d files of 2 documents passed a quota of 5", passed)
		}
	})
}

// subCode adds a sub-code of the world's own code.
func (w *world) subCode(id int64, code string) {
	w.Helper()
	w.do(func(tx store.Tx) error {
		return w.parties.AddSubCode(tx, party.Code{ID: id, MainID: w.self.id, Code: code, Organisation: w.self.owner, Name: "Bolag"})
	})
}

// TestSubCodes (R62): the permit is the main code's, the series their own.
func TestSubCodes(t *testing.T) {
	each(t, func(w *world) {
		w.policies(t, required, unnoted)
		w.subCode(20, "ABCD")
		for i, step := range []struct {
			code     string
			sequence int64
			want     filing.Outcome
		}{
			{code, 1, yes}, {code, 2, yes}, {"ABCD", 3, no}, {"ABCD", 1, yes}, {code, 3, yes}, {"ABCD", 2, yes},
		} {
			got := outcomes(w.take(w.shs(), file(filing.TextForm, step.code, step.sequence, 1, uint64(i))))
			if !cmp.Equal(got, are(step.want)) {
				t.Errorf("step %d: %v", i, got)
			}
		}
		if f := w.approved(); f.CodeID != 20 || f.MainCodeID != codeID || f.PartyCode != "ABCD" {
			t.Errorf("the file of the sub-code: %+v", f)
		}
		w.do(func(tx store.Tx) error {
			return w.permits.Suspend(tx, codeID, permit.Act{ID: 901, Reason: "unpaid", By: "officer", At: noon()})
		})
		w.take(w.shs(), file(filing.TextForm, "ABCD", 3, 1, 9))
		all := w.receipts(owner)
		if got := codes(all[len(all)-1]); !cmp.Equal(got, []filing.Code{"F274"}) {
			t.Errorf("with the main code's permit suspended: %v", got)
		}
	})
}
