package paymentorder

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// Acts lists what an officer may do, for command line and desk. The number is the
// case number, but for stop: the id of the application file.
func (o *Orders) Acts() []service.Act {
	return service.Causing(slices.Concat(o.actsBefore(), o.actsOfService(), o.actsAfter(), o.actsOfParties()), actEvents())
}

type (
	values = *service.Values
	params = []service.Param
)

func act(name, swedish, english, basis string, p params, do func(context.Context, service.Officer, string, values) error) service.Act {
	return service.Act{Name: name, Swedish: swedish, English: english, Basis: basis, Params: p, Do: do}
}

func param(name string, kind service.ParamKind, required bool, swedish, english string) service.Param {
	return service.Param{Name: name, Kind: kind, Required: required, Swedish: swedish, English: english}
}

func fromOne(name string, required bool, swedish, english string) service.Param {
	p := param(name, service.NumberParam, required, swedish, english)
	p.Least = 1
	return p
}

func whichRespondent(required bool) service.Param {
	return fromOne("respondent", required, "svarande i ansökans ordning, från 1", "respondent in the order of the application, from 1")
}

func whichPart() service.Param {
	return fromOne("part", false, "delkrav i ansökans ordning, från 1; annars hela kravet", "claim part in the order of the application, from 1; else the whole claim")
}

func someAmount(swedish, english string) service.Param {
	return param("amount", service.AmountParam, false, swedish, english)
}

func receivedOn() service.Param {
	return param("received", service.DayParam, false, "dag då det kom in; annars i dag", "day on which it came in; else today")
}

func theCourt() service.Param {
	return param("court", service.TextParam, true, "tingsrätt", "district court")
}

// lines parts a text of several points.
func lines(text string) []string {
	var all []string
	for point := range strings.SplitSeq(text, ";") {
		if point = strings.TrimSpace(point); point != "" {
			all = append(all, point)
		}
	}
	return all
}

