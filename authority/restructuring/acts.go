package restructuring

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// Acts lists what an officer may do. The number that an act is given is that of
// the matter; of the claim report for acts on claims.
func (m *Matters) Acts() []service.Act {
	return causing(append(m.matterActs(), m.claimActs()...))
}

func param(name string, kind service.ParamKind, required bool, sv, en string) service.Param {
	return service.Param{Name: name, Kind: kind, Required: required, Swedish: sv, English: en}
}

func choice(name, sv, en string, choices []string) service.Param {
	return service.Param{Name: name, Kind: service.ChoiceParam, Required: true, Choices: choices, Swedish: sv, English: en}
}

func until(required bool) service.Param {
	return param("until", service.DayParam, required, "planens sista dag", "last day of the plan")
}

// matterAct is an act in a matter without parameters.
func matterAct(name, sv, en, basis string, do func(context.Context, service.Officer, string) error) service.Act {
	return service.Act{Name: name, Swedish: sv, English: en, Basis: basis,
		Do: func(ctx context.Context, by service.Officer, number string, _ *service.Values) error {
			return do(ctx, by, number)
		}}
}

func (m *Matters) matterActs() []service.Act {
	return []service.Act{
		m.openAct(),
		m.callAct(),
		matterAct(extended, "Förläng anmälningstiden", "Extend the claim period", "SKSL §19, FSKS §21", m.Extend),
		{Name: proposed, Swedish: "Sänd förslag", English: "Send a proposal", Basis: "SKSL §26",
			Params: []service.Param{
				param("distributed", service.AmountParam, true, "belopp att fördela", "amount to distribute"),
				param("comment_by", service.DayParam, false, "sista dag för yttrande", "last day to comment"),
			},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				t := Terms{Distributed: v.Amount("distributed"), CommentBy: v.Day("comment_by")}
				return read(v, func() error { return m.Propose(ctx, by, number, t) })
			}},
		matterAct(withdrawn, "Dra tillbaka förslaget", "Withdraw the proposal", "SKSL §26", m.WithdrawProposal),
		{Name: granted, Swedish: "Bevilja skuldsanering", English: "Grant the restructuring", Basis: "SKSL §34, FSKS §36",
			Params: []service.Param{until(false)},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				day := v.Day("until")
				return read(v, func() error { return m.Grant(ctx, by, number, day) })
			}},
		{Name: reviewed, Swedish: "Ompröva planen", English: "Review the plan", Basis: "SKSL §§48–51",
			Params: []service.Param{until(true)},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				day := v.Day("until")
				return read(v, func() error { return m.Review(ctx, by, number, day) })
			}},
		m.payOutAct(),
		m.latePaymentAct(),
		m.endAct(closed, "Avsluta utan skuldsanering", "Close without restructuring", "files.md §8.4", closeCauses(), m.Close),
		m.blockAct(),
		m.endAct(lapsed, "Låt skuldsaneringen upphöra", "Let the restructuring lapse", "SKSL §54", lapseCauses(), m.Lapse),
	}
}

// read goes on if every value of the act could be read.
func read(v *service.Values, do func() error) error {
	if err := v.Err(); err != nil {
		return err
	}
	return do()
}

func (m *Matters) openAct() service.Act {
	return service.Act{
		Name: opened, Swedish: "Registrera inledandebeslut", English: "Register a decision to initiate", Basis: "SKSL §19, FSKS §21",
		Params: []service.Param{
			param("debtor", service.IdentityParam, true, "gäldenärens personnummer", "the debtor's personal number"),
			param("name", service.TextParam, true, "gäldenärens namn", "the debtor's name"),
			param("street", service.TextParam, false, "gatuadress", "street"),
			param("postal_code", service.TextParam, false, "postnummer", "postal code"),
			param("town", service.TextParam, false, "ort", "town"),
			param("decided", service.DayParam, true, "beslutsdag", "day of the decision"),
			param("announced", service.DayParam, true, "kungörelsedag", "day of the announcement"),
			param("business", service.YesParam, false, "F-skuldsanering", "business restructuring"),
			param("extended", service.YesParam, false, "två månaders anmälningstid", "two months to report"),
		},
		Begin: func(ctx context.Context, by service.Officer, number string, v *service.Values) (string, error) {
			o := Opening{
				MatterNumber: number, Decided: v.Day("decided"), Announced: v.Day("announced"),
				Business: v.Yes("business"), Extended: v.Yes("extended"), Debtor: filing.Party{
					Identity: v.Identity("debtor"), Name: v.Text("name"), Street: v.Text("street"),
					PostalCode: v.Text("postal_code"), Town: v.Text("town"),
				},
			}
			if err := v.Err(); err != nil {
				return "", err
			}
			begun, err := m.Open(ctx, by, o)
			return begun.Number, err
		},
	}
}

