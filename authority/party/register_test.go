package party_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/identity"
)

const (
	owner    = "5560000167"
	agent    = "5566778899"
	stranger = "5020000000"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

type bench struct {
	t    *testing.T
	db   *store.DB
	room *party.Register
}

// newBench has an owner with the main code ABC and its sub-code AB1.
func newBench(t *testing.T, db *store.DB) bench {
	b := bench{t, db, party.New(db)}
	b.must(b.do(func(tx store.Tx) error {
		for _, number := range []string{owner, agent} {
			if err := b.room.AddOrganisation(tx, party.Organisation{Number: number, Name: "Bolag " + number}); err != nil {
				return err
			}
		}
		return errors.Join(b.room.AddCode(tx, mainCode()), b.room.AddSubCode(tx, subCode()))
	}))
	return b
}

func mainCode() party.Code {
	bankgiro, _ := identity.ParseBankgiro("5050-1055")
	return party.Code{
		ID: 1, Code: "abc", Organisation: owner, Name: "Inkasso Ett", Street: "Gatan 1", PostalCode: "11122", Town: "Stockholm",
		Bankgiro: bankgiro, Phone: "08-1", Email: "a@example.se", Notice: "electronic",
		Delivery: party.Delivery{Address: owner, Mode: party.Pushed, URL: "https://filer.example/shs/rs"},
	}
}

func subCode() party.Code {
	return party.Code{ID: 2, MainID: 1, Code: "AB1", Organisation: owner, Name: "Inkasso Ett Väst", Phone: "031-1"}
}

func (b bench) do(fn func(tx store.Tx) error) error { return b.db.Do(b.t.Context(), fn) }

func (b bench) read(fn func(r store.Reader) error) {
	b.t.Helper()
	b.must(b.db.Read(b.t.Context(), fn))
}

func (b bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b bench) code(text string) (c party.Code, found bool) {
	b.t.Helper()
	b.read(func(r store.Reader) (err error) { c, found, err = b.room.ByCode(r, text); return err })
	return c, found
}

func compare(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b identity.Bankgiro) bool { return a == b }),
		cmp.Comparer(func(a, b identity.Plusgiro) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestByCode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open())
		want := mainCode()
		want.Code, want.MainID = "ABC", 1
		got, found := b.code(" aBc")
		if !found {
			t.Fatal("not found")
		}
		compare(t, want, got)
		for _, other := range []string{"AB", "ABCD", "", "A C", "%"} {
			if c, found := b.code(other); found {
				t.Errorf("%q found %s", other, c.Code)
			}
		}
	})
}

// R62: what a sub-code lacks comes from its main code, also after a change of
// that; R14: a change takes effect at once.
func TestSubCodeIsFilledFromMainCode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open())
		moved := mainCode()
		moved.Town, moved.Delivery.Mode = "Göteborg", party.Fetched
		b.must(b.do(func(tx store.Tx) error { return b.room.UpdateCode(tx, moved) }))
		want := moved
		want.ID, want.MainID, want.Code, want.Name, want.Phone = 2, 1, "AB1", "Inkasso Ett Väst", "031-1"
		got, _ := b.code("AB1")
		compare(t, want, got)
		if got.IsMain() {
			t.Error("a sub-code says it is a main code")
		}
	})
}

func TestAddCodeRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		code party.Code
		sub  bool
		want error
	}{
		"taken":                  {code: party.Code{ID: 3, Code: "ab1", Organisation: owner}, want: party.ErrTaken},
		"main code of another":   {code: party.Code{ID: 3, MainID: 1, Code: "XYZ", Organisation: agent}, sub: true, want: party.ErrMainCode},
		"sub-code of a sub-code": {code: party.Code{ID: 3, MainID: 2, Code: "XYZ", Organisation: owner}, sub: true, want: party.ErrMainCode},
		"sub-code of nothing":    {code: party.Code{ID: 3, MainID: 9, Code: "XYZ", Organisation: owner}, sub: true, want: party.ErrMainCode},
		"sub-code of itself":     {code: party.Code{ID: 1, MainID: 1, Code: "XYZ", Organisation: owner}, sub: true, want: party.ErrMainCode},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, open func() *store.DB) {
				b := newBench(t, open())
				add := b.room.AddCode
				if test.sub {
					add = b.room.AddSubCode
				}
				if err := b.do(func(tx store.Tx) error { return add(tx, test.code) }); !errors.Is(err, test.want) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestMayActFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		organisation, code, day string
		want                    party.Reason
		may                     bool
	}{
		"owner":                   {owner, "ABC", "2020-01-01", party.IsOwner, true},
		"representative":          {agent, "ABC", "2026-11-23", party.IsRepresentative, true},
		"of the main code":        {agent, "AB1", "2026-11-23", party.IsRepresentative, true},
		"on the first day":        {agent, "ABC", "2026-11-01", party.IsRepresentative, true},
		"on the last day":         {agent, "ABC", "2026-11-30", party.IsRepresentative, true},
		"before":                  {agent, "ABC", "2026-10-31", party.NotYet, false},
		"after":                   {agent, "ABC", "2026-12-01", party.Ended, false},
		"stranger":                {stranger, "ABC", "2026-11-23", party.Stranger, false},
		"longer number of a like": {owner + "1", "ABC", "2026-11-23", party.Stranger, false},
		"beginning of the number": {owner[:9], "ABC", "2026-11-23", party.Stranger, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, open func() *store.DB) {
				b := newBench(t, open())
				b.must(b.do(func(tx store.Tx) error {
					return errors.Join(
						b.room.AddRepresentative(tx, party.Representative{ID: 5, CodeID: 1, Organisation: agent, From: day("2026-11-01")}),
						b.room.EndRepresentative(tx, 5, day("2026-11-30")))
				}))
				c, _ := b.code(test.code)
				var may bool
				var why party.Reason
				b.read(func(r store.Reader) (err error) {
					may, why, err = b.room.MayActFor(r, test.organisation, c, day(test.day))
					return err
				})
				if may != test.may || why != test.want {
					t.Errorf("got %t, %s", may, why)
				}
			})
		})
	}
}

