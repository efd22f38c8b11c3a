package restructuring

import (
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// State is the state of a matter.
type State string

// The states of a matter (files.md §8.4).
const (
	ClaimPeriod      State = "claim_period"      // anmälningstid
	Preparing        State = "preparing"         // beredning
	Proposed         State = "proposed"          // förslag sänt till borgenärerna
	Ready            State = "ready"             // klart för beslut
	Plan             State = "plan"              // betalningsplan löper
	PlanOver         State = "plan_over"         // planens tid är slut
	AwaitingAccounts State = "awaiting_accounts" // slututbetald, konton saknas
	Completed        State = "completed"         // fullgjord
	Closed           State = "closed"            // avslutad utan skuldsanering
	Lapsed           State = "lapsed"            // upphörd
)

// The events of a matter.
const (
	opened           = "open"
	called           = "call"
	callDue          = "call_due"
	extended         = "extend"
	periodEnded      = "claim_period_ended"
	proposed         = "propose"
	withdrawn        = "withdraw_proposal"
	commented        = "comment"
	commentTimeEnded = "comment_time_ended"
	granted          = "grant"
	closed           = "close"
	payoutDue        = "payout_due"
	paidOut          = "pay_out"
	delayed          = "late_payment"
	reviewed         = "review"
	planEnded        = "plan_ended"
	finallyPaid      = "final_payout"
	finallyHeld      = "final_payout_held"
	accountsComplete = "accounts_complete"
	accountTimeEnded = "account_time_ended"
	lapsed           = "lapse"
)

// States is the table of a matter's states.
func States() service.States {
	return service.States{Service: filing.Restructuring, States: []service.State{
		{Name: string(ClaimPeriod), Swedish: "anmälningstiden löper", English: "claim period running"},
		{Name: string(Preparing), Swedish: "beredning", English: "being prepared"},
		{Name: string(Proposed), Swedish: "förslag sänt för yttrande", English: "proposal sent for comment"},
		{Name: string(Ready), Swedish: "klart för beslut", English: "ready for decision"},
		{Name: string(Plan), Swedish: "betalningsplanen löper", English: "payment plan running"},
		{Name: string(PlanOver), Swedish: "betalningsplanen är slut", English: "payment plan over"},
		{Name: string(AwaitingAccounts), Swedish: "slututbetald, konton saknas", English: "paid out, accounts missing"},
		{Name: string(Completed), Swedish: "fullgjord", English: "completed", Closed: true},
		{Name: string(Closed), Swedish: "avslutad utan skuldsanering", English: "closed without restructuring", Closed: true},
		{Name: string(Lapsed), Swedish: "upphörd", English: "lapsed", Closed: true},
	}, Edges: edges()}
}

func edges() []service.Edge {
	edge := func(from State, event string, to State, sv, en, basis string) service.Edge {
		return service.Edge{From: string(from), Event: event, To: string(to), Swedish: sv, English: en, Basis: basis}
	}
	open := edge("", opened, ClaimPeriod, "inledandebeslut kungjort", "decision to initiate announced", "SKSL §19, FSKS §21")
	open.Message = opening
	return []service.Edge{
		open,
		edge(ClaimPeriod, called, ClaimPeriod, "känd borgenär kallad", "known creditor called", "SKSL §21, FSKS §23"),
		edge(ClaimPeriod, callDue, ClaimPeriod, "ingen känd borgenär kallad inom en vecka", "no known creditor called within a week", "SKSL §21, FSKS §23"),
		edge(ClaimPeriod, extended, ClaimPeriod, "anmälningstiden förlängd", "claim period extended", "SKSL §19, FSKS §21"),
		edge(ClaimPeriod, periodEnded, Preparing, "anmälningstiden slut", "claim period ended", "SKSL §19, FSKS §21"),
		edge(Preparing, proposed, Proposed, "förslag till borgenärerna", "proposal to the creditors", "SKSL §26"),
		edge(Proposed, commented, Proposed, "borgenär yttrade sig", "a creditor commented", "SKSL §26"),
		edge(Proposed, withdrawn, Preparing, "förslaget drogs tillbaka", "proposal withdrawn", "SKSL §26"),
		edge(Proposed, commentTimeEnded, Ready, "tiden för yttrande slut", "time to comment ended", "SKSL §26"),
		edge(Ready, withdrawn, Preparing, "förslaget drogs tillbaka", "proposal withdrawn", "SKSL §26"),
		edge(Ready, granted, Plan, "skuldsanering beviljad", "restructuring granted", "SKSL §34, FSKS §36"),
		edge(ClaimPeriod, closed, Closed, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(Preparing, closed, Closed, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(Proposed, closed, Closed, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(Ready, closed, Closed, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(Plan, payoutDue, Plan, "årlig utbetalning ska göras", "yearly payout due", "SKSL §41, FSKS §43"),
		edge(Plan, paidOut, Plan, "årlig utbetalning", "yearly payout", "SKSL §41, FSKS §43"),
		edge(Plan, delayed, Plan, "gäldenären är sen", "the debtor is late", "SKSF §15"),
		edge(Plan, reviewed, Plan, "planen omprövad", "plan reviewed", "SKSL §§48–51"),
		edge(Plan, planEnded, PlanOver, "planens tid slut", "plan time ended", "SKSL §34, FSKS §36"),
		edge(Plan, lapsed, Lapsed, "skuldsaneringen upphörde", "restructuring lapsed", "SKSL §54"),
		edge(PlanOver, lapsed, Lapsed, "skuldsaneringen upphörde", "restructuring lapsed", "SKSL §54"),
		edge(PlanOver, finallyPaid, Completed, "sista utbetalningen", "last payout", "SKSL §41, FSKS §43"),
		edge(PlanOver, finallyHeld, AwaitingAccounts, "sista utbetalningen, konton saknas", "last payout, accounts missing", "SKSL §41 a, FSKS §43 a"),
		edge(AwaitingAccounts, accountsComplete, Completed, "alla konton anmälda", "all accounts given", "SKSL §41 a, FSKS §43 a"),
		edge(AwaitingAccounts, accountTimeEnded, Completed, "rätten till medlen förlorad", "right to the money lost", "SKSL §41 a, FSKS §43 a"),
	}
}

// after is the state that an event leads to, false if the state does not allow
// it.
func after(from State, event string) (State, bool) {
	for _, e := range edges() {
		if e.From == string(from) && e.Event == event {
			return State(e.To), true
		}
	}
	return "", false
}

// The events of a claim that are not those of its matter.
const (
	reported     = "report"
	reportedLate = "report_late"
	leftOut      = "leave_out"
	takenIn      = "take_in"
	examined     = "examine"
	disputed     = "dispute"
	claimGone    = "withdraw_claim"
	claimStopped = "report_stopped"
)

// ClaimStates is the table of a claim's states. A late claim is flagged, not in
// a state of its own.
func ClaimStates() service.States {
	return service.States{Service: filing.Restructuring, States: []service.State{
		{Name: string(filing.ClaimRegistered), Swedish: "registrerad", English: "registered"},
		{Name: string(filing.ClaimProposed), Swedish: "med i förslaget", English: "in the proposal"},
		{Name: string(filing.ClaimLeftOut), Swedish: "utanför skuldsaneringen", English: "left out"},
		{Name: string(filing.ClaimPlanned), Swedish: "med i betalningsplanen", English: "in the plan"},
		{Name: string(filing.ClaimEnded), Swedish: "avslutad utan skuldsanering", English: "ended without restructuring", Closed: true},
		{Name: string(filing.ClaimDischarged), Swedish: "befriad", English: "discharged", Closed: true},
		{Name: string(filing.ClaimLapsed), Swedish: "skuldsaneringen upphörde", English: "restructuring lapsed", Closed: true},
		{Name: string(filing.ClaimWithdrawn), Swedish: "återkallad", English: "withdrawn", Closed: true},
	}, Edges: claimEdges()}
}

func claimEdges() []service.Edge {
	edge := func(from filing.ClaimStatus, event string, to filing.ClaimStatus, sv, en, basis string) service.Edge {
		return service.Edge{From: string(from), Event: event, To: string(to), Swedish: sv, English: en, Basis: basis}
	}
	const registered, inProposal, out = filing.ClaimRegistered, filing.ClaimProposed, filing.ClaimLeftOut
	const inPlan, ended, gone, revived = filing.ClaimPlanned, filing.ClaimEnded, filing.ClaimDischarged, filing.ClaimLapsed
	const back = filing.ClaimWithdrawn
	report := edge("", reported, registered, "anmäld i tid", "reported in time", "SKSL §19, FSKS §21")
	late := edge("", reportedLate, registered, "anmäld för sent", "reported late", "files.md §8.4")
	stopped := edge("", claimStopped, back, "stoppad före inläsningen", "stopped before the read-in", "R70")
	report.Message, late.Message, stopped.Message = confirmation, confirmation, confirmation
	return []service.Edge{
		report, late, stopped,
		edge(registered, disputed, registered, "gäldenären bestrider", "disputed by the debtor", "SKSL §31"),
		edge(registered, examined, registered, "prövad, hinder saknas", "examined, no hindrance", "SKSL §§30–32"),
		edge(registered, leftOut, out, "lämnad utanför", "left out", "SKSL §§30–32"),
		edge(out, takenIn, registered, "åter med", "taken in again", "SKSL §§30–32"),
		edge(registered, claimGone, back, "återkallad av intressenten", "withdrawn by its filer", "files.md §8.4"),
		edge(out, claimGone, back, "återkallad av intressenten", "withdrawn by its filer", "files.md §8.4"),
		edge(registered, proposed, inProposal, "förslag till borgenärerna", "proposal to the creditors", "SKSL §26"),
		edge(inProposal, withdrawn, registered, "förslaget drogs tillbaka", "proposal withdrawn", "SKSL §26"),
		edge(inProposal, granted, inPlan, "skuldsanering beviljad", "restructuring granted", "SKSL §34"),
		edge(registered, closed, ended, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(inProposal, closed, ended, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(out, closed, ended, "avslutad utan skuldsanering", "closed without restructuring", "files.md §8.4"),
		edge(inPlan, completed, gone, "planen fullgjord", "plan completed", "SKSL §47"),
		edge(registered, completed, gone, "planen fullgjord", "plan completed", "SKSL §47"),
		edge(inPlan, lapsed, revived, "skuldsaneringen upphörde", "restructuring lapsed", "SKSL §54"),
		edge(registered, lapsed, revived, "skuldsaneringen upphörde", "restructuring lapsed", "SKSL §54"),
	}
}

// completed is what any of the events that end a plan in full does to claims.
const completed = "complete"

// claimAfter is the state that an event leads a claim to, false if nothing
// happens to it.
func claimAfter(from filing.ClaimStatus, event string) (filing.ClaimStatus, bool) {
	for _, e := range claimEdges() {
		if e.From == string(from) && e.Event == event {
			return filing.ClaimStatus(e.To), true
		}
	}
	return "", false
}

// stateWords are a state for people.
func stateWords(states []service.State, name string) (swedish, english string) {
	for _, s := range states {
		if s.Name == name {
			return s.Swedish, s.English
		}
	}
	return name, name
}
