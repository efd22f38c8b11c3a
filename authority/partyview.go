package authority

import (
	"context"

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// PartyView is a party code as it is in force, with what hangs on it.
type PartyView struct {
	Code            string               `json:"code"`
	MainCode        string               `json:"main_code,omitempty"` // of a sub-code
	Organisation    string               `json:"organisation"`
	Owner           string               `json:"owner"` // name of the organisation
	Name            string               `json:"name"`
	Street          string               `json:"street,omitempty"`
	PostalCode      string               `json:"postal_code,omitempty"`
	Town            string               `json:"town,omitempty"`
	Giro            string               `json:"giro,omitempty"`
	Phone           string               `json:"phone,omitempty"`
	Email           string               `json:"email,omitempty"`
	Notice          filing.Notice        `json:"notice"`
	Delivery        party.Mode           `json:"delivery"`
	Address         string               `json:"address"`
	URL             string               `json:"url,omitempty"`
	Permits         []PermitView         `json:"permits,omitempty"`
	Extensions      []filing.Transaction `json:"extensions,omitempty"`
	Contacts        []ContactView        `json:"contacts,omitempty"`
	Representatives []ActorView          `json:"representatives,omitempty"`
	Relays          []ActorView          `json:"relays,omitempty"`
	Pins            []PinView            `json:"pins,omitempty"`
	Held            money.Amount         `json:"held_ore,omitempty"` // paid above invoices, on the account of the code
	Entries         []CaseEvent          `json:"entries,omitempty"`  // what officers have entered
}

// PermitView is a permit with what was decided about it.
type PermitView struct {
	Service      filing.Service       `json:"service"`
	State        permit.State         `json:"state"`
	From         calendar.Day         `json:"from"`
	Until        calendar.Day         `json:"until,omitzero"`
	Transactions []filing.Transaction `json:"transactions,omitempty"` // none: all of the service
	Scope        string               `json:"scope,omitempty"`
	PerDay       int64                `json:"per_day,omitempty"`
	PerMonth     int64                `json:"per_month,omitempty"`
	Today        int64                `json:"used_today"`
	Month        int64                `json:"used_this_month"`
	Decisions    []CaseEvent          `json:"decisions"`
}

// ContactView is a contact person.
type ContactView struct {
	ID    int64  `json:"id"`
	Role  string `json:"role"`
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}

// ActorView is an organisation that acts for a code or relays for its owner.
type ActorView struct {
	ID           int64        `json:"id"`
	Organisation string       `json:"organisation"`
	From         calendar.Day `json:"from"`
	Last         calendar.Day `json:"last,omitzero"`
}

// PinView is a pinned key.
type PinView struct {
	ID   int64        `json:"id"`
	SPKI string       `json:"spki"`
	From calendar.Day `json:"from"`
	Last calendar.Day `json:"last,omitzero"`
	Note string       `json:"note,omitempty"`
}

// mostCodes is how many party codes are read at once.
const mostCodes = 500

// PartyCodes lists party codes that follow the given one in order; "" begins.
func (w *World) PartyCodes(ctx context.Context, after string) (all []PartyView, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		codes, err := w.Parties.Codes(r, after, mostCodes)
		if err != nil {
			return err
		}
		all = []PartyView{}
		for _, c := range codes {
			v, err := w.codeView(r, c)
			if err != nil {
				return err
			}
			all = append(all, v)
		}
		return nil
	})
	return all, err
}

// Party tells all that is known of a party code.
func (w *World) Party(ctx context.Context, code string) (v PartyView, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		c, found, err := w.Parties.ByCode(r, code)
		if err == nil && !found {
			err = service.UnknownCode(code)
		}
		if err != nil {
			return err
		}
		if v, err = w.codeView(r, c); err != nil {
			return err
		}
		if err := w.addStanding(r, &v, c); err != nil {
			return err
		}
		if err := w.addPermits(r, &v, c); err != nil {
			return err
		}
		if v.Held, err = w.Fees.Credit(r, c.ID); err != nil {
			return err
		}
		events, err := service.NewEvents(w.DB).Of(r, partyRoom, c.ID)
		v.Entries = told(events)
		w.nameEntries(v.Entries)
		return err
	})
	return v, err
}

