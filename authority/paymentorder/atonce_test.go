package paymentorder_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// reachAll brings a case to each state of the table.
func reachAll() map[paymentorder.State]func(*bench) string {
	all := map[paymentorder.State]func(*bench) string{
		paymentorder.VerdictGiven: func(b *bench) string { return b.decided(claim(1)) },
		paymentorder.Reopening:    func(b *bench) string { return b.reopened(claim(1)) },
		paymentorder.LegalForce:   func(b *bench) string { n := b.decided(claim(1)); b.pass(40); return n },
		paymentorder.Discontinued: func(b *bench) string { n := b.contested(claim(1)); b.pass(40); return n },
		paymentorder.Transferred: func(b *bench) string {
			n := b.contested(claim(1))
			b.must(b.orders.RequestTransfer(b.Context(), by, n, 0, 0, "Provköpings tingsrätt", 0))
			return n
		},
		paymentorder.Dismissed: func(b *bench) string {
			n := b.lodge(claim(1))
			b.must(b.orders.Dismiss(b.Context(), by, n, 0, "Hinder."))
			return n
		},
		paymentorder.SetAside: func(b *bench) string {
			n := b.reopened(claim(1))
			b.must(b.orders.SetAside(b.Context(), by, n, 0, 0, 0))
			return n
		},
	}
	for state, reach := range reachOpen(claim) {
		all[paymentorder.State(state)] = reach
	}
	return all
}

// The table state × act says what becomes of a withdrawal or reduction, cell by
// cell.
func TestEveryRuling(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		reach := reachAll()
		for _, r := range paymentorder.Rulings() {
			b := newBench(t, db, "")
			b.files = b.count(`SELECT COALESCE(MAX(file), 0) FROM paymentorder_file`)
			number := reach[r.State](b)
			b.wantStates(number, r.State, r.State)
			content := filing.Content(&filing.Withdrawal{CaseKey: key(number)})
			if r.Act == filing.BFReduction {
				content = &filing.Reduction{CaseKey: key(number), Part: 1, Kind: filing.ReduceTo, Amount: 900_00}
			}
			j := b.atOnce(r.Act, content)
			switch {
			case r.Effect != "":
				if len(j.Errors) > 0 || j.Notes[1] != (service.Result{Effect: r.Effect, CaseNumber: number}) {
					t.Errorf("%s in %s: %+v, want %s", r.Act, r.State, j, r.Effect)
				}
			case len(j.Errors) != 1 || j.Errors[0].Code != r.Codes[0]:
				t.Errorf("%s in %s: %+v, want %s", r.Act, r.State, j, r.Codes)
			}
		}
	})
}