func TestMaySendFor(t *testing.T) {
	t.Parallel()
	const node = "5590000001"
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open())
		b.must(b.do(func(tx store.Tx) error {
			return errors.Join(
				b.room.AddRelay(tx, party.Relay{ID: 6, Node: node, Actor: owner, From: day("2026-11-01"), Last: day("2026-11-30")}),
				b.room.AddRepresentative(tx, party.Representative{ID: 7, CodeID: 2, Organisation: agent, From: day("2026-11-01")}))
		}))
		for _, test := range []struct {
			certificate, sender, day string
			want                     bool
		}{
			{stranger, stranger, "2026-11-23", true},
			{node, owner, "2026-11-23", true},
			{node, owner, "2026-12-01", false},
			{node, agent, "2026-11-23", false},
			{owner, node, "2026-11-23", false},
			{agent, owner, "2026-11-23", true},
			{agent, owner, "2026-10-31", false},
			{stranger, owner, "2026-11-23", false},
		} {
			var got bool
			b.read(func(r store.Reader) (err error) {
				got, err = b.room.MaySendFor(r, test.certificate, test.sender, day(test.day))
				return err
			})
			if got != test.want {
				t.Errorf("%s for %s on %s: got %t", test.certificate, test.sender, test.day, got)
			}
		}
	})
}

// Two certificates may be held during a change (trap 10).
func TestPinned(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open())
		b.must(b.do(func(tx store.Tx) error {
			return errors.Join(
				b.room.PinCertificate(tx, party.Pin{ID: 8, Organisation: owner, SPKI: "old", From: day("2026-01-01")}),
				b.room.PinCertificate(tx, party.Pin{ID: 9, Organisation: owner, SPKI: "new", From: day("2026-11-20")}),
				b.room.EndPin(tx, 8, day("2026-11-30")))
		}))
		for _, test := range []struct {
			organisation, spki, day string
			want                    bool
		}{
			{owner, "old", "2026-11-23", true}, {owner, "new", "2026-11-23", true}, {owner, "other", "2026-11-23", false},
			{owner, "old", "2026-12-01", false}, {owner, "new", "2026-11-01", false}, {owner, "other", "2025-12-31", true},
			{agent, "other", "2026-11-23", true},
		} {
			var got bool
			b.read(func(r store.Reader) (err error) {
				got, err = b.room.Pinned(r, test.organisation, test.spki, day(test.day))
				return err
			})
			if got != test.want {
				t.Errorf("%s of %s on %s: got %t", test.spki, test.organisation, test.day, got)
			}
		}
	})
}

func TestListsAndContacts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open())
		contact := party.Contact{ID: 10, CodeID: 1, Role: "system developer", Name: "N. N.", Phone: "08-2", Email: "dev@example.se"}
		b.must(b.do(func(tx store.Tx) error { return b.room.AddContact(tx, contact) }))
		var contacts []party.Contact
		var first, second, owned []party.Code
		var organisation party.Organisation
		b.read(func(r store.Reader) (err error) {
			contacts, err = b.room.Contacts(r, 1)
			b.must(err)
			first, err = b.room.Codes(r, "", 1)
			b.must(err)
			second, err = b.room.Codes(r, first[0].Code, 10)
			b.must(err)
			owned, err = b.room.CodesOf(r, owner)
			b.must(err)
			organisation, _, err = b.room.Organisation(r, owner)
			return err
		})
		compare(t, []party.Contact{contact}, contacts)
		compare(t, party.Organisation{Number: owner, Name: "Bolag " + owner}, organisation)
		if len(first) != 1 || first[0].Code != "AB1" || len(second) != 1 || second[0].Code != "ABC" || len(owned) != 2 {
			t.Errorf("got %v, %v, %v", first, second, owned)
		}
	})
}

// What is ended is hidden at once and deleted when its time has passed.
func TestContactsAreEndedAndPurged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open())
		b.must(b.do(func(tx store.Tx) error {
			for id := range int64(4) {
				if err := b.room.AddContact(tx, party.Contact{ID: 20 + id, CodeID: 1, Role: "contact", Name: "N. N."}); err != nil {
					return err
				}
			}
			return errors.Join(b.room.EndContact(tx, 20, day("2026-11-22")), b.room.EndContact(tx, 21, day("2026-11-22")),
				b.room.EndContact(tx, 22, day("2026-11-23")))
		}))
		var shown []party.Contact
		b.read(func(r store.Reader) (err error) { shown, err = b.room.Contacts(r, 1); return err })
		if len(shown) != 1 || shown[0].ID != 23 {
			t.Errorf("shown are %v", shown)
		}
		for i, want := range []int{1, 1, 0} {
			var n int
			b.must(b.do(func(tx store.Tx) (err error) { n, err = b.room.Purge(tx, day("2026-11-23"), 1); return err }))
			if n != want {
				t.Errorf("purge %d deleted %d", i, n)
			}
		}
	})
}
