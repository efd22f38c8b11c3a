package authority

import (
	"slices"
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
)

// TestEventsOfActsAreInTheTable: an act of which an event is in no table of
// states would never be offered, and one without events always.
func TestEventsOfActsAreInTheTable(t *testing.T) {
	t.Parallel()
	free := []string{"bf.change_address", "bf.protect", "bf.block", "ve.block", "ve.protect"}
	for room, acts := range map[string][]service.Act{"bf": new(paymentorder.Orders).Acts(), "ve": new(enforcement.Enforcements).Acts()} {
		known := map[string]bool{}
		for _, e := range Tables(room)[0].Edges {
			known[e.Event] = true
		}
		for _, a := range acts {
			if slices.Contains(free, room+"."+a.Name) != (len(a.Events) == 0) {
				t.Errorf("%s.%s: events %q", room, a.Name, a.Events)
			}
			for _, event := range a.Events {
				if !known[event] {
					t.Errorf("%s.%s: there is no event %q", room, a.Name, event)
				}
			}
		}
	}
}
