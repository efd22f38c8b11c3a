package authority

import (
	"slices"
	"testing"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/restructuring"
)

// A case offers what its states allow, and nothing for which there is nothing to
// act on.
func TestOfferedActs(t *testing.T) {
	t.Parallel()
	orders := room{name: "bf", acting: new(paymentorder.Orders)}
	reopened := func(stayed ...bool) *CaseView {
		v := &CaseView{Room: "bf"}
		var pairs []paymentorder.PairState
		for _, s := range stayed {
			pairs = append(pairs, paymentorder.PairState{State: paymentorder.Reopening, Stayed: s})
			v.Pairs = append(v.Pairs, PairView{State: string(paymentorder.Reopening)})
		}
		v.idle = idleIn(pairs)
		return v
	}
	matters := room{name: "sc", acting: new(restructuring.Matters)}
	for name, test := range map[string]struct {
		room    room
		view    *CaseView
		act     string
		offered bool
	}{
		"nothing is stayed":         {orders, reopened(false, false), "bf.lift_stay", false},
		"one of two is stayed":      {orders, reopened(false, true), "bf.lift_stay", true},
		"not stayed, to be so":      {orders, reopened(false), "bf.stay", true},
		"a state that forbids it":   {orders, reopened(true), "bf.serve", false},
		"of a report, not a matter": {matters, matterOf(restructuring.Matter{State: restructuring.Proposed}), "sc.comment", false},
		"of a matter":               {matters, matterOf(restructuring.Matter{State: restructuring.Proposed}), "sc.withdraw_proposal", true},
	} {
		test.room.offer(test.view)
		if got := slices.Contains(test.view.Acts, test.act); got != test.offered {
			t.Errorf("%s: %s offered: %v, among %v", name, test.act, got, test.view.Acts)
		}
	}
}
