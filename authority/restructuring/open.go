package restructuring

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// Opening is a decision to initiate (inledandebeslut) as it is registered.
type Opening struct {
	MatterNumber string       // "": given here
	Debtor       filing.Party // a natural person, with name
	Decided      calendar.Day
	Announced    calendar.Day // the claim period is counted from it
	Business     bool         // F-skuldsanering
	Extended     bool         // special reasons: the claim period is two months
	// Creditors that are known (kända borgenärer); each is sent a call (SKSL
	// §21), so each needs name and address.
	Creditors []filing.Party
}

// Open registers a decision to initiate: the claim period begins with its
// announcement, known creditors are called, enforcement of older claims stops,
// and filers who have the debtor in their portfolio are matched (SKSL §§19,
// 21, 42).
func (m *Matters) Open(ctx context.Context, by service.Officer, o Opening) (Matter, error) {
	a := act{room: m, by: by, at: m.clock.Now()}
	a.day = calendar.Of(a.at)
	if err := o.check(by, a.day); err != nil {
		return Matter{}, err
	}
	if err := a.prepareOpening(ctx, o); err != nil {
		return Matter{}, err
	}
	var opened Matter
	err := m.db.Do(ctx, func(tx store.Tx) error {
		run := a
		run.tx = tx
		if err := run.open(o); err != nil {
			return err
		}
		opened = run.Matter
		return nil
	})
	return opened, told(a.Number, openingRefusal(err, o))
}

func (o Opening) check(by service.Officer, today calendar.Day) error {
	if err := by.Check(); err != nil {
		return err
	}
	switch {
	case !o.Debtor.Identity.IsNatural() || o.Debtor.Name == "":
		return service.Refuse("bad_debtor", "Gäldenären ska vara en fysisk person med namn.", "The debtor must be a natural person with a name.")
	case o.Decided.IsZero() || o.Announced < o.Decided || o.Announced > today:
		return service.Refuse("bad_days", "Beslutet ska ha kungjorts på beslutsdagen eller senare, dock senast i dag.",
			"The decision must have been announced on its day or later, today at the latest.")
	case len(o.MatterNumber) > maxNumber:
		return service.Refuse("bad_number", "Ärendenumret är för långt.", "The matter number is too long.")
	}
	for i, c := range o.Creditors {
		if !reachable(c) {
			return service.Refuse("bad_creditor", fmt.Sprintf("Borgenär %d saknar namn eller adress.", i+1),
				fmt.Sprintf("Creditor %d has no name or address.", i+1))
		}
	}
	return nil
}

// maxNumber is how long a matter number may be, so that it fits in files.
const maxNumber = 20

// openingRefusal tells of a number or a debtor that has a matter already.
func openingRefusal(err error, o Opening) error {
	constraint, twice := store.IsUnique(err)
	switch {
	case !twice:
		return err
	case constraint == "restructuring_matter(number)":
		return service.Refuse("known_matter", fmt.Sprintf("Ärendet %s finns redan.", o.MatterNumber),
			fmt.Sprintf("There is a matter %s already.", o.MatterNumber))
	case constraint == "restructuring_matter(debtor)":
		return service.Refuse("already_open", "Gäldenären har redan ett pågående ärende.", "The debtor has a matter that is not closed.")
	}
	return err
}

func (a *act) prepareOpening(ctx context.Context, o Opening) (err error) {
	a.Matter = Matter{
		Debtor: o.Debtor, Business: o.Business, Extended: o.Extended, Decided: o.Decided, Announced: o.Announced,
		State: ClaimPeriod, Since: a.day, Number: o.MatterNumber,
	}
	if a.LastDay, err = a.claimPeriod(); err != nil {
		return err
	}
	if a.ID, err = a.room.ids.Next(ctx, 1); err != nil {
		return err
	}
	if err := a.supply.fetch(ctx, a.room, 1, len(o.Creditors)); err != nil {
		return err
	}
	if a.room.enforcer != nil {
		a.enforce, err = a.room.enforcer.RestructuringOpened(ctx, o.Debtor.Identity, o.Decided)
	}
	return err
}

// claimPeriod is the last day of the claim period.
func (a *act) claimPeriod() (calendar.Day, error) {
	symbol := statute.ClaimReportTime
	if a.Extended {
		symbol = statute.ClaimReportExtended
	}
	return a.room.lastDay(symbol, a.Announced)
}

