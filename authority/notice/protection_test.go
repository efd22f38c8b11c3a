package notice

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

var registrar = service.Officer{Name: "handläggare 3", Reason: "besked från Skatteverket"}

func (r *room) protect(p Protection) {
	r.Helper()
	r.do(func(tx store.Tx) error { return r.Protect(tx, p, registrar, noon) })
}

func (r *room) lift(person identity.Number) {
	r.Helper()
	r.do(func(tx store.Tx) error { return r.Lift(tx, person, registrar, noon) })
}

// ofPerson is an order to answer under an id, as any room puts one: it does not
// know who is protected.
func (r *room) ofPerson(id int64) Letter { return r.letter("bf.order_to_answer/respondent", id) }

func (r *room) putAll(all ...Letter) {
	r.Helper()
	r.do(func(tx store.Tx) error { return r.Put(tx, all...) })
}

// Whoever is in the register is protected in every letter put, whatever room
// puts it; when the protection is lifted, in those put before.
func TestTheRegisterIsAskedWhenALetterIsPut(t *testing.T) {
	eachRoom(t, func(r *room) {
		before, named := r.ofPerson(1), r.letter("sc.creditor_call/creditor", 2)
		who := before.Recipient.Identity
		r.protect(Protection{Person: who})
		r.putAll(before, named)
		r.holdsNoAddress(before.Recipient.Address)
		r.lift(who)
		r.putAll(r.ofPerson(3))
		routes := []Route{r.get(1).Route(), r.get(2).Route(), r.get(3).Route()}
		if diff := cmp.Diff([]Route{Forwarded, Post, Post}, routes); diff != "" {
			r.Error(diff)
		}
		if r.get(1).Recipient.Street != "" || !r.get(2).Parties[0].Protected || r.get(3).Recipient.Street == "" {
			r.Error("the addresses are not as the protection was when the letters were put")
		}
	})
}

// A letter to a protected person needs no address.
func TestAProtectedPersonIsReachedWithoutAddress(t *testing.T) {
	eachRoom(t, func(r *room) {
		l := r.ofPerson(1)
		l.Recipient.Address = Address{}
		day := calendar.Of(noon)
		reaches := func(day calendar.Day, p Person) (ok bool) {
			r.must(r.db.Read(r.Context(), func(rd store.Reader) (err error) {
				ok, err = r.Reaches(rd, day, p)
				return err
			}))
			return ok
		}
		if reaches(day, l.Recipient) {
			r.Error("a person without address is reached")
		}
		r.protect(Protection{Person: l.Recipient.Identity, Until: day.AddDays(3)})
		if !reaches(day.AddDays(3), l.Recipient) || reaches(day.AddDays(4), l.Recipient) {
			r.Error("the protection does not hold to its last day, and no longer")
		}
		r.putAll(l)
		if r.get(1).Route() != Forwarded {
			r.Error("the letter is not forwarded")
		}
	})
}

// Who acts for a protected person shares its protection, unless it is an
// organisation.
func TestWhoActsForAProtectedPerson(t *testing.T) {
	eachRoom(t, func(r *room) {
		who := r.ofPerson(1).Recipient.Identity
		parent, firm := r.letter("bf.order_to_answer/legal_representative", 1), r.letter("bf.order_to_answer/legal_representative", 2)
		firm.Recipient.Identity = parsed(r, "165560000167")
		firm.Recipient.ActsFor, parent.Recipient.ActsFor = who, who
		later := parent
		later.ID = 3
		r.putAll(parent, firm)
		r.protect(Protection{Person: who})
		r.putAll(later)
		got := []Route{r.get(1).Route(), r.get(2).Route(), r.get(3).Route()}
		if diff := cmp.Diff([]Route{Forwarded, Post, Forwarded}, got); diff != "" {
			r.Error(diff)
		}
	})
}

