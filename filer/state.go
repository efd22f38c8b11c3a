package filer

// The states of cases as the book keeps them: those of files.md §8.2 and §8.3
// by the names that status reports use, and two of the book's own.
const (
	stateRegistered        = "registered"
	stateOrdered           = "ordered"
	stateServed            = "served"
	stateContested         = "contested"
	stateVerdict           = "verdict"
	stateLegalForce        = "legal_force"
	stateDiscontinued      = "discontinued"
	statePartly            = "partly_decided"
	stateAwaitingTitle     = "awaiting_title"
	stateAwaitingDocuments = "awaiting_documents"
	stateInProgress        = "in_progress"
	stateDeferral          = "deferral"
	stateInvestigated      = "investigated"
	stateMonitoring        = "monitoring"
	stateEarnings          = "earnings_attachment"
	stateWithdrawn         = "withdrawn" // the final account is still to come
	stateClosed            = "closed"
)

// Words is a text in both languages.
type Words struct {
	Swedish string `json:"sv"`
	English string `json:"en"`
}

// states are the words of each state for people, by service where they differ.
func states() map[string]Words {
	return map[string]Words{
		stateRegistered:         {"registrerat", "registered"},
		"completion_requested":  {"komplettering begärd", "completion requested"},
		stateOrdered:            {"föreläggande utfärdat", "order issued"},
		stateServed:             {"delgivet", "served"},
		stateContested:          {"bestritt", "contested"},
		"awaiting_estate":       {"inväntar dödsbo", "awaiting the estate"},
		stateVerdict:            {"utslag", "verdict given"},
		statePartly:             {"delvis avgjort", "partly decided"},
		"reopening":             {"återvinning", "reopening"},
		"transferred":           {"överlämnat till tingsrätt", "transferred to court"},
		stateDiscontinued:       {"avskrivet", "discontinued"},
		"dismissed":             {"avvisat", "dismissed"},
		"set_aside":             {"utslaget upphävt", "verdict set aside"},
		stateLegalForce:         {"laga kraft", "legal force"},
		stateAwaitingTitle:      {"inväntar exekutionstitel", "awaiting the title"},
		stateAwaitingDocuments:  {"inväntar handlingar", "awaiting documents"},
		stateInProgress:         {"pågår", "in progress"},
		stateDeferral:           {"uppskov", "deferral"},
		stateInvestigated:       {"utrett", "investigated"},
		stateMonitoring:         {"bevakning", "monitoring"},
		stateEarnings:           {"löneutmätning", "earnings attachment"},
		"interrupted":           {"avbrutet (konkurs)", "interrupted (bankruptcy)"},
		"restructuring_opened":  {"skuldsanering inledd", "restructuring opened"},
		"stayed":                {"inhiberat", "stayed"},
		"lapsed":                {"förfallet", "lapsed"},
		"restructuring_granted": {"skuldsanering beviljad", "restructuring granted"},
		stateWithdrawn:          {"återkallat", "withdrawn"},
		stateClosed:             {"avslutat", "closed"},
		"open":                  {"öppet", "open"},
		"in_proposal":           {"med i förslaget", "in the proposal"},
		"left_out":              {"inte med", "left out"},
		"in_plan":               {"med i planen", "in the plan"},
		"ended":                 {"upphört utan skuldsanering", "ended without restructuring"},
		"discharged":            {"planen fullgjord", "plan fulfilled"},
	}
}

// StateWords tells a state for people; a state that is not known is itself.
func StateWords(state string) Words {
	if w, known := states()[state]; known {
		return w
	}
	return Words{state, state}
}

// ended are the states in which nothing more can be withdrawn. A case with a
// verdict has ended as a payment-order case.
func ended(state string) bool {
	switch state {
	case stateVerdict, "reopening", "transferred", stateDiscontinued, "dismissed", "set_aside", stateLegalForce,
		"lapsed", "restructuring_granted", stateWithdrawn, stateClosed,
		"left_out", "ended", "discharged":
		return true
	}
	return false
}
