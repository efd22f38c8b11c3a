package enforcement

import (
	"slices"
	"sync"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// The events of the table of states.
const (
	eventRegistered         = "registered"
	eventTitleAwaited       = "title_awaited"
	eventDocumentsAwaited   = "documents_awaited"
	eventLodged             = "lodged"
	eventNotLodged          = "not_lodged"
	eventStarted            = "handling_started"
	eventResumed            = "handling_resumed"
	eventAmount             = "amount_changed"
	eventDeferral           = "deferral_granted"
	eventDeferralEnded      = "deferral_ended"
	eventDeferralTooLong    = "deferral_too_long"
	eventDeferralTooMany    = "deferral_too_many"
	eventAssetsMissing      = "assets_missing"
	eventAssetsPartly       = "assets_partly"
	eventAssetsFound        = "assets_found"
	eventMeasuresPlanned    = "measures_planned"
	eventEarningsNew        = "earnings_attached"
	eventEarningsChanged    = "earnings_changed"
	eventEarningsRespite    = "earnings_respite"
	eventEarningsRevoked    = "earnings_revoked"
	eventMoney              = "money_received"
	eventPaidOut            = "money_accounted"
	eventFeeNotice          = "new_fee_announced"
	eventFeeCharged         = "new_fee_charged"
	eventFeeUnpaid          = "fee_unpaid"
	eventBankruptcy         = "bankruptcy"
	eventBankruptcyEnded    = "bankruptcy_ended"
	eventRestructuring      = "restructuring_opened"
	eventRestructuringEnded = "restructuring_ended"
	eventRestructured       = "restructuring_granted"
	eventStay               = "stay_ordered"
	eventStayLifted         = "stay_lifted"
	eventSetAside           = "title_set_aside"
	eventDied               = "debtor_died"
	eventEstate             = "estate_known"
	eventWithdrawn          = "withdrawn"
	eventPaid               = "paid_in_full"
	eventPaidLinked         = "paid_in_linked_case"
	eventEnded              = "ended"
	eventGuardian           = "guardian_told"
	eventRepaid             = "money_repaid"
	eventFeesDemanded       = "fees_demanded"
	eventFeesPaid           = "fees_paid"
	eventExempt             = "applicant_exempt"
	eventAdvanceAsked       = "advance_asked"
	eventAdvancePaid        = "advance_paid"
	eventAdvanceUnpaid      = "advance_unpaid"
)

// row is edges from several states. to holds the states it may lead to; empty
// means that the state stays. A row that moves the base of a case stays where
// the case is held: rests says so.
type row struct {
	from    []State
	event   string
	to      []State
	rests   bool
	sv, en  string
	basis   string
	message filing.Transaction
}

func rows() []row {
	return slices.Concat(courseRows(), holdRows(), endRows(), dutyRows())
}

// courseRows are the steps of the handling.
func courseRows() []row {
	worked := []State{InProgress, Investigated, Monitoring}
	awaiting := []State{AwaitingTitle, AwaitingDocuments}
	deferrable := []State{Registered, InProgress, Investigated, Monitoring}
	return []row{
		{[]State{""}, eventRegistered, []State{Registered}, false, "inläst, eller skapat av ett utslag", "read in, or created from a verdict", "R32, R55, UB 2:1", filing.VEConfirmation},
		{append(deferrable, Deferral, EarningsAttached), eventTitleAwaited, []State{AwaitingTitle}, true, "exekutionstiteln har inte lämnats in", "the title has not been lodged", "UB 2:2, 2:5", ""},
		{append(deferrable, Deferral, EarningsAttached), eventDocumentsAwaited, []State{AwaitingDocuments}, true, "handlingar saknas, som överlåtelser", "documents are lacking, such as assignments", "UB 2:2, 2:5", ""},
		{awaiting, eventLodged, []State{Registered}, true, "det som saknades har lämnats in", "what was lacking has been lodged", "UB 2:5", ""},
		{[]State{AwaitingTitle}, eventLodged, []State{AwaitingTitle, AwaitingDocuments}, false, "en del har lämnats in", "a part has been lodged", "UB 2:5", ""},
		{awaiting, eventNotLodged, []State{Dismissed}, false, "inget har lämnats in i tid", "nothing was lodged in time", "UB 2:5, UF 2:8", filing.VEFinalAccount},
		{[]State{Registered}, eventStarted, []State{InProgress}, false, "handläggningen börjar", "handling starts", "files.md §8.3", ""},
		{[]State{Investigated, Monitoring}, eventResumed, []State{InProgress}, true, "handläggningen fortsätter", "handling goes on", "UB 4:9 a", ""},
		{openStates(), eventAmount, nil, false, "beloppet ändras av sökanden", "the applicant changes the amount", "files.md §8.3", filing.VEChangeReceipt},
		{append(deferrable, Deferral), eventDeferral, []State{Deferral}, false, "sökanden lämnar uppskov", "the applicant grants a deferral", "UB 4:10", filing.VEChangeReceipt},
		{[]State{Deferral}, eventDeferralEnded, []State{InProgress}, true, "uppskovet är slut", "the deferral ends", "UB 4:10", ""},
		{[]State{Deferral}, eventDeferralTooLong, []State{Lapsed}, false, "uppskov över två månader", "deferral for more than two months", "UB 4:10", filing.VEFinalAccount},
		{append(deferrable, Deferral), eventDeferralTooMany, []State{Lapsed}, false, "fler än två uppskov på ett år", "more than two deferrals in one year", "UB 4:10", filing.VEFinalAccount},
		{worked, eventAssetsMissing, []State{Investigated}, false, "tillgångar saknas", "assets are missing", "UB 4:9 a", filing.VEInvestigation},
		{worked, eventAssetsPartly, []State{Investigated}, false, "tillgångar räcker inte till full betalning", "assets do not reach to full payment", "UB 4:9 a", filing.VEInvestigation},
		{worked, eventAssetsFound, []State{InProgress}, false, "tillgångar finns", "assets were found", "UB 4:9 a", filing.VEInvestigation},
		{[]State{EarningsAttached}, eventAssetsMissing, nil, false, "andra tillgångar saknas", "other assets are missing", "UB 4:9 a", filing.VEInvestigation},
		{[]State{EarningsAttached}, eventAssetsPartly, nil, false, "tillgångar räcker inte till full betalning", "assets do not reach to full payment", "UB 4:9 a", filing.VEInvestigation},
		{[]State{EarningsAttached}, eventAssetsFound, nil, false, "andra tillgångar finns", "other assets were found", "UB 4:9 a", filing.VEInvestigation},
		{[]State{Investigated}, eventMeasuresPlanned, []State{Monitoring}, false, "fler åtgärder planeras", "further measures are planned", "UB 4:9 a", ""},
		{worked, eventEarningsNew, []State{EarningsAttached}, false, "löneutmätning beslutas", "attachment of earnings is decided", "UB 7:8", filing.VEEarningsAttachment},
		{[]State{EarningsAttached}, eventEarningsChanged, nil, false, "löneutmätningen ändras", "the attachment of earnings is changed", "UB 7:10", filing.VEEarningsAttachment},
		{[]State{EarningsAttached}, eventEarningsRespite, nil, false, "anstånd i löneutmätningen", "respite in the attachment of earnings", "UB 7:11", filing.VEEarningsAttachment},
		{[]State{EarningsAttached}, eventEarningsRevoked, []State{InProgress}, true, "löneutmätningen hävs", "the attachment of earnings is revoked", "UB 7:10", filing.VEEarningsAttachment},
		{openStates(), eventMoney, nil, false, "pengar flyter in", "money is received", "UB 13:1, 13:13", filing.VEInterimAccount},
		{openStates(), eventPaidOut, nil, false, "pengar betalas ut och redovisas", "money is paid out and accounted for", "UF 13:3", filing.VEInterimAccount},
		{openStates(), eventFeeNotice, nil, false, "ny grundavgift aviseras", "a new basic fee is announced", "AvgF §5", filing.VENewFee},
		{openStates(), eventFeeCharged, nil, false, "grundavgift tas ut", "a basic fee is charged", "AvgF §5", ""},
	}
}

// holdRows are the bars to the handling, and their ends.
func holdRows() (all []row) {
	for _, h := range []struct {
		state           State
		begins, ends    string
		sv, en          string
		endSv, endEn    string
		basis, endBasis string
		before          []State // what it may have been before
	}{
		{Interrupted, eventBankruptcy, eventBankruptcyEnded, "gäldenären försätts i konkurs", "the debtor is declared bankrupt",
			"konkursen är slut", "the bankruptcy ends", "UB 4:9 b", "UB 4:9 b", openStates()},
		{RestructuringOpened, eventRestructuring, eventRestructuringEnded, "skuldsanering inleds", "debt restructuring is opened",
			"slutar utan skuldsanering, eller omfattar inte fordringen", "ends without restructuring, or does not cover the claim",
			"SKSL §42, FSKS §44", "SKSL §§31, 42", openStates()},
		{Stayed, eventStay, eventStayLifted, "inhibition beslutas", "a stay of enforcement is ordered",
			"inhibitionen hävs", "the stay is lifted", "files.md §8.3", "files.md §8.3", openStates()},
		{AwaitingEstate, eventDied, eventEstate, "gäldenären avlider", "the debtor dies",
			"dödsboet och dess företrädare är kända", "the estate and who acts for it are known", "files.md §8.3", "files.md §8.3", without(openStates(), EarningsAttached)},
	} {
		others := without(holds(), h.state)
		all = append(all,
			row{without(openStates(), h.state), h.begins, []State{h.state}, false, h.sv, h.en, h.basis, ""},
			row{[]State{h.state}, h.ends, without(h.before, h.state), false, h.endSv, h.endEn, h.endBasis, ""},
			row{others, h.ends, nil, false, h.endSv, h.endEn, h.endBasis, ""})
	}
	return all
}

// endRows close cases.
func endRows() []row {
	end := func(event string, to State, sv, en, basis string) row {
		return row{openStates(), event, []State{to}, false, sv, en, basis, filing.VEFinalAccount}
	}
	return []row{
		end(eventFeeUnpaid, Discontinued, "sökanden har inte betalat grundavgiften", "the applicant has not paid the basic fee", "UB 17:2"),
		{holds(), eventRestructured, []State{RestructuringGranted}, false, "skuldsanering beviljas", "debt restructuring is granted", "AvgF §3", filing.VEFinalAccount},
		end(eventSetAside, Closed, "exekutionstiteln upphävs", "the title is set aside", "UB 3:22"),
		{closedStates(), eventSetAside, nil, false, "exekutionstiteln upphävs sedan målet avslutats", "the title is set aside after the end of the case", "UB 3:22", filing.VEFinalAccount},
		end(eventWithdrawn, Closed, "sökanden återkallar", "the applicant withdraws", "files.md §8.3"),
		end(eventPaid, Closed, "skulden är betald", "the debt is paid in full", "files.md §8.3"),
		end(eventPaidLinked, Closed, "skulden är betald i sammanhörande mål", "the debt is paid in a linked case", "files.md §8.3"),
		end(eventEnded, Closed, "målet avslutas av annat skäl", "the case ends for another reason", "files.md §8.3"),
	}
}

// dutyRows are what is demanded of the applicant, and told to the chief
// guardian, while the case stands where it stood.
func dutyRows() []row {
	all := append(openStates(), closedStates()...)
	return []row{
		{openStates(), eventGuardian, nil, false, "överförmyndaren underrättas", "the chief guardian is told", "UF 2:9", ""},
		{openStates(), eventFeesDemanded, nil, false, "obetalda avgifter krävs av sökanden", "unpaid fees are demanded of the applicant", "AvgF §4, UB 17:2, 17:5", ""},
		{all, eventFeesPaid, nil, false, "sökanden betalar krävda avgifter", "the applicant pays demanded fees", "UB 17:2", ""},
		{all, eventExempt, nil, false, "sökanden svarar inte för avgifter", "the applicant answers for no fees", "AvgF §15", ""},
		{openStates(), eventAdvanceAsked, nil, false, "förskott begärs av sökanden", "an advance is asked of the applicant", "AvgF §4", ""},
		{openStates(), eventAdvancePaid, nil, false, "sökanden betalar förskott", "the applicant pays an advance", "AvgF §4", ""},
		{openStates(), eventAdvanceUnpaid, []State{Discontinued}, false, "sökanden har inte betalat förskottet", "the applicant has not paid the advance", "AvgF §3", filing.VEFinalAccount},
		{all, eventRepaid, nil, false, "sökanden betalar tillbaka", "the applicant pays back", "UB 3:22", ""},
	}
}

// edges draws a row out to one edge for each pair of states.
func (r row) edges() (all []service.Edge) {
	edge := func(from, to State) {
		all = append(all, service.Edge{From: string(from), Event: r.event, To: string(to),
			Swedish: r.sv, English: r.en, Basis: r.basis, Message: r.message})
	}
	for _, from := range r.from {
		if len(r.to) == 0 {
			edge(from, from)
		}
		for _, to := range r.to {
			edge(from, to)
		}
	}
	if r.rests {
		for _, held := range holds() {
			edge(held, held)
		}
	}
	return all
}

// States returns the table of states: the rows by which every step of a case
// is allowed or refused, and from which its diagram is drawn.
func States() service.States {
	t := service.States{Service: filing.Enforcement, States: stateWords()}
	for _, r := range rows() {
		t.Edges = append(t.Edges, r.edges()...)
	}
	return t
}

// step is one edge as a key.
type step struct {
	from  State
	event string
	to    State
}

var allowed = sync.OnceValue(func() map[step]bool {
	m := map[step]bool{}
	for _, e := range States().Edges {
		m[step{State(e.From), e.Event, State(e.To)}] = true
	}
	return m
})

func stateWords() []service.State {
	all := []service.State{
		{Name: string(Registered), Swedish: "registrerat", English: "registered"},
		{Name: string(AwaitingTitle), Swedish: "väntar på exekutionstitel", English: "awaiting the title"},
		{Name: string(AwaitingDocuments), Swedish: "väntar på handlingar", English: "awaiting documents"},
		{Name: string(InProgress), Swedish: "handläggs", English: "in progress"},
		{Name: string(Deferral), Swedish: "uppskov", English: "deferral"},
		{Name: string(Investigated), Swedish: "utrett", English: "investigated"},
		{Name: string(Monitoring), Swedish: "bevakas", English: "monitoring"},
		{Name: string(EarningsAttached), Swedish: "löneutmätning", English: "earnings attachment"},
		{Name: string(Interrupted), Swedish: "avbrutet av konkurs", English: "interrupted by bankruptcy"},
		{Name: string(RestructuringOpened), Swedish: "skuldsanering inledd", English: "restructuring opened"},
		{Name: string(Stayed), Swedish: "inhiberat", English: "stayed"},
		{Name: string(AwaitingEstate), Swedish: "väntar på dödsbo", English: "awaiting the estate"},
		{Name: string(Lapsed), Swedish: "förfallet", English: "lapsed"},
		{Name: string(Discontinued), Swedish: "avskrivet", English: "discontinued"},
		{Name: string(Dismissed), Swedish: "avvisat", English: "dismissed"},
		{Name: string(RestructuringGranted), Swedish: "avslutat, skuldsanering beviljad", English: "closed, restructuring granted"},
		{Name: string(Closed), Swedish: "avslutat", English: "closed"},
	}
	for i := range all {
		all[i].Closed = !standing{base: State(all[i].Name)}.open()
	}
	return all
}

// wrongState is the refusal of an act that the state of the case does not allow.
func (c *kase) wrongState() error { return service.WrongState(c.number, c.state().described()) }

// described is the state as it stands in the table of states.
func (s State) described() service.State {
	sv, en := s.words()
	return service.State{Name: string(s), Swedish: sv, English: en}
}

// words are the state for people.
func (s State) words() (swedish, english string) {
	for _, w := range stateWords() {
		if w.Name == string(s) {
			return w.Swedish, w.English
		}
	}
	return string(s), string(s)
}
