package extract_test

import (
	"bytes"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

func TestRequestsAreHeldAgainstTheRegister(t *testing.T) {
	procured := func(from, to, reference string) *filing.ExtractRequest {
		q := &filing.ExtractRequest{Reference: "1", Identity: extracttest.Person(1), Procurement: reference}
		if from != "" {
			q.PeriodFrom, q.PeriodTo = day(from), day(to)
		}
		return q
	}
	foreign, err := identity.NewForeign(identity.BirthDate, "1990-01-01")
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(q *filing.ExtractRequest)) *filing.ExtractRequest {
		q := collection("1", 1)
		change(q)
		return q
	}
	tests := []struct {
		name      string
		service   filing.Service
		scope     string
		questions []*filing.ExtractRequest
		want      []filing.Code
	}{
		{"as it should be", "de", permit.ScopeCollection, []*filing.ExtractRequest{collection("1", 1), collection("2", 2)}, nil},
		{"no statement", "de", permit.ScopeCollection, []*filing.ExtractRequest{with(func(q *filing.ExtractRequest) { q.UnderCollection = false })}, []filing.Code{"D501"}},
		{"a collector supervises", "de", permit.ScopeCollection, []*filing.ExtractRequest{with(func(q *filing.ExtractRequest) { q.Purpose = filing.PurposeSupervision })}, []filing.Code{"D502"}},
		{"an authority collects", "de", extract.AuthorityTransport, []*filing.ExtractRequest{collection("1", 1)}, []filing.Code{"D502"}},
		{"an authority supervises", "de", extract.AuthorityTransport, []*filing.ExtractRequest{with(func(q *filing.ExtractRequest) { q.Purpose = filing.PurposeSupervision })}, nil},
		{"a scope unknown", "de", "another", []*filing.ExtractRequest{collection("1", 1)}, []filing.Code{"D502"}},
		{"no purpose", "de", permit.ScopeCollection, []*filing.ExtractRequest{with(func(q *filing.ExtractRequest) { q.Purpose = "" })}, []filing.Code{"D503"}},
		{"twice", "de", permit.ScopeCollection, []*filing.ExtractRequest{collection("1", 1), collection("2", 2), collection("3", 1)}, []filing.Code{"D504"}},
		{"foreign", "de", permit.ScopeCollection, []*filing.ExtractRequest{with(func(q *filing.ExtractRequest) { q.Identity = foreign })}, []filing.Code{"D509"}},
		{"within the period", "pe", permit.ScopeClient, []*filing.ExtractRequest{procured("2026-03-02", "2026-03-02", "U-1")}, nil},
		{"no reference", "pe", permit.ScopeClient, []*filing.ExtractRequest{procured("2026-03-02", "2026-03-02", "")}, []filing.Code{"D505"}},
		{"not begun", "pe", permit.ScopeClient, []*filing.ExtractRequest{procured("2026-03-03", "2026-04-02", "U-1")}, []filing.Code{"D506"}},
		{"passed", "pe", permit.ScopeClient, []*filing.ExtractRequest{procured("2026-01-03", "2026-03-01", "U-1")}, []filing.Code{"D507"}},
		{"backwards", "pe", permit.ScopeClient, []*filing.ExtractRequest{procured("2026-03-03", "2026-03-01", "U-1")}, []filing.Code{"D508"}},
		{"no period", "pe", permit.ScopeClient, []*filing.ExtractRequest{procured("", "", "U-1")}, []filing.Code{"D508"}},
	}
	each(t, func(b *bench) {
		for i, tt := range tests {
			b.regrant(extract.Scope{Service: tt.service, User: tt.scope})
			a := b.room.Debt()
			if tt.service == filing.ProcurementExtract {
				a = b.room.Procurement()
			}
			var got []filing.Code
			for _, e := range b.ask(a, int64(i+1), tt.questions...) {
				got = append(got, e.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				b.Errorf("%s: codes (-want +got):\n%s", tt.name, diff)
			}
		}
	})
}

func TestAnswersComeInTheOrderOfTheFileAcrossChunks(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		b.load(extract.PublicCases, whole("A-1", 3, nil), whole("A-2", 3, row{"received": ""}), whole("A-3", 1203, nil))
		var questions []*filing.ExtractRequest
		for i := range 1234 {
			questions = append(questions, collection(fmt.Sprint(i), i))
		}
		if errs := b.ask(b.room.Debt(), 5, questions...); errs != nil {
			b.Fatal(errs)
		}
		n := 0
		b.read(func(r store.Reader) error {
			return b.room.Debt().Each(r, answering(b.room.Debt(), 5), func(e *filing.Extract) error {
				if want := fmt.Sprint(n); e.Reference != want || e.Identity != extracttest.Person(n) {
					b.Errorf("answer %s stands where %s is due", e.Reference, want)
				}
				want := map[int]int{3: 2, 1203: 1}[n]
				if len(e.Debts) != want || (e.Result == filing.ExtractFound) != (want > 0) {
					b.Errorf("answer %d has %d debts and is %s", n, len(e.Debts), e.Result)
				}
				n++
				return nil
			})
		})
		if n != 1234 {
			b.Errorf("%d answers", n)
		}
		if n := b.count(`SELECT COUNT(*) FROM extract_lookup WHERE file = 5 AND code_id = $1 AND permit > 0 AND purpose = 'collection'`, codeID); n != 1234 {
			b.Errorf("%d look-ups are recorded", n)
		}
	})
}

