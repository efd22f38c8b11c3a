package authority

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// eventNoAddress notes a letter that could not be sent, for the officer to see
// to.
const eventNoAddress = "no_address"

// filerPost writes the letters to filers that concern no case.
type filerPost struct {
	letterbox
	events *service.Events
	clock  calendar.Clock
	law    *statute.Table
}

func (w *World) filerPost() filerPost {
	return filerPost{letterbox{w.Letters, w.matrix, w.Parties}, service.NewEvents(w.DB), w.Clock, w.law}
}

// prepared is one letter that has its ids.
type prepared struct {
	filerPost
	letter, event int64
}

// prepare takes the ids of one letter. It is called before the transaction.
func (p filerPost) prepare(ctx context.Context) (one prepared, err error) {
	one.filerPost = p
	if one.letter, err = p.NewIDs(ctx, 1); err != nil {
		return one, err
	}
	one.event, err = p.events.NewIDs(ctx, 1)
	return one, err
}

// send puts the letter to the filer, if what its code has chosen lets the
// message go on paper (R69); only then are its facts asked for.
func (p prepared) send(tx store.Tx, codeID int64, l notice.Letter, facts func() (notice.Facts, error)) error {
	code, found, err := p.parties.ByID(tx, codeID)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("authority: code %d is sent %s and does not stand in the register of parties", codeID, l.Message)
	}
	if !p.matrix.Choose(l.Message, "", "", code.Notice).Paper {
		return nil
	}
	if l.Facts, err = facts(); err != nil {
		return err
	}
	l.ID, l.Recipient = p.letter, filerOf(code)
	reached, err := p.Reaches(tx, l.Day, l.Recipient)
	if err != nil {
		return err
	}
	if !reached {
		return p.events.Append(tx, service.Event{ID: p.event, Service: partyRoom, Case: code.ID, Day: l.Day, At: p.clock.Now(),
			Kind: eventNoAddress, Text: string(l.Message)})
	}
	return p.Put(tx, l)
}

// filerOf is the owner of a party code as the recipient of a letter.
func filerOf(c party.Code) notice.Person {
	return notice.PersonOf(notice.Filer, filing.Party{Name: c.Name, Street: c.Street, PostalCode: c.PostalCode, Town: c.Town})
}

// ofPermit tells a filer that a service is suspended, or no longer is (R21).
func (p filerPost) ofPermit(ctx context.Context) (permit.Teller, error) {
	one, err := p.prepare(ctx)
	return func(tx store.Tx, of permit.Permit, d permit.Decided) error {
		day := calendar.Of(d.At)
		keep, _, err := p.law.Period(statute.KeepOther, day.Time())
		if err != nil {
			return fmt.Errorf("authority: keep a decision about a permit: %w", err)
		}
		l := notice.Letter{Message: notice.SuspensionLifted, Officer: d.By, Day: day, PurgeAfter: calendar.Period(keep).From(day)}
		facts := notice.Facts{"decided": notice.Date(day), "from": notice.Date(day), "services": notice.List(serviceTitle(of.Service))}
		if d.Kind == permit.Suspension {
			l.Message, facts["reason"] = notice.SuspensionNotice, notice.Text(d.Reason)
		}
		return one.send(tx, of.CodeID, l, func() (notice.Facts, error) { return facts, nil })
	}, err
}

// serviceTitle is what letters call a service.
func serviceTitle(s filing.Service) string {
	return map[filing.Service]string{
		filing.PaymentOrder: "Betalningsföreläggande", filing.Enforcement: "Verkställighet",
		filing.Restructuring: "Fordringsanmälan skuldsanering", filing.DebtExtract: "Skuldutdrag",
		filing.CreditExtract: "Utdrag i kreditupplysningssyfte", filing.ProcurementExtract: "Utdrag i upphandlingssyfte",
	}[s]
}
