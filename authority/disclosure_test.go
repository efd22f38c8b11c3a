package authority_test

import (
	"maps"
	"testing"

	"filtjanst/authority"
	"filtjanst/authority/extract"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// Whoever has extracts is told at once when the data of a case are blocked and
// let out, and when a person gets protected data and has them no more, in
// whichever room it is noted (UF 4:6).
func TestWithholdingIsToldAtOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t, 1)
	f := w.filers[0]
	w.subscribe(f, filing.CEPaymentOrderExtract)
	w.subscribe(f, filing.CEDebtBalanceExtract)
	order := w.verdictOnOne(f)
	enforced := f.of("ve")[0]
	w.advance(7) // until the deliveries by schedule have told of the verdict and the debt

	tests := []struct {
		room, name, number, what string
		values                   map[string]string
		told                     filing.Transaction
	}{
		{"bf", "block", order, "blocked", nil, filing.CEPaymentOrderExtract},
		{"ve", "block", enforced, "blocked", nil, filing.CEDebtBalanceExtract},
		{"bf", "protect", order, "protected", map[string]string{"respondent": "1"}, filing.CEPaymentOrderExtract},
		{"ve", "protect", enforced, "protected", nil, filing.CEPaymentOrderExtract},
	}
	for _, tt := range tests {
		for _, value := range []string{"yes", "no"} {
			values := map[string]string{tt.what: value}
			maps.Copy(values, tt.values)
			before := w.deliveries(tt.told)
			w.act(authority.ActCall{Room: tt.room, Act: tt.name, Number: tt.number, Values: values})
			if got := w.deliveries(tt.told); got != before+1 {
				t.Errorf("%s.%s %s %s: %d deliveries of %s after %d", tt.room, tt.name, tt.what, value, got, tt.told, before)
			}
		}
	}
}

// A verdict that is kept no longer is taken back from those who have extracts,
// even if nothing happens after it was deleted.
func TestWhatIsDeletedIsTakenBack(t *testing.T) {
	t.Parallel()
	w := newTown(t, 1)
	f := w.filers[0]
	w.subscribe(f, filing.CEPaymentOrderExtract)
	must(t, w.Extracts.Reschedule(t.Context(), service.Officer{Name: "test", Reason: "rehearsal"}, f.code, filing.CEPaymentOrderExtract,
		extract.Schedule{Whole: extract.Turn{Every: extract.Never}, Difference: extract.Turn{Every: extract.Daily}}))
	w.verdictOnOne(f)
	told := func(days int) int {
		w.advance(days)
		w.fetch(f)
		return len(f.credit)
	}
	if n := told(60); n != 1 { // when the verdict has legal force
		t.Fatalf("%d lines are told", n)
	}
	_, err := w.Orders.Purge(t.Context(), w.today().AddMonths(12*12))
	must(t, err)
	if n := told(4); n != 0 {
		t.Errorf("%d lines are told still", n)
	}
}

func (w *town) act(call authority.ActCall) {
	w.Helper()
	call.By, call.Reason = "Handläggare 7", "prov"
	_, err := w.Act(w.Context(), call)
	must(w.T, err)
}

// subscribe lets a filer subscribe to an extract for credit information.
func (w *town) subscribe(f *townFiler, tx filing.Transaction) {
	w.Helper()
	f.services[filing.CreditExtract] = true
	must(w.T, w.DB.Do(w.Context(), func(t store.Tx) error {
		if _, had, err := w.Permits.Of(t, f.id, filing.CreditExtract); had || err != nil {
			return err
		}
		_, err := w.Permits.Grant(t, permit.Permit{ID: 900 + f.id, CodeID: f.id, Service: filing.CreditExtract, Scope: permit.ScopeBureau, From: filingtest.Today - 100},
			permit.Act{ID: 900 + f.id, Reason: "granted", By: "test", At: filingtest.Today.At(8, 0)})
		return err
	}))
	_, err := w.Extracts.Subscribe(w.Context(), service.Officer{Name: "test", Reason: "rehearsal"}, extract.Subscription{CodeID: f.id, MainCodeID: f.id, Code: f.code, Extract: tx})
	must(w.T, err)
}

// verdictOnOne lets an application with one respondent come to a verdict and to
// enforcement, and returns its case number.
func (w *town) verdictOnOne(f *townFiler) string {
	w.Helper()
	a := w.builder.Applications(1)[0]
	a.Respondents = a.Respondents[:1]
	a.Joint = false
	if got := w.send(f, filing.BFApplication, []filing.Content{&a}); got.Outcome != filing.Approved {
		w.Fatalf("the application is %s", got.Outcome)
	}
	f.unread[a.Reference] = f.sequence[filing.BFApplication]
	w.advance(4)
	w.fetch(f)
	number := f.of("bf")[0]
	w.act(authority.ActCall{Room: "bf", Act: "serve", Number: number, Values: map[string]string{"respondent": "1", "day": w.today().String()}})
	w.advance(30)
	w.fetch(f)
	return number
}

// deliveries counts the deliveries of an extract that wait.
func (w *town) deliveries(tx filing.Transaction) (n int) {
	w.Helper()
	must(w.T, w.DB.Read(w.Context(), func(r store.Reader) error {
		batches, err := w.Extracts.Credit().Outgoing(r, w.today())
		for _, b := range batches {
			if b.Transaction == tx {
				n++
			}
		}
		return err
	}))
	return n
}
