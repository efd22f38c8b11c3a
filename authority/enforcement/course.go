package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// lodge takes what was lodged off what is lacking.
func (d *desk) lodge(c *kase, lodged []Lacking) error {
	if len(c.awaits) == 0 {
		return c.wrongState()
	}
	left := slices.DeleteFunc(slices.Clone(c.awaits), func(l Lacking) bool { return len(lodged) == 0 || slices.Contains(lodged, l) })
	if len(left) == len(c.awaits) {
		return service.Refuse("not_lacking", fmt.Sprintf("Det saknas inte i målet %s.", c.number), fmt.Sprintf("That is not lacking in case %s.", c.number))
	}
	if _, err := d.step(c, eventLodged, c.at(awaitedState(left)), happening{text: lackingText(left)}); err != nil {
		return err
	}
	c.awaits = left
	if len(left) > 0 {
		return nil
	}
	c.lodgeBy = 0
	d.cancel(c, dueLodge)
	if !c.held() {
		d.set(c, dueStart, d.day.AddDays(d.e.config.StartAfter))
	}
	if c.group.feeNext.IsZero() {
		_, err := d.chargeFee(c)
		return err
	}
	return nil
}

// investigationEvents is the event of each result.
func investigationEvents() map[filing.InvestigationResult]string {
	return map[filing.InvestigationResult]string{filing.AssetsMissing: eventAssetsMissing, filing.AssetsPartly: eventAssetsPartly,
		filing.AssetsFound: eventAssetsFound}
}

func (d *desk) investigate(c *kase, result filing.InvestigationResult, planned calendar.Day, text string) error {
	event, known := investigationEvents()[result]
	if !known {
		return service.Refuse("bad_result", "Utredningens resultat är okänt.", "The result of the investigation is unknown.")
	}
	if !planned.IsZero() && planned <= d.day {
		return service.Refuse("past_day", "Planerade åtgärder ska ligga framåt i tiden.", "Planned measures must lie in the future.")
	}
	to := c.standing
	switch {
	case c.state() == EarningsAttached:
	case result == filing.AssetsFound:
		to = c.at(InProgress)
	default:
		to = c.at(Investigated)
	}
	number, err := d.step(c, event, to, happening{text: text})
	if err != nil {
		return err
	}
	c.measured = true
	i := filing.Investigation{Date: d.day, Result: result, Planned: planned, Text: text}
	d.details.investigations = append(d.details.investigations, detail[filing.Investigation]{c.id, number, i})
	if err := d.tell(c, outgoing{tx: filing.VEInterimAccount, message: notice.InvestigationReport, kind: lineInvestigation, number: number,
		facts: func() notice.Facts { return investigationFacts(i, c) }}); err != nil {
		return err
	}
	if result != filing.AssetsFound {
		if err := d.tellNoAssets(c, i.Date); err != nil {
			return err
		}
	}
	if c.state() != Investigated || planned.IsZero() {
		return nil
	}
	d.set(c, dueResume, planned)
	_, err = d.step(c, eventMeasuresPlanned, c.at(Monitoring), happening{text: planned.String()})
	return err
}

func investigationFacts(i filing.Investigation, c *kase) notice.Facts {
	words := map[filing.InvestigationResult]string{filing.AssetsMissing: "tillgångar saknas",
		filing.AssetsPartly: "tillgångar räcker inte till full betalning", filing.AssetsFound: "tillgångar finns"}
	f := notice.Facts{"finished": notice.Date(i.Date), "result": notice.List(words[i.Result]), "debt": notice.Amount(c.group.debtOf(c))}
	if !i.Planned.IsZero() {
		f["planned"] = notice.List("ny utredning " + i.Planned.String())
	}
	return f
}

// bar puts a hold on a case.
func (d *desk) bar(c *kase, event string, hold State) error {
	if !c.open() || c.has(hold) {
		return c.wrongState()
	}
	_, err := d.step(c, event, c.hold(hold), happening{})
	return err
}

// unbar takes a hold off; the case is as before.
func (d *desk) unbar(c *kase, event string, hold State) error {
	if !c.has(hold) {
		return c.wrongState()
	}
	if _, err := d.step(c, event, c.release(hold), happening{}); err != nil {
		return err
	}
	d.wake(c)
	return nil
}

func (d *desk) orderStay(c *kase) error { return d.bar(c, eventStay, Stayed) }

// liftStay lets a case go on; money that came in meanwhile is accounted for.
func (d *desk) liftStay(c *kase) error {
	if err := d.unbar(c, eventStayLifted, Stayed); err != nil {
		return err
	}
	return d.planAccount(c, d.day)
}

// died bars a case until the estate is known. An attachment of earnings ends.
func (d *desk) died(c *kase) error {
	if err := d.bar(c, eventDied, AwaitingEstate); err != nil {
		return err
	}
	if c.base != EarningsAttached {
		return nil
	}
	number, err := d.step(c, eventEarningsRevoked, c.at(InProgress), happening{})
	if err != nil {
		return err
	}
	last, err := d.employerOf(c)
	if err != nil {
		return err
	}
	return d.tellEarnings(c, number, last.revoked(d))
}

// estateKnown lets the case go on against the estate. Who acts for it stands as
// the debtor's legal representative.
func (d *desk) estateKnown(c *kase, agent *filing.Party) error {
	if err := d.unbar(c, eventEstate, AwaitingEstate); err != nil {
		return err
	}
	if err := d.tx.Later(`UPDATE enforcement_debtor SET estate = TRUE WHERE case_id = $1`, c.id); err != nil {
		return err
	}
	if agent.Name == "" {
		return nil
	}
	return d.putPerson(c.application, LegalRepresentative, c.position, agent)
}

// endFor closes a case for a reason that follows from no other act.
func (d *desk) endFor(c *kase, reason filing.FinalReason) error {
	if !slices.Contains([]filing.FinalReason{filing.FinalBankruptcy, filing.FinalNoAssets, filing.FinalOther}, reason) {
		return service.Refuse("bad_reason", "Målet kan avslutas för konkurs, tillgångar saknas eller annat.", "A case can be ended for bankruptcy, no_assets or other.")
	}
	return d.finish(c, eventEnded, Closed, reason)
}
