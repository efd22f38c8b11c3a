package enforcement

import (
	"context"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// Acts lists what officers do in cases, for forms and the command line.
func (e *Enforcements) Acts() []service.Act {
	return service.Causing(slices.Concat([]service.Act{e.registerAct()}, e.courseActs(), e.moneyActs(), e.barActs(), e.dutyActs()), actEvents())
}

func choice(name string, required bool, sv, en string, choices ...string) service.Param {
	return service.Param{Name: name, Kind: service.ChoiceParam, Required: required, Choices: choices, Swedish: sv, English: en}
}

func param(name string, kind service.ParamKind, required bool, sv, en string) service.Param {
	return service.Param{Name: name, Kind: kind, Required: required, Swedish: sv, English: en}
}

// deed makes an act that reads its values before it is done.
func deed(name, sv, en, basis string, params []service.Param, do func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error) service.Act {
	return service.Act{Name: name, Swedish: sv, English: en, Basis: basis, Params: params,
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			run := do(ctx, by, number, v)
			if err := v.Err(); err != nil {
				return err
			}
			return run()
		}}
}

// plain makes an act without parameters.
func plain(name, sv, en, basis string, do func(context.Context, service.Officer, string) error) service.Act {
	return service.Act{Name: name, Swedish: sv, English: en, Basis: basis,
		Do: func(ctx context.Context, by service.Officer, number string, _ *service.Values) error {
			return do(ctx, by, number)
		}}
}

func (e *Enforcements) courseActs() []service.Act {
	lacks := []string{string(LacksTitle), string(LacksOriginal), string(LacksChain)}
	return []service.Act{
		deed("lodge", "Anteckna att det som saknades lämnats in", "Note that what was lacking is lodged", "UB 2:5",
			[]service.Param{choice("what", false, "vad (tomt: allt)", "what (empty: all)", lacks...)},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				what := v.Text("what")
				return func() error {
					if what == "" {
						return e.Lodge(ctx, by, number)
					}
					return e.Lodge(ctx, by, number, Lacking(what))
				}
			}),
		deed("order_completion", "Förelägg sökanden att komplettera", "Order the applicant to complete", "UB 2:5",
			[]service.Param{choice("what", true, "vad som saknas", "what is lacking", lacks...)},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				what := Lacking(v.Text("what"))
				return func() error { return e.OrderCompletion(ctx, by, number, what) }
			}),
		deed("start", "Börja handlägga", "Start handling", "files.md §8.3, UB 4:12",
			[]service.Param{param("unnoticed", service.YesParam, false, "utan underrättelse till gäldenären (fara eller brådska)", "without notice to the debtor (risk or hurry)")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				if v.Yes("unnoticed") {
					return func() error { return e.StartUnnoticed(ctx, by, number) }
				}
				return func() error { return e.Start(ctx, by, number) }
			}),
		plain("resume", "Fortsätt handläggningen", "Go on with the handling", "UB 4:9 a", e.Resume),
		deed("investigate", "Anteckna resultat av tillgångsutredning", "Note the result of an asset investigation", "UB 4:9 a",
			[]service.Param{choice("result", true, "resultat", "result", string(filing.AssetsMissing), string(filing.AssetsPartly), string(filing.AssetsFound)),
				param("planned", service.DayParam, false, "fler åtgärder planeras", "further measures are planned"),
				param("text", service.TextParam, false, "vad som kom fram", "what was found")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				result, planned, text := filing.InvestigationResult(v.Text("result")), v.Day("planned"), v.Text("text")
				return func() error { return e.Investigate(ctx, by, number, result, planned, text) }
			}),
		deed("earnings", "Besluta om löneutmätning", "Decide on attachment of earnings", "UB 7:8, 7:10, 7:11", earningsParams(), e.doEarnings),
	}
}

func earningsParams() []service.Param {
	return []service.Param{
		choice("kind", true, "slag", "kind", string(filing.EarningsNew), string(filing.EarningsChanged), string(filing.EarningsRevoked), string(filing.EarningsRespite)),
		param("employer", service.TextParam, false, "arbetsgivare", "employer"),
		param("employer_number", service.IdentityParam, false, "arbetsgivarens nummer", "number of the employer"),
		param("employer_care_of", service.TextParam, false, "arbetsgivarens c/o", "care of, of the employer"),
		param("employer_street", service.TextParam, false, "arbetsgivarens gatuadress", "street of the employer"),
		param("employer_postal_code", service.TextParam, false, "arbetsgivarens postnummer", "postal code of the employer"),
		param("employer_town", service.TextParam, false, "arbetsgivarens ort", "town of the employer"),
		param("employer_country", service.TextParam, false, "arbetsgivarens land, två bokstäver; tomt för Sverige", "country of the employer, two letters; empty for Sweden"),
		param("amount", service.AmountParam, false, "belopp per löneutbetalning", "amount per pay occasion"),
		param("all_above", service.YesParam, false, "allt över förbehållsbeloppet", "all above the reserve amount"),
		param("reserve", service.AmountParam, false, "förbehållsbelopp", "reserve amount"),
		param("daily", service.YesParam, false, "per dag", "per day"),
		param("from", service.DayParam, false, "från och med", "from"),
		param("until", service.DayParam, false, "anstånd till och med", "respite until"),
	}
}

