package sandbox

import (
	"slices"
	"testing"

	"filtjanst/authority/permit"
	"filtjanst/filing"
)

// incoming is every transaction that a filer sends, with documents that pass
// the check of the file; of cases that nobody has.
func incoming(matter string) map[filing.Transaction][]filing.Content {
	return map[filing.Transaction][]filing.Content{
		filing.BFApplication: {owed("A1", debtor(silent, 1))},
		filing.BFWithdrawal:  {withdrawal("2026-9999999")},
		filing.BFReduction:   {lowered("2026-9999999", filing.ReduceTo, 5)},
		filing.VEApplication: {titled("B1", debtor(silent, 1))},
		filing.VEChange:      {changed("U-2026-9999999", filing.ChangeWithdrawal)},
		filing.SCClaim:       {reported("C1", matter, debtor(silent, 1))},
		filing.DERequest:     {asked(1)},
		filing.XXPartyChange: {relocated("2026-9999999", debtor(silent, 1))},
	}
}

// TestClosedToFiler: what a decision about the permit stops, and what it does
// not: in suspension what lowers or takes back a claim is still taken (R22).
func TestClosedToFiler(t *testing.T) {
	t.Parallel()
	services := []filing.Service{filing.PaymentOrder, filing.Enforcement, filing.Restructuring, filing.DebtExtract}
	each := func(do func(*permit.Desk, filing.Service) error) func(*permit.Desk) error {
		return func(d *permit.Desk) error {
			for _, s := range services {
				if err := do(d, s); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for _, c := range []struct {
		name    string
		decide  func(*permit.Desk) error
		code    string
		excepts []filing.Transaction // taken all the same
	}{
		{"suspended", each(func(d *permit.Desk, s filing.Service) error { return d.Suspend(t.Context(), officer, "ABC", s) }), "F274",
			[]filing.Transaction{filing.BFWithdrawal, filing.BFReduction, filing.VEChange, filing.XXPartyChange}},
		{"revoked", each(func(d *permit.Desk, s filing.Service) error { return d.Revoke(t.Context(), officer, "ABC", s) }), "F272", nil},
		{"over", each(func(d *permit.Desk, s filing.Service) error {
			return d.Amend(t.Context(), officer, "ABC", s, func(p *permit.Permit) { p.Until = p.From + 1 })
		}), "F272", nil},
		{"extension switched off", func(d *permit.Desk) error { return d.SwitchOff(t.Context(), officer, "ABC", filing.XXPartyChange) }, "F277",
			[]filing.Transaction{filing.BFApplication, filing.BFWithdrawal, filing.BFReduction, filing.VEApplication, filing.VEChange, filing.SCClaim, filing.DERequest}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := lodgerOf(t, opened(t), "ABC")
			files := incoming(l.restructured(t, debtor(silent, 1)))
			l.decide(t, c.decide)
			for tx, docs := range files {
				for _, form := range forms {
					t.Run(string(tx)+" "+string(form), func(t *testing.T) { l.closed(t, tx, form, docs, c.code, slices.Contains(c.excepts, tx)) })
				}
			}
		})
	}
}

// closed sends a file that the permit is not to let in, unless it is taken all
// the same; then it is judged as ever.
func (l lodger) closed(t *testing.T, tx filing.Transaction, form filing.Form, docs []filing.Content, code string, taken bool) {
	t.Helper()
	want := rejected(code)
	info, _ := filing.Info(tx)
	switch {
	case taken && numberIn(docs[0]) != "":
		want = rejected("1 D401")
	case taken:
		want = said{Outcome: filing.Approved}
	}
	number := l.next(t, tx)
	r := l.lodge(t, tx, form, docs...)
	r.Warnings = nil
	l.sayings(t, r, number, want)
	if want.Outcome == filing.Rejected && (len(r.Applied) > 0 || r.ReadIn != 0) {
		t.Errorf("%s is rejected but %+v", info.Transaction, r.Receipt)
	}
}

// TestOthersCode: under a code of another organisation, or of nobody, no file
// is taken, and the answer goes to the sender.
func TestOthersCode(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	for code, want := range map[string]filing.Code{"DEF": "F271", "QQQ": "F270"} {
		for tx, docs := range incoming("SKS-2026-999999") {
			for _, form := range forms {
				t.Run(code+" "+string(tx)+" "+string(form), func(t *testing.T) {
					r := l.answered(t, tx, written(t, code, tx, form, 1, docs)...)
					if rejectedFor(t, r, want); r.Expected != 0 || r.PartyCode != code || len(r.Errors) != 1 {
						t.Errorf("receipt %+v", r.Receipt)
					}
				})
			}
		}
	}
}

// TestWithoutPermit: a filer without a permit for the service is told so.
func TestWithoutPermit(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "TIL")
	for tx, docs := range incoming("SKS-2026-999999") {
		want := rejected("F272")
		if tx == filing.DERequest {
			want = rejected("1 D502") // supervision is all that it may ask for
		}
		number := l.next(t, tx)
		l.sayings(t, l.lodge(t, tx, filing.TextForm, docs...), number, want)
	}
}
