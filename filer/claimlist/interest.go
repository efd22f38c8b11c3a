package claimlist

import (
	"fmt"
	"strings"

	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// interest reads what is claimed on an invoice. The accrued amount is taken
// as given, computed again, and a difference above the mapping's tolerance
// is told.
func (c *reader) interest(i invoice, part filing.ClaimPart) filing.Interest {
	kind := c.code(i.row, InterestType)
	if kind == "" || kind == "none" {
		return c.noInterest(i)
	}
	interest := filing.Interest{
		Kind: filing.InterestKind(kind), From: c.date(i.row, InterestFrom),
		Accrued: c.cost(i.row, Accrued), AccruedTo: c.date(i.row, AccruedTo),
	}
	if interest.Kind == filing.InterestAgreed {
		interest.Rate = c.rate(i.row)
		interest.Ground = c.agreedGround(i, interest.Rate, part.Ground)
	}
	c.recompute(i, part, interest)
	return interest
}

func (c *reader) noInterest(i invoice) filing.Interest {
	if c.amount(i.row, Accrued) != 0 {
		c.report(Refused, i.row, InterestType,
			"upplupen ränta krävs utan att räntetypen anges", "accrued interest is claimed but the type of interest is missing")
	}
	return filing.Interest{}
}

func (c *reader) rate(r row) money.Rate {
	cell := r.cells[InterestRate]
	if cell == "" {
		c.report(Refused, r, InterestRate, "räntesatsen saknas för avtalad ränta", "the rate is missing for agreed interest")
		return 0
	}
	rate, err := money.ParseRate(cell)
	if err != nil {
		c.refuse(r, InterestRate, err)
	}
	return rate
}

// agreedGround gives the ground of a rate above the Interest Act: a higher
// rate without a stated ground is deficient (BFL §11).
func (c *reader) agreedGround(i invoice, rate money.Rate, ground string) string {
	lower := strings.ToLower(ground)
	if strings.Contains(lower, "avtalad ränta") || strings.Contains(lower, "ränta enligt avtal") {
		return ""
	}
	text := "avtalad ränta " + percent(rate)
	c.report(Notified, i.row, InterestType,
		fmt.Sprintf("grunden nämner inte avtalet; %q har lagts till som grund för räntan", text),
		fmt.Sprintf("the ground does not mention the agreement; %q was added as ground of the interest", text))
	return text
}

// percent writes a rate as people do: 12 %, 8,5 %.
func percent(rate money.Rate) string {
	return strings.TrimSuffix(strings.TrimRight(rate.String(), "0"), ",") + " %"
}

func (c *reader) recompute(i invoice, part filing.ClaimPart, interest filing.Interest) {
	if interest.From.IsZero() || interest.AccruedTo.IsZero() || c.refused() {
		return
	}
	computed, err := c.compute(part.Amount, interest)
	if err != nil {
		c.refuse(i.row, InterestFrom, err)
		return
	}
	difference := interest.Accrued - computed.Amount
	if max(difference, -difference) <= c.Mapping.tolerance {
		return
	}
	assumedSv, assumedEn := "", ""
	if computed.Assumed() {
		assumedSv, assumedEn = ", med en antagen referensränta", ", with an assumed reference rate"
	}
	c.report(Warned, i.row, Accrued,
		fmt.Sprintf("upplupen ränta är %s men %d dagar ger %s%s; beloppet har tagits som det står", interest.Accrued.Kronor(), computed.Days, computed.Amount.Kronor(), assumedSv),
		fmt.Sprintf("accrued interest is %s but %d days give %s%s; the amount was taken as it stands", interest.Accrued.Kronor(), computed.Days, computed.Amount.Kronor(), assumedEn))
}

func (c *reader) compute(capital money.Amount, interest filing.Interest) (money.Interest, error) {
	from, to := interest.From.Time(), interest.AccruedTo.Time()
	if interest.Kind == filing.InterestAgreed {
		return money.Fixed(capital, interest.Rate, from, to, c.Mapping.dayCount)
	}
	return money.Late(c.Law, statute.LateInterestAddition, capital, from, to, c.Mapping.dayCount)
}
