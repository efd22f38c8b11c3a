package permit

import (
	"context"
	"slices"
	"strings"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// Acts lists the decisions about permits, for forms and the command line. The
// number of each is a party code.
func (d *Desk) Acts() []service.Act {
	return []service.Act{
		{Name: "grant", Swedish: "Bevilja tillstånd", English: "Grant a permit", Basis: "R2", Params: append(of(), terms()...), Do: d.grant},
		{Name: "amend", Swedish: "Ändra tillståndets villkor", English: "Amend the terms of a permit", Basis: "R2", Params: slices.Concat(of(), terms(), []service.Param{withoutEnd()}), Do: d.amend},
		decision("suspend", "Stäng av tjänsten", "Suspend the service", "R21", d.Suspend),
		decision("resume", "Häv avstängningen", "End the suspension", "R21", d.Resume),
		decision("revoke", "Återkalla tillståndet", "Revoke the permit", "R21", d.Revoke),
		switches("switch_on", "Slå på en egen utökning", "Switch an own extension on", d.SwitchOn),
		switches("switch_off", "Slå av en egen utökning", "Switch an own extension off", d.SwitchOff),
	}
}

func of() []service.Param {
	choices := []string{string(filing.PaymentOrder), string(filing.Enforcement), string(filing.Restructuring),
		string(filing.DebtExtract), string(filing.CreditExtract), string(filing.ProcurementExtract)}
	return []service.Param{{Name: "service", Kind: service.ChoiceParam, Required: true, Choices: choices, Swedish: "tjänst", English: "service"}}
}

func terms() []service.Param {
	return []service.Param{
		{Name: "transactions", Kind: service.TextParam, Swedish: "transaktioner med blanksteg mellan (all: alla)", English: "transactions with blanks between (all: every one)"},
		{Name: "scope", Kind: service.TextParam, Swedish: "slag av användare av utdrag", English: "kind of user of extracts"},
		{Name: "per_day", Kind: service.NumberParam, Swedish: "handlingar per dag (0: utan gräns)", English: "documents a day (0: no limit)"},
		{Name: "per_month", Kind: service.NumberParam, Swedish: "handlingar per månad (0: utan gräns)", English: "documents a month (0: no limit)"},
		{Name: "from", Kind: service.DayParam, Swedish: "första dag", English: "first day"},
		{Name: "until", Kind: service.DayParam, Swedish: "sista dag", English: "last day"},
	}
}

// withoutEnd takes a last day away.
func withoutEnd() service.Param {
	return service.Param{Name: "without_end", Kind: service.YesParam,
		Swedish: "tills vidare: den sista dag som tillståndet har tas bort", English: "until further notice: the last day that the permit has is taken away"}
}

// allTransactions stands for every transaction of the service, which no list of
// names does.
const allTransactions = "all"

// given sets the terms that the officer has given; the others stay.
func (p *Permit) given(v *service.Values) {
	if names := v.Text("transactions"); names != "" {
		p.Transactions = named(names)
	}
	if scope := v.Text("scope"); scope != "" {
		p.Scope = scope
	}
	if v.Text("per_day") != "" {
		p.Quota.PerDay = v.Number("per_day")
	}
	if v.Text("per_month") != "" {
		p.Quota.PerMonth = v.Number("per_month")
	}
	if day := v.Day("from"); !day.IsZero() {
		p.From = day
	}
	if day := v.Day("until"); !day.IsZero() {
		p.Until = day
	}
}

func named(names string) (all []filing.Transaction) {
	if names == allTransactions {
		return nil
	}
	for name := range strings.FieldsSeq(names) {
		all = append(all, filing.Transaction(name))
	}
	return all
}

func (d *Desk) grant(ctx context.Context, by service.Officer, code string, v *service.Values) error {
	p := Permit{Service: filing.Service(v.Text("service"))}
	p.given(v)
	return d.Grant(ctx, by, code, p)
}

func (d *Desk) amend(ctx context.Context, by service.Officer, code string, v *service.Values) error {
	endless := v.Yes("without_end")
	if endless && v.Text("until") != "" {
		return service.Refuse("bad_terms", "Ange antingen sista dag (until) eller tills vidare (without_end), inte båda.",
			"Give either a last day (until) or no last day (without_end), not both.")
	}
	return d.Amend(ctx, by, code, filing.Service(v.Text("service")), func(p *Permit) {
		p.given(v)
		if endless {
			p.Until = 0
		}
	})
}

// decision is an act about the permit for a service.
func decision(name, sv, en, basis string, do func(context.Context, service.Officer, string, filing.Service) error) service.Act {
	return service.Act{Name: name, Swedish: sv, English: en, Basis: basis, Params: of(),
		Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
			return do(ctx, by, code, filing.Service(v.Text("service")))
		}}
}

func switches(name, sv, en string, do func(context.Context, service.Officer, string, filing.Transaction) error) service.Act {
	var choices []string
	for _, info := range filing.Catalogue() {
		if info.Extension && info.Role != filing.RoleReceipt {
			choices = append(choices, string(info.Transaction))
		}
	}
	return service.Act{Name: name, Swedish: sv, English: en, Basis: "files.md §4.7",
		Params: []service.Param{{Name: "transaction", Kind: service.ChoiceParam, Required: true, Choices: choices, Swedish: "utökning", English: "extension"}},
		Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
			return do(ctx, by, code, filing.Transaction(v.Text("transaction")))
		}}
}
