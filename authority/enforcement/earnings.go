package enforcement

import (
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// EarningsDecision is a decision on attachment of earnings, with where the
// employer is told of it. One that changes or ends an attachment concerns the
// employer of the decision before it, if it names none.
type EarningsDecision struct {
	filing.EarningsAttachment
	Address notice.Address // of the employer
}

// earningsSteps is the event of each decision.
func earningsSteps() map[filing.EarningsDecision]string {
	return map[filing.EarningsDecision]string{filing.EarningsNew: eventEarningsNew, filing.EarningsChanged: eventEarningsChanged,
		filing.EarningsRevoked: eventEarningsRevoked, filing.EarningsRespite: eventEarningsRespite}
}

// checkEarnings refuses a decision that cannot be entered in the case.
func (d *desk) checkEarnings(c *kase, e EarningsDecision) error {
	sets := e.Kind == filing.EarningsNew || e.Kind == filing.EarningsChanged
	switch {
	case earningsSteps()[e.Kind] == "":
		return service.Refuse("bad_decision", "Beslutets slag är okänt.", "The kind of decision is unknown.")
	case e.Amount < 0 || e.Reserve < 0 || sets && (e.Amount == 0) != e.AllAboveReserve:
		return service.Refuse("bad_amount", "Ange ett belopp per löneutbetalning, eller allt över förbehållsbeloppet.",
			"Give an amount per pay occasion, or all above the reserve amount.")
	case e.Kind == filing.EarningsRespite && e.Until <= d.day:
		return service.Refuse("past_day", "Anståndets sista dag ska ligga framåt i tiden.", "The last day of the respite must lie in the future.")
	case e.Kind == filing.EarningsRevoked && c.base != EarningsAttached:
		return c.wrongState()
	case e.Employer.Name == "" && (e.Address != notice.Address{} || e.Employer.Identity != identity.Number{}):
		return service.Refuse("no_employer", "Arbetsgivarens namn saknas.", "The name of the employer is not given.")
	}
	return nil
}

func (d *desk) earnings(c *kase, e EarningsDecision) error {
	if err := d.checkEarnings(c, e); err != nil {
		return err
	}
	before, err := d.employerOf(c)
	if err != nil {
		return err
	}
	standing := c.standing
	if to, moves := map[filing.EarningsDecision]State{filing.EarningsNew: EarningsAttached, filing.EarningsRevoked: InProgress}[e.Kind]; moves {
		standing = c.at(to)
	}
	number, err := d.step(c, earningsSteps()[e.Kind], standing, happening{amount: e.Amount})
	if err != nil {
		return err
	}
	c.measured, e.Decided = true, d.day
	d.cancel(c, dueResume)
	if e.Kind == filing.EarningsRespite {
		d.set(c, dueRespite, e.Until.AddDays(1))
	}
	switch {
	case e.Employer.Name == "" && e.Kind != filing.EarningsNew:
		e.Employer, e.Address = before.Employer, before.Address
	case e.Kind == filing.EarningsChanged && before.Employer.Name != "" && !e.sameEmployer(before):
		d.tellEmployer(c, before.revoked(d))
	}
	return d.tellEarnings(c, number, e)
}

// sameEmployer compares by number where both have one, else by name.
func (e EarningsDecision) sameEmployer(o EarningsDecision) bool {
	if e.Employer.Identity != (identity.Number{}) && o.Employer.Identity != (identity.Number{}) {
		return e.Employer.Identity == o.Employer.Identity
	}
	return e.Employer.Name == o.Employer.Name
}

// revoked is the end of the decision, today.
func (e EarningsDecision) revoked(d *desk) EarningsDecision {
	return EarningsDecision{EarningsAttachment: filing.EarningsAttachment{Kind: filing.EarningsRevoked, Decided: d.day, Employer: e.Employer}, Address: e.Address}
}

// employerOf is the latest decision of the case that names an employer.
func (d *desk) employerOf(c *kase) (EarningsDecision, error) {
	all, err := store.Collect(scanEmployer)(d.tx.Query(`SELECT employer_identity, employer_name, care_of, street, postal_code, town, country
		FROM enforcement_earnings WHERE case_id = $1 AND employer_name <> '' ORDER BY number DESC LIMIT 1`, c.id))
	if err != nil || len(all) == 0 {
		return EarningsDecision{}, err
	}
	return all[0], nil
}

func scanEmployer(rows *store.Rows) (e EarningsDecision, err error) {
	var full string
	at := &e.Address
	err = rows.Scan(&full, &e.Employer.Name, &at.CareOf, &at.Street, &at.PostalCode, &at.Town, &at.Country)
	if err == nil {
		e.Employer.Identity, err = store.ParseIdentity(full)
	}
	return e, err
}

// tellEarnings tells the applicant, the debtor and the employer of a decision. A
// debtor who has died is not written to.
func (d *desk) tellEarnings(c *kase, number int64, e EarningsDecision) error {
	d.details.earnings = append(d.details.earnings, detail[EarningsDecision]{c.id, number, e})
	if !c.has(AwaitingEstate) {
		if err := d.tellDebtor(c, e); err != nil {
			return err
		}
	}
	d.tellEmployer(c, e)
	return d.tell(c, outgoing{tx: filing.VEEarningsAttachment, message: notice.EarningsApplicant, kind: lineEarnings, number: number,
		facts: func() notice.Facts {
			words := map[filing.EarningsDecision]string{filing.EarningsNew: "nytt beslut", filing.EarningsChanged: "ändrat beslut",
				filing.EarningsRevoked: "utmätningen upphör", filing.EarningsRespite: "anstånd"}
			facts := e.facts()
			facts["act"] = notice.Text(words[e.Kind])
			return facts
		}})
}

// stopEarnings tells the debtor and the employer that an attachment of earnings
// ends, since the case does.
func (d *desk) stopEarnings(c *kase) error {
	last, err := d.employerOf(c)
	if err != nil || d.e.letters == nil {
		return err
	}
	end := last.revoked(d)
	d.tellEmployer(c, end)
	return d.tellDebtor(c, end)
}

func (d *desk) tellDebtor(c *kase, e EarningsDecision) error {
	if d.e.letters == nil {
		return nil
	}
	facts := e.facts()
	if e.Employer.Name != "" {
		facts["employer"] = notice.Text(e.Employer.Name)
	}
	if e.Kind != filing.EarningsRevoked {
		bill, err := d.bill(c)
		if err != nil {
			return err
		}
		facts["debt"] = notice.Amount(bill.total)
	}
	d.letter(c, toDebtor, notice.EarningsDebtor, facts)
	return nil
}

func (d *desk) tellEmployer(c *kase, e EarningsDecision) {
	if d.e.letters == nil || e.Employer.Name == "" {
		return
	}
	facts := e.facts()
	if e.Kind != filing.EarningsRespite {
		facts["account"], facts["payment_reference"] = notice.Text(d.e.config.Account), notice.Text(c.number)
	}
	d.mail = append(d.mail, mail{about: c, to: toEmployer, message: notice.EarningsEmployer, facts: facts,
		outside: notice.Person{Role: notice.Employer, Name: e.Employer.Name, Identity: e.Employer.Identity, Address: e.Address}})
}

// facts are what all who are told of the decision are told of it.
func (e EarningsDecision) facts() notice.Facts {
	f := notice.Facts{"decided": notice.Date(e.Decided), "changed": notice.Flag(e.Kind == filing.EarningsChanged),
		"revoked": notice.Flag(e.Kind == filing.EarningsRevoked), "respite": notice.Flag(e.Kind == filing.EarningsRespite),
		"daily": notice.Flag(e.Daily), "all_above": notice.Flag(e.AllAboveReserve)}
	if !slices.Contains([]filing.EarningsDecision{filing.EarningsNew, filing.EarningsChanged}, e.Kind) {
		if e.Kind == filing.EarningsRespite {
			f["until"] = notice.Date(e.Until)
		}
		return f
	}
	f["amount"], f["reserve"] = notice.Amount(e.Amount), notice.Amount(e.Reserve)
	if !e.From.IsZero() {
		f["from"] = notice.Date(e.From)
	}
	return f
}
