package claimlist

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/filing"
	"filtjanst/identity"
)

//go:embed clients.toml
var exampleClients []byte

// Clients is the filer's client master: the creditors by number, and the
// representative (ombud) who acts for them.
type Clients struct {
	Representative *filing.Party // nil: the filer claims for itself
	byNumber       map[string]Client
}

// Client (uppdragsgivare) is a creditor for whom a filer acts.
type Client struct {
	Number string
	Party  filing.Party
	Payee  *filing.Payee // nil: the money goes to the party code's giro
}

type clientsFile struct {
	Representative *partyEntry   `toml:"representative"`
	Clients        []clientEntry `toml:"client"`
}

type partyEntry struct {
	Name         string `toml:"name"`
	Organisation string `toml:"organisation"`
	CareOf       string `toml:"care_of"`
	Street       string `toml:"street"`
	PostalCode   string `toml:"postal_code"`
	Town         string `toml:"town"`
	Phone        string `toml:"phone"`
	Email        string `toml:"email"`
}

type clientEntry struct {
	partyEntry
	Number   string `toml:"number"`
	Bankgiro string `toml:"bankgiro"`
	Plusgiro string `toml:"plusgiro"`
}

// ExampleClients returns the sandbox's made-up client master and its text.
func ExampleClients() (*Clients, []byte, error) {
	c, err := ParseClients("clients.toml", exampleClients)
	return c, exampleClients, err
}

// ParseClients reads a client master. name stands in errors.
func ParseClients(name string, text []byte) (*Clients, error) {
	var file clientsFile
	if err := toml.NewDecoder(strings.NewReader(string(text))).DisallowUnknownFields().Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %s", name, tomlReason(err))
	}
	c := &Clients{byNumber: map[string]Client{}}
	var errs []error
	if file.Representative != nil {
		p, err := file.Representative.party()
		errs = append(errs, where("representative", err))
		c.Representative = &p
	}
	for i, entry := range file.Clients {
		client, err := entry.client()
		place := fmt.Sprintf("client %q (number %d in the file)", entry.Number, i+1)
		if _, taken := c.byNumber[client.Number]; taken {
			err = errors.Join(err, errors.New("the number stands twice"))
		}
		errs = append(errs, where(place, err))
		c.byNumber[client.Number] = client
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

func where(place string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", place, err)
}

func (p partyEntry) party() (filing.Party, error) {
	number, err := identity.ParseOrganisation(p.Organisation)
	if p.Name == "" {
		err = errors.Join(err, errors.New("name is missing"))
	}
	return filing.Party{
		Identity: number, Name: p.Name, CareOf: p.CareOf, Street: p.Street,
		PostalCode: strings.ReplaceAll(p.PostalCode, " ", ""), Town: p.Town, Phone: p.Phone, Email: p.Email,
	}, err
}

func (e clientEntry) client() (Client, error) {
	party, err := e.party()
	c := Client{Number: strings.TrimSpace(e.Number), Party: party}
	if c.Number == "" {
		err = errors.Join(err, errors.New("number is missing"))
	}
	if e.Bankgiro != "" {
		giro, giroErr := identity.ParseBankgiro(e.Bankgiro)
		err = errors.Join(err, giroErr)
		c.Payee = &filing.Payee{Name: party.Name, Identity: party.Identity, Kind: filing.PayToBankgiro, Account: digitsOf(giro.String())}
	} else if e.Plusgiro != "" {
		giro, giroErr := identity.ParsePlusgiro(e.Plusgiro)
		err = errors.Join(err, giroErr)
		c.Payee = &filing.Payee{Name: party.Name, Identity: party.Identity, Kind: filing.PayToPlusgiro, Account: digitsOf(giro.String())}
	}
	return c, err
}

// Find returns the client with the number.
func (c *Clients) Find(number string) (Client, bool) {
	client, ok := c.byNumber[strings.TrimSpace(number)]
	return client, ok
}

// All returns the clients in the order of their numbers.
func (c *Clients) All() []Client {
	all := slices.Collect(maps.Values(c.byNumber))
	slices.SortFunc(all, func(a, b Client) int { return strings.Compare(a.Number, b.Number) })
	return all
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
