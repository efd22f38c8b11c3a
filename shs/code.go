package shs

import (
	"fmt"
	"strings"
)

// Code is an SHS error code as carried in the header X-shs-errorcode and in
// error messages. The empty code occurs in the wild and means "not told".
type Code string

// The error codes of the protocol.
const (
	UnresolvedReceiver       Code = "UnresolvedReceiver"
	MissingAgreement         Code = "MissingAgreement"
	MissingDeliveryAddress   Code = "MissingDeliveryAddress"
	MissingDeliveryExecution Code = "MissingDeliveryExecution"
	IllegalProductType       Code = "IllegalProductType"
	UnknownProductType       Code = "UnknownProductType"
	IllegalReceiver          Code = "IllegalReceiver"
	UnknownReceiver          Code = "UnknownReceiver"
	IllegalSender            Code = "IllegalSender"
	UnknownSender            Code = "UnknownSender"
	IllegalOriginator        Code = "IllegalOriginator"
	IllegalEndRecipient      Code = "IllegalEndRecipient"
	IllegalMessageStructure  Code = "IllegalMessageStructure"
	IllegalDatapartContent   Code = "IllegalDatapartContent"
	OtherError               Code = "OtherError"
)

type wording struct {
	code   Code
	sv, en string
}

func wordings() []wording {
	return []wording{
		{UnresolvedReceiver, "Mottagare saknas och inget avtal ger någon", "There is no receiver and no agreement gives one"},
		{MissingAgreement, "Giltigt avtal saknas för avsändare, mottagare och produkt", "No valid agreement for sender, receiver and product"},
		{MissingDeliveryAddress, "Leveransadress saknas för organisation och produkt", "No delivery address for organisation and product"},
		{MissingDeliveryExecution, "Nästa nod kunde inte nås eller svarade med fel", "The next node could not be reached or answered with an error"},
		{IllegalProductType, "Produkttypens värde är felaktigt", "The product type is malformed"},
		{UnknownProductType, "Produkttypen är okänd", "The product type is unknown"},
		{IllegalReceiver, "Mottagaren är felaktigt angiven", "The receiver is malformed"},
		{UnknownReceiver, "Mottagaren är okänd", "The receiver is unknown"},
		{IllegalSender, "Avsändaren är felaktig eller stämmer inte med certifikatet", "The sender is wrong or does not agree with the certificate"},
		{UnknownSender, "Avsändaren är okänd", "The sender is unknown"},
		{IllegalOriginator, "Ursprunglig avsändare är felaktigt angiven", "The originator is malformed"},
		{IllegalEndRecipient, "Slutlig mottagare är felaktigt angiven", "The end recipient is malformed"},
		{IllegalMessageStructure, "Meddelandets eller etikettens uppbyggnad är felaktig", "The structure of message or label is wrong"},
		{IllegalDatapartContent, "Datadelarna saknas eller har fel innehåll", "Data parts are missing or have faulty content"},
		{OtherError, "Annat fel", "Other error"},
	}
}

func (c Code) wording() wording {
	for _, w := range wordings() {
		if strings.EqualFold(string(w.code), string(c)) {
			return w
		}
	}
	return wording{OtherError, "Annat fel", "Other error"}
}

// ParseCode gives the code that text names, in the protocol's spelling, without
// regard to case. An empty text gives the empty code, an unknown one OtherError.
func ParseCode(text string) Code {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	return Code(text).wording().code
}

// Swedish says what the code means, in Swedish.
func (c Code) Swedish() string { return c.wording().sv }

// English says what the code means, in English.
func (c Code) English() string { return c.wording().en }

// Error is a fault that the protocol has a code for. Its text may be shown to
// the peer; Err is for the own log only.
type Error struct {
	Code Code
	Text string
	Err  error
}

func (e *Error) Error() string {
	if e.Text == "" {
		return string(e.Code) + ": " + e.Code.English()
	}
	return string(e.Code) + ": " + e.Text
}

func (e *Error) Unwrap() error { return e.Err }

func fault(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}
