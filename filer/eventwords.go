package filer

import (
	"strings"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// anyCode stands in the table for the codes that have no row of their own.
const anyCode = "*"

// eventWords are the words of each event by kind and code. Names in braces are
// of amounts and details; a sentence part in brackets falls away when the name
// in it was not given.
func eventWords() map[ledger.EventKind]map[string]Words {
	return map[ledger.EventKind]map[string]Words{
		ledger.EventReceipt: {
			string(filing.Approved):       {"Filen nummer {sequence} är godkänd.[ Den läses in {read_in}.]", "File number {sequence} is approved.[ It is read in on {read_in}.]"},
			string(filing.ApprovedInPart): {"Filen nummer {sequence} är delvis godkänd.", "File number {sequence} is approved in part."},
			string(filing.Rejected):       {"Filen nummer {sequence} är avvisad.[ Första felet: {error}.]", "File number {sequence} is rejected.[ First error: {error}.]"},
			string(filing.Superseded):     {"Filen nummer {sequence} är ersatt av en ny.", "File number {sequence} was superseded by a new one."},
			anyCode:                       {"Kvittens för filen nummer {sequence}: {code}.", "Receipt for file number {sequence}: {code}."},
		},
		ledger.EventResult: {
			string(filing.Applied): {"{act} är utförd[: {amount}].", "{act} was applied[: {amount}]."},
			string(filing.Already): {"{act}: det var redan så, inget ändrades.", "{act}: it was so already, nothing changed."},
			string(filing.Held):    {"{act} väntar tills ansökan läses in.", "{act} waits until the application is read in."},
			anyCode:                {"Handlingen avvisades med {code}.", "The document was refused with {code}."},
		},
		ledger.EventConfirmed: {
			stateRegistered:        {"Målet {case} är registrerat: {claimed}, avgift {fee}.[ Det verkställer mål {payment_order_case}.]", "Case {case} is registered: {claimed}, fee {fee}.[ It enforces case {payment_order_case}.]"},
			stateDiscontinued:      {"Målet {case} är registrerat och genast avskrivet, eftersom det var återkallat.", "Case {case} is registered and discontinued at once, since it had been withdrawn."},
			stateAwaitingTitle:     {"Målet {case} är registrerat och väntar på exekutionstiteln.", "Case {case} is registered and awaits the enforcement title."},
			stateAwaitingDocuments: {"Målet {case} är registrerat och väntar på handlingar.", "Case {case} is registered and awaits documents."},
			anyCode:                {"Målet {case} är registrerat ({code}).", "Case {case} is registered ({code})."},
		},
		ledger.EventCase: {
			string(filing.EventCompletionAsked): {"Komplettering är begärd[ senast {last_day}].", "Completion is asked for[ by {last_day}]."},
			string(filing.EventCompleted):       {"Ansökan är kompletterad.", "The application was completed."},
			string(filing.EventOrdered):         {"Föreläggande är utfärdat[; svar senast {last_day}].", "The order was issued[; answer by {last_day}]."},
			string(filing.EventServed):          {"Svaranden är delgiven[; svar senast {last_day}].", "The respondent was served[; answer by {last_day}]."},
			string(filing.EventServiceFailed):   {"Delgivningen misslyckades[; svara senast {last_day}].", "Service failed[; answer by {last_day}]."},
			string(filing.EventObjection):       {"Kravet är bestritt[ med {amount}][; begär överlämnande senast {last_day}].", "The claim was objected to[ for {amount}][; ask for transfer by {last_day}]."},
			string(filing.EventLateObjection):   {"En invändning kom för sent och ändrar inget.", "An objection came too late and changes nothing."},
			string(filing.EventDismissed):       {"Ansökan är avvisad[: {remark}].", "The application was dismissed[: {remark}]."},
			string(filing.EventTransferred):     {"Målet är överlämnat till tingsrätt.", "The case was transferred to court."},
			string(filing.EventDiscontinued):    {"Målet är avskrivet.", "The case was discontinued."},
			string(filing.EventAwaitingEstate):  {"Svaranden har avlidit; dödsboet inväntas[ till {last_day}].", "The respondent has died; the estate is awaited[ until {last_day}]."},
			string(filing.EventReopening):       {"Återvinning är begärd.", "Reopening was applied for."},
			string(filing.EventSetAside):        {"Utslaget är upphävt.", "The verdict was set aside."},
			string(filing.EventVerdictStands):   {"Utslaget står fast.", "The verdict stands."},
			string(filing.EventLegalForce):      {"Utslaget har vunnit laga kraft.", "The verdict has gained legal force."},
			anyCode:                             {"Händelse i målet: {code}.", "Event in the case: {code}."},
		},
		ledger.EventVerdict: {
			"enforced":     {"Utslag {verdict}: {total}, varav ränta {interest} och kostnader {costs}. Det verkställs[ i mål {enforcement_case}].", "Verdict {verdict}: {total}, of it interest {interest} and costs {costs}. It is enforced[ in case {enforcement_case}]."},
			"not_enforced": {"Utslag {verdict}: {total}, varav ränta {interest} och kostnader {costs}. Det verkställs inte utan begäran.", "Verdict {verdict}: {total}, of it interest {interest} and costs {costs}. It is not enforced without request."},
		},
		ledger.EventEarnings: {
			string(filing.EarningsNew):     {"Löneutmätning är beslutad[: {amount} per utbetalning][ från {from}].", "Attachment of earnings was decided[: {amount} per pay occasion][ from {from}]."},
			string(filing.EarningsChanged): {"Löneutmätningen är ändrad[: {amount} per utbetalning][ från {from}].", "The attachment of earnings was changed[: {amount} per pay occasion][ from {from}]."},
			string(filing.EarningsRevoked): {"Löneutmätningen är upphävd.", "The attachment of earnings was revoked."},
			string(filing.EarningsRespite): {"Anstånd med löneutmätningen[ till och med {until}].", "Respite from the attachment of earnings[ until {until}]."},
		},
		ledger.EventInvestigate: {
			string(filing.AssetsMissing): {"Utredningen är klar: tillgångar saknas.[ Ny åtgärd planeras {planned}.]", "The investigation is done: assets are missing.[ Further measures are planned on {planned}.]"},
			string(filing.AssetsPartly):  {"Utredningen är klar: tillgångarna räcker inte.[ Ny åtgärd planeras {planned}.]", "The investigation is done: the assets do not suffice.[ Further measures are planned on {planned}.]"},
			string(filing.AssetsFound):   {"Utredningen är klar: tillgångar finns.", "The investigation is done: there are assets."},
		},
		ledger.EventAccount: {anyCode: {"Redovisning: {received} har kommit in[ och {linked} i sammanhörande mål], {paid_out} är utbetalt, {remaining} återstår.", "Account: {received} came in[ and {linked} in linked cases], {paid_out} was paid out, {remaining} is left."}},
		ledger.EventNewFee:  {anyCode: {"En ny grundavgift, {fee}, tas ut {fee_day} om målet inte återkallas; obetalda avgifter {unpaid}.", "A new basic fee, {fee}, is charged on {fee_day} unless the case is withdrawn; unpaid fees {unpaid}."}},
		ledger.EventFinal: {
			string(filing.FinalPaid):       {"Målet är avslutat: betalt. Utbetalt {paid_out}, återstår {remaining}.", "The case is closed: paid. Paid out {paid_out}, left {remaining}."},
			string(filing.FinalPaidLinked): {"Målet är avslutat: betalt i sammanhörande mål.", "The case is closed: paid in a linked case."},
			string(filing.FinalWithdrawn):  {"Målet är avslutat: återkallat. Utbetalt {paid_out}.", "The case is closed: withdrawn. Paid out {paid_out}."},
			anyCode:                        {"Målet är avslutat ({code}). Inkommet {received}, utbetalt {paid_out}, återstår {remaining}.", "The case is closed ({code}). Received {received}, paid out {paid_out}, left {remaining}."},
		},
		ledger.EventOpening:  {anyCode: {"Skuldsanering är inledd i ärende {matter}; anmäl fordran senast {last_day}.", "Debt restructuring was opened in matter {matter}; report the claim by {last_day}."}},
		ledger.EventReport:   {anyCode: {"Fordringsanmälan {case} i ärende {matter}: {state}.", "Claim report {case} in matter {matter}: {state}."}},
		ledger.EventStatus:   {anyCode: {"Statusrapporten säger: {state}[; boken hade: {before}].", "The status report says: {state}[; the book had: {before}]."}},
		ledger.EventExtract:  {string(filing.ExtractFound): {"Svar på frågan: {debts} skulder, {measures} åtgärder.", "Answer to the question: {debts} debts, {measures} measures."}, string(filing.ExtractNothing): {"Svar på frågan: inget att lämna ut.", "Answer to the question: nothing that may be told."}},
		ledger.EventDelivery: {anyCode: {"Leverans {sequence} ({code}) med {lines} uppgifter.", "Delivery {sequence} ({code}) with {lines} facts."}},
		ledger.EventMissing:  {anyCode: {"Leverans {sequence} saknas: begär den på nytt.", "Delivery {sequence} is missing: ask for it again."}},
		ledger.EventReturned: {anyCode: {"Noden kunde inte lämna fram filen nummer {sequence}: {reason}.", "The node could not deliver file number {sequence}: {reason}."}},
		ledger.EventUnusable: {anyCode: {"Filen kunde inte föras in.", "The file could not be taken in."}},
	}
}

// actWords are the acts at the beginning of a sentence.
func actWords() map[ledger.Act]Words {
	return map[ledger.Act]Words{
		"":                   {"Handlingen", "The document"},
		ledger.Withdraw:      {"Återkallelsen", "The withdrawal"},
		ledger.WithdrawOne:   {"Återkallelsen för en svarande", "The withdrawal for one respondent"},
		ledger.ReduceTo:      {"Nedsättningen", "The reduction"},
		ledger.ReduceBy:      {"Nedsättningen", "The reduction"},
		ledger.ChangeAmount:  {"Beloppsändringen", "The change of amount"},
		ledger.Defer:         {"Uppskovet", "The deferral"},
		ledger.ChangeOfParty: {"Ändringen av partsuppgifter", "The change of party data"},
	}
}

// EventText is an event in words: those of the file, or those of the table.
func EventText(e ledger.Event) Words {
	if e.Swedish != "" {
		return Words{e.Swedish, firstOf(e.English, e.Swedish)}
	}
	table := eventWords()[e.Kind]
	w, there := table[e.Code]
	if !there {
		w = table[anyCode]
	}
	if e.Details["part"] != "" {
		w = Words{"Delkrav {part}: " + w.Swedish, "Claim part {part}: " + w.English}
	}
	return Words{fill(w.Swedish, e, true), fill(w.English, e, false)}
}

// fill puts the event's values into a sentence.
func fill(sentence string, e ledger.Event, swedish bool) string {
	pairs := []string{"{code}", e.Code, "{case}", e.CaseNumber, "{sequence}", count(e.Sequence),
		"{act}", in(actWords()[ledger.Act(e.Details["act"])], swedish), "{state}", in(StateWords(e.Code), swedish)}
	for name, value := range e.Details {
		if name == "before" {
			value = in(StateWords(value), swedish)
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	for name, amount := range e.Amounts {
		if name == "debts" || name == "linked" && amount == 0 {
			continue
		}
		pairs = append(pairs, "{"+name+"}", amount.Kronor())
	}
	text := strings.NewReplacer(pairs...).Replace(sentence)
	return optional(text)
}

func in(w Words, swedish bool) string {
	if swedish {
		return w.Swedish
	}
	return w.English
}

// optional drops the parts in brackets that still hold a name, and the
// brackets of the others.
func optional(text string) string {
	for {
		before, rest, found := strings.Cut(text, "[")
		if !found {
			return text
		}
		part, after, _ := strings.Cut(rest, "]")
		if strings.Contains(part, "{") {
			part = ""
		}
		text = before + part + after
	}
}
