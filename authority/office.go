package authority

import (
	"errors"

	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/identity"
)

// OfficeConfig is the authority as its letters and invoices show it.
type OfficeConfig struct {
	Name       string        `toml:"name" comment:"Name on letters and invoices."`
	Street     string        `toml:"street"`
	PostalCode string        `toml:"postal_code"`
	Town       string        `toml:"town"`
	Contact    string        `toml:"contact" comment:"Who answers questions about invoices."`
	Phone      string        `toml:"phone"`
	Email      string        `toml:"email"`
	Web        string        `toml:"web"`
	Bankgiro   string        `toml:"bankgiro" comment:"Giro that invoices are paid to; this or plusgiro."`
	Plusgiro   string        `toml:"plusgiro"`
	Forwarding ForwardConfig `toml:"forwarding" comment:"Where letters to persons with protected identity go, to be forwarded."`
	TermsDays  int           `toml:"terms_days" comment:"Days to pay an invoice; 0: 30."`
	GraceDays  int           `toml:"grace_days" comment:"Days after the due day before an invoice counts as unpaid; 0: 5."`
}

// ForwardConfig is the office that forwards letters.
type ForwardConfig struct {
	Name       string `toml:"name"`
	Street     string `toml:"street"`
	PostalCode string `toml:"postal_code"`
	Town       string `toml:"town"`
}

func (c OfficeConfig) check() error {
	var errs []error
	if c.Name == "" {
		errs = append(errs, refusal("office.name", "give the name that letters and invoices show"))
	}
	if c.Forwarding.Name == "" || c.Forwarding.Town == "" {
		errs = append(errs, refusal("office.forwarding", "give name and town of the office that forwards letters to persons with protected identity"))
	}
	if c.Town == "" {
		errs = append(errs, refusal("office.town", "give the town of the authority's address, which invoices must show"))
	}
	if c.Bankgiro == "" && c.Plusgiro == "" {
		errs = append(errs, refusal("office.bankgiro", "give the bankgiro or plusgiro that invoices are paid to"))
	}
	_, err := c.giros()
	return errors.Join(append(errs, err)...)
}

func (c OfficeConfig) letters() notice.Config {
	f := c.Forwarding
	return notice.Config{
		Sender:     notice.Sender{Name: c.Name, Address: notice.Address{Street: c.Street, PostalCode: c.PostalCode, Town: c.Town}, Phone: c.Phone, Web: c.Web},
		Forwarding: notice.Office{Name: f.Name, Address: notice.Address{Street: f.Street, PostalCode: f.PostalCode, Town: f.Town}},
	}
}

// account is where one pays, as letters tell it.
func (c OfficeConfig) account() (string, error) {
	s, err := c.giros()
	if err != nil || s.Bankgiro.IsZero() {
		return "plusgiro " + s.Plusgiro.String(), err
	}
	return "bankgiro " + s.Bankgiro.String(), nil
}

// giros are the accounts as a seller has them.
func (c OfficeConfig) giros() (s fee.Seller, err error) {
	if c.Bankgiro != "" {
		if s.Bankgiro, err = identity.ParseBankgiro(c.Bankgiro); err != nil {
			return s, refusal("office.bankgiro", "%v", err)
		}
	}
	if c.Plusgiro != "" {
		if s.Plusgiro, err = identity.ParsePlusgiro(c.Plusgiro); err != nil {
			return s, refusal("office.plusgiro", "%v", err)
		}
	}
	return s, nil
}

func (c OfficeConfig) fees(organisation string) (fee.Config, error) {
	s, err := c.giros()
	if err != nil {
		return fee.Config{}, err
	}
	s.Name, s.Organisation, s.Street, s.PostalCode, s.Town = c.Name, organisation, c.Street, c.PostalCode, c.Town
	s.Contact, s.Phone, s.Email = c.Contact, c.Phone, c.Email
	return fee.Config{Seller: s, TermsDays: c.TermsDays, GraceDays: c.GraceDays}, nil
}
