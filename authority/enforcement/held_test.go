package enforcement_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

// waiting is an approved file that is not read in yet.
func (b *bench) waiting(all ...*filing.EnforcementApplication) (service.File, []service.Document) {
	f, docs := b.file(filing.VEApplication, len(all)), documents(all...)
	b.shelf[f.ID] = docs
	return f, docs
}

// unread makes documents of a file about applications that are not read in.
func unread[C filing.Content](f service.File, all ...C) []service.Document {
	docs := documents(all...)
	for i := range docs {
		docs[i].Unread, docs[i].UnreadIn = f.ID, filing.VEApplication
	}
	return docs
}

// lodgeParty verifies and applies changes of party data.
func (b *bench) lodgeParty(docs []service.Document) service.Judgement {
	b.Helper()
	f := b.file(filing.XXPartyChange, len(docs))
	b.shelf[f.ID] = docs
	j := b.judgeParty(f, docs)
	refused := map[int64]bool{}
	for _, e := range j.Errors {
		refused[int64(e.Document)] = true
	}
	var good []service.Document
	for _, d := range docs {
		if !refused[d.Number] {
			good = append(good, d)
		}
	}
	b.do(b.room.ApplyPartyChange(b.Context(), f, good))
	return j
}

// Changes of party data that come before the application is read in are held,
// and the cases begin with them (R70).
func TestPartyChangesBeforeReadIn(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(application("A", 1, 2), application("B", 3), application("C", 4), application("D", 5))
		key := func(reference string) filing.CaseKey {
			return filing.CaseKey{Sequence: f.Sequence, Reference: reference}
		}
		b.lodge(b.file(filing.VEChange, 1), unread(f, &filing.Change{CaseKey: key("C"), Kind: filing.ChangeWithdrawal}))
		buyer := filing.Party{Identity: filingtest.Number("16559999303"), Name: "Nyfordran AB", Town: "Provköping"}
		assigned := &filing.PartyChange{CaseKey: key("B"), Kind: filing.ChangedCreditor, NewCreditor: &buyer, Assignment: &filing.Assignment{
			From: filing.Person{Identity: company().Identity, Name: company().Name}, To: filing.Person{Identity: buyer.Identity, Name: buyer.Name}, Date: b.today()}}
		another := relocated(key("D"), 5) // the only debtor is not named, and the data are another's
		another.Respondent, another.Party.Identity = identity.Number{}, person(9)
		elsewhere := relocated(key("A"), 2)
		elsewhere.Party.Street = "Andra vägen 4"
		j := b.lodgeParty(unread(f, relocated(key("A"), 2), relocated(key("A"), 2), elsewhere, assigned, relocated(key("A"), 9), relocated(key("C"), 4), another))
		if diff := cmp.Diff([]filing.Code{"D350", "D351", "D352"}, codes(j)); diff != "" || j.Notes[1].Effect != service.Held {
			b.Fatalf("%s\n%+v", diff, j)
		}
		_, err := b.room.Apply(b.Context(), f, docs) // broken off
		b.must(err)
		b.apply(f, docs)
		first := docs[0].Content.(*filing.EnforcementApplication)
		if first.Respondents[1].Street != "Provvägen 2" {
			b.Error("the document was changed")
		}
		for i, want := range []string{"Provvägen 2", "Nya vägen 3"} {
			if got := b.text(`SELECT street FROM enforcement_party WHERE role = 'respondent' AND position = $1 AND application_id =
				(SELECT application_id FROM enforcement_case WHERE number = $2)`, i+1, b.find("A")[i].Number); got != want {
				b.Errorf("debtor %d lives at %s", i+1, got)
			}
		}
		if diff := cmp.Diff([]string{"registered", "held_not_applicable"}, b.told(b.find("A")[0].Number)); diff != "" {
			b.Error(diff)
		}
		b.read(func(r store.Reader) error {
			events, err := b.room.Story(r, b.find("A")[0].Number)
			if diff := cmp.Diff(noted(string(filing.ChangedAddress), "D347"), events[len(events)-1].Text); diff != "" {
				b.Error(diff)
			}
			return err
		})
		_, lines := b.written(b.confirmation(f))
		if c := lines[0].(*filing.ConfirmedEnforcement); !c.HeldRefused || c.HeldCode != "D347" {
			b.Errorf("confirmed %+v", c)
		}
		if diff := cmp.Diff([]string{"registered", "address_changed"}, b.told(b.find("A")[1].Number)); diff != "" {
			b.Error(diff)
		}
		if diff := cmp.Diff([]string{"registered", "held_not_applicable"}, b.told(b.one("D").Number)); diff != "" {
			b.Error(diff)
		}
		sold := b.one("B")
		if got := b.text(`SELECT p.name FROM enforcement_party p JOIN enforcement_case c ON c.application_id = p.application_id
			WHERE p.role = 'applicant' AND c.number = $1`, sold.Number); got != buyer.Name || sold.State != enforcement.AwaitingDocuments {
			b.Errorf("%s has the claim, and the case is %s", got, sold.State)
		}
		if got := b.text(`SELECT to_name FROM enforcement_assignment`); got != buyer.Name {
			b.Errorf("assigned to %s", got)
		}
	})
}