func (e *Enforcements) doEarnings(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
	d := filing.EarningsAttachment{
		Kind: filing.EarningsDecision(v.Text("kind")), Employer: filing.Person{Name: v.Text("employer"), Identity: v.Identity("employer_number")},
		Amount: v.Amount("amount"), AllAboveReserve: v.Yes("all_above"), Reserve: v.Amount("reserve"), Daily: v.Yes("daily"),
		From: v.Day("from"), Until: v.Day("until"),
	}
	decision := EarningsDecision{EarningsAttachment: d, Address: notice.Address{CareOf: v.Text("employer_care_of"), Street: v.Text("employer_street"),
		PostalCode: v.Text("employer_postal_code"), Town: v.Text("employer_town"), Country: v.Text("employer_country")}}
	return func() error { return e.AttachEarnings(ctx, by, number, decision) }
}

func (e *Enforcements) moneyActs() []service.Act {
	return []service.Act{
		deed("receive", "Ta emot pengar", "Receive money", "UB 13:1, 13:13",
			[]service.Param{param("amount", service.AmountParam, true, "belopp", "amount"), param("day", service.DayParam, true, "dag", "day"),
				param("from", service.TextParam, false, "från", "from")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				amount, day, from := v.Amount("amount"), v.Day("day"), v.Text("from")
				return func() error { return e.Receive(ctx, by, number, amount, day, from) }
			}),
		plain("account", "Betala ut och redovisa", "Pay out and account", "UF 13:3", e.Account),
		plain("withdraw", "Ta emot återkallelse per brev", "Take a withdrawal by letter", "files.md §8.3", e.Withdraw),
		deed("end", "Avsluta av annat skäl", "End for another reason", "files.md §8.3",
			[]service.Param{choice("reason", true, "skäl", "reason", string(filing.FinalBankruptcy), string(filing.FinalNoAssets), string(filing.FinalOther))},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				reason := filing.FinalReason(v.Text("reason"))
				return func() error { return e.End(ctx, by, number, reason) }
			}),
		deed("set_aside", "Anteckna att exekutionstiteln upphävts", "Note that the title is set aside", "UB 3:22", rulingParams(),
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				r := Ruling{Court: v.Text("court"), Day: v.Day("decided")}
				return func() error { return e.TitleSetAside(ctx, by, number, r) }
			}),
	}
}

func rulingParams() []service.Param {
	decided := param("decided", service.DayParam, false, "dag för avgörandet; utan det i dag", "day of the ruling; without it today")
	decided.Past = true
	return []service.Param{param("court", service.TextParam, false, "domstol", "court"), decided}
}

func (e *Enforcements) barActs() []service.Act {
	return []service.Act{
		plain("bankruptcy", "Anteckna konkurs", "Note a bankruptcy", "UB 4:9 b", e.Bankrupt),
		plain("bankruptcy_ended", "Anteckna att konkursen är slut", "Note that the bankruptcy has ended", "UB 4:9 b", e.BankruptcyEnded),
		plain("order_stay", "Anteckna inhibition", "Note a stay of enforcement", "files.md §8.3", e.OrderStay),
		plain("lift_stay", "Anteckna att inhibitionen hävs", "Note that the stay is lifted", "files.md §8.3", e.LiftStayOf),
		deed("block", "Blockera eller häv blockering", "Withhold the data, or let them out again", "KFD 3:3 a",
			[]service.Param{param("blocked", service.YesParam, true, "uppgifterna blockeras", "the data are withheld")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				blocked := v.Yes("blocked")
				return func() error { return e.Block(ctx, by, number, blocked) }
			}),
		deed("protect", "Anteckna eller häv skyddade personuppgifter", "Note that the data are protected, or no longer are", "R72",
			[]service.Param{param("protected", service.YesParam, true, "skyddade personuppgifter", "the data are protected")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				protected := v.Yes("protected")
				return func() error { return e.Protect(ctx, by, number, protected) }
			}),
		plain("died", "Anteckna dödsfall", "Note a death", "files.md §8.3", e.Died),
		deed("estate_known", "Ange vem som företräder dödsboet", "Name who acts for the estate", "files.md §8.3",
			[]service.Param{param("agent", service.TextParam, false, "företrädare", "who acts for it"),
				param("agent_number", service.IdentityParam, false, "företrädarens nummer", "number of who acts for it"),
				param("care_of", service.TextParam, false, "c/o", "care of"), param("street", service.TextParam, false, "företrädarens gatuadress", "street of who acts for it"),
				param("postal_code", service.TextParam, false, "postnummer", "postal code"), param("town", service.TextParam, false, "ort", "town"),
				param("country", service.TextParam, false, "land, två bokstäver; tomt för Sverige", "country, two letters; empty for Sweden")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				agent := filing.Party{Name: v.Text("agent"), Identity: v.Identity("agent_number"), CareOf: v.Text("care_of"), Street: v.Text("street"),
					PostalCode: v.Text("postal_code"), Town: v.Text("town"), Country: v.Text("country")}
				return func() error { return e.EstateKnown(ctx, by, number, agent) }
			}),
	}
}