func (a *act) open(o Opening) error {
	if a.Number == "" {
		series := yearSeries(a.room.prefixes.Matter, a.Decided)
		serial, err := service.Series(filing.Restructuring).Take(a.tx, series, 1)
		if err != nil {
			return err
		}
		a.Number = number(series, serial)
	}
	if err := a.insert(o.Creditors); err != nil {
		return err
	}
	if err := a.record(opened, fact{to: string(ClaimPeriod), text: "kungjort " + a.Announced.String()}); err != nil {
		return err
	}
	if err := a.deadline(periodEnded, a.LastDay); err != nil {
		return err
	}
	if err := a.callAll(o.Creditors); err != nil {
		return err
	}
	if err := a.match(); err != nil {
		return err
	}
	return a.tellEnforcement()
}

// callAll calls the creditors that are known from the beginning. Where none is,
// the story tells after a week that nobody has been called.
func (a *act) callAll(creditors []filing.Party) error {
	for _, c := range creditors {
		if err := a.call(c); err != nil {
			return err
		}
	}
	if len(creditors) > 0 {
		return nil
	}
	last, err := a.room.lastDay(statute.CreditorNotice, a.Announced)
	if err != nil {
		return err
	}
	return a.deadline(callDue, last)
}

func (a *act) insert(creditors []filing.Party) error {
	p := a.Debtor
	_, err := a.tx.Exec(`INSERT INTO restructuring_matter (id, number, debtor, debtor_name, care_of, street, postal_code, town,
		country, business, extended, decided, announced, last_day, state, since, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0)`,
		a.ID, a.Number, store.Identity(p.Identity), p.Name, p.CareOf, p.Street, p.PostalCode, p.Town, p.Country,
		a.Business, a.Extended, a.Decided, a.Announced, a.LastDay, string(a.State), a.Since)
	if err != nil {
		return err
	}
	columns := []string{"matter_id", "position", "identity", "name", "care_of", "street", "postal_code", "town", "country"}
	_, err = a.tx.CopyIn("restructuring_creditor", columns, func(yield func([]any) bool) {
		for i, c := range creditors {
			if !yield([]any{a.ID, int64(i + 1), store.Identity(c.Identity), c.Name, c.CareOf, c.Street, c.PostalCode, c.Town, c.Country}) {
				return
			}
		}
	})
	return err
}

// Call sends a call to a creditor that became known later, while the claim
// period runs.
func (m *Matters) Call(ctx context.Context, by service.Officer, matter string, c filing.Party) error {
	if !reachable(c) {
		return service.Refuse("bad_creditor", "Borgenären saknar namn eller adress.", "The creditor has no name or address.")
	}
	return m.do(ctx, by, matter, called, nil, func(a *act) error {
		if err := a.move(called, fact{}); err != nil {
			return err
		}
		if err := a.cancel(callDue); err != nil {
			return err
		}
		_, err := a.tx.Exec(`INSERT INTO restructuring_creditor
			(matter_id, position, identity, name, care_of, street, postal_code, town, country)
			SELECT $1, COALESCE(MAX(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM restructuring_creditor WHERE matter_id = $1`,
			a.ID, store.Identity(c.Identity), c.Name, c.CareOf, c.Street, c.PostalCode, c.Town, c.Country)
		if err != nil {
			return err
		}
		return a.call(c)
	})
}

// Extend lengthens the claim period to two months for special reasons (SKSL
// §19). It is done once, while the period runs.
func (m *Matters) Extend(ctx context.Context, by service.Officer, matter string) error {
	return m.do(ctx, by, matter, extended, nil, func(a *act) (err error) {
		if a.Extended {
			return service.Refuse("already_extended", "Anmälningstiden är redan förlängd.", "The claim period has been extended already.")
		}
		a.Extended = true
		if a.LastDay, err = a.claimPeriod(); err != nil {
			return err
		}
		if err := a.move(extended, fact{text: "sista dag " + a.LastDay.String()}); err != nil {
			return err
		}
		_, err = a.tx.Exec(`UPDATE restructuring_matter SET extended = TRUE, last_day = $1 WHERE id = $2`, a.LastDay, a.ID)
		if err != nil {
			return err
		}
		return a.deadline(periodEnded, a.LastDay)
	})
}
