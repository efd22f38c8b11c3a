package paymentorder

import (
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// The events of the table of states. They are the kinds of [service.Event] too.
const (
	eventReadIn            = "read_in"
	eventWithdrawnBefore   = "withdrawn_before_read_in"
	eventOrderToComplete   = "order_to_complete"
	eventCompleted         = "completed"
	eventNotCompleted      = "not_completed"
	eventDismiss           = "dismiss"
	eventUnfounded         = "presumed_unfounded"
	eventOrder             = "order"
	eventServed            = "served"
	eventServiceReminded   = "service_reminded"
	eventServiceFailed     = "service_failed"
	eventServiceAccepted   = "service_accepted"
	eventServiceDeclined   = "service_declined"
	eventNoObjection       = "no_objection"
	eventObjection         = "objection"
	eventLateObjection     = "late_objection"
	eventDied              = "respondent_died"
	eventGuardian          = "guardian_told"
	eventEstateNamed       = "estate_named"
	eventEstateNotNamed    = "estate_not_named"
	eventTransferRequested = "transfer_requested"
	eventNoTransfer        = "no_transfer_request"
	eventReduction         = "reduction"
	eventWithdrawal        = "withdrawal"
	eventEnforcement       = "enforcement"
	eventReopening         = "reopening_requested"
	eventReopeningLate     = "reopening_late"
	eventLateWriting       = "late_writing"
	eventStay              = "stay_ordered"
	eventStayLifted        = "stay_lifted"
	eventSetAside          = "set_aside"
	eventStands            = "verdict_stands"
	eventLegalForce        = "time_for_reopening_over"
)

// edges is the table of files.md §8.2. Nothing changes the state of a pair but
// by a row of it.
func edges() []service.Edge {
	e := func(from State, event string, to State, swedish, english, basis string, message filing.Transaction) service.Edge {
		return service.Edge{From: string(from), Event: event, To: string(to),
			Swedish: swedish, English: english, Basis: basis, Message: message}
	}
	all := []service.Edge{
		e("", eventReadIn, Registered, "läses in, målnummer ges", "read in, case number given", "R28", filing.BFConfirmation),
		e("", eventWithdrawnBefore, Discontinued, "återkallad före inläsning", "withdrawn before read-in", "R70", filing.BFConfirmation),
		e(Registered, eventOrderToComplete, CompletionRequested, "föreläggs att komplettera", "order to complete", "BFL §20", ""),
		e(CompletionRequested, eventCompleted, Registered, "kompletterad", "completed", "BFL §20", ""),
		e(CompletionRequested, eventNotCompleted, Dismissed, "inte kompletterad i tid", "not completed in time", "BFL §20", ""),
		e(Registered, eventDismiss, Dismissed, "hinder mot ansökan", "bar to the application", "BFL §21", ""),
		e(CompletionRequested, eventDismiss, Dismissed, "hinder mot ansökan", "bar to the application", "BFL §21", ""),
		e(Ordered, eventDismiss, Dismissed, "hinder mot ansökan", "bar to the application", "BFL §21", ""),
		e(Served, eventDismiss, Dismissed, "hinder mot ansökan", "bar to the application", "BFL §21", ""),
		e(Registered, eventUnfounded, Contested, "antas vara ogrundad eller obefogad, eller kostnad över inkassokostnadslagen",
			"presumed unfounded or unwarranted, or costs above the caps", "BFL §23", ""),
		e(Registered, eventOrder, Ordered, "föreläggande utfärdas", "order issued", "BFL §25", ""),
		e(Ordered, eventServed, Served, "delges", "served", "BFL §29", ""),
		e(Ordered, eventServiceReminded, Ordered, "svaranden påminns om delgivningen", "the respondent is reminded of service", "BFL §29", ""),
		e(Ordered, eventServiceFailed, Ordered, "delgivning misslyckas, sökanden erbjuds ordna den", "service fails, the applicant may arrange it", "BFL §30", ""),
		e(Ordered, eventServiceAccepted, Ordered, "sökanden ordnar delgivningen", "the applicant arranges service", "BFL §30", ""),
		e(Ordered, eventServiceDeclined, Dismissed, "sökanden avstår från att ordna delgivningen", "the applicant declines to arrange service", "BFL §30", ""),
		e(Served, eventNoObjection, VerdictGiven, "inget bestridande i tid", "no objection in time", "BFL §42", filing.BFVerdict),
		e(Served, eventObjection, Contested, "bestrids, helt eller delvis", "objection, whole or part", "BFL §§31, 33", ""),
		e(Served, eventLateObjection, Served, "sent bestridande före utslaget antecknas", "late objection before the verdict is noted", "law.md §2.2", ""),
	}
	for _, s := range []State{Registered, CompletionRequested, Ordered, Served} {
		all = append(all, e(s, eventDied, AwaitingEstate, "svaranden avlider", "the respondent dies", "files.md §8.2", ""))
	}
	all = append(all,
		e(AwaitingEstate, eventEstateNamed, Ordered, "dödsboet och dess företrädare anges", "estate and who acts for it named", "files.md §8.2", ""),
		e(AwaitingEstate, eventEstateNotNamed, Dismissed, "dödsboet anges inte i tid", "estate not named in time", "files.md §8.2", ""),
		e(Contested, eventTransferRequested, Transferred, "sökanden begär överlämnande i tid", "transfer asked for in time", "BFL §§34, 36", ""),
		e(Contested, eventNoTransfer, Discontinued, "ingen begäran om överlämnande i tid", "no request for transfer in time", "BFL §37", ""),
	)
	for _, s := range states() {
		if s.stage != open {
			continue
		}
		all = append(all,
			e(s.State, eventReduction, s.State, "nedsättning", "reduction", "BFL §22", ""),
			e(s.State, eventWithdrawal, Discontinued, "återkallelse", "withdrawal", "BFL §22", ""),
			e(s.State, eventGuardian, s.State, "överförmyndaren underrättas", "the chief guardian is told", "BFF §8 a", ""))
	}
	return append(all,
		e(VerdictGiven, eventEnforcement, VerdictGiven, "verkställighetsmål öppnas utan begäran", "enforcement case opened without request", "UB 2:1", filing.VEConfirmation),
		e(VerdictGiven, eventReopening, Reopening, "återvinning söks inom en månad, överlämnas till tingsrätt", "reopening applied for within a month, transferred to court", "BFL §§53–54", ""),
		e(LegalForce, eventReopening, Reopening, "återvinning som söktes i tid antecknas efteråt, överlämnas till tingsrätt", "reopening applied for in time is noted afterwards, transferred to court", "BFL §§53–54, 60", ""),
		e(VerdictGiven, eventReopeningLate, VerdictGiven, "återvinning söks för sent, avvisas", "reopening applied for too late, dismissed", "BFL §53", ""),
		e(LegalForce, eventReopeningLate, LegalForce, "återvinning söks för sent, avvisas", "reopening applied for too late, dismissed", "BFL §53", ""),
		e(VerdictGiven, eventLateWriting, VerdictGiven, "skrivelse efter utslaget, svaranden tillfrågas om återvinning", "writing after the verdict, the respondent is asked about reopening", "law.md §2.2", ""),
		e(Reopening, eventStay, Reopening, "inhibition", "stay of enforcement", "files.md §8.2", ""),
		e(Reopening, eventStayLifted, Reopening, "inhibitionen hävs", "stay lifted", "files.md §8.2", ""),
		e(Reopening, eventSetAside, SetAside, "rätten upphäver utslaget, helt eller delvis", "the court sets the verdict aside, wholly or in part", "UB 3:22", ""),
		e(Reopening, eventStands, VerdictGiven, "utslaget står fast", "the verdict stands", "files.md §8.2", ""),
		e(VerdictGiven, eventLegalForce, LegalForce, "tiden för återvinning har gått ut", "the time for reopening has run out", "BFL §64", ""),
	)
}
