package permit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Desk is where officers decide about permits, by party code.
type Desk struct {
	permits *Permits
	parties *party.Register
	clock   calendar.Clock
	post    Post
}

// NewDesk returns the desk of one world. Filers are told of suspensions by the
// post; nil tells none.
func NewDesk(permits *Permits, parties *party.Register, clock calendar.Clock, post Post) *Desk {
	return &Desk{permits, parties, clock, post}
}

// Grant gives the main code a permit on the terms of p, whose ids and state
// are not read. Without a first day it holds from today.
func (d *Desk) Grant(ctx context.Context, by service.Officer, code string, p Permit) error {
	if p.From.IsZero() {
		p.From = calendar.Today(d.clock)
	}
	if err := p.check(); err != nil {
		return err
	}
	return d.decide(ctx, by, code, func(tx store.Tx, c party.Code, act Act) (err error) {
		p.CodeID = c.ID
		p.ID = act.ID + 1
		_, err = d.permits.Grant(tx, p, act)
		return err
	})
}

// Amend changes the terms of the main code's permit for a service.
func (d *Desk) Amend(ctx context.Context, by service.Officer, code string, s filing.Service, change func(*Permit)) error {
	return d.decideOf(ctx, by, code, s, func(tx store.Tx, p Permit, act Act) error {
		change(&p)
		if err := p.check(); err != nil {
			return err
		}
		return d.permits.Amend(tx, p, act)
	})
}

// Suspend stops applications, claim reports and extract requests (R21, R22), and
// tells the filer so. The officer's reason stands in the letter.
func (d *Desk) Suspend(ctx context.Context, by service.Officer, code string, s filing.Service) error {
	return d.decideAndTell(ctx, by, code, s, Suspension, d.permits.Suspend)
}

// Resume ends a suspension, and tells the filer so.
func (d *Desk) Resume(ctx context.Context, by service.Officer, code string, s filing.Service) error {
	return d.decideAndTell(ctx, by, code, s, Resuming, d.permits.Resume)
}

// Revoke ends the permit (R21).
func (d *Desk) Revoke(ctx context.Context, by service.Officer, code string, s filing.Service) error {
	return d.decideOf(ctx, by, code, s, func(tx store.Tx, p Permit, act Act) error { return d.permits.Revoke(tx, p.ID, act) })
}

// SwitchOn lets a code, and its sub-codes, use an own extension.
func (d *Desk) SwitchOn(ctx context.Context, by service.Officer, code string, tx filing.Transaction) error {
	return d.switchTo(ctx, by, code, tx, d.permits.SwitchOn)
}

// SwitchOff ends the use of an own extension by a code.
func (d *Desk) SwitchOff(ctx context.Context, by service.Officer, code string, tx filing.Transaction) error {
	return d.switchTo(ctx, by, code, tx, d.permits.SwitchOff)
}

type switching func(context.Context, service.Officer, int64, filing.Transaction, time.Time) error

func (d *Desk) switchTo(ctx context.Context, by service.Officer, code string, tx filing.Transaction, do switching) error {
	var c party.Code
	err := d.permits.db.Read(ctx, func(r store.Reader) (err error) {
		c, err = d.code(r, code)
		return err
	})
	if err != nil {
		return err
	}
	return do(ctx, by, c.ID, tx, d.clock.Now())
}

// decide makes one decision about a main code. The ids of decision and permit
// follow each other.
func (d *Desk) decide(ctx context.Context, by service.Officer, code string, do func(store.Tx, party.Code, Act) error) error {
	if err := by.Check(); err != nil {
		return err
	}
	id, err := d.permits.NewIDs(ctx, 2)
	if err != nil {
		return err
	}
	act := Act{ID: id, Reason: by.Reason, By: by.Name, At: d.clock.Now()}
	err = d.permits.db.Do(ctx, func(tx store.Tx) error {
		c, err := d.code(tx, code)
		if err != nil {
			return err
		}
		if !c.IsMain() {
			return service.Refuse("sub_code", "Tillstånd hör till huvudkoden; underkoder följer den.",
				"A permit belongs to the main code; sub-codes follow it.")
		}
		return do(tx, c, act)
	})
	return refused(err)
}

// decideOf is decide about a permit that there is.
func (d *Desk) decideOf(ctx context.Context, by service.Officer, code string, s filing.Service, do func(store.Tx, Permit, Act) error) error {
	return d.decide(ctx, by, code, func(tx store.Tx, c party.Code, act Act) error {
		p, found, err := d.permits.Of(tx, c.ID, s)
		if err != nil {
			return err
		}
		if !found {
			return service.Refuse("no_permit", fmt.Sprintf("Koden %s har inget tillstånd för tjänsten %s.", c.Code, s),
				fmt.Sprintf("The code %s has no permit for the service %s.", c.Code, s))
		}
		err = do(tx, p, act)
		if errors.Is(err, ErrState) {
			return p.wrongState(c.Code)
		}
		return err
	})
}

// wrongState is the refusal of a decision that the state of the permit does not
// allow.
func (p Permit) wrongState(code string) error {
	words := map[State][2]string{Open: {"öppet", "open"}, Suspended: {"avstängt", "suspended"}, Revoked: {"återkallat", "revoked"}}[p.State]
	return service.WrongStateOf(fmt.Sprintf("Tillståndet för %s till tjänsten %s", code, p.Service), fmt.Sprintf("The permit of %s for the service %s", code, p.Service),
		service.State{Name: string(p.State), Swedish: words[0], English: words[1]})
}

func (d *Desk) code(r store.Reader, code string) (party.Code, error) {
	c, found, err := d.parties.ByCode(r, code)
	if err == nil && !found {
		err = service.UnknownCode(code)
	}
	return c, err
}

// refused tells the officer what stands in the way.
func refused(err error) error {
	switch {
	case errors.Is(err, ErrState):
		return service.Refuse("wrong_state", "Tillståndets läge medger inte åtgärden.", "The state of the permit does not allow this.")
	case errors.Is(err, ErrExists):
		return service.Refuse("permit_exists", "Koden har redan ett tillstånd för tjänsten; ändra det i stället.",
			"The code has a permit for the service already; amend that instead.")
	}
	return err
}

// check refuses terms that cannot be.
func (p Permit) check() error {
	if p.Service == filing.AnyService || !known(p.Service) {
		return service.Refuse("unknown_service", fmt.Sprintf("Tjänsten %q finns inte.", p.Service), fmt.Sprintf("There is no service %q.", p.Service))
	}
	for _, tx := range p.Transactions {
		info, there := filing.Info(tx)
		if !there || info.Service != p.Service || info.Direction != filing.In || info.Role != filing.RoleFile {
			return service.Refuse("unknown_transaction", fmt.Sprintf("%s sänds inte in i tjänsten %s.", tx, p.Service),
				fmt.Sprintf("%s is not sent in under the service %s.", tx, p.Service))
		}
	}
	if !p.Until.IsZero() && p.Until < p.From || p.Quota.PerDay < 0 || p.Quota.PerMonth < 0 {
		return service.Refuse("bad_terms", "Sista dagen är före den första, eller kvoten är negativ.", "The last day is before the first, or the quota is negative.")
	}
	return nil
}

func known(s filing.Service) bool {
	for _, info := range filing.Catalogue() {
		if info.Service == s {
			return true
		}
	}
	return false
}
