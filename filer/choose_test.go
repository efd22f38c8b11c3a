package filer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

func ore(n int64) *money.Amount {
	a := money.Amount(n)
	return &a
}

func lodged(state ledger.State, transaction filing.Transaction) *ledger.Story {
	return &ledger.Story{
		File:     ledger.File{Transaction: transaction, Sequence: 7, State: state},
		Document: ledger.Document{Reference: "A-1", Sum: 1000_00, Respondents: 1},
	}
}

func order(state string, open bool) ledger.Case {
	return ledger.Case{Service: filing.PaymentOrder, Number: "B1", Reference: "A-1", State: state, Open: open, Claimed: 1000_00, Respondents: 1}
}

func title(number, state string, open bool) ledger.Case {
	return ledger.Case{Service: filing.Enforcement, Number: number, Reference: "A-1", State: state, Open: open, Claimed: 1200_00, Remaining: ore(1100_00), LinkGroup: "L"}
}

// picked is what a step names, in short.
type picked struct {
	Transaction filing.Transaction
	Act         ledger.Act
	Case        string
	Sequence    int64
	Amount      money.Amount
}

// Which transaction carries out an act, by every state that the book knows.
func TestChoose(t *testing.T) {
	t.Parallel()
	row := claimlist.Act{Row: 2, Reference: "A-1"}
	to := func(n int64) claimlist.Act {
		return claimlist.Act{Reference: "A-1", Way: filing.ReduceTo, Amount: ore(n)}
	}
	by := func(n int64) claimlist.Act {
		return claimlist.Act{Reference: "A-1", Way: filing.ReduceBy, Amount: ore(n)}
	}
	late := claimlist.Act{Reference: "A-1", Until: calendar.MustDay("2027-01-10")}
	moved := claimlist.Act{Reference: "A-1", Change: &filing.PartyChange{Kind: filing.ChangedAddress}}
	held := []ledger.Story{{File: ledger.File{State: ledger.Sent, Transaction: filing.BFWithdrawal, Sequence: 3}, Document: ledger.Document{Act: ledger.Withdraw}}}
	bf, ve := filing.BFApplication, filing.VEApplication
	cases := func(all ...ledger.Case) subject { return subject{cases: all} }
	for name, test := range map[string]struct {
		act  Act
		row  claimlist.Act
		of   subject
		want []picked
		code string
	}{
		"unknown":                  {Withdraw, row, subject{}, nil, "unknown"},
		"unknown case":             {Withdraw, claimlist.Act{CaseNumber: "B9"}, subject{}, nil, "unknown_case"},
		"built":                    {Withdraw, row, subject{document: lodged(ledger.Built, bf)}, nil, "not_sent"},
		"sent":                     {Withdraw, row, subject{document: lodged(ledger.Sent, bf)}, nil, "no_receipt"},
		"unclear":                  {Withdraw, row, subject{document: lodged(ledger.Unclear, bf)}, nil, "no_receipt"},
		"not read in":              {Withdraw, row, subject{document: lodged(ledger.Approved, bf)}, []picked{{filing.BFWithdrawal, ledger.Withdraw, "", 7, 0}}, ""},
		"not read in, lowered":     {Reduce, to(500_00), subject{document: lodged(ledger.Approved, bf)}, []picked{{filing.BFReduction, ledger.ReduceTo, "", 7, 500_00}}, ""},
		"not read in, enforcement": {Withdraw, row, subject{document: lodged(ledger.Approved, ve)}, []picked{{filing.VEChange, ledger.Withdraw, "", 7, 0}}, ""},
		"not read in, deferred":    {Defer, late, subject{document: lodged(ledger.Approved, bf)}, nil, "no_act"},
		"claim report":             {Withdraw, row, subject{document: lodged(ledger.Approved, filing.SCClaim)}, nil, "no_act"},
		"lost in confirmation":     {Withdraw, row, subject{document: lodged(ledger.Confirmed, bf)}, nil, "unconfirmed"},
		"on its way":               {Withdraw, row, subject{document: lodged(ledger.Approved, bf), pending: held}, nil, "on_its_way"},

		"registered":            {Withdraw, row, cases(order(stateRegistered, true)), []picked{{filing.BFWithdrawal, ledger.Withdraw, "B1", 0, 0}}, ""},
		"contested":             {Withdraw, row, cases(order(stateContested, true)), []picked{{filing.BFWithdrawal, ledger.Withdraw, "B1", 0, 0}}, ""},
		"lowered":               {Reduce, by(100_00), cases(order(stateServed, true)), []picked{{filing.BFReduction, ledger.ReduceBy, "B1", 0, 100_00}}, ""},
		"lowered to more":       {Reduce, to(1000_00), cases(order(stateServed, true)), nil, "not_lower"},
		"lowered by all":        {Reduce, by(1000_00), cases(order(stateServed, true)), nil, "nothing_left"},
		"lowered without way":   {Reduce, claimlist.Act{Reference: "A-1", Amount: ore(1)}, cases(order(stateServed, true)), nil, "way"},
		"lowered by nothing":    {Reduce, by(0), cases(order(stateServed, true)), nil, "amount"},
		"deferred too early":    {Defer, late, cases(order(stateServed, true)), nil, "not_enforced"},
		"deferred without end":  {Defer, row, cases(title("U1", stateInProgress, true)), nil, "until"},
		"verdict, not enforced": {Withdraw, row, cases(order(stateVerdict, false)), nil, "verdict"},
		"transferred":           {Withdraw, row, cases(order("transferred", false)), nil, "ended"},
		"withdrawn":             {Withdraw, row, cases(ledger.Case{Number: "B1", State: stateDiscontinued, Reason: "withdrawn"}), nil, "withdrawn"},

		"enforced":          {Withdraw, row, cases(order(stateVerdict, false), title("U1", stateInProgress, true)), []picked{{filing.VEChange, ledger.Withdraw, "U1", 0, 0}}, ""},
		"enforced, joint":   {Withdraw, row, cases(order(stateVerdict, false), title("U1", stateInProgress, true), title("U2", stateDeferral, true)), []picked{{filing.VEChange, ledger.Withdraw, "U1", 0, 0}, {filing.VEChange, ledger.Withdraw, "U2", 0, 0}}, ""},
		"enforced, lowered": {Reduce, by(100_00), cases(title("U1", stateInProgress, true), title("U2", stateInProgress, true)), []picked{{filing.VEChange, ledger.ChangeAmount, "U1", 0, 1000_00}}, ""},
		"enforced, to":      {Reduce, to(300_00), cases(title("U1", stateInProgress, true)), []picked{{filing.VEChange, ledger.ChangeAmount, "U1", 0, 300_00}}, ""},
		"enforced, apart": {Reduce, to(300_00), cases(title("U1", stateInProgress, true), ledger.Case{Service: filing.Enforcement, Number: "U2", Open: true}),
			nil, "several_cases"},
		"enforced, deferred": {Defer, late, cases(title("U1", stateInProgress, true)), []picked{{filing.VEChange, ledger.Defer, "U1", 0, 0}}, ""},
		"deferred too long":  {Defer, claimlist.Act{Reference: "A-1", Until: calendar.MustDay("2027-01-24")}, cases(title("U1", stateInProgress, true)), nil, "too_long"},
		"deferred backwards": {Defer, claimlist.Act{Reference: "A-1", Until: calendar.MustDay("2026-11-22")}, cases(title("U1", stateInProgress, true)), nil, "until"},
		"closed":             {Withdraw, row, cases(order(stateVerdict, false), title("U1", stateClosed, false)), nil, "ended"},
		"partly decided": {Withdraw, row, cases(order(statePartly, true), title("U1", stateInProgress, true)),
			[]picked{{filing.BFWithdrawal, ledger.Withdraw, "B1", 0, 0}, {filing.VEChange, ledger.Withdraw, "U1", 0, 0}}, ""},
		"partly decided, lowered": {Reduce, to(1_00), cases(order(statePartly, true), title("U1", stateInProgress, true)), nil, "several_cases"},
		"new address": {PartyChange, moved, cases(order(statePartly, true), title("U1", stateInProgress, true)),
			[]picked{{filing.XXPartyChange, ledger.ChangeOfParty, "B1", 0, 0}, {filing.XXPartyChange, ledger.ChangeOfParty, "U1", 0, 0}}, ""},
		"nothing new": {PartyChange, row, cases(order(stateServed, true)), nil, "change"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.of.today = calendar.MustDay("2026-11-23")
			steps, why := choose(test.act, test.row, test.of)
			if code := codeOf(why); code != test.code {
				t.Fatalf("reason %q, want %q", code, test.code)
			}
			var got []picked
			for _, s := range steps {
				key := s.content.(filing.Keyed).Key()
				got = append(got, picked{s.transaction, s.entry.Act, key.CaseNumber, key.Sequence, s.entry.Sum})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func codeOf(r *refusal) string {
	if r == nil {
		return ""
	}
	return r.code
}

// A withdrawal for one of several respondents says so, and picks the enforcement
// case of that debtor alone.
func TestChooseOneRespondent(t *testing.T) {
	t.Parallel()
	who := filingtest.Number("199006022397")
	mine, other := ledger.Digest{1}, ledger.Digest{2}
	row := claimlist.Act{Reference: "A-1", Respondent: who}
	two := order(stateServed, true)
	two.Respondents = 2
	steps, why := choose(Withdraw, row, subject{cases: []ledger.Case{two}, debtor: mine})
	if why != nil || len(steps) != 1 || !steps[0].content.(*filing.Withdrawal).OneRespondent || steps[0].entry.Act != ledger.WithdrawOne {
		t.Errorf("%+v, %+v", steps, why)
	}
	first, second := title("U1", stateInProgress, true), title("U2", stateInProgress, true)
	first.Debtor, second.Debtor = other, mine
	steps, why = choose(Withdraw, row, subject{cases: []ledger.Case{first, second}, debtor: mine})
	if why != nil || len(steps) != 1 || steps[0].entry.CaseNumber != "U2" {
		t.Errorf("%+v, %+v", steps, why)
	}
	if steps, why = choose(Withdraw, row, subject{cases: []ledger.Case{first}, debtor: mine}); codeOf(why) != "other_respondent" {
		t.Errorf("%+v, %+v", steps, why)
	}
}

// Whatever the book knows, an act is carried out on open cases only, once on
// each, or is left out with a reason.
func TestChooseNeverTouchesWhatHasEnded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := subject{today: day("2026-11-23"), debtor: digests().Draw(rt, "respondent")}
		open := map[string]bool{}
		for i := range rapid.IntRange(0, 5).Draw(rt, "cases") {
			c := ledger.Case{
				Service: rapid.SampledFrom([]filing.Service{filing.PaymentOrder, filing.Enforcement, filing.Restructuring}).Draw(rt, "service"),
				Number:  string(rune('A' + i)), Reference: "A-1", Open: rapid.Bool().Draw(rt, "open"), State: stateInProgress, Claimed: 1000_00,
				LinkGroup: rapid.SampledFrom([]string{"", "L"}).Draw(rt, "group"), Debtor: digests().Draw(rt, "debtor"),
			}
			s.cases = append(s.cases, c)
			open[c.Number] = c.Open && c.Service != filing.Restructuring
		}
		row := claimlist.Act{Reference: "A-1", Way: filing.ReduceTo, Amount: ore(1_00), Until: day("2026-12-24"), Change: &filing.PartyChange{Kind: filing.ChangedName}}
		steps, why := choose(rapid.SampledFrom(Acts()).Draw(rt, "act"), row, s)
		if (why == nil) != (len(steps) > 0) {
			rt.Fatalf("%d steps, reason %+v", len(steps), why)
		}
		for _, one := range steps {
			if number := one.entry.CaseNumber; !open[number] {
				rt.Fatalf("%s of case %s", one.transaction, number)
			} else {
				open[number] = false // not again
			}
		}
	})
}

func digests() *rapid.Generator[ledger.Digest] {
	return rapid.SampledFrom([]ledger.Digest{{}, {1}, {2}})
}