// codeView is what the code itself says.
func (w *World) codeView(r store.Reader, c party.Code) (PartyView, error) {
	v := PartyView{
		Code: c.Code, Organisation: c.Organisation, Name: c.Name, Street: c.Street, PostalCode: c.PostalCode, Town: c.Town,
		Phone: c.Phone, Email: c.Email, Notice: c.Notice, Delivery: c.Delivery.Mode, Address: c.Delivery.Address, URL: c.Delivery.URL,
	}
	if c.Bankgiro != (party.Code{}).Bankgiro {
		v.Giro = "bankgiro " + c.Bankgiro.String()
	} else if c.Plusgiro != (party.Code{}).Plusgiro {
		v.Giro = "plusgiro " + c.Plusgiro.String()
	}
	if c.IsMain() {
		return v, nil
	}
	main, _, err := w.Parties.ByID(r, c.MainID)
	v.MainCode = main.Code
	return v, err
}

func (w *World) addStanding(r store.Reader, v *PartyView, c party.Code) error {
	s, err := w.Parties.Standing(r, c)
	v.Owner = s.Organisation.Name
	for _, a := range s.Contacts {
		v.Contacts = append(v.Contacts, ContactView{a.ID, a.Role, a.Name, a.Phone, a.Email})
	}
	for _, a := range s.Representatives {
		v.Representatives = append(v.Representatives, ActorView{a.ID, a.Organisation, a.From, a.Last})
	}
	for _, a := range s.Relays {
		v.Relays = append(v.Relays, ActorView{a.ID, a.Node, a.From, a.Last})
	}
	for _, p := range s.Pins {
		v.Pins = append(v.Pins, PinView{p.ID, p.SPKI, p.From, p.Last, p.Note})
	}
	return err
}

func (w *World) addPermits(r store.Reader, v *PartyView, c party.Code) error {
	for _, s := range permitted() {
		p, found, err := w.Permits.Of(r, c.MainID, s)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		one, err := w.permitView(r, p)
		if err != nil {
			return err
		}
		v.Permits = append(v.Permits, one)
	}
	for _, info := range filing.Catalogue() {
		if !info.Extension {
			continue
		}
		on, err := w.Permits.Extension(r, c.ID, c.MainID, info.Transaction)
		if err != nil {
			return err
		}
		if on {
			v.Extensions = append(v.Extensions, info.Transaction)
		}
	}
	return nil
}

// permitted are the services that there are permits for.
func permitted() []filing.Service {
	return []filing.Service{filing.PaymentOrder, filing.Enforcement, filing.Restructuring,
		filing.DebtExtract, filing.CreditExtract, filing.ProcurementExtract}
}

func (w *World) permitView(r store.Reader, p permit.Permit) (PermitView, error) {
	v := PermitView{
		Service: p.Service, State: p.State, From: p.From, Until: p.Until, Transactions: p.Transactions, Scope: p.Scope,
		PerDay: p.Quota.PerDay, PerMonth: p.Quota.PerMonth,
	}
	var err error
	if v.Today, v.Month, err = w.Permits.Used(r, p.ID, calendar.Today(w.Clock)); err != nil {
		return v, err
	}
	decisions, err := w.Permits.Decisions(r, p.ID)
	for _, d := range decisions {
		e := CaseEvent{Day: calendar.Of(d.At), At: d.At, Kind: d.Kind, Officer: d.By, Reason: d.Reason, Text: d.Detail}
		e.Words = w.actWords("permit", d.Kind)
		v.Decisions = append(v.Decisions, e)
	}
	return v, err
}

// nameEntries gives entries the words of their acts, or of what followed by
// itself.
func (w *World) nameEntries(entries []CaseEvent) {
	for i := range entries {
		words, quiet := quietEvents()[entries[i].Kind]
		if !quiet {
			words = w.actWords(partyRoom, entries[i].Kind)
		}
		entries[i].Words, entries[i].Detail = words, w.detail(partyRoom, entries[i])
	}
}

func (w *World) actWords(room, name string) Words {
	if a, ok := w.act(room, name); ok {
		return Words{a.Swedish, a.English}
	}
	return plain(name)
}
