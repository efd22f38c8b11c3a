package enforcement

import (
	"cmp"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// opening is an application on its way to become cases.
type opening struct {
	*filing.EnforcementApplication
	id         int64
	origin     filing.Origin
	file       int64
	document   int64
	sequence   int64
	codeID     int64
	mainCodeID int64
	code       string
	arrived    time.Time
	notice     filing.Notice
	sourceCase string
	firstCase  int64
	numbers    []string // one a respondent
	positions  []int64  // of the debts, where they have numbers of their own
	entered    calendar.Day
	joint      string   // what later verdicts on the same debt join it by
	groups     []*group // opened for it: none where it joins a debt
	added      []int    // debts that the one it joins did not have, by index
	cases      []*kase

	chainAwaited bool // the documents of an assignment since the application was filed
}

// head is what the cases know of their application.
func (o *opening) head() application {
	return application{id: o.id, codeID: o.codeID, code: o.code, reference: o.Reference, origin: o.origin, notice: o.notice,
		measure: o.Measure, title: o.Title.Kind, titled: o.Title.Date, number: o.Title.Number, client: o.Applicants[0].Name}
}

// open makes the cases of an application: one a debtor, linked if they are
// jointly liable; else each owes an equal share. held are changes that came
// before it was read in.
func (d *desk) open(o *opening, held []heldChange) error {
	o.entered = calendar.Of(d.at)
	shares := 1
	if !o.Joint {
		shares = len(o.Respondents)
	}
	d.opened = append(d.opened, o)
	if g := d.joint(o.joint); g != nil {
		return d.join(o, g)
	}
	for i := range o.Respondents {
		if i == 0 || !o.Joint {
			o.groups = append(o.groups, d.openGroup(o, i, shares))
		}
		d.openCase(o, o.groups[len(o.groups)-1], i)
	}
	for _, g := range o.groups {
		if err := d.begin(o, g, held); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) openGroup(o *opening, debtor, shares int) *group {
	g := &group{id: o.firstCase + int64(debtor), application: o.head(), joint: o.joint, fresh: true, accruedTo: d.day,
		exempt: exemptionOf(o.Title.Kind)}
	for i := range o.Debts {
		debt := &o.Debts[i]
		owed := o.item(i, d.day)
		owed.principal, owed.interest = share(debt.Amount, debtor, shares), share(debt.Interest.Accrued, debtor, shares)
		if !owed.from.IsZero() && owed.from <= g.accruedTo {
			g.accruedTo = owed.from.AddDays(-1)
		}
		g.items = append(g.items, owed)
	}
	g.feeCase = g.id
	d.add(g)
	return g
}

// item is a debt on which nothing is owed yet.
func (o *opening) item(i int, registered calendar.Day) item {
	debt := &o.Debts[i]
	return item{position: o.position(i), kind: debt.Type, terms: debt.Interest.Kind, rate: debt.Interest.Rate,
		from: runsFrom(debt.Interest, registered), due: debt.DueDate}
}

// position is the number of a debt in its case.
func (o *opening) position(i int) int64 {
	if o.positions != nil {
		return o.positions[i]
	}
	return int64(i + 1)
}

func share(a money.Amount, debtor, shares int) money.Amount {
	if shares == 1 {
		return a
	}
	return a.Split(shares)[debtor]
}

// runsFrom is the first day for which interest is still to be computed; zero
// where none runs. Without a start day it runs from registration (assumed; BFL
// §11 lets it run from service, which a title has).
func runsFrom(i filing.Interest, registered calendar.Day) calendar.Day {
	if i.Kind == "" {
		return 0
	}
	if !i.AccruedTo.IsZero() {
		return max(i.AccruedTo.AddDays(1), i.From)
	}
	return cmp.Or(i.From, registered)
}

func (d *desk) openCase(o *opening, g *group, debtor int) {
	c := &kase{id: o.firstCase + int64(debtor), group: g, application: o.id, number: o.numbers[debtor], position: int64(debtor + 1),
		debtor: o.Respondents[debtor].Identity, registered: d.day, claimed: g.debt(), since: d.day, fresh: true,
		claim: claimOf(o.mainCodeID, o.Respondents[debtor].Identity, o.Title.Number)}
	g.cases, o.cases = append(g.cases, c), append(o.cases, c)
	d.byID[c.id] = c
}

// begin takes the cases of a debt through their registration.
func (d *desk) begin(o *opening, g *group, held []heldChange) error {
	lacks := o.lacking()
	for _, c := range g.cases {
		if err := d.registered(c); err != nil {
			return err
		}
	}
	for _, h := range held { // withdrawn before anything was done
		if err := d.applyHeld(g, h, filing.ChangeWithdrawal); err != nil {
			return err
		}
	}
	for _, c := range g.openCases() {
		if err := d.wait(c, lacks); err != nil {
			return err
		}
	}
	if len(lacks) == 0 && len(g.openCases()) > 0 {
		if err := d.firstFee(g.openCases()[0]); err != nil {
			return err
		}
	}
	for _, c := range g.cases {
		if err := d.confirm(c, o); err != nil {
			return err
		}
	}
	for _, kind := range []filing.ChangeKind{filing.ChangeAmount, filing.ChangeDeferral} {
		for _, h := range held {
			if err := d.applyHeld(g, h, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *desk) registered(c *kase) error {
	if _, err := d.step(c, eventRegistered, standing{base: Registered}, happening{amount: c.claimed}); err != nil {
		return err
	}
	return d.awaitGuardian(c)
}

// wait lets a registered case wait for its start, or for what is lacking.
func (d *desk) wait(c *kase, lacks []Lacking) error {
	if len(lacks) == 0 {
		d.set(c, dueStart, d.day.AddDays(d.e.config.StartAfter))
		return nil
	}
	return d.orderCompletion(c, lacks)
}

// orderCompletion orders the applicant to lodge what is lacking (UB 2:5).
func (d *desk) orderCompletion(c *kase, lacks []Lacking) error {
	state, event := awaitedState(lacks), eventDocumentsAwaited
	if state == AwaitingTitle {
		event = eventTitleAwaited
	}
	if _, err := d.step(c, event, c.at(state), happening{text: lackingText(lacks)}); err != nil {
		return err
	}
	c.awaits = lacks
	c.lodgeBy = d.e.law.working.Deadline(d.day, d.e.config.LodgeTime, "UB 2:5").Day
	d.cancel(c, dueStart)
	d.set(c, dueLodge, c.lodgeBy.AddDays(1))
	d.letter(c, toApplicant, notice.OrderForTitle, notice.Facts{"missing": notice.List(lackingWords(lacks)...), "complete_by": notice.Date(c.lodgeBy)})
	return nil
}

func lackingWords(all []Lacking) []string {
	words := map[Lacking]string{LacksTitle: "exekutionstiteln", LacksOriginal: "skuldebrevet i original",
		LacksChain: "överlåtelserna från borgenären i exekutionstiteln till sökanden"}
	texts := make([]string, len(all))
	for i, l := range all {
		texts[i] = words[l]
	}
	return texts
}

// firstFee charges the basic fee of a debt once its handling can start.
func (d *desk) firstFee(c *kase) (err error) {
	if c.group.feeNext.IsZero() {
		c.confirmedFee, err = d.chargeFee(c)
	}
	return err
}

func confirmedState(c *kase) filing.ConfirmedState {
	switch {
	case !c.open():
		return filing.StateDiscontinued
	case c.base == AwaitingTitle:
		return filing.StateAwaitingTitle
	case c.base == AwaitingDocuments:
		return filing.StateAwaitingDocuments
	}
	return filing.StateRegistered
}

// confirm tells of the case by evening. The cases of a file are confirmed
// together when the file has been read in.
func (d *desk) confirm(c *kase, o *opening) error {
	c.confirmed = confirmedState(c)
	message := outgoing{tx: filing.VEConfirmation, message: notice.EnforcementConfirmed, kind: lineCase, origin: o.origin,
		facts: func() notice.Facts {
			return notice.Facts{"registered": notice.Date(c.registered), "total": notice.Amount(c.claimed),
				"fee": notice.Amount(c.confirmedFee), "claims": notice.Table(notice.SumRow("Skuld", c.claimed))}
		}}
	if o.file == 0 {
		return d.tell(c, message)
	}
	choice, err := d.choose(c, message.message)
	if err == nil && choice.Paper {
		d.letter(c, toApplicant, message.message, message.facts())
	}
	return err
}