// A letter and a protection may be put in two transactions that do not see each
// other; the letter is protected before it is offered.
func TestALetterThatMissedTheRegisterIsProtectedWhenOffered(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.putAll(r.ofPerson(1))
		address := r.get(1).Recipient.Address
		r.do(func(tx store.Tx) error {
			_, err := tx.Exec(`INSERT INTO notice_protection (identity, number, from_day, begun, begun_by, begun_reason, ended_by, ended_reason)
				VALUES ($1, 1, '2026-12-01', 0, '', '', '', '')`, store.Identity(r.ofPerson(1).Recipient.Identity))
			return err
		})
		items, err := r.Fetch(r.Context(), 1)
		r.must(err)
		if len(items) != 1 || items[0].Route() != Forwarded || items[0].Recipient.Street != "" {
			r.Error("the letter was offered with its address")
		}
		r.holdsNoAddress(address)
	})
}

func TestProtectionsAreTold(t *testing.T) {
	eachRoom(t, func(r *room) {
		who, day := r.ofPerson(1).Recipient.Identity, calendar.Of(noon)
		r.protect(Protection{Person: who, From: day.AddDays(-5), Until: day.AddDays(30)})
		r.protect(Protection{Person: who})
		r.lift(who)
		var got []Protection
		r.must(r.db.Read(r.Context(), func(rd store.Reader) (err error) {
			got, err = r.Protections(rd, who)
			return err
		}))
		one := Protection{Person: who, Begun: noon, BegunBy: registrar, Lifted: noon, LiftedBy: registrar}
		first, second := one, one
		first.From, first.Until = day.AddDays(-5), day.AddDays(30)
		second.From = day
		if diff := cmp.Diff([]Protection{first, second}, got, cmp.Comparer(func(a, b identity.Number) bool { return a == b })); diff != "" {
			r.Error(diff)
		}
		_, err := r.Purge(r.Context(), day.AddMonths(12*protectionKept).AddDays(1))
		r.must(err)
		r.must(r.db.Read(r.Context(), func(rd store.Reader) (err error) {
			got, err = r.Protections(rd, who)
			return err
		}))
		if len(got) != 0 {
			r.Errorf("%d protections are kept for ever", len(got))
		}
	})
}

func TestProtectionsThatCannotBe(t *testing.T) {
	eachRoom(t, func(r *room) {
		who, day := r.ofPerson(1).Recipient.Identity, calendar.Of(noon)
		for name, p := range map[string]Protection{
			"nobody": {}, "organisation": {Person: parsed(r, "165560000167")}, "begins later": {Person: who, From: day.AddDays(1)},
			"is over": {Person: who, Until: day.AddDays(-1)},
		} {
			err := r.db.Do(r.Context(), func(tx store.Tx) error { return r.Protect(tx, p, registrar, noon) })
			if _, refused := service.RefusedAs(err); !refused {
				r.Errorf("%s: %v", name, err)
			}
		}
		err := r.db.Do(r.Context(), func(tx store.Tx) error { return r.Lift(tx, who, registrar, noon.Add(time.Hour)) })
		r.allowed(false, err)
	})
}

func TestProtectionActs(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.putAll(r.ofPerson(1))
		do := func(name string, by service.Officer, given map[string]string) error {
			for _, a := range r.Acts() {
				if a.Name != name {
					continue
				}
				v, err := service.NewValues(a, given, calendar.Of(noon))
				if err != nil {
					return err
				}
				return a.Do(r.Context(), by, "", v)
			}
			r.Fatalf("there is no act %s", name)
			return nil
		}
		person := map[string]string{"person": "900602-2397"}
		r.allowed(false, do("protect", service.Officer{Name: "h"}, person))
		r.allowed(false, do("protect", registrar, map[string]string{"person": "900602-2398"}))
		r.must(do("protect", registrar, person))
		if r.get(1).Route() != Forwarded {
			r.Error("the letter in the queue is not forwarded")
		}
		r.must(do("lift_protection", registrar, person))
		err := do("lift_protection", registrar, person)
		r.allowed(false, err)
		if strings.Contains(err.Error(), "2397") {
			r.Error("the refusal tells the number")
		}
	})
}
