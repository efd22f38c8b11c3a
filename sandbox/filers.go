package sandbox

import (
	"context"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// AuthorityNumber is the organisation number that the sandbox's authority
// goes under. It is made up.
const AuthorityNumber = "2021000001"

// Filer is one of the made-up filers.
type Filer struct {
	Code         string
	Organisation string // ten digits; ends a series that is not in use
	Name         string
	Channel      string // in its ready configuration
	OwnNode      bool   // answers are pushed to its own SHS node
	Clients      string // client master; "" = the shipped example
	Bankgiro     string
}

// Filers are the filers of every sandbox: a debt collector that fetches over
// SHS, a company that claims for itself over e-transport, and a bank with an
// SHS node of its own.
func Filers() []Filer {
	return []Filer{
		{Code: "ABC", Organisation: "5599991014", Name: "Testinkasso AB", Channel: "shs", Bankgiro: "9912346"},
		{Code: "DEF", Organisation: "5599991022", Name: "Exempelhandel AB", Channel: "e-transport", Clients: ownClaims, Bankgiro: "9912346"},
		{Code: "GHI", Organisation: "5599991030", Name: "Testbanken AB", Channel: "shs", OwnNode: true, Bankgiro: "9912346"},
	}
}

// ownClaims is the client master of a filer that claims for itself.
const ownClaims = `# This filer claims for itself: it is its own and only client.

[[client]]
number = "1042"
name = "Exempelhandel AB"
organisation = "5599991022"
street = "Testvägen 5"
postal_code = "12345"
town = "Provköping"
`

// register enters the filers with their codes and permits in a world, unless
// they are there.
func register(ctx context.Context, w *authority.World, filers []Filer, nodes map[string]string) error {
	today := calendar.Of(w.Clock.Now())
	for _, f := range filers {
		if err := registerOne(ctx, w, f, nodes[f.Code], today); err != nil {
			return err
		}
	}
	return nil
}

func registerOne(ctx context.Context, w *authority.World, f Filer, node string, today calendar.Day) error {
	known := party.Code{}
	err := w.DB.Read(ctx, func(r store.Reader) (err error) {
		known, _, err = w.Parties.ByCode(r, f.Code)
		return err
	})
	if err != nil {
		return err
	}
	if known.ID != 0 {
		return moveNode(ctx, w, known, node)
	}
	codeID, err := w.Parties.NewIDs(ctx, 1)
	if err != nil {
		return err
	}
	permitIDs, err := w.Permits.NewIDs(ctx, 2)
	if err != nil {
		return err
	}
	code, err := f.code(codeID, node)
	if err != nil {
		return err
	}
	granted := permit.Permit{ID: permitIDs, CodeID: codeID, Service: filing.PaymentOrder, From: today.AddDays(-365)}
	act := permit.Act{ID: permitIDs + 1, Reason: "sandbox", By: "sandbox", At: w.Clock.Now()}
	return w.DB.Do(ctx, func(tx store.Tx) error {
		if err := w.Parties.AddOrganisation(tx, party.Organisation{Number: f.Organisation, Name: f.Name}); err != nil {
			return err
		}
		if err := w.Parties.AddCode(tx, code); err != nil {
			return err
		}
		_, err := w.Permits.Grant(tx, granted, act)
		return err
	})
}

// moveNode keeps the address of a filer's own node, whose port may be another
// after a restart.
func moveNode(ctx context.Context, w *authority.World, c party.Code, node string) error {
	if node == "" || c.Delivery.URL == node {
		return nil
	}
	c.Delivery.URL = node
	return w.DB.Do(ctx, func(tx store.Tx) error { return w.Parties.UpdateCode(tx, c) })
}

func (f Filer) code(id int64, node string) (party.Code, error) {
	giro, err := identity.ParseBankgiro(f.Bankgiro)
	c := party.Code{
		ID: id, Code: f.Code, Organisation: f.Organisation, Name: f.Name,
		Street: "Provgatan 1", PostalCode: "12345", Town: "Provköping", Bankgiro: giro,
		Phone: "010000001", Email: "arenden@example.com", Notice: filing.NoticeElectronic,
		Delivery: party.Delivery{Address: f.Organisation, Mode: party.Fetched},
	}
	if node != "" {
		c.Delivery.Mode, c.Delivery.URL = party.Pushed, node
	}
	return c, err
}

// now is the wall time, in which certificates live.
func now() time.Time { return time.Now() }
