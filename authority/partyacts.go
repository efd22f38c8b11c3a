package authority

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strconv"
	"strings"

	"filtjanst/authority/fee"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

func partyParam(name string, kind service.ParamKind, required bool, sv, en string) service.Param {
	return service.Param{Name: name, Kind: kind, Required: required, Swedish: sv, English: en}
}

// Acts lists what officers do with the register. The number of each is a party
// code.
func (d *partyDesk) Acts() []service.Act {
	organisation := partyParam("organisation", service.TextParam, true, "organisationsnummer", "organisation number")
	title := partyParam("name", service.TextParam, false, "organisationens namn, om den är ny", "name of the organisation, if it is new")
	id := partyParam("id", service.NumberParam, true, "uppgiftens id, som party show visar", "id of the entry, as party show tells")
	last := partyParam("last", service.DayParam, false, "sista dag; annars i dag", "last day; else today")
	from, until := partyParam("from", service.DayParam, false, "första dag; annars i dag", "first day; else today"), partyParam("until", service.DayParam, false, "sista dag", "last day")
	return []service.Act{
		{Name: "add", Swedish: "För in huvudkod", English: "Enter a main code", Basis: "R11", Do: d.add, Params: append([]service.Param{organisation}, details(true)...)},
		{Name: "add_sub", Swedish: "För in underkod", English: "Enter a sub-code", Basis: "R13", Do: d.addSub,
			Params: append([]service.Param{partyParam("main", service.TextParam, true, "huvudkod", "main code")}, details(false)...)},
		{Name: "change", Swedish: "Ändra kodens uppgifter", English: "Change the data of a code", Basis: "R14", Do: d.change, Params: details(false)},
		{Name: "represent", Swedish: "För in ombud som får agera för koden", English: "Record who may act for the code", Basis: "R50", Begin: d.represent,
			Params: []service.Param{organisation, title, from, until}},
		{Name: "end_representative", Swedish: "Avsluta ombud", English: "End a representation", Basis: "R50", Do: d.ending("end_representative", d.parties.EndRepresentative), Params: []service.Param{id, last}},
		{Name: "relay", Swedish: "För in nod som förmedlar kodens meddelanden", English: "Record a node that relays for the code", Basis: "shs.md §10", Begin: d.relay,
			Params: []service.Param{partyParam("node", service.TextParam, true, "nodens organisationsnummer", "organisation number of the node"), title, from, until}},
		{Name: "add_contact", Swedish: "För in kontaktperson", English: "Enter a contact person", Basis: "R68", Begin: d.contact, Params: contactParams()},
		{Name: "end_contact", Swedish: "Ta bort kontaktperson", English: "End a contact person", Basis: "R68", Do: d.ending("end_contact", d.parties.EndContact), Params: []service.Param{id, last}},
		{Name: "pin", Swedish: "Lås organisationen vid ett certifikats nyckel", English: "Pin the key of a certificate to the organisation", Basis: "shs.md §10", Begin: d.pin,
			Params: []service.Param{
				partyParam("key", service.TextParam, true, "certifikatet som PEM, eller nyckelns SHA-256 (SPKI) i hex", "the certificate as PEM, or the SHA-256 of its key (SPKI) in hex"),
				from, until, partyParam("note", service.TextParam, false, "anteckning", "note"),
			}},
		{Name: "invoicing", Swedish: "Ändra hur koden faktureras", English: "Change how the code is invoiced", Basis: "R16, R62", Do: d.invoicing,
			Params: []service.Param{
				partyParam("own_invoice", service.YesParam, false, "underkoden har egna fakturor", "the sub-code has invoices of its own"),
				partyParam("reference", service.TextParam, false, "köparens referens på fakturan", "the buyer's reference on the invoice"),
				partyParam("scheme", service.TextParam, false, "nät-id, slag (EAS), som 0007", "scheme of the e-invoice address (EAS), as 0007"),
				partyParam("endpoint", service.TextParam, false, "nät-id, värde", "e-invoice address"),
				partyParam("terms_days", service.NumberParam, false, "dagar att betala", "days to pay"),
			}},
		{Name: "end_pin", Swedish: "Lås upp en nyckel", English: "End a pinned key", Basis: "shs.md §10", Do: d.ending("end_pin", d.parties.EndPin), Params: []service.Param{id, last}},
	}
}