func (b *bench) text(query string, args ...any) (text string) {
	b.Helper()
	b.read(func(r store.Reader) error { return r.QueryRow(query, args...).Scan(&text) })
	return text
}

// told are the kinds of the events of a case.
func (b *bench) told(number string) (kinds []string) {
	b.Helper()
	b.read(func(r store.Reader) error {
		events, err := b.room.Story(r, number)
		kinds = kinds[:0]
		for _, e := range events {
			kinds = append(kinds, e.Kind)
		}
		return err
	})
	return kinds
}

// A held change that names somebody who is no party is told in the confirmation
// and not made, and takes nothing from one that names nobody.
func TestHeldChangeOfStrangers(t *testing.T) {
	stranger := filingtest.Number("19900909981")
	for name, strange := range map[string]filing.CaseKey{
		"D348": {Applicant: stranger},
		"D347": {Respondent: stranger},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				f, docs := b.waiting(application("A", 1), application("B", 2))
				lodge := func(reference string, names filing.CaseKey) service.Effect {
					names.Sequence, names.Reference = f.Sequence, reference
					return b.lodge(b.file(filing.VEChange, 1), unread(f, &filing.Change{CaseKey: names, Kind: filing.ChangeWithdrawal})).Notes[1].Effect
				}
				effects := []service.Effect{lodge("A", strange), lodge("A", strange), lodge("B", strange), lodge("B", filing.CaseKey{}), lodge("B", strange)}
				want := []service.Effect{service.Held, service.Already, service.Held, service.Held, service.Already}
				if diff := cmp.Diff(want, effects); diff != "" {
					b.Error(diff)
				}
				b.apply(f, docs)
				_, lines := b.written(b.confirmation(f))
				for i, want := range []filing.ConfirmedState{filing.StateRegistered, filing.StateDiscontinued} {
					if c := lines[i].(*filing.ConfirmedEnforcement); c.State != want || !c.HeldRefused || c.HeldCode != name {
						b.Errorf("confirmed %+v", c)
					}
				}
				if diff := cmp.Diff(slices.Repeat([]string{noted(string(filing.ChangeWithdrawal), name)}, 2), b.unmade("A")); diff != "" {
					b.Error(diff)
				}
			})
		})
	}
}

// The same within one file.
func TestHeldChangesOfOneFile(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(application("A", 1))
		right := filing.CaseKey{Sequence: f.Sequence, Reference: "A"}
		strange := right
		strange.Applicant = filingtest.Number("19900909981")
		j := b.lodge(b.file(filing.VEChange, 2), unread(f, &filing.Change{CaseKey: strange, Kind: filing.ChangeWithdrawal},
			&filing.Change{CaseKey: right, Kind: filing.ChangeWithdrawal}))
		if len(j.Errors) > 0 || j.Notes[2].Effect != service.Held {
			b.Errorf("%+v", j)
		}
		b.apply(f, docs)
		if c := b.one("A"); b.state(c.Number) != enforcement.Closed {
			b.Errorf("%s is not withdrawn", c.Number)
		}
	})
}

