package sandbox

import (
	"fmt"
	"testing"

	"filtjanst/filing"
)

// TestOneAmongMany: of a file over several chunks of work the one bad line is
// refused and all the others are applied, each once.
func TestOneAmongMany(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	const cases = 1200
	var applications, withdrawals []filing.Content
	for i := range cases {
		applications = append(applications, owed(fmt.Sprintf("A%d", i), debtor(silent, i)))
		withdrawals = append(withdrawals, with(withdrawal(""), byReference(1, fmt.Sprintf("A%d", i))))
	}
	numbers := l.registered(t, filing.BFApplication, applications...)
	withdrawals[700] = withdrawal("2026-9999999")
	r := l.lodge(t, filing.BFWithdrawal, filing.TextForm, withdrawals...)
	if got := named(r.Errors); r.Outcome != filing.ApprovedInPart || len(got) != 1 || got[0] != "701 D401" || len(r.Applied) != cases-1 {
		t.Fatalf("%s, %v, %d applied", r.Outcome, got, len(r.Applied))
	}
	for reference, number := range numbers {
		want := "discontinued"
		if reference == "A700" {
			want = "registered"
		}
		l.inState(t, number[0], want)
	}
}

// TestMixedMeasures: a withdrawal and a reduction of one case in files of their
// own are judged one after the other, as they came.
func TestMixedMeasures(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	all := l.registered(t, filing.BFApplication, owed("A1", debtor(silent, 1), debtor(silent, 2)), owed("A2", debtor(silent, 3)))
	one, two := all["A1"][0], all["A2"][0]
	for _, step := range []struct {
		tx   filing.Transaction
		doc  filing.Content
		want said
	}{
		{filing.BFWithdrawal, against(withdrawal(one), debtor(silent, 1)), approved("1 applied")},
		{filing.BFWithdrawal, against(withdrawal(one), debtor(silent, 1)), approved("1 already")},
		{filing.BFReduction, lowered(one, filing.ReduceTo, 500), approved("1 applied")}, // of the other respondent
		{filing.BFReduction, lowered(one, filing.ReduceTo, 500), rejected("1 D344")},
		{filing.BFWithdrawal, withdrawal(one), approved("1 applied")},
		{filing.BFReduction, lowered(one, filing.ReduceTo, 400), rejected("1 D352")},
		{filing.BFReduction, lowered(two, filing.ReduceBy, 1000), approved("1 applied")},
		{filing.BFReduction, lowered(two, filing.ReduceBy, 1), rejected("1 D352")}, // the part is gone
	} {
		number := l.next(t, step.tx)
		l.sayings(t, l.lodge(t, step.tx, filing.XMLForm, step.doc), number, step.want)
	}
}

// TestTwoSendAtOnce: several withdrawals of one case in files that come at the
// same moment withdraw it once; numbers that collide are told the next.
func TestTwoSendAtOnce(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	number := l.registered(t, filing.BFApplication, owed("A1", debtor(silent, 1)))["A1"][0]
	parts := l.parts(t, filing.BFWithdrawal, filing.TextForm, withdrawal(number))
	lower := l.parts(t, filing.BFReduction, filing.TextForm, lowered(number, filing.ReduceTo, 500))
	const n = 6
	atOnce(n, func(i int) bool {
		tx, files := filing.BFWithdrawal, parts
		if i%2 == 1 {
			tx, files = filing.BFReduction, lower
		}
		if err := l.tryPost(t, newID(), tx, files...); err != nil {
			t.Error(err)
		}
		return true
	})
	l.inState(t, number, "discontinued")
	if got := l.next(t, filing.BFWithdrawal); got != 2 {
		t.Errorf("next withdrawal %d, want 2", got)
	}
}