// details are what a code tells of itself; a main code must tell the first.
func details(main bool) []service.Param {
	choice := func(name, sv, en string, choices ...string) service.Param {
		return service.Param{Name: name, Kind: service.ChoiceParam, Choices: choices, Swedish: sv, English: en}
	}
	text := service.TextParam
	return []service.Param{
		partyParam("name", text, main, "namn", "name"), partyParam("street", text, false, "gatuadress", "street"),
		partyParam("postal_code", text, main, "postnummer", "postal code"), partyParam("town", text, main, "ort", "town"),
		partyParam("bankgiro", text, false, "bankgiro för utbetalningar", "bankgiro for payouts"), partyParam("plusgiro", text, false, "plusgiro för utbetalningar", "plusgiro for payouts"),
		partyParam("phone", text, false, "telefon för svarande", "phone for respondents"), partyParam("email", text, false, "e-post", "email"),
		choice("notice", "hur meddelanden går ut", "how messages go", string(filing.NoticePaper), string(filing.NoticeElectronic), string(filing.NoticeBoth)),
		choice("delivery", "hur filer lämnas: hämtas eller sänds till ingivarens tjänst", "how files are delivered: fetched, or pushed to the filer's service", string(party.Fetched), string(party.Pushed)),
		partyParam("address", text, false, "utkorg: organisationsnummer[.internt id]", "outbox: organisation number[.internal id]"),
		partyParam("url", text, false, "ingivarens mottagningstjänst, när filer sänds", "the filer's receive service, where files are pushed"),
	}
}

func contactParams() []service.Param {
	text := service.TextParam
	return []service.Param{
		partyParam("role", text, true, "roll, som kontakt eller systemutvecklare", "role, as contact or system developer"), partyParam("name", text, true, "namn", "name"),
		partyParam("phone", text, false, "telefon", "phone"), partyParam("email", text, false, "e-post", "email"),
	}
}

// span is from when until when something holds; without a first day from today.
func (d *partyDesk) span(v *service.Values) (from, last calendar.Day, err error) {
	if from = v.Day("from"); from.IsZero() {
		from = calendar.Today(d.clock)
	}
	if last = v.Day("until"); !last.IsZero() && last < from {
		err = service.Refuse("bad_days", "Sista dagen är före den första.", "The last day is before the first.")
	}
	return from, last, err
}

func (d *partyDesk) represent(ctx context.Context, by service.Officer, code string, v *service.Values) (string, error) {
	organisation, err := tenDigits(v.Text("organisation"))
	if err != nil {
		return "", err
	}
	from, last, err := d.span(v)
	if err != nil {
		return "", err
	}
	return d.beginOf(ctx, by, code, "represent", func(tx store.Tx, c party.Code, id int64) error {
		if err := d.known(tx, organisation, v.Text("name")); err != nil {
			return err
		}
		return d.parties.AddRepresentative(tx, party.Representative{ID: id, CodeID: c.ID, Organisation: organisation, From: from, Last: last})
	})
}

func (d *partyDesk) relay(ctx context.Context, by service.Officer, code string, v *service.Values) (string, error) {
	node, err := tenDigits(v.Text("node"))
	if err != nil {
		return "", err
	}
	from, last, err := d.span(v)
	if err != nil {
		return "", err
	}
	return d.beginOf(ctx, by, code, "relay", func(tx store.Tx, c party.Code, id int64) error {
		if err := d.known(tx, node, v.Text("name")); err != nil {
			return err
		}
		return d.parties.AddRelay(tx, party.Relay{ID: id, Node: node, Actor: c.Organisation, From: from, Last: last})
	})
}

// known enters an organisation that is not in the register yet.
func (d *partyDesk) known(tx store.Tx, organisation, name string) error {
	_, there, err := d.parties.Organisation(tx, organisation)
	if err != nil || there {
		return err
	}
	if name == "" {
		return service.Refuse("new_organisation", "Organisationen är ny; ange dess namn.", "The organisation is new; give its name.")
	}
	return d.parties.AddOrganisation(tx, party.Organisation{Number: organisation, Name: name})
}

func (d *partyDesk) contact(ctx context.Context, by service.Officer, code string, v *service.Values) (string, error) {
	return d.beginOf(ctx, by, code, "add_contact", func(tx store.Tx, c party.Code, id int64) error {
		return d.parties.AddContact(tx, party.Contact{
			ID: id, CodeID: c.ID, Role: v.Text("role"), Name: v.Text("name"), Phone: v.Text("phone"), Email: v.Text("email"),
		})
	})
}