// A filer takes back lines of an approved file, or all of it, before it is read
// in.
func TestStop(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(application("A", 1), application("B", 2, 3), application("C", 4))
		stop := func(f service.File, references ...string) error {
			return b.room.Stop(b.Context(), officer, f.ID, references...)
		}
		b.must(stop(f, "B"))
		b.must(stop(f, "B")) // is so already
		b.wantRefusal("a stranger", stop(f, "X"), "unknown_reference")
		b.wantRefusal("no reason", b.room.Stop(b.Context(), service.Officer{Name: "x"}, f.ID), "no_reason")
		again := b.lodge(b.file(filing.VEChange, 2), unread(f,
			&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "B"}, Kind: filing.ChangeWithdrawal},
			&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "B"}, Kind: filing.ChangeAmount, Amount: 100_00}))
		if diff := cmp.Diff([]filing.Code{"D352"}, codes(again)); diff != "" || again.Notes[1].Effect != service.Already {
			b.Errorf("of what is stopped: %s, %+v", diff, again)
		}
		b.apply(f, docs[:2])
		b.wantRefusal("the file", stop(f), "read_in")
		b.wantRefusal("a line", stop(f, "A"), "read_in")
		b.must(stop(f, "C"))
		b.apply(f, docs[2:])
		var states []filing.ConfirmedState
		_, lines := b.written(b.confirmation(f))
		for _, l := range lines {
			c := l.(*filing.ConfirmedEnforcement)
			states = append(states, c.State)
			if c.State == filing.StateDiscontinued && c.Fee != 0 {
				b.Errorf("a fee of %s for what was stopped", c.Fee)
			}
		}
		const gone = filing.StateDiscontinued
		if diff := cmp.Diff([]filing.ConfirmedState{filing.StateRegistered, gone, gone, gone}, states); diff != "" {
			b.Error(diff)
		}
		whole, all := b.waiting(application("D", 5), application("E", 6))
		b.must(stop(whole))
		b.apply(whole, all[:1])
		b.apply(whole, all[1:])
		for _, reference := range []string{"D", "E"} {
			c := b.one(reference)
			var story []service.Event
			b.read(func(r store.Reader) (err error) {
				story, err = b.room.Story(r, c.Number)
				return err
			})
			if c.State != enforcement.Closed || c.Reason != filing.FinalWithdrawn || story[1].By != officer {
				b.Errorf("%s is %s, %s: %+v", reference, c.State, c.Reason, story)
			}
		}
	})
}

// What is held after an assignment that is held too must name the new creditor
// (R70).
func TestHeldAfterAnAssignment(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(application("A", 1), application("B", 2))
		buyer := filing.Party{Identity: filingtest.Number("16559999303"), Name: "Nyfordran AB", Town: "Provköping"}
		var changes []*filing.PartyChange
		for _, reference := range []string{"A", "B"} {
			changes = append(changes, &filing.PartyChange{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: reference},
				Kind: filing.ChangedCreditor, NewCreditor: &buyer, Assignment: &filing.Assignment{
					From: filing.Person{Identity: company().Identity, Name: company().Name},
					To:   filing.Person{Identity: buyer.Identity, Name: buyer.Name}, Date: b.today(), Deposited: "D1"}})
		}
		b.lodgeParty(unread(f, changes...))
		for reference, applicant := range map[string]identity.Number{"A": buyer.Identity, "B": company().Identity} {
			k := filing.CaseKey{Sequence: f.Sequence, Reference: reference, Applicant: applicant}
			b.lodge(b.file(filing.VEChange, 1), unread(f, &filing.Change{CaseKey: k, Kind: filing.ChangeWithdrawal}))
		}
		b.apply(f, docs)
		for reference, want := range map[string][]string{
			"A": {"registered", "withdrawn", "assignment_changed"},
			"B": {"registered", "assignment_changed", "held_not_applicable"},
		} {
			if diff := cmp.Diff(want, b.told(b.one(reference).Number)); diff != "" {
				b.Errorf("%s: %s", reference, diff)
			}
		}
	})
}

// What is held takes effect in the order in which it came, whatever the ids of
// its files.
func TestHeldInTheOrderOfTime(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(application("A", 1))
		for i, amount := range []money.Amount{900_00, 700_00} {
			b.clock.Set(b.clock.Now().Add(time.Second))
			by := b.file(filing.VEChange, 1)
			by.ID = int64(100 - i)
			b.lodge(by, unread(f, &filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: "A"}, Kind: filing.ChangeAmount, Amount: amount}))
		}
		b.apply(f, docs)
		if diff := cmp.Diff([]string{"registered", "amount_changed", "amount_changed"}, b.told(b.one("A").Number)); diff != "" {
			b.Error(diff)
		}
	})
}