func TestRefusedLines(t *testing.T) {
	each(t, func(b *bench) {
		number, other := b.lodge(claim(2)), b.lodge(claim(1))
		decidedWithout := claim(1)
		decidedWithout.NoEnforcement = true
		without, enforced := b.decided(decidedWithout), b.decided(claim(1))
		stranger := filingtest.Number("19900909981")
		first := claim(2).Respondents[0].Identity
		b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
			_, err := tx.Exec(`UPDATE paymentorder_case SET code_id = 8, main_code_id = 8 WHERE number = $1`, other)
			return err
		}))
		withdrawal := func(k filing.CaseKey, one bool) *filing.Withdrawal {
			return &filing.Withdrawal{CaseKey: k, OneRespondent: one}
		}
		reduction := func(kind filing.ReductionKind, part, amount int64) *filing.Reduction {
			return &filing.Reduction{CaseKey: key(number), Part: part, Kind: kind, Amount: ore(amount)}
		}
		tests := map[string]struct {
			lines []filing.Content
			want  string // code of the last line
		}{
			"unknown case":        {[]filing.Content{withdrawal(key("2026-9999999"), false)}, "D401"},
			"case of another":     {[]filing.Content{withdrawal(key(other), false)}, "D401"},
			"unknown reference":   {[]filing.Content{withdrawal(filing.CaseKey{Sequence: 99, Reference: "x"}, false)}, "D341"},
			"two cases":           {[]filing.Content{withdrawal(filing.CaseKey{CaseNumber: number, Sequence: 1, Reference: "x"}, false)}, "D361"},
			"enforced":            {[]filing.Content{withdrawal(key(enforced), false)}, "D342"},
			"verdict stands":      {[]filing.Content{withdrawal(key(without), false)}, "D343"},
			"not lower":           {[]filing.Content{reduction(filing.ReduceTo, 1, 1000_00)}, "D344"},
			"above the claim":     {[]filing.Content{reduction(filing.ReduceBy, 1, 1000_01)}, "D345"},
			"above the whole":     {[]filing.Content{reduction(filing.ReduceBy, 0, 1180_01)}, "D345"},
			"all":                 {[]filing.Content{reduction(filing.ReduceBy, 0, 1180_00)}, "D346"},
			"to nothing":          {[]filing.Content{reduction(filing.ReduceTo, 0, 0)}, "D346"},
			"part after part":     {[]filing.Content{reduction(filing.ReduceTo, 2, 0), reduction(filing.ReduceBy, 1, 1000_00)}, "D346"},
			"other respondent":    {[]filing.Content{withdrawal(filing.CaseKey{CaseNumber: number, Respondent: stranger}, false)}, "D347"},
			"no respondent named": {[]filing.Content{withdrawal(key(number), true)}, "D347"},
			"other applicant":     {[]filing.Content{withdrawal(filing.CaseKey{CaseNumber: number, Applicant: stranger}, false)}, "D348"},
			"no such part":        {[]filing.Content{reduction(filing.ReduceBy, 3, 1_00)}, "D349"},
			"withdrawn twice":     {[]filing.Content{withdrawal(key(number), false), withdrawal(key(number), false)}, "D350"},
			"one after all":       {[]filing.Content{withdrawal(key(number), false), withdrawal(filing.CaseKey{CaseNumber: number, Respondent: first}, true)}, "D350"},
			"same reduction":      {[]filing.Content{reduction(filing.ReduceBy, 1, 1_00), reduction(filing.ReduceBy, 1, 1_00)}, "D350"},
			"two new amounts":     {[]filing.Content{reduction(filing.ReduceTo, 1, 900_00), reduction(filing.ReduceTo, 1, 800_00)}, "D351"},
			"reduced after":       {[]filing.Content{withdrawal(key(number), false), reduction(filing.ReduceBy, 1, 1_00)}, "D351"},
			"no amount":           {[]filing.Content{reduction(filing.ReduceBy, 1, 0)}, "D356"},
		}
		for name, test := range tests {
			j := b.judge(test.lines...)
			n := len(test.lines)
			if len(j.Errors) != 1 || j.Errors[0].Code != filing.Code(test.want) || j.Errors[0].Document != n {
				b.Errorf("%s: %+v, want %s of line %d", name, j.Errors, test.want, n)
			}
			if name == "enforced" && !strings.Contains(j.Errors[0].Swedish, "E-U2026-") {
				b.Errorf("the case in enforcement is not named: %s", j.Errors[0].Swedish)
			}
		}
		if a, c := b.judge(withdrawal(key("2026-9999999"), false)), b.judge(withdrawal(key(other), false)); strings.ReplaceAll(c.Errors[0].Swedish, other, "2026-9999999") != a.Errors[0].Swedish {
			b.Errorf("another filer's case is told apart: %q, %q", a.Errors[0].Swedish, c.Errors[0].Swedish)
		}
		b.wantStates(number, slices.Repeat([]paymentorder.State{paymentorder.Ordered}, 4)...)
	})
}

// judge verifies lines and applies nothing.
func (b *bench) judge(lines ...filing.Content) (j service.Judgement) {
	b.Helper()
	docs := make([]service.Document, len(lines))
	for i, c := range lines {
		docs[i] = service.Document{Number: int64(i + 1), Content: c}
	}
	f := service.File{ID: 1, PartyCode: "ABC", CodeID: 7, MainCodeID: 7, Transaction: filing.BFWithdrawal, Arrived: b.clock.Now()}
	b.read(func(r store.Reader) (err error) {
		j, err = b.orders.Verify(r, f, docs)
		return err
	})
	return j
}