func (m *Matters) callAct() service.Act {
	return service.Act{
		Name: called, Swedish: "Kalla känd borgenär", English: "Call a known creditor", Basis: "SKSL §21, FSKS §23",
		Params: []service.Param{
			param("creditor", service.IdentityParam, false, "borgenärens nummer", "the creditor's number"),
			param("name", service.TextParam, true, "borgenärens namn", "the creditor's name"),
			param("street", service.TextParam, false, "gatuadress", "street"),
			param("postal_code", service.TextParam, true, "postnummer", "postal code"),
			param("town", service.TextParam, true, "ort", "town"),
		},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			c := filing.Party{
				Identity: v.Identity("creditor"), Name: v.Text("name"), Street: v.Text("street"),
				PostalCode: v.Text("postal_code"), Town: v.Text("town"),
			}
			return read(v, func() error { return m.Call(ctx, by, number, c) })
		},
	}
}

func (m *Matters) payOutAct() service.Act {
	return service.Act{
		Name: paidOut, Swedish: "Registrera årlig utbetalning", English: "Record the yearly payout", Basis: "SKSL §41, FSKS §43",
		Params: []service.Param{
			param("received", service.AmountParam, true, "inbetalt med ränta", "received with interest"),
			param("interest", service.AmountParam, false, "därav ränta", "of which interest"),
		},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			c := Collected{Received: v.Amount("received"), Interest: v.Amount("interest")}
			return read(v, func() error { return m.PayOut(ctx, by, number, c) })
		},
	}
}

func (m *Matters) latePaymentAct() service.Act {
	return service.Act{
		Name: delayed, Swedish: "Underrätta om utebliven betalning", English: "Tell of late payment", Basis: "SKSF §15",
		Params: []service.Param{
			param("due_day", service.DayParam, true, "förfallodag", "due day"),
			param("due", service.AmountParam, true, "förfallet belopp", "amount due"),
			param("paid", service.AmountParam, false, "betalt belopp", "amount paid"),
		},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			d := Delay{DueDay: v.Day("due_day"), Due: v.Amount("due"), Paid: v.Amount("paid")}
			return read(v, func() error { return m.LatePayment(ctx, by, number, d) })
		},
	}
}

func (m *Matters) endAct(name, sv, en, basis string, causes []string, do func(context.Context, service.Officer, string, CloseCause) error) service.Act {
	return service.Act{Name: name, Swedish: sv, English: en, Basis: basis,
		Params: []service.Param{choice("cause", "orsak", "cause", causes)},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			return do(ctx, by, number, CloseCause(v.Text("cause")))
		}}
}

func position() service.Param {
	p := param("position", service.NumberParam, false, "fordran nummer, från 1, utan uppgift alla", "number of the claim, from 1, all if not given")
	p.Least = 1
	return p
}

// claimAct is an act on a claim without more parameters than its position.
func claimAct(name, sv, en, basis string, do func(context.Context, service.Officer, string, int64) error) service.Act {
	return service.Act{Name: name, Swedish: sv, English: en, Basis: basis, Params: []service.Param{position()},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			at := v.Number("position")
			return read(v, func() error { return do(ctx, by, number, at) })
		}}
}

func (m *Matters) claimActs() []service.Act {
	return []service.Act{
		claimAct(examined, "Anteckna att fordran prövats utan hinder", "Note that the claim is examined, no hindrance", "SKSL §§30–32", m.Examine),
		claimAct(disputed, "Anteckna att fordran bestrids", "Note that the claim is disputed", "SKSL §31", m.Dispute),
		claimAct(takenIn, "Ta med fordran igen", "Take the claim in again", "SKSL §§30–32", m.TakeIn),
		claimAct(claimGone, "Anteckna att intressenten återkallar fordran", "Take a withdrawal of the claim by its filer", "files.md §8.4", m.WithdrawClaim),
		m.leaveOutAct(),
		{Name: commented, Swedish: "Registrera yttrande", English: "Record a comment", Basis: "SKSL §26",
			Params: []service.Param{param("text", service.TextParam, true, "yttrande", "comment")},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				return m.Comment(ctx, by, number, v.Text("text"))
			}},
		{Name: accountGiven, Swedish: "Ange konto", English: "Give the account", Basis: "SKSL §41 a, FSKS §43 a",
			Params: []service.Param{
				choice("kind", "slag av konto", "kind of account", []string{string(filing.PayToBankgiro), string(filing.PayToPlusgiro), string(filing.PayToAccount)}),
				param("account", service.TextParam, true, "konto", "account"),
			},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				return m.SetAccount(ctx, by, number, filing.Payee{Kind: filing.PayeeKind(v.Text("kind")), Account: v.Text("account")})
			}},
		matterAct(accountFailed, "Anteckna att kontot inte kan användas", "Note that the account cannot be used", "SKSL §41 a, FSKS §43 a", m.AccountFailed),
	}
}

func (m *Matters) leaveOutAct() service.Act {
	var reasons []string
	for _, r := range Reasons() {
		reasons = append(reasons, string(r.Reason))
	}
	return service.Act{
		Name: leftOut, Swedish: "Lämna fordran utanför", English: "Leave the claim out", Basis: "SKSL §§30–32",
		Params: []service.Param{choice("why", "grund", "ground", reasons), position()},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			at := v.Number("position")
			return read(v, func() error { return m.LeaveOut(ctx, by, number, at, Reason(v.Text("why"))) })
		},
	}
}
