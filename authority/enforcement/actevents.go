package enforcement

import "filtjanst/authority/service"

// causing tells of each act which events of the table of states it brings about.
// Those without any no state forbids.
func causing(acts []service.Act) []service.Act {
	events := map[string][]string{
		"register":           {eventRegistered},
		"lodge":              {eventLodged},
		"order_completion":   {eventTitleAwaited, eventDocumentsAwaited},
		"start":              {eventStarted},
		"resume":             {eventResumed},
		"investigate":        {eventAssetsMissing, eventAssetsPartly, eventAssetsFound},
		"earnings":           {eventEarningsNew, eventEarningsChanged, eventEarningsRevoked, eventEarningsRespite},
		"receive":            {eventMoney},
		"account":            {eventPaidOut},
		"demand_fees":        {eventMoney}, // as long as the case is open
		"discontinue_unpaid": {eventFeeUnpaid},
		"withdraw":           {eventWithdrawn},
		"end":                {eventEnded},
		"set_aside":          {eventSetAside},
		"bankruptcy":         {eventBankruptcy},
		"bankruptcy_ended":   {eventBankruptcyEnded},
		"order_stay":         {eventStay},
		"lift_stay":          {eventStayLifted},
		"died":               {eventDied},
		"estate_known":       {eventEstate},
		"tell_guardian":      {eventGuardian},
	}
	for i := range acts {
		acts[i].Events = events[acts[i].Name]
	}
	return acts
}
