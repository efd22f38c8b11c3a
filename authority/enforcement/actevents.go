package enforcement

// actEvents are the events of the table of states that each act brings about;
// none of one that no state forbids.
func actEvents() map[string][]string {
	return map[string][]string{
		"register":           {eventRegistered},
		"lodge":              {eventLodged},
		"order_completion":   {eventTitleAwaited, eventDocumentsAwaited},
		"start":              {eventStarted},
		"resume":             {eventResumed},
		"investigate":        {eventAssetsMissing, eventAssetsPartly, eventAssetsFound},
		"earnings":           {eventEarningsNew, eventEarningsChanged, eventEarningsRevoked, eventEarningsRespite},
		"receive":            {eventMoney},
		"account":            {eventPaidOut},
		"demand_fees":        {eventFeesDemanded},
		"pay_fees":           {eventFeesPaid},
		"ask_advance":        {eventAdvanceAsked},
		"pay_advance":        {eventAdvancePaid},
		"end_unadvanced":     {eventAdvanceUnpaid},
		"exempt":             {eventExempt},
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
		"repay":              {eventRepaid},
	}
}
