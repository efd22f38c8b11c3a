package extract

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// subscriptionActs concern the subscriptions of a party code, which stands in
// place of the case number.
func (e *Extracts) subscriptionActs() []service.Act {
	extract := service.Param{Name: "extract", Kind: service.ChoiceParam, Required: true, Choices: extracts(), Swedish: "utdrag", English: "extract"}
	ids := []service.Param{
		{Name: "code_id", Kind: service.NumberParam, Required: true, Swedish: "kodens id", English: "id of the code"},
		{Name: "main_code_id", Kind: service.NumberParam, Required: true, Swedish: "huvudkodens id", English: "id of the main code"},
	}
	return []service.Act{
		{Name: "subscribe", Swedish: "Börja prenumeration på utdrag", English: "Begin a subscription to an extract", Basis: "files.md §8.5",
			Params: append(append(ids, extract), scheduleParams()...),
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				s := Subscription{CodeID: v.Number("code_id"), MainCodeID: v.Number("main_code_id"), Code: code,
					Extract: filing.Transaction(v.Text("extract")), Schedule: scheduleOf(v)}
				if v.Err() != nil {
					return v.Err()
				}
				_, err := e.Subscribe(ctx, by, s)
				return err
			}},
		{Name: "reschedule", Swedish: "Ändra leveransdagarna", English: "Change the days of delivery", Basis: "files.md §8.5",
			Params: append([]service.Param{extract}, scheduleParams()...),
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				to, extract := scheduleOf(v), filing.Transaction(v.Text("extract"))
				if v.Err() != nil {
					return v.Err()
				}
				return e.Reschedule(ctx, by, code, extract, to)
			}},
		{Name: "unsubscribe", Swedish: "Avsluta prenumerationen", English: "End the subscription", Basis: "files.md §8.5",
			Params: []service.Param{extract},
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				return e.Unsubscribe(ctx, by, code, filing.Transaction(v.Text("extract")))
			}},
	}
}

func scheduleParams() []service.Param {
	every := []string{string(Never), string(Daily), string(Weekly), string(Monthly)}
	return []service.Param{
		{Name: "full", Kind: service.ChoiceParam, Choices: every, Swedish: "helt utdrag", English: "full extract"},
		{Name: "full_on", Kind: service.NumberParam, Swedish: "veckodag eller dag i månaden", English: "weekday or day of the month"},
		{Name: "difference", Kind: service.ChoiceParam, Choices: every, Swedish: "skillnader", English: "differences"},
		{Name: "difference_on", Kind: service.NumberParam, Swedish: "veckodag eller dag i månaden", English: "weekday or day of the month"},
	}
}

// scheduleOf is the zero Schedule when no frequency is given; one of two that
// is not given is never.
func scheduleOf(v *service.Values) Schedule {
	s := Schedule{
		Whole:      Turn{Every(v.Text("full")), int(v.Number("full_on"))},
		Difference: Turn{Every(v.Text("difference")), int(v.Number("difference_on"))},
	}
	if s.Whole.Every == "" && s.Difference.Every == "" {
		return Schedule{}
	}
	for _, t := range []*Turn{&s.Whole, &s.Difference} {
		if t.Every == "" {
			*t = Turn{Every: Never}
		}
	}
	return s
}
