package extract

import (
	"context"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// subscriptionActs concern the subscriptions of a party code, which stands in
// place of the case number.
func (e *Extracts) subscriptionActs() []service.Act {
	extract := service.Param{Name: "extract", Kind: service.ChoiceParam, Required: true, Choices: extracts(), Swedish: "utdrag", English: "extract"}
	return []service.Act{
		{Name: "subscribe", Swedish: "Börja prenumeration på utdrag", English: "Begin a subscription to an extract", Basis: "files.md §8.5",
			Params: append([]service.Param{extract}, scheduleParams()...),
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				s := Subscription{Extract: filing.Transaction(v.Text("extract")), Schedule: scheduleOf(v)}
				c, err := e.subscriber(ctx, v, code)
				if err != nil {
					return err
				}
				s.CodeID, s.MainCodeID, s.Code = c.ID, c.MainID, c.Code
				_, err = e.Subscribe(ctx, by, s)
				return err
			}},
		{Name: "reschedule", Swedish: "Ändra leveransdagarna", English: "Change the days of delivery", Basis: "files.md §8.5",
			Params: append([]service.Param{extract}, scheduleParams()...),
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				to, extract := scheduleOf(v), filing.Transaction(v.Text("extract"))
				c, err := e.subscriber(ctx, v, code)
				if err != nil {
					return err
				}
				return e.Reschedule(ctx, by, c.Code, extract, to)
			}},
		{Name: "unsubscribe", Swedish: "Avsluta prenumerationen", English: "End the subscription", Basis: "files.md §8.5",
			Params: []service.Param{extract},
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				extract := filing.Transaction(v.Text("extract"))
				c, err := e.subscriber(ctx, v, code)
				if err != nil {
					return err
				}
				return e.Unsubscribe(ctx, by, c.Code, extract)
			}},
	}
}

// subscriber finds the party code that an act concerns, if the values of the act
// could be read.
func (e *Extracts) subscriber(ctx context.Context, v *service.Values, code string) (c party.Code, err error) {
	if err := v.Err(); err != nil {
		return c, err
	}
	found := false
	err = e.db.Read(ctx, func(r store.Reader) (err error) {
		c, found, err = e.parties.ByCode(r, code)
		return err
	})
	if err == nil && !found {
		err = service.UnknownCode(code)
	}
	return c, err
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
