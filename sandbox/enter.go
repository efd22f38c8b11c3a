package sandbox

import (
	"context"
	"fmt"

	"filtjanst/authority"
	"filtjanst/authority/extract"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// founder enters what a sandbox has from the beginning.
var founder = service.Officer{Name: "sandbox", Reason: "sandbox"}

// register enters the filers with codes, permits, extensions and subscriptions
// in a world. What is there stays as it is, but for the address of a filer's
// own node, whose port may be another after a restart.
func register(ctx context.Context, w *authority.World, filers []Filer, nodes map[string]string) error {
	for _, f := range filers {
		if err := f.register(ctx, w, nodes[f.Code]); err != nil {
			return fmt.Errorf("filer %s: %w", f.Code, err)
		}
	}
	return nil
}

func (f Filer) register(ctx context.Context, w *authority.World, node string) error {
	known, err := enteredCode(ctx, w, f.Code)
	if err == nil && known.ID == 0 {
		known, err = addCode(ctx, w, f, node)
	}
	if err == nil {
		err = moveNode(ctx, w, known, node)
	}
	if err != nil {
		return err
	}
	return f.enter(ctx, w, known)
}

func enteredCode(ctx context.Context, w *authority.World, code string) (known party.Code, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) (err error) {
		known, _, err = w.Parties.ByCode(r, code)
		return err
	})
	return known, err
}

func addCode(ctx context.Context, w *authority.World, f Filer, node string) (party.Code, error) {
	id, err := w.Parties.NewIDs(ctx, 1)
	if err != nil {
		return party.Code{}, err
	}
	code, err := f.code(id, node)
	if err != nil {
		return code, err
	}
	return code, w.DB.Do(ctx, func(tx store.Tx) error {
		if err := w.Parties.AddOrganisation(tx, party.Organisation{Number: f.Organisation, Name: f.Name}); err != nil {
			return err
		}
		return w.Parties.AddCode(tx, code)
	})
}

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
		ID: id, MainID: id, Code: f.Code, Organisation: f.Organisation, Name: f.Name,
		Street: "Provgatan 1", PostalCode: "12345", Town: "Provköping", Bankgiro: giro,
		Phone: "010000001", Email: "arenden@example.com", Notice: filing.NoticeElectronic,
		Delivery: party.Delivery{Address: f.Organisation, Mode: party.Fetched},
	}
	if node != "" {
		c.Delivery.Mode, c.Delivery.URL = party.Pushed, node
	}
	return c, err
}

// enter gives a code its permits, extensions and subscriptions, those that it
// has never had.
func (f Filer) enter(ctx context.Context, w *authority.World, c party.Code) error {
	for _, l := range f.Permits {
		if err := grant(ctx, w, c, l); err != nil {
			return err
		}
	}
	if f.Extensions {
		if err := switchOn(ctx, w, c); err != nil {
			return err
		}
	}
	for _, s := range f.Subscriptions {
		if err := subscribe(ctx, w, c, s); err != nil {
			return err
		}
	}
	return nil
}

func grant(ctx context.Context, w *authority.World, c party.Code, l Leave) error {
	had := false
	err := w.DB.Read(ctx, func(r store.Reader) (err error) {
		_, had, err = w.Permits.Of(r, c.ID, l.Service)
		return err
	})
	if err != nil || had {
		return err
	}
	id, err := w.Permits.NewIDs(ctx, 2)
	if err != nil {
		return err
	}
	granted := permit.Permit{ID: id, CodeID: c.ID, Service: l.Service, Scope: l.Scope, From: calendar.Today(w.Clock).AddDays(-365)}
	act := permit.Act{ID: id + 1, Reason: founder.Reason, By: founder.Name, At: w.Clock.Now()}
	return w.DB.Do(ctx, func(tx store.Tx) error {
		_, err := w.Permits.Grant(tx, granted, act)
		return err
	})
}

// switchOn switches on the extensions about which nothing has been decided for
// the code.
func switchOn(ctx context.Context, w *authority.World, c party.Code) error {
	decided := map[filing.Transaction]bool{}
	err := w.DB.Read(ctx, func(r store.Reader) error {
		all, err := w.Permits.Switches(r, c.ID)
		for _, s := range all {
			decided[s.Transaction] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, tx := range extensions() {
		if decided[tx] {
			continue
		}
		if err := w.Permits.SwitchOn(ctx, founder, c.ID, tx, w.Clock.Now()); err != nil {
			return err
		}
	}
	return nil
}

func subscribe(ctx context.Context, w *authority.World, c party.Code, s Subscription) error {
	had, err := subscribed(ctx, w, c, s.Extract)
	if err != nil || had {
		return err
	}
	_, err = w.Extracts.Subscribe(ctx, founder, extract.Subscription{CodeID: c.ID, MainCodeID: c.MainID, Code: c.Code, Extract: s.Extract, Schedule: s.Schedule})
	return err
}

func subscribed(ctx context.Context, w *authority.World, c party.Code, tx filing.Transaction) (had bool, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		all, err := w.Extracts.Subscriptions(r)
		for _, s := range all {
			had = had || s.CodeID == c.ID && s.Extract == tx
		}
		return err
	})
	return had, err
}