func (d *partyDesk) pin(ctx context.Context, by service.Officer, code string, v *service.Values) (string, error) {
	key, err := spki(v.Text("key"))
	if err != nil {
		return "", err
	}
	from, last, err := d.span(v)
	if err != nil {
		return "", err
	}
	return d.beginOf(ctx, by, code, "pin", func(tx store.Tx, c party.Code, id int64) error {
		return d.parties.PinCertificate(tx, party.Pin{ID: id, Organisation: c.Organisation, SPKI: key, From: from, Last: last, Note: v.Text("note")})
	})
}

// invoicing changes what is given of how the code is invoiced.
func (d *partyDesk) invoicing(ctx context.Context, by service.Officer, code string, v *service.Values) error {
	if (v.Text("scheme") == "") != (v.Text("endpoint") == "") || v.Number("terms_days") < 0 {
		return service.Refuse("bad_invoicing", "Ange slag och värde på nät-id tillsammans, och dagar att betala som ett positivt tal.",
			"Give scheme and value of the e-invoice address together, and the days to pay as a positive number.")
	}
	return d.ofCode(ctx, by, code, "invoicing", func(tx store.Tx, c party.Code, _ int64) error {
		p, err := d.fees.PayerOf(tx, c.ID)
		if err != nil {
			return err
		}
		p.CodeID = c.ID
		if v.Text("own_invoice") != "" {
			p.OwnInvoice = v.Yes("own_invoice")
		}
		if text := v.Text("reference"); text != "" {
			p.BuyerReference = text
		}
		if v.Text("scheme") != "" {
			p.Endpoint = fee.Endpoint{Scheme: v.Text("scheme"), ID: v.Text("endpoint")}
		}
		if days := v.Number("terms_days"); days != 0 {
			p.TermsDays = int(days)
		}
		return d.fees.SetPayer(tx, p)
	})
}

// spki reads the digest of a public key, or makes it of a certificate.
func spki(text string) (string, error) {
	if block, _ := pem.Decode([]byte(text)); block != nil {
		if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
			sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
			return hex.EncodeToString(sum[:]), nil
		}
	}
	if sum, err := hex.DecodeString(strings.TrimSpace(text)); err == nil && len(sum) == sha256.Size {
		return hex.EncodeToString(sum), nil
	}
	return "", service.Refuse("bad_key", "Ange certifikatet som PEM, eller nyckelns SHA-256 med 64 hexsiffror.", "Give the certificate as PEM, or the SHA-256 of the key in 64 hex digits.")
}

// beginOf makes an entry of a code that there is, and returns the id of what is
// entered.
func (d *partyDesk) beginOf(ctx context.Context, by service.Officer, code, kind string, do func(tx store.Tx, c party.Code, id int64) error) (string, error) {
	var begun int64
	err := d.ofCode(ctx, by, code, kind, func(tx store.Tx, c party.Code, id int64) error {
		begun = id
		return do(tx, c, id)
	})
	if err != nil {
		return "", err
	}
	return strconv.FormatInt(begun, 10), nil
}

// ofCode makes an entry of a code that there is.
func (d *partyDesk) ofCode(ctx context.Context, by service.Officer, code, kind string, do func(tx store.Tx, c party.Code, id int64) error) error {
	return d.enter(ctx, by, entry{kind: kind, do: func(tx store.Tx, id int64) (int64, error) {
		c, err := d.code(tx, code)
		if err != nil {
			return 0, err
		}
		return c.ID, do(tx, c, id)
	}})
}

// ending sets the last day of an entry of the code.
func (d *partyDesk) ending(kind string, end func(tx store.Tx, id int64, last calendar.Day) error) func(context.Context, service.Officer, string, *service.Values) error {
	return func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
		last := v.Day("last")
		if last.IsZero() {
			last = calendar.Today(d.clock)
		}
		return d.ofCode(ctx, by, code, kind, func(tx store.Tx, c party.Code, _ int64) error {
			id := v.Number("id")
			if err := d.belongs(tx, c, kind, id); err != nil {
				return err
			}
			return end(tx, id, last)
		})
	}
}

// belongs refuses to end what is another's.
func (d *partyDesk) belongs(r store.Reader, c party.Code, kind string, id int64) error {
	s, err := d.parties.Standing(r, c)
	if err != nil {
		return err
	}
	there := false
	switch kind {
	case "end_representative":
		for _, a := range s.Representatives {
			there = there || a.ID == id
		}
	case "end_contact":
		for _, a := range s.Contacts {
			there = there || a.ID == id
		}
	case "end_pin":
		for _, a := range s.Pins {
			there = there || a.ID == id
		}
	}
	if !there {
		return party.ErrUnknown
	}
	return nil
}
