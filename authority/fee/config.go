package fee

import (
	"errors"
	"fmt"
	"strings"

	"filtjanst/identity"
	"filtjanst/money"
	"filtjanst/statute"
)

// Config holds the settings of the room. The zero value means the defaults.
type Config struct {
	Seller Seller // who invoices; needed by WriteUBL only
	// TermsDays is the time to pay, from the day of the invoice, for payers
	// without terms of their own. Default 30.
	TermsDays int
	// ClosingDay is the day of the month from which the month before is
	// invoiced, 1–28. Default 1.
	ClosingDay int
	// GraceDays pass after the due day before an invoice counts as unpaid
	// (R65). Negative: none. Default 5.
	GraceDays int
	Reminders Reminders
	// ChargeSmallInterest charges late interest below the amount that may be
	// waived (AvgF §17 a) too.
	ChargeSmallInterest bool
	DayCount            money.DayCount // of late interest
	// KeepYears is how long invoices say whose claims their lines concern,
	// from the end of the year of the invoice. Default 10.
	KeepYears int
	Statute   *statute.Table // nil: statute.Default
	Post      Post           // tells payers of invoices and reminders on paper; nil: nobody does
}

// Reminders says when an unpaid invoice is reminded of, and at what price.
type Reminders struct {
	After int  // days past the due day; default 8
	Every int  // days between two, and to pay after one; default 14
	Most  int  // of one invoice; default 1, negative: none are made
	Free  bool // without a fee
	// Fee of each; 0, or more than IKL §4 allows on the day: what it allows.
	Fee money.Amount
}

// Seller is the authority as the issuer of invoices.
type Seller struct {
	Name         string
	Organisation string // organisation number, ten digits
	Street       string
	PostalCode   string
	Town         string
	Contact      string // name or function of who answers questions
	Phone        string
	Email        string
	Bankgiro     identity.Bankgiro // one of the two is needed
	Plusgiro     identity.Plusgiro
	Endpoint     Endpoint // zero: the organisation number
}

// Endpoint is an address in the network of e-invoices.
type Endpoint struct {
	Scheme string `json:"scheme"` // of the EAS code list: 0007 is the Swedish organisation number
	ID     string `json:"id"`
}

const swedishOrganisation = "0007"

func (c Config) filled() Config {
	defaultTo(&c.TermsDays, 30)
	defaultTo(&c.ClosingDay, 1)
	defaultTo(&c.GraceDays, 5)
	defaultTo(&c.KeepYears, 10)
	defaultTo(&c.Reminders.After, 8)
	defaultTo(&c.Reminders.Every, 14)
	defaultTo(&c.Reminders.Most, 1)
	c.GraceDays = max(c.GraceDays, 0)
	if c.Statute == nil {
		c.Statute = statute.Default()
	}
	return c
}

func defaultTo(n *int, value int) {
	if *n == 0 {
		*n = value
	}
}

func (c Config) check() error {
	var faults []error
	for _, r := range []struct {
		bad  bool
		what string
	}{
		{c.TermsDays < 0, "the time to pay is less than nothing"},
		{c.ClosingDay < 0 || c.ClosingDay > 28, fmt.Sprintf("closing day %d: write a day of the month from 1 to 28", c.ClosingDay)},
		{c.Reminders.After < 0 || c.Reminders.Every < 0, "the days of reminders are less than nothing"},
		{c.KeepYears < 0, "invoices are kept for less than no time"},
		{c.Reminders.Fee < 0, "the reminder fee is less than nothing: write free = true for none"},
	} {
		if r.bad {
			faults = append(faults, errors.New("fee: "+r.what))
		}
	}
	if c.Seller.Name != "" {
		faults = append(faults, c.Seller.check())
	}
	return errors.Join(faults...)
}

// check tells what an invoice would lack.
func (s Seller) check() error {
	var missing []string
	for _, f := range [][2]string{{"name", s.Name}, {"organisation number", s.Organisation}, {"town", s.Town}} {
		if strings.TrimSpace(f[1]) == "" {
			missing = append(missing, f[0])
		}
	}
	if s.Bankgiro.IsZero() && s.Plusgiro.IsZero() {
		missing = append(missing, "bankgiro or plusgiro")
	}
	if len(missing) > 0 {
		return fmt.Errorf("fee: the issuer of invoices lacks %s", strings.Join(missing, ", "))
	}
	if _, err := identity.ParseOrganisation(s.Organisation); err != nil {
		return fmt.Errorf("fee: the issuer's organisation number: %w", err)
	}
	return nil
}