// Good lines of a file are applied though others are refused.
func TestGoodLinesAreApplied(t *testing.T) {
	each(t, func(b *bench) {
		one, two := b.lodge(claim(1)), b.lodge(claim(1))
		j := b.atOnce(filing.BFWithdrawal, &filing.Withdrawal{CaseKey: key("2026-9999999")},
			&filing.Withdrawal{CaseKey: key(one)}, &filing.Withdrawal{CaseKey: key(one)})
		if len(j.Errors) != 2 {
			b.Errorf("%+v", j.Errors)
		}
		b.wantStates(one, paymentorder.Discontinued, paymentorder.Discontinued)
		b.wantStates(two, paymentorder.Registered, paymentorder.Registered)
		if c, _ := b.caseOf(one); c.State() != paymentorder.CaseClosed || c.Closed != calendar.Today(b.clock) {
			b.Errorf("%s is %s, closed %s", one, c.State(), c.Closed)
		}
		if again := b.atOnce(filing.BFWithdrawal, &filing.Withdrawal{CaseKey: key(one)}); again.Notes[1].Effect != service.Already {
			b.Errorf("a second withdrawal: %+v", again)
		}
		b.checkDeadlines()
	})
}

// A reduction of the claim as a whole takes interest and costs before capital;
// reductions of one part follow each other.
func TestReductionsAreAllocated(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(2)
		a.Parts[0].Interest.Accrued, a.Parts[0].Interest.AccruedTo = 20_00, calendar.MustDay("2026-02-28")
		a.Total += 20_00
		number := b.lodge(a)
		for _, step := range []struct {
			part   int64
			kind   filing.ReductionKind
			amount int64
			want   []int64 // amount and accrued of the first respondent's parts
		}{
			{0, filing.ReduceBy, 15_00, []int64{1000_00, 5_00, 180_00, 0}},
			{0, filing.ReduceBy, 85_00, []int64{1000_00, 0, 100_00, 0}},
			{1, filing.ReduceTo, 900_00, []int64{900_00, 0, 100_00, 0}},
			{0, filing.ReduceTo, 500_00, []int64{500_00, 0, 0, 0}},
		} {
			b.approved(b.atOnce(filing.BFReduction, &filing.Reduction{CaseKey: key(number), Part: step.part, Kind: step.kind, Amount: ore(step.amount)}))
			c, _ := b.caseOf(number)
			for r := range 2 {
				var got []int64
				for _, s := range c.States[2*r : 2*r+2] {
					got = append(got, int64(s.Amount), int64(s.Accrued))
				}
				if diff := cmp.Diff(step.want, got); diff != "" {
					b.Errorf("%+v, respondent %d: %s", step, r+1, diff)
				}
			}
		}
		b.wantStates(number, paymentorder.Registered, paymentorder.Discontinued, paymentorder.Registered, paymentorder.Discontinued)
	})
}

// Shares of those who are not jointly liable are lowered in proportion.
func TestReductionOfShares(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(2)
		a.Joint = false
		a.Parts[0].Amount, a.Total = 1000_01, 1180_01
		number := b.lodge(a)
		c, _ := b.caseOf(number)
		if c.States[0].Amount != 500_01 || c.States[2].Amount != 500_00 {
			b.Errorf("shares %v and %v", c.States[0].Amount, c.States[2].Amount)
		}
		b.reduceBy(number, 1, 100_01)
		c, _ = b.caseOf(number)
		if c.States[0].Amount+c.States[2].Amount != 900_00 {
			b.Errorf("%v and %v are left of 900 kr", c.States[0].Amount, c.States[2].Amount)
		}
		one := filing.CaseKey{CaseNumber: number, Respondent: a.Respondents[1].Identity}
		b.approved(b.atOnce(filing.BFWithdrawal, &filing.Withdrawal{CaseKey: one, OneRespondent: true}))
		b.wantStates(number, paymentorder.Registered, paymentorder.Registered, paymentorder.Discontinued, paymentorder.Discontinued)
	})
}
