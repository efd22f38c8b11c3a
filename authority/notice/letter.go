package notice

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Swedish is the language of letters; there is no other yet.
const Swedish = "sv"

// Letter is one letter to one recipient.
type Letter struct {
	ID         int64
	Message    Message
	CaseNumber string // målnummer; "" if it concerns no case
	Reference  string // the recipient's own reference
	Officer    string // handläggare; "" if nobody in person
	Recipient  Person
	Parties    []Person // whom the letter names
	Language   string   // "" = Swedish
	Day        calendar.Day
	Facts      Facts
	PurgeAfter calendar.Day // last day of keeping; zero: set by KeepUntil when the case closes
}

// Person is the recipient of a letter, or a party it names.
type Person struct {
	Role     Role
	Name     string
	Identity identity.Number // may be zero
	Address
	// ActsFor is whom a recipient acts for (ställföreträdare); zero for one who
	// acts for itself. A natural person who does is protected with that person.
	ActsFor identity.Number
	// Protected: skyddade personuppgifter; no address is kept or shown. Whoever
	// stands in the register is made so by [Letters.Put].
	Protected bool
}

// Address is a postal address.
type Address struct {
	CareOf     string
	Street     string
	PostalCode string // five digits in Sweden
	Town       string
	Country    string // ISO 3166 alpha-2; "" = Sweden
}

// PersonOf makes a person of a party of a file.
func PersonOf(role Role, p filing.Party) Person {
	return Person{
		Role: role, Name: p.Name, Identity: p.Identity,
		Address: Address{CareOf: p.CareOf, Street: p.Street, PostalCode: p.PostalCode, Town: p.Town, Country: p.Country},
	}
}

// Route is how a letter on paper reaches its recipient.
type Route string

// The routes.
const (
	Post      Route = "post"      // to the address of the recipient
	Forwarded Route = "forwarded" // by the Tax Agency, to a person with protected identity (förmedlingsuppdrag)
)

// Route follows from whether the recipient is protected.
func (l Letter) Route() Route {
	if l.Recipient.Protected {
		return Forwarded
	}
	return Post
}

// check tells what makes a letter unfit to be put.
func (m *Matrix) check(l Letter) error {
	e, ok := m.byID[l.Message]
	switch {
	case !ok:
		return fmt.Errorf("notice: letter %d: there is no message %q", l.ID, l.Message)
	case !e.HasLetter():
		return fmt.Errorf("notice: letter %d: %s never goes on paper", l.ID, l.Message)
	case l.ID <= 0 || l.Day.IsZero():
		return fmt.Errorf("notice: a letter %s lacks id or day", l.Message)
	case l.Language != "" && l.Language != Swedish:
		return fmt.Errorf("notice: letter %d: there are no letters in the language %q", l.ID, l.Language)
	case !slices.Contains(e.To, l.Recipient.Role):
		return fmt.Errorf("notice: letter %d: %s is not for the role %q; it is for %v", l.ID, l.Message, l.Recipient.Role, e.To)
	}
	if err := l.Recipient.check(); err != nil {
		return fmt.Errorf("notice: letter %d: %w", l.ID, err)
	}
	for _, p := range l.Parties {
		if p.Role.title() == "" || oneLine(p.Name) == "" {
			return fmt.Errorf("notice: letter %d names a party without role or name (role %q)", l.ID, p.Role)
		}
	}
	if err := e.checkGiven(l.Facts); err != nil {
		return fmt.Errorf("notice: letter %d (%s): %w", l.ID, l.Message, err)
	}
	return nil
}

// check tells whether a letter can be sent to the person.
func (p Person) check() error {
	if oneLine(p.Name) == "" {
		return fmt.Errorf("the recipient (%s) has no name", p.Role)
	}
	if !p.Protected && !p.complete() {
		return fmt.Errorf("the recipient (%s) has no postal code or town: mark a protected identity, or find the address first", p.Role)
	}
	return nil
}

// complete tells whether a letter can be sent to the address.
func (a Address) complete() bool {
	return strings.TrimSpace(a.Town) != "" && (strings.TrimSpace(a.PostalCode) != "" || !a.inSweden())
}

func (a Address) inSweden() bool { return a.Country == "" || a.Country == "SE" }

// checkGiven holds the facts of a letter against what its message demands.
func (e Entry) checkGiven(given Facts) error {
	for _, name := range slices.Sorted(maps.Keys(e.Facts)) {
		if f, ok := given[name]; !ok || f.lacks() {
			return fmt.Errorf("the fact %s is missing", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		kind, ok := e.Facts[name]
		if !ok {
			kind, ok = e.Optional[name]
		}
		switch {
		case !ok:
			return fmt.Errorf("the fact %s is unknown", name)
		case given[name].Kind != kind:
			return fmt.Errorf("the fact %s is %s and should be %s", name, given[name].Kind, kind)
		}
	}
	return nil
}