func (o *Orders) actsBefore() []service.Act {
	return []service.Act{
		act("order_to_complete", "Förelägg om komplettering", "Order to complete", "BFL §20", params{
			param("deficiencies", service.TextParam, true, "vad som saknas, åtskilt av semikolon", "what is lacking, parted by semicolons"),
			param("days", service.NumberParam, false, "tid i dagar", "time in days"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.OrderToComplete(ctx, by, number, lines(v.Text("deficiencies")), v.Number("days"))
		}),
		act("complete", "Anteckna komplettering", "Note completion", "BFL §20", nil,
			func(ctx context.Context, by service.Officer, number string, _ values) error {
				return o.Complete(ctx, by, number)
			}),
		act("dismiss", "Avvisa", "Dismiss", "BFL §21", params{
			whichRespondent(false), param("ground", service.TextParam, true, "skäl som sökanden får veta", "ground that the applicant is told"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.Dismiss(ctx, by, number, v.Number("respondent"), v.Text("ground"))
		}),
		act("presume_unfounded", "Handlägg som bestridd", "Handle as contested", "BFL §23", params{
			whichRespondent(false), whichPart(), someAmount("belopp av delkravet", "amount of the claim part"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.PresumeUnfounded(ctx, by, number, v.Number("respondent"), v.Number("part"), v.Amount("amount"))
		}),
		act("order", "Utfärda föreläggande", "Issue the order", "BFL §25", params{
			whichRespondent(false), param("days", service.NumberParam, false, "tid att svara i dagar", "time to answer in days"),
			param("special", service.YesParam, false, "särskilda skäl för längre tid än två veckor", "special reasons for more than two weeks"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.IssueOrder(ctx, by, number, v.Number("respondent"), v.Number("days"), v.Yes("special"))
		}),
		act("withdraw", "Anteckna återkallelse", "Take a withdrawal", "BFL §22", params{whichRespondent(false)},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.Withdraw(ctx, by, number, v.Number("respondent"))
			}),
		act("reduce", "Anteckna nedsättning", "Take a reduction", "BFL §22", params{
			whichRespondent(false), whichPart(),
			{Name: "measure", Kind: service.ChoiceParam, Required: true, Choices: []string{string(filing.ReduceTo), string(filing.ReduceBy)},
				Swedish: "till eller med beloppet", English: "to or by the amount"},
			param("amount", service.AmountParam, true, "belopp", "amount"),
			param("paid", service.DayParam, false, "dag då svaranden betalade", "day on which the respondent paid"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.Reduce(ctx, by, number, v.Number("respondent"), v.Number("part"), filing.ReductionKind(v.Text("measure")),
				v.Amount("amount"), v.Day("paid"))
		}),
		act("stop", "Stoppa godkänd ansökningsfil", "Stop an approved application file", "R70", params{
			param("references", service.TextParam, false, "egna referenser, åtskilda av semikolon; annars hela filen", "own references, parted by semicolons; else the whole file"),
		}, o.stopAct),
	}
}

func (o *Orders) stopAct(ctx context.Context, by service.Officer, number string, v values) error {
	file, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return service.Refuse("bad_file", "Ange ansökningsfilens id i siffror.", "Give the id of the application file in digits.")
	}
	return o.Stop(ctx, by, file, lines(v.Text("references"))...)
}

func (o *Orders) actsOfService() []service.Act {
	return []service.Act{
		act("serve", "Anteckna delgivning", "Note service", "BFL §29", params{
			whichRespondent(false), param("day", service.DayParam, false, "delgivningsdag; annars i dag", "day of service; else today"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.Serve(ctx, by, number, v.Number("respondent"), v.Day("day"))
		}),
		o.remindAct(),
		act("service_failed", "Anteckna misslyckad delgivning", "Note failed service", "BFL §30", params{
			whichRespondent(false), param("attempts", service.TextParam, false, "försök, åtskilda av semikolon", "attempts, parted by semicolons"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.ServiceFailed(ctx, by, number, v.Number("respondent"), lines(v.Text("attempts")))
		}),
		act("service_offer", "Ta emot svar om delgivning", "Take the answer on service", "BFL §30", params{
			whichRespondent(false), param("accepted", service.YesParam, true, "sökanden ordnar delgivningen", "the applicant arranges service"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.ServiceOffer(ctx, by, number, v.Number("respondent"), v.Yes("accepted"))
		}),
		act("object", "Ta emot bestridande", "Take an objection", "BFL §§31, 33", params{
			whichRespondent(true), whichPart(), someAmount("bestritt belopp av delkravet", "contested amount of the claim part"), receivedOn(),
			param("reasons", service.TextParam, false, "svarandens skäl", "the respondent's reasons"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.Object(ctx, by, number, Objection{Respondent: v.Number("respondent"), Part: v.Number("part"),
				Amount: v.Amount("amount"), Received: v.Day("received"), Reasons: v.Text("reasons")})
		}),
		act("request_transfer", "Överlämna till tingsrätt", "Transfer to court", "BFL §§34, 36", params{
			whichRespondent(false), whichPart(), theCourt(), receivedOn(),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.RequestTransfer(ctx, by, number, v.Number("respondent"), v.Number("part"), v.Text("court"), v.Day("received"))
		}),
		act("death", "Anteckna dödsfall", "Note a death", "files.md §8.2", params{whichRespondent(true)},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.NoteDeath(ctx, by, number, v.Number("respondent"))
			}),
		act("name_estate", "Ange vem som företräder dödsboet", "Name who acts for the estate", "files.md §8.2",
			append(params{whichRespondent(true), param("name", service.TextParam, true, "företrädare", "who acts for the estate"),
				param("identity", service.IdentityParam, false, "identitetsnummer", "identity number")}, addressParams()...),
			func(ctx context.Context, by service.Officer, number string, v values) error {
				p := addressOf(v)
				p.Name, p.Identity = v.Text("name"), v.Identity("identity")
				return o.NameEstate(ctx, by, number, v.Number("respondent"), p)
			}),
		o.guardianAct(),
	}
}
