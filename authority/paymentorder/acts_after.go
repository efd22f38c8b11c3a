package paymentorder

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

func (o *Orders) actsAfter() []service.Act {
	return []service.Act{
		act("request_reopening", "Ta emot ansökan om återvinning", "Take an application for reopening", "BFL §§53–54",
			params{whichRespondent(false), theCourt(), receivedOn()},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.RequestReopening(ctx, by, number, v.Number("respondent"), v.Text("court"), v.Day("received"))
			}),
		act("take_writing", "Ta emot skrivelse efter utslaget", "Take a writing after the verdict", "law.md §2.2", params{
			whichRespondent(true), param("text", service.TextParam, false, "skrivelsens ord", "the words of the writing"),
			param("clear", service.YesParam, true, "den är klart en ansökan om återvinning", "it is clearly an application for reopening"),
			param("court", service.TextParam, false, "tingsrätt", "district court"), receivedOn(),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.TakeWriting(ctx, by, number, v.Number("respondent"), v.Text("text"), v.Yes("clear"), v.Text("court"), v.Day("received"))
		}),
		act("stay", "Anteckna inhibition", "Note a stay of enforcement", "files.md §8.2", params{whichRespondent(false)},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.Stay(ctx, by, number, v.Number("respondent"))
			}),
		act("lift_stay", "Anteckna att inhibitionen hävs", "Note that the stay is lifted", "files.md §8.2", params{whichRespondent(false)},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.LiftStay(ctx, by, number, v.Number("respondent"))
			}),
		act("verdict_stands", "Anteckna att utslaget står fast", "Note that the verdict stands", "files.md §8.2", params{whichRespondent(false)},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.VerdictStands(ctx, by, number, v.Number("respondent"))
			}),
		act("set_aside", "Anteckna att utslaget upphävts", "Note that the verdict is set aside", "UB 3:22",
			params{whichRespondent(false), whichPart(), someAmount("upphävt belopp av delkravet", "amount of the claim part that is set aside")},
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.SetAside(ctx, by, number, v.Number("respondent"), v.Number("part"), v.Amount("amount"))
			}),
	}
}

func (o *Orders) actsOfParties() []service.Act {
	return []service.Act{
		act("change_address", "Ändra svarandens adress", "Change a respondent's address", "BFF §2",
			append(params{whichRespondent(true)}, addressParams()...),
			func(ctx context.Context, by service.Officer, number string, v values) error {
				return o.ChangeAddress(ctx, by, number, v.Number("respondent"), addressOf(v))
			}),
		act("protect", "Anteckna skyddade personuppgifter", "Note a protected identity", "R72", params{
			whichRespondent(true), param("protected", service.YesParam, true, "skyddade personuppgifter", "the identity is protected"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.Protect(ctx, by, number, v.Number("respondent"), v.Yes("protected"))
		}),
		act("block", "Blockera eller häv blockering", "Withhold the data, or let them out again", "KFD 3:3 a", params{
			param("blocked", service.YesParam, true, "uppgifterna blockeras", "the data are withheld"),
		}, func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.Block(ctx, by, number, v.Yes("blocked"))
		}),
	}
}

func addressParams() params {
	return params{
		param("care_of", service.TextParam, false, "c/o", "care of"),
		param("street", service.TextParam, false, "gata eller box", "street or box"),
		param("postal_code", service.TextParam, false, "postnummer", "postal code"),
		param("town", service.TextParam, true, "ort", "town"),
		param("country", service.TextParam, false, "land, två bokstäver", "country, two letters"),
	}
}

func addressOf(v values) filing.Party {
	return filing.Party{CareOf: v.Text("care_of"), Street: v.Text("street"), PostalCode: v.Text("postal_code"),
		Town: v.Text("town"), Country: v.Text("country")}
}
