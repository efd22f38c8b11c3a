package authority

import (
	"fmt"
	"net/url"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/identity"
)

// nothing takes a value away.
const nothing = "-"

// given sets what was told of the code; the others stay.
func given(c *party.Code, v *service.Values) error {
	texts := map[string]*string{
		"name": &c.Name, "street": &c.Street, "postal_code": &c.PostalCode, "town": &c.Town, "phone": &c.Phone, "email": &c.Email,
		"address": &c.Delivery.Address, "url": &c.Delivery.URL,
	}
	for name, at := range texts {
		if text := v.Text(name); text == nothing {
			*at = ""
		} else if text != "" {
			*at = text
		}
	}
	if mode := v.Text("delivery"); mode != "" {
		c.Delivery.Mode = party.Mode(mode)
	}
	if c.Delivery.Mode == party.Fetched {
		c.Delivery.URL = ""
	}
	if notice := v.Text("notice"); notice != "" {
		c.Notice = filing.Notice(notice)
	}
	return givenGiro(c, v)
}

// givenGiro sets the one giro of a code: a new one takes the place of the other.
func givenGiro(c *party.Code, v *service.Values) (err error) {
	bankgiro, plusgiro := v.Text("bankgiro"), v.Text("plusgiro")
	if bankgiro == "" && plusgiro == "" {
		return nil
	}
	c.Bankgiro, c.Plusgiro = identity.Bankgiro{}, identity.Plusgiro{}
	if bankgiro != "" && bankgiro != nothing {
		if c.Bankgiro, err = identity.ParseBankgiro(bankgiro); err != nil {
			return badGiro("bankgiro")
		}
	}
	if plusgiro != "" && plusgiro != nothing {
		if c.Plusgiro, err = identity.ParsePlusgiro(plusgiro); err != nil {
			return badGiro("plusgiro")
		}
	}
	return nil
}

func badGiro(kind string) error {
	return service.Refuse("bad_giro", fmt.Sprintf("Numret är inget giltigt %snummer.", kind), fmt.Sprintf("The number is no valid %s number.", kind))
}

// checkCode refuses a main code that lacks what its answers and invoices need.
func checkCode(c party.Code) error {
	if c.Name == "" || c.Town == "" || c.PostalCode == "" {
		return service.Refuse("incomplete_code", "Ange namn, postnummer och ort: fakturor behöver dem.", "Give name, postal code and town: invoices need them.")
	}
	if err := checkAddress(c.Delivery.Address, c.Organisation); err != nil {
		return err
	}
	return checkDelivery(c)
}

// checkAddress holds an outbox to its owner: others could not open it.
func checkAddress(address, organisation string) error {
	if address == "" || address == organisation || len(address) > len(organisation)+1 && address[:len(organisation)+1] == organisation+"." {
		return nil
	}
	return service.Refuse("bad_address", "Utkorgens adress är organisationsnumret, eller det med punkt och ett internt id efter.",
		"The address of the outbox is the organisation number, or that with a point and an internal id after it.")
}

func checkDelivery(c party.Code) error {
	if c.Delivery.Mode != party.Pushed {
		return nil
	}
	u, err := url.Parse(c.Delivery.URL)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return service.Refuse("bad_url", "Ange ingivarens mottagningstjänst som en https-adress (url).", "Give the filer's receive service as an https address (url).")
	}
	return nil
}

// tenDigits reads an organisation number, in any of the ways it is written.
func tenDigits(text string) (string, error) {
	if _, err := identity.ParseOrganisation(text); err != nil {
		return "", service.Refuse("bad_organisation", "Organisationsnumret stämmer inte.", "The organisation number is not right.")
	}
	var digits []byte
	for _, c := range []byte(text) {
		if c >= '0' && c <= '9' {
			digits = append(digits, c)
		}
	}
	return string(digits[max(0, len(digits)-10):]), nil
}
