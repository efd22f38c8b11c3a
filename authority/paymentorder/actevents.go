package paymentorder

// actEvents are the events of the table of states that each act brings about;
// none of one that no state forbids.
func actEvents() map[string][]string {
	return map[string][]string{
		"order_to_complete": {eventOrderToComplete},
		"complete":          {eventCompleted},
		"dismiss":           {eventDismiss},
		"presume_unfounded": {eventUnfounded},
		"order":             {eventOrder},
		"withdraw":          {eventWithdrawal},
		"reduce":            {eventReduction},
		"stop":              {eventWithdrawnBefore},
		"serve":             {eventServed},
		"remind_of_service": {eventServiceReminded},
		"service_failed":    {eventServiceFailed},
		"service_offer":     {eventServiceAccepted, eventServiceDeclined},
		"object":            {eventObjection, eventLateObjection},
		"request_transfer":  {eventTransferRequested},
		"tell_guardian":     {eventGuardian},
		"death":             {eventDied},
		"name_estate":       {eventEstateNamed},
		"request_reopening": {eventReopening, eventReopeningLate},
		"take_writing":      {eventLateWriting, eventReopening},
		"stay":              {eventStay},
		"lift_stay":         {eventStayLifted},
		"verdict_stands":    {eventStands},
		"set_aside":         {eventSetAside},
	}
}
