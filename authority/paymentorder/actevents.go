package paymentorder

import "filtjanst/authority/service"

// causing tells of each act which events of the table of states it brings about.
// Those without any no state forbids.
func causing(acts []service.Act) []service.Act {
	events := map[string][]string{
		"order_to_complete": {eventOrderToComplete},
		"complete":          {eventCompleted},
		"dismiss":           {eventDismiss},
		"presume_unfounded": {eventUnfounded},
		"order":             {eventOrder},
		"withdraw":          {eventWithdrawal},
		"reduce":            {eventReduction},
		"stop":              {eventWithdrawnBefore},
		"serve":             {eventServed},
		"service_failed":    {eventServiceFailed},
		"service_offer":     {eventServiceAccepted, eventServiceDeclined},
		"object":            {eventObjection, eventLateObjection},
		"request_transfer":  {eventTransferRequested},
		"death":             {eventDied},
		"name_estate":       {eventEstateNamed},
		"request_reopening": {eventReopening, eventReopeningLate},
		"take_writing":      {eventLateWriting, eventReopening},
		"stay":              {eventStay},
		"lift_stay":         {eventStayLifted},
		"verdict_stands":    {eventStands},
		"set_aside":         {eventSetAside},
	}
	for i := range acts {
		acts[i].Events = events[acts[i].Name]
	}
	return acts
}
