package paymentorder_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Random lives of a few cases: whatever files, officers and time do, no öre
// appears or disappears, every pair is in a state of the table, verdicts add up,
// and deadlines follow from the states.
func TestRandomLives(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		rapid.Check(t, func(rt *rapid.T) {
			b := newBench(t, db, "")
			b.files = b.count(`SELECT COALESCE(MAX(file), 0) FROM paymentorder_file`)
			lived := live(b, rt)
			for _, number := range lived {
				b.checkMoney(number)
			}
			b.checkDeadlines()
			b.checkOutgoing()
		})
	})
}

// live plays a random story and returns the numbers of its cases.
func live(b *bench, rt *rapid.T) []string {
	b.TB = failing{b.TB, rt}
	var numbers []string
	for range rapid.IntRange(1, 2).Draw(rt, "cases") {
		numbers = append(numbers, b.lodge(drawnClaim(rt)))
	}
	acts := b.randomActs(rt)
	for range rapid.IntRange(3, 12).Draw(rt, "steps") {
		number := rapid.SampledFrom(numbers).Draw(rt, "case")
		act := rapid.IntRange(0, len(acts)-1).Draw(rt, "act")
		if err := acts[act](number); err != nil {
			if _, refused := service.RefusedAs(err); !refused {
				b.Fatalf("act %d: %v", act, err)
			}
		}
	}
	return numbers
}

// failing tells rapid of failures, so that it makes them small.
type failing struct {
	testing.TB
	rt *rapid.T
}

func (f failing) Fatal(args ...any)                 { f.rt.Fatal(args...) }
func (f failing) Fatalf(format string, args ...any) { f.rt.Fatalf(format, args...) }
func (f failing) Error(args ...any)                 { f.rt.Error(args...) }
func (f failing) Errorf(format string, args ...any) { f.rt.Errorf(format, args...) }

func drawnClaim(rt *rapid.T) filing.Application {
	a := claim(rapid.IntRange(1, 3).Draw(rt, "respondents"))
	a.Joint = len(a.Respondents) > 1 && rapid.Bool().Draw(rt, "joint")
	a.NoEnforcement = rapid.Bool().Draw(rt, "no enforcement")
	a.Parts[0].Amount = ore(rapid.Int64Range(1, 500_000).Draw(rt, "capital"))
	a.Parts[1].Amount = ore(rapid.Int64Range(1, 30_000).Draw(rt, "cost"))
	a.Total = a.Parts[0].Amount + a.Parts[1].Amount
	if rapid.Bool().Draw(rt, "accrued") {
		a.Parts[0].Interest.Accrued, a.Parts[0].Interest.AccruedTo = 33_33, calendar.MustDay("2026-02-28")
		a.Total += 33_33
	}
	return a
}

