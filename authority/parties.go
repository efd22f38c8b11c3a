package authority

import (
	"context"
	"errors"

	"filtjanst/authority/fee"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// partyRoom is the name that officers call the register of parties by, and
// under which its events are kept: the case of each is a party code.
const partyRoom = "party"

// partyDesk is where officers keep the register of parties.
type partyDesk struct {
	db      *store.DB
	parties *party.Register
	fees    *fee.Fees
	events  *service.Events
	clock   calendar.Clock
}

func (w *World) partyDesk() *partyDesk {
	return &partyDesk{w.DB, w.Parties, w.Fees, service.NewEvents(w.DB), w.Clock}
}

// entry is one entry in the register: what is done, and told of the code.
type entry struct {
	kind string
	text string
	do   func(tx store.Tx, id int64) (codeID int64, err error)
}

// enter makes one entry with its event. do gets an id of its own.
func (d *partyDesk) enter(ctx context.Context, by service.Officer, e entry) error {
	if err := by.Check(); err != nil {
		return err
	}
	id, err := d.parties.NewIDs(ctx, 1)
	if err != nil {
		return err
	}
	event, err := d.events.NewIDs(ctx, 1)
	if err != nil {
		return err
	}
	now := d.clock.Now()
	return refusedEntry(d.db.Do(ctx, func(tx store.Tx) error {
		codeID, err := e.do(tx, id)
		if err != nil {
			return err
		}
		return d.events.Append(tx, service.Event{
			ID: event, Service: partyRoom, Case: codeID, Day: calendar.Of(now), At: now, Kind: e.kind, By: by, Text: e.text,
		})
	}))
}

// refusedEntry tells the officer what stands in the way.
func refusedEntry(err error) error {
	switch {
	case errors.Is(err, party.ErrTaken):
		return service.Refuse("code_taken", "Intressentkoden finns redan.", "The party code exists already.")
	case errors.Is(err, party.ErrMainCode):
		return service.Refuse("bad_main_code", "Huvudkoden finns inte eller är själv en underkod.", "The main code does not exist or is a sub-code itself.")
	case errors.Is(err, party.ErrUnknown):
		return service.Refuse("unknown_entry", "Det finns ingen sådan uppgift i registret.", "There is no such entry in the register.")
	}
	return err
}

// add enters a main code, and its organisation if that is new (R11).
func (d *partyDesk) add(ctx context.Context, by service.Officer, code string, v *service.Values) error {
	c, err := d.begin(code, v)
	if err == nil {
		c.Organisation, err = tenDigits(v.Text("organisation"))
	}
	if err != nil {
		return err
	}
	c = addressed(c, true)
	if c.Notice == "" {
		c.Notice = filing.NoticeElectronic
	}
	if err := checkCode(c); err != nil {
		return err
	}
	return d.enter(ctx, by, entry{kind: "add", text: c.Code, do: func(tx store.Tx, id int64) (int64, error) {
		own := c
		own.ID = id
		_, known, err := d.parties.Organisation(tx, c.Organisation)
		if err == nil && !known {
			err = d.parties.AddOrganisation(tx, party.Organisation{Number: c.Organisation, Name: c.Name})
		}
		if err == nil {
			err = d.parties.AddCode(tx, own)
		}
		return id, err
	}})
}

// addSub enters a sub-code; what is not given comes from its main code (R13, R62).
func (d *partyDesk) addSub(ctx context.Context, by service.Officer, code string, v *service.Values) error {
	c, err := d.begin(code, v)
	if err != nil {
		return err
	}
	if err := checkDelivery(c); err != nil {
		return err
	}
	return d.enter(ctx, by, entry{kind: "add_sub", text: c.Code, do: func(tx store.Tx, id int64) (int64, error) {
		main, err := d.code(tx, v.Text("main"))
		if err != nil {
			return 0, err
		}
		own := c
		own.ID, own.MainID, own.Organisation = id, main.ID, main.Organisation
		own = addressed(own, false)
		if own.Name == "" {
			own.Name = main.Name
		}
		if err := checkAddress(own.Delivery.Address, main.Organisation); err != nil {
			return 0, err
		}
		return id, d.parties.AddSubCode(tx, own)
	}})
}

// change gives a code other data, in all its pending cases at once (R14). What
// is not given stays; a sub-code goes on inheriting what it has not of its own.
func (d *partyDesk) change(ctx context.Context, by service.Officer, code string, v *service.Values) error {
	return d.enter(ctx, by, entry{kind: "change", do: func(tx store.Tx, _ int64) (int64, error) {
		c, err := d.code(tx, code)
		if err != nil {
			return 0, err
		}
		if !c.IsMain() {
			main, _, err := d.parties.ByID(tx, c.MainID)
			if err != nil {
				return 0, err
			}
			c = ownOf(c, main)
		}
		if err := given(&c, v); err != nil {
			return 0, err
		}
		if c = addressed(c, c.IsMain()); c.IsMain() {
			err = checkCode(c)
		} else {
			err = errors.Join(checkDelivery(c), checkAddress(c.Delivery.Address, c.Organisation))
		}
		if err != nil {
			return 0, err
		}
		return c.ID, d.parties.UpdateCode(tx, c)
	}})
}

// addressed fills in the usual delivery: fetched from the outbox of the
// organisation. A sub-code of which nothing is told has its main code's.
func addressed(c party.Code, always bool) party.Code {
	d := &c.Delivery
	if !always && *d == (party.Delivery{}) {
		return c
	}
	if d.Address == "" {
		d.Address = c.Organisation
	}
	if d.Mode == "" {
		d.Mode = party.Fetched
	}
	return c
}

// ownOf leaves out what a sub-code has from its main code.
func ownOf(c, main party.Code) party.Code {
	if c.Street == main.Street && c.PostalCode == main.PostalCode && c.Town == main.Town {
		c.Street, c.PostalCode, c.Town = "", "", ""
	}
	if c.Bankgiro == main.Bankgiro && c.Plusgiro == main.Plusgiro {
		c.Bankgiro, c.Plusgiro = identity.Bankgiro{}, identity.Plusgiro{}
	}
	if c.Phone == main.Phone {
		c.Phone = ""
	}
	if c.Email == main.Email {
		c.Email = ""
	}
	if c.Delivery == main.Delivery {
		c.Delivery = party.Delivery{}
	}
	if c.Notice == main.Notice {
		c.Notice = ""
	}
	return c
}

// begin reads the new code and what is given of it.
func (d *partyDesk) begin(code string, v *service.Values) (c party.Code, err error) {
	if c.Code, err = party.NormaliseCode(code); err != nil {
		return c, service.Refuse("bad_code", "Skriv intressentkoden med en till tolv bokstäver och siffror.", "Write the party code with one to twelve letters and digits.")
	}
	return c, given(&c, v)
}

func (d *partyDesk) code(r store.Reader, code string) (party.Code, error) {
	c, found, err := d.parties.ByCode(r, code)
	if err == nil && !found {
		err = service.UnknownCode(code)
	}
	return c, err
}