// Questions whose permit has ended when they are to be answered are not looked
// up, and with a permit anew later ones are.
func TestNothingIsLookedUpWithoutPermit(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		var p permit.Permit
		b.read(func(r store.Reader) (err error) {
			p, _, err = b.permits.Of(r, codeID, filing.DebtExtract)
			return err
		})
		b.do(func(tx store.Tx) error {
			return b.permits.Revoke(tx, p.ID, permit.Act{ID: p.ID + 7, Reason: "test", By: "test", At: arrived})
		})
		lookups := func() int64 { return b.count(`SELECT COUNT(*) FROM extract_lookup`) }
		b.ask(b.room.Debt(), 1, collection("x", 1))
		if n := lookups(); n != 0 {
			b.Errorf("%d look-ups under a permit that has ended", n)
		}
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		b.ask(b.room.Debt(), 2, collection("x", 1))
		if n := lookups(); n != 1 {
			b.Errorf("%d look-ups under a permit anew", n)
		}
	})
}

// A file of answers, read back, is what was answered.
func TestAnswersAreWritten(t *testing.T) {
	for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		t.Run(string(form), func(t *testing.T) {
			each(t, func(b *bench) {
				b.permit(filing.DebtExtract, permit.ScopeCollection)
				b.load(extract.PublicCases, whole("A-1", 1, nil))
				b.ask(b.room.Debt(), 1, collection("x", 1), collection("y", 2))
				var file bytes.Buffer
				b.read(func(r store.Reader) error {
					file.Reset()
					return b.room.Debt().Write(r, answering(b.room.Debt(), 1), service.Output{Writer: &file, Form: form, Set: filing.Own()})
				})
				got := map[string]*filing.Extract{}
				head, err := filing.Read(&file, filing.Own(), filing.DEAnswer, func(e *filing.Extract) error {
					got[e.Reference] = e
					return nil
				})
				b.must(err)
				if diff := cmp.Diff(b.answers(b.room.Debt(), 1), got); diff != "" {
					b.Errorf("answers (-made +read):\n%s", diff)
				}
				if head.FileName != "ABC.FRAGA" || head.Documents != 2 || head.PartyCode != "ABC" || head.Sequence != 1 {
					b.Errorf("the file says %+v", head)
				}
			})
		})
	}
}

// What is withheld, and what secrecy covers, is in no answer.
func TestWithheldAndSecret(t *testing.T) {
	tests := []struct {
		name  string
		cases []row
		act   func(b *bench, person identity.Number, i int) error
		want  int
	}{
		{"pending", []row{whole("A-1", 1, nil)}, nil, 1},
		{"closed alone", []row{whole("A-1", 1, row{"ended": "2026-02-01"})}, nil, 0},
		{"closed, another sought before", []row{whole("A-1", 1, row{"ended": "2026-02-01"}), whole("A-2", 1, nil)}, nil, 2},
		{"closed, another sought before, data of more than two years", []row{
			whole("A-1", 1, row{"registered": "2022-01-01", "ended": "2024-03-01"}), whole("A-2", 1, row{"registered": "2021-01-01"})}, nil, 1},
		{"closed, another sought within two years", []row{
			whole("A-1", 1, row{"registered": "2020-01-01", "ended": "2021-03-01"}), whole("A-2", 1, row{"registered": "2023-03-01"})}, nil, 2},
		{"closed, another sought later", []row{
			whole("A-1", 1, row{"registered": "2020-01-01", "ended": "2021-03-01"}), whole("A-2", 1, row{"registered": "2023-03-02"})}, nil, 1},
		{"the person blocked", []row{whole("A-1", 1, nil)}, func(b *bench, person identity.Number, _ int) error {
			return b.room.Block(b.Context(), officer, person, "")
		}, 0},
		{"one case blocked", []row{whole("A-1", 1, nil), whole("A-2", 1, nil)}, func(b *bench, person identity.Number, i int) error {
			return b.room.Block(b.Context(), officer, person, fmt.Sprintf("A-2/%d", i))
		}, 1},
		{"secret", []row{whole("A-1", 1, nil)}, func(b *bench, person identity.Number, _ int) error {
			return b.room.SecrecyBegan(b.Context(), officer, person, "")
		}, 0},
		{"crime", []row{whole("A-1", 1, row{"crime": "yes"})}, nil, 0},
	}
	each(t, func(b *bench) {
		b.permit(filing.DebtExtract, permit.ScopeCollection)
		for i, tt := range tests {
			var cases []row
			for _, c := range tt.cases { // each test has a person and cases of its own
				cases = append(cases, whole(fmt.Sprintf("%s/%d", c["number"], i), i, without(c)))
			}
			b.load(extract.PublicCases, cases...)
			if tt.act != nil {
				b.must(tt.act(b, extracttest.Person(i), i))
			}
			b.ask(b.room.Debt(), int64(i+1), collection("x", i))
			if got := len(b.answers(b.room.Debt(), int64(i+1))["x"].Debts); got != tt.want {
				b.Errorf("%s: %d debts, want %d", tt.name, got, tt.want)
			}
		}
	})
}

// without is a case without its number and person.
func without(c row) row {
	c = maps.Clone(c)
	delete(c, "number")
	delete(c, "identity")
	return c
}
