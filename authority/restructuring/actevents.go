package restructuring

import "filtjanst/authority/service"

// causing tells which events each act brings about: that of its own name, and
// for the last payout how the plan ends. Data can be blocked in any state.
func causing(acts []service.Act) []service.Act {
	for i := range acts {
		switch name := acts[i].Name; name {
		case "block":
		case paidOut:
			acts[i].Events = []string{paidOut, finallyPaid, finallyHeld}
		default:
			acts[i].Events = []string{name}
		}
	}
	return acts
}