// randomActs are what may happen to a case.
func (b *bench) randomActs(rt *rapid.T) []func(number string) error {
	ctx := b.Context()
	who := func() int64 { return rapid.Int64Range(0, 3).Draw(rt, "respondent") }
	part := func() int64 { return rapid.Int64Range(0, 2).Draw(rt, "part") }
	amount := func() money.Amount { return ore(rapid.Int64Range(0, 100_000).Draw(rt, "amount")) }
	o := b.orders
	return []func(string) error{
		func(string) error { b.pass(rapid.IntRange(1, 30).Draw(rt, "days")); return nil },
		func(string) error { b.passTo(calendar.Today(b.clock).AddDays(40)); return nil },
		func(n string) error { return o.IssueOrder(ctx, by, n, who(), 0, false) },
		func(n string) error { return o.Serve(ctx, by, n, who(), 0) },
		func(n string) error { return o.Serve(ctx, by, n, 0, 0) },
		func(n string) error { return o.ServiceFailed(ctx, by, n, who(), nil) },
		func(n string) error { return o.ServiceOffer(ctx, by, n, who(), rapid.Bool().Draw(rt, "accepts")) },
		func(n string) error {
			return o.Object(ctx, by, n, paymentorder.Objection{Respondent: who(), Part: part(), Amount: amount()})
		},
		func(n string) error { return o.PresumeUnfounded(ctx, by, n, who(), part(), amount()) },
		func(n string) error {
			return o.RequestTransfer(ctx, by, n, who(), part(), "Provköpings tingsrätt", 0)
		},
		func(n string) error { return o.NoteDeath(ctx, by, n, who()) },
		func(n string) error {
			return o.NameEstate(ctx, by, n, who(), filing.Party{Name: "Företrädare", PostalCode: "12345", Town: "Provköping"})
		},
		func(n string) error { return o.Dismiss(ctx, by, n, who(), "Hinder.") },
		func(n string) error { return o.OrderToComplete(ctx, by, n, []string{"grund"}, 0) },
		func(n string) error { return o.Complete(ctx, by, n) },
		func(n string) error { return o.RequestReopening(ctx, by, n, who(), "Provköpings tingsrätt", 0) },
		func(n string) error { return o.Stay(ctx, by, n, who()) },
		func(n string) error { return o.VerdictStands(ctx, by, n, who()) },
		func(n string) error { return o.SetAside(ctx, by, n, who(), part(), amount()) },
		func(n string) error { b.atOnce(filing.BFWithdrawal, &filing.Withdrawal{CaseKey: key(n)}); return nil },
		func(n string) error {
			kind := rapid.SampledFrom([]filing.ReductionKind{filing.ReduceTo, filing.ReduceBy}).Draw(rt, "measure")
			paid := rapid.SampledFrom([]calendar.Day{0, calendar.Today(b.clock)}).Draw(rt, "paid")
			b.atOnce(filing.BFReduction, &filing.Reduction{CaseKey: key(n), Part: part(), Kind: kind, Amount: amount(), Paid: paid})
			return nil
		},
	}
}

// The same inputs give the same rows.
func TestSameInputsSameRows(t *testing.T) {
	t.Parallel()
	dump := func() (all string) {
		b := newBench(t, emptySQLite(t), "")
		b.decided(claim(2))
		n := b.contested(claim(3))
		b.reduceBy(n, 0, 77_77)
		b.pass(40)
		for _, table := range []string{"paymentorder_state", "paymentorder_verdict", "paymentorder_verdict_part", "service_event", "service_deadline", "paymentorder_report"} {
			all += table + ":\n" + b.rows(table)
		}
		return all
	}
	first, second := dump(), dump()
	if diff := cmp.Diff(first, second); diff != "" || len(first) < 1000 {
		t.Errorf("%d characters of rows: %s", len(first), diff)
	}
}

func emptySQLite(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err == nil {
		err = schema.Up(t.Context(), db)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func (b *bench) rows(table string) (text string) {
	b.Helper()
	columns := map[string]string{
		"paymentorder_state":        "id, case_id, respondent, part, slice, state, since, amount, accrued, verdict_id",
		"paymentorder_verdict":      "id, case_id, code_id, interest, costs, total, batch, line, number",
		"paymentorder_verdict_part": "verdict_id, part, amount, accrued, interest_rate, 0, 0, 0, type",
		"service_event":             "id, case_id, respondent, part, amount, at, kind, from_state, to_state",
		"service_deadline":          "subject, 0, 0, 0, 0, 0, 0, kind, due",
		"paymentorder_report":       "code_id, batch, line, case_id, part, amount, kind, day, case_number",
	}[table]
	b.read(func(r store.Reader) error {
		for row, err := range store.Each(r.Query(`SELECT ` + columns + ` FROM ` + table + ` ORDER BY 1, 2, 3`)) {
			if err != nil {
				return err
			}
			values := make([]any, 1+countCommas(columns))
			into := make([]any, len(values))
			for i := range values {
				into[i] = &values[i]
			}
			if err := row.Scan(into...); err != nil {
				return err
			}
			text += fmt.Sprintln(values...)
		}
		return nil
	})
	return text
}

func countCommas(s string) (n int) {
	for _, c := range s {
		if c == ',' {
			n++
		}
	}
	return n
}
