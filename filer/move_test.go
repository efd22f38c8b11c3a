package filer

import (
	"testing"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// What happens to some of a case leaves the rest as it was; what follows a verdict
// is of all that the verdict is on, and may be fetched before it.
func TestEventsMoveCases(t *testing.T) {
	t.Parallel()
	first := filingtest.Number("195001019800")
	dropped := filing.PaymentOrderEvent{Event: filing.EventDiscontinued, Part: 2, Date: day("2026-03-02")}
	forced := filing.PaymentOrderEvent{Event: filing.EventLegalForce, Part: 1, Date: day("2026-04-02")}
	against := func(e filing.PaymentOrderEvent) filing.PaymentOrderEvent { e.Respondent = first; return e }
	for name, test := range map[string]struct {
		from   ledger.Case
		events []filing.PaymentOrderEvent
		state  string
		open   bool
	}{
		"a part is dropped":              {ledger.Case{State: stateServed, Open: true, Respondents: 1}, []filing.PaymentOrderEvent{dropped}, statePartly, true},
		"a verdict on the rest":          {ledger.Case{State: stateVerdict, Title: "U1"}, []filing.PaymentOrderEvent{forced}, stateLegalForce, false},
		"fetched before the verdict":     {ledger.Case{State: stateServed, Open: true, Respondents: 1}, []filing.PaymentOrderEvent{dropped, forced}, stateLegalForce, false},
		"another is undecided":           {ledger.Case{State: statePartly, Open: true, Respondents: 1, Title: "U1"}, []filing.PaymentOrderEvent{against(forced)}, statePartly, true},
		"two, and neither is known of":   {ledger.Case{State: stateServed, Open: true, Respondents: 2}, []filing.PaymentOrderEvent{against(forced)}, stateServed, true},
		"one of two is discontinued":     {ledger.Case{State: stateServed, Open: true, Respondents: 2}, []filing.PaymentOrderEvent{against(filing.PaymentOrderEvent{Event: filing.EventDiscontinued, Date: day("2026-03-02")})}, statePartly, true},
		"what is dropped after the end":  {ledger.Case{State: stateVerdict, Title: "U1"}, []filing.PaymentOrderEvent{dropped}, stateVerdict, false},
		"a part of a verdict set aside":  {ledger.Case{State: stateVerdict, Title: "U1"}, []filing.PaymentOrderEvent{{Event: filing.EventSetAside, Part: 1, Date: day("2026-03-02")}}, stateVerdict, false},
		"a verdict that is asked of":     {ledger.Case{State: stateVerdict, Title: "U1"}, []filing.PaymentOrderEvent{{Event: filing.EventReopening, Part: 1, Date: day("2026-03-02")}}, "reopening", false},
		"and all of it is legal force":   {ledger.Case{State: stateVerdict, Title: "U1"}, []filing.PaymentOrderEvent{{Event: filing.EventLegalForce, Date: day("2026-03-02")}}, stateLegalForce, false},
		"a part is ordered, as the rest": {ledger.Case{State: stateRegistered, Open: true, Respondents: 1}, []filing.PaymentOrderEvent{{Event: filing.EventOrdered, Part: 1, Date: day("2026-03-02")}}, stateRegistered, true},
	} {
		c := test.from
		for i := range test.events {
			move(&c, &test.events[i])
		}
		if c.State != test.state || c.Open != test.open {
			t.Errorf("%s: %s, open %v", name, c.State, c.Open)
		}
	}
}
