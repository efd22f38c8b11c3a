package authority

import (
	"strings"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
)

// Words are a name of ours for people.
type Words struct {
	Swedish string `json:"sv"`
	English string `json:"en"`
}

// Tables are the tables of states of a room in which cases live: that of its
// cases, and those of what follows them.
func Tables(room string) []service.States {
	switch room {
	case "bf":
		return []service.States{paymentorder.States()}
	case "ve":
		return []service.States{enforcement.States()}
	case "sc":
		return []service.States{restructuring.States(), restructuring.ClaimStates()}
	}
	return nil
}

// RoomWords are the name of a room in which officers act; that by which acts call
// it if it is none of them.
func RoomWords(room string) Words {
	w, known := map[string]Words{
		"bf": {"betalningsföreläggande", "payment order"}, "ve": {"verkställighet", "enforcement"}, "sc": {"skuldsanering", "debt restructuring"},
		"extract": {"utdrag", "extracts"}, "fee": {"fakturor", "invoices"}, "letter": {"brev", "letters"},
		"permit": {"tillstånd", "permits"}, partyRoom: {"register över intressenter", "register of parties"},
	}[room]
	if !known {
		return Words{room, room}
	}
	return w
}

// tell gives the states and events of the view their words.
func (w *World) tell(v *CaseView) {
	if v == nil {
		return
	}
	v.States = map[string]Words{}
	v.nameState(v.State)
	for _, p := range v.Pairs {
		v.nameState(p.State)
	}
	for i := range v.Events {
		e := &v.Events[i]
		v.nameState(e.From)
		v.nameState(e.To)
		e.Words, e.Detail = eventWords(v.Room, e), w.detail(v.Room, *e)
	}
}

func (v *CaseView) nameState(state string) {
	if state != "" {
		v.States[state] = StateWords(v.Room, state)
	}
}

// StateWords are the words of a state of the room.
func StateWords(room, state string) Words {
	for _, t := range Tables(room) {
		for _, s := range t.States {
			if s.Name == state {
				return Words{s.Swedish, s.English}
			}
		}
	}
	if words, known := caseStates()[state]; known {
		return words
	}
	return plain(state)
}

// caseStates are the states of a whole payment-order case, which follow from
// those of its pairs.
func caseStates() map[string]Words {
	return map[string]Words{
		string(paymentorder.CaseOpen):          {"pågår", "open"},
		string(paymentorder.CasePartlyDecided): {"delvis avgjort", "partly decided"},
		string(paymentorder.CaseClosed):        {"avslutat", "closed"},
	}
}

// eventWords are those of the edge that the event passed, else of any edge of its
// kind, else of an event that moves no state.
func eventWords(room string, e *CaseEvent) Words {
	found := Words{}
	for _, t := range Tables(room) {
		for _, edge := range t.Edges {
			if edge.Event != e.Kind {
				continue
			}
			if edge.From == e.From && edge.To == e.To {
				return Words{edge.Swedish, edge.English}
			}
			if found.Swedish == "" {
				found = Words{edge.Swedish, edge.English}
			}
		}
	}
	if found.Swedish != "" {
		return found
	}
	if words, known := quietEvents()[e.Kind]; known {
		return words
	}
	return plain(e.Kind)
}

// plain is a name without words of its own.
func plain(name string) Words {
	text := strings.ReplaceAll(name, "_", " ")
	return Words{text, text}
}

// quietEvents are events that move no state and stand in no table.
func quietEvents() map[string]Words {
	return map[string]Words{
		"held_not_applicable":    {"det som väntade på inläsningen kunde inte göras", "what waited for the read-in could not be done"},
		"claim_repeated":         {"samma fordran finns redan i ett annat mål", "the same claim stands in another case already"},
		"title_repeated":         {"samma exekutionstitel verkställs redan i ett annat mål", "the same title is enforced in another case already"},
		"guardian_awaited":       {"den som kravet gäller är under 18 år: överförmyndaren ska underrättas", "whom the claim is against is under 18: the chief guardian is to be told"},
		"repayment_demanded":     {"återbetalning krävd av sökanden", "repayment demanded of the applicant"},
		"repayment_overdue":      {"sökanden har inte betalat tillbaka i tid", "the applicant has not paid back in time"},
		"no_address":             {"brev kunde inte sändas: adress saknas", "a letter could not be sent: there is no address"},
		"address_changed":        {"adress ändrad", "address changed"},
		"name_changed":           {"namn ändrat", "name changed"},
		"workplace_changed":      {"arbetsplats ändrad", "workplace changed"},
		"representative_changed": {"ombud ändrat", "representative changed"},
		"payee_changed":          {"betalningsmottagare ändrad", "payee changed"},
		"assignment_changed":     {"fordran överlåten", "claim assigned"},
		"claim_assigned":         {"fordran överlåten", "claim assigned"},
		"identity_protected":     {"skyddade personuppgifter", "identity protected"},
		"identity_unprotected":   {"personuppgifterna inte längre skyddade", "identity no longer protected"},
		"blocked":                {"uppgifterna blockerade", "data blocked"},
		"unblocked":              {"blockeringen hävd", "data no longer blocked"},
		"deferral_warning":       {"uppskovet närmar sig gränsen", "deferral near its limit"},
		"fee_overdue":            {"sökanden har inte betalat avgiften i tid: målet får avskrivas", "the applicant has not paid the fee in time: the case may be discontinued"},
		"advance_overdue":        {"sökanden har inte betalat förskottet i tid: målet får avskrivas", "the applicant has not paid the advance in time: the case may be discontinued"},
		"fees_returned":          {"avgifter som gäldenären betalat går åter", "fees that the debtor had paid go back"},
		"earnings_respite_ended": {"anståndet med löneutmätningen slut", "respite of the attachment of earnings ended"},
		"account":                {"konto anmält", "account given"},
		"account_failed":         {"utbetalningen kom tillbaka, nytt konto behövs", "the payout came back, another account is needed"},
	}
}
