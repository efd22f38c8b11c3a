package service_test

import (
	"strings"
	"testing"

	"filtjanst/authority/service"
	"filtjanst/calendar"
)

func paymentAct() service.Act {
	return service.Act{Name: "receive", Params: []service.Param{
		{Name: "amount", Kind: service.AmountParam, Required: true},
		{Name: "day", Kind: service.DayParam, Past: true},
		{Name: "until", Kind: service.DayParam},
		{Name: "days", Kind: service.NumberParam},
		{Name: "from", Kind: service.IdentityParam},
		{Name: "method", Kind: service.ChoiceParam, Choices: []string{"giro", "cash"}},
		{Name: "respondent", Kind: service.NumberParam, Least: 1},
		{Name: "linked", Kind: service.YesParam},
		{Name: "remark", Kind: service.TextParam},
	}}
}

func TestValuesAreReadBeforeAnythingIsDone(t *testing.T) {
	t.Parallel()
	today := calendar.MustDay("2026-11-23")
	for name, test := range map[string]struct {
		given map[string]string
		code  string
	}{
		"all":            {map[string]string{"amount": "100.50", "day": "2026-11-20", "from": "195001019800", "method": "giro", "respondent": "2", "linked": "yes", "remark": " x "}, ""},
		"least":          {map[string]string{"amount": "1"}, ""},
		"missing":        {map[string]string{"day": "2026-11-20"}, "missing_parameter"},
		"blank":          {map[string]string{"amount": "  "}, "missing_parameter"},
		"unknown":        {map[string]string{"amount": "1", "sum": "2"}, "unknown_parameter"},
		"bad amount":     {map[string]string{"amount": "much"}, "bad_parameter"},
		"bad day":        {map[string]string{"amount": "1", "day": "2026-02-30"}, "bad_parameter"},
		"bad identity":   {map[string]string{"amount": "1", "from": "195001019809"}, "bad_parameter"},
		"bad choice":     {map[string]string{"amount": "1", "method": "gold"}, "bad_parameter"},
		"bad number":     {map[string]string{"amount": "1", "respondent": "two"}, "bad_parameter"},
		"respondent 0":   {map[string]string{"amount": "1", "respondent": "0"}, "bad_parameter"},
		"below zero":     {map[string]string{"amount": "1", "days": "-1"}, "bad_parameter"},
		"no days":        {map[string]string{"amount": "1", "days": "0"}, ""},
		"to come":        {map[string]string{"amount": "1", "day": "2026-11-24"}, "bad_parameter"},
		"today":          {map[string]string{"amount": "1", "day": "2026-11-23"}, ""},
		"until later":    {map[string]string{"amount": "1", "until": "2026-11-24"}, ""},
		"neither yes no": {map[string]string{"amount": "1", "linked": "perhaps"}, "bad_parameter"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, err := service.NewValues(paymentAct(), test.given, today)
			if test.code == "" {
				if err != nil || v.Err() != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			refusal, ok := service.RefusedAs(err)
			if !ok || refusal.Code != test.code || refusal.Swedish == "" {
				t.Errorf("got %v, want %s", err, test.code)
			}
			if err != nil && strings.Contains(err.Error(), "19500101") {
				t.Errorf("the refusal shows the number: %v", err)
			}
		})
	}
}

func TestOfficersSayWhoAndWhy(t *testing.T) {
	t.Parallel()
	for _, o := range []service.Officer{{}, {Name: "Handläggare 7"}, {Reason: "begäran"}, {Name: " ", Reason: "x"}} {
		if o.Check() == nil {
			t.Errorf("%+v was let through", o)
		}
	}
	if err := (service.Officer{Name: "Handläggare 7", Reason: "begäran"}).Check(); err != nil {
		t.Error(err)
	}
}
