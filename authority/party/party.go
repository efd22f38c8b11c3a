// Package party keeps who the filers (ingivare) are: organisations, party
// codes (intressentkoder) and sub-codes (underkoder), contacts, where their
// files are delivered, who may act for them, and which certificates are theirs.
//
// It must not know what a filer may do (that is permit) or what it sends.
package party

import (
	"fmt"
	"regexp"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Organisation is a company or authority that holds a certificate.
type Organisation struct {
	Number string // organisation number, ten digits
	Name   string
}

// Code is a party code as in force: what a sub-code lacks has been filled from
// its main code (R62).
type Code struct {
	ID           int64
	Code         string // upper case
	MainID       int64  // of the main code; ID itself if it is one
	Organisation string // owner, ten digits
	Name         string
	Street       string
	PostalCode   string
	Town         string
	Bankgiro     identity.Bankgiro
	Plusgiro     identity.Plusgiro
	Phone        string // that respondents can call
	Email        string
	Delivery     Delivery
	Notice       filing.Notice // default for outgoing messages (R69)
}

// IsMain tells whether the code is a main code.
func (c Code) IsMain() bool { return c.MainID == c.ID }

// Delivery says where and how files are delivered to a code.
type Delivery struct {
	Address string // outbox: organisation[.internal id], exact
	Mode    Mode
	URL     string // receive service of the filer, when pushed
}

// Mode is how files reach the filer.
type Mode string

// The modes of delivery.
const (
	Fetched Mode = "fetched" // by the delivery service or e-transport
	Pushed  Mode = "pushed"  // sent to the filer's own receive service
)

// Contact is a person to turn to.
type Contact struct {
	ID     int64
	CodeID int64
	Role   string // "contact", "system developer" (R68)
	Name   string
	Phone  string
	Email  string
}

// Representative is an organisation that may act for a code (R50).
type Representative struct {
	ID           int64
	CodeID       int64
	Organisation string // ten digits
	From         calendar.Day
	Last         calendar.Day // zero = until further notice
}

// Relay is a node that passes messages on for another organisation.
type Relay struct {
	ID    int64
	Node  string // organisation of the node's certificate, ten digits
	Actor string // organisation that it relays for
	From  calendar.Day
	Last  calendar.Day
}

// Pin is the public key of a certificate that an organisation has named. An
// organisation may have several, so that it can change certificate; while it
// has any in force, no other certificate is taken for it.
type Pin struct {
	ID           int64
	Organisation string
	SPKI         string // SHA-256 of the SubjectPublicKeyInfo, lower-case hex
	From         calendar.Day
	Last         calendar.Day
	Note         string
}

var codeForm = regexp.MustCompile(`^[A-Z0-9ÅÄÖ]{1,12}$`)

// NormaliseCode gives the form in which a party code is kept and compared:
// upper case, without surrounding blanks. Length and characters of real codes
// are not published; one to twelve letters and digits are taken.
func NormaliseCode(s string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if !codeForm.MatchString(code) {
		return "", fmt.Errorf("party: %q is no party code: write one to twelve letters and digits", s)
	}
	return code, nil
}
