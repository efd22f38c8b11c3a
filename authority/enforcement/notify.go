package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// startHandling starts the handling of a case. The debtor is told of it before
// anything is attached, once, unless the officer finds that notice is not needed
// (UB 4:12).
func (d *desk) startHandling(c *kase, tell bool) error {
	if _, err := d.step(c, eventStarted, c.at(InProgress), happening{}); err != nil {
		return err
	}
	if !tell || d.e.letters == nil || !c.noticed.IsZero() || c.group.application.measure != filing.Payment {
		return nil
	}
	bill, err := d.bill(c)
	if err != nil {
		return err
	}
	c.noticed = d.day
	payBy := d.e.law.working.Deadline(d.day, d.e.config.PayTime, "UB 4:12").Day
	facts := notice.Facts{"claims": notice.Table(bill.rows...), "total": notice.Amount(bill.total), "pay_by": notice.Date(payBy),
		"account": notice.Text(d.e.config.Account), "payment_reference": notice.Text(c.number),
		"interest": notice.Flag(bill.runs), "joint": notice.Flag(len(c.group.cases) > 1)}
	if err := d.addTitle(c, facts); err != nil {
		return err
	}
	d.letter(c, toDebtor, notice.AttachmentNotice, facts)
	return nil
}

// addTitle tells what the debt is founded on. A case that joined the debt of an
// earlier verdict has a title of its own.
func (d *desk) addTitle(c *kase, facts notice.Facts) error {
	a := c.group.application
	if c.application != a.id {
		err := d.tx.QueryRow(`SELECT title_kind, title_date FROM enforcement_application WHERE id = $1`, c.application).Scan(&a.title, &a.titled)
		if err != nil {
			return fmt.Errorf("enforcement: read the title of case %s: %w", c.number, err)
		}
	}
	if words := a.titleWords(); words != "" {
		facts["title"] = notice.Text(words)
	}
	if !a.titled.IsZero() {
		facts["titled"] = notice.Date(a.titled)
	}
	return nil
}

// bill is what a debtor owes today, as letters tell it.
type bill struct {
	rows  []notice.Row
	total money.Amount
	runs  bool // interest goes on running
}

// bill reckons what the debtor of a case owes with interest to the day, and the
// fees. It moves nothing: interest is entered where money is.
func (d *desk) bill(c *kase) (b bill, err error) {
	g, err := c.group.asOf(d.e.law, d.day)
	if err != nil {
		return b, err
	}
	var interest money.Amount
	for i := range g.items {
		item := &g.items[i]
		principal := g.owed(c, place{item, onPrincipal})
		interest += g.owed(c, place{item, onInterest})
		b.runs = b.runs || item.terms != "" && principal > 0
		b.add(item.label(), principal)
	}
	b.add("Ränta", interest)
	fees, err := d.openFees(g)
	b.add("Avgifter för målet", fees)
	return b, err
}

// asOf is the debt as it stands on the day, with the interest that has run.
func (g *group) asOf(l law, day calendar.Day) (*group, error) {
	then := *g
	then.items, then.moves = slices.Clone(g.items), slices.Clone(g.moves)
	return &then, then.accrue(l, day)
}

func (b *bill) add(label string, amount money.Amount) {
	if amount <= 0 {
		return
	}
	b.rows = append(b.rows, notice.AmountRow(label, amount))
	b.total += amount
}

// label is what an item is called in letters.
func (i *item) label() string {
	words := map[filing.ClaimPartType]string{filing.Capital: "Kapital", filing.CapitalisedInterest: "Kapitaliserad ränta",
		filing.CollectionCost: "Inkassokostnad", filing.ReminderFee: "Påminnelseavgift", filing.LatePaymentCompensation: "Förseningsersättning",
		filing.ApplicationFee: "Ansökningsavgift", filing.OwnWork: "Eget arbete eller ombud"}
	label, known := words[i.kind]
	if !known {
		return "Annan kostnad"
	}
	if i.kind == filing.Capital && !i.due.IsZero() {
		label += ", förfallet " + i.due.String()
	}
	return label
}

// tellNoAssets tells the debtor that what was found does not reach (UB 4:9 a).
func (d *desk) tellNoAssets(c *kase, finished calendar.Day) error {
	if d.e.letters == nil {
		return nil
	}
	bill, err := d.bill(c)
	if err != nil {
		return err
	}
	d.letter(c, toDebtor, notice.InvestigationDebtor, notice.Facts{"finished": notice.Date(finished), "debt": notice.Amount(bill.total),
		"interest": notice.Flag(bill.runs), "earnings": notice.Flag(c.state() == EarningsAttached)})
	return nil
}
