package filing

import (
	"time"

	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
	"filtjanst/statute"
)

// Outcome is what became of a file.
type Outcome string

// One word for one thing: these five and no others.
const (
	Approved       Outcome = "approved"         // godkänd
	ApprovedInPart Outcome = "approved in part" // delvis godkänd (R43)
	Rejected       Outcome = "rejected"         // avvisad
	Waiting        Outcome = "waiting"          // väntar på missiv eller fil (R63)
	Superseded     Outcome = "superseded"       // ersatt av en ny halva (R63)
)

// Swedish is the outcome's word for people.
func (o Outcome) Swedish() string {
	switch o {
	case Approved:
		return "godkänd"
	case ApprovedInPart:
		return "delvis godkänd"
	case Rejected:
		return "avvisad"
	case Waiting:
		return "väntar"
	case Superseded:
		return "ersatt"
	}
	return string(o)
}

// Class separates the two classes of error (R41).
type Class string

const (
	General  Class = "general"  // generellt fel: the file as a whole
	Document Class = "document" // fel på handlingar: one document in it
)

// Code is a stable error code of our own, such as "D207". Its
// class, texts and remedy stand in the one table that Explain reads.
type Code string

// Error is one fault found in a file, placed so that it can be mended (R44).
// Value is empty where the field is sensitive.
type Error struct {
	Code      Code   `json:"code"`
	Class     Class  `json:"class"`
	Reference string `json:"reference,omitempty"` // own reference of the document
	Document  int    `json:"document,omitempty"`  // number of the document in the file, from 1
	Record    string `json:"record,omitempty"`    // record type or element path
	Line      int64  `json:"line,omitempty"`
	Offset    int64  `json:"offset"`
	Field     string `json:"field,omitempty"`
	Value     string `json:"value,omitempty"`
	Swedish   string `json:"sv"`
	English   string `json:"en"`
	Remedy    string `json:"remedy"` // Swedish and English, what to do
}

// Verdict is the result of a check that read nothing but the file.
type Verdict struct {
	Outcome    Outcome      `json:"verdict"`
	Errors     []Error      `json:"errors"`      // the first 1 000 by position and the first of each code
	ErrorCount int          `json:"error_count"` // all of them
	Counts     map[Code]int `json:"counts"`
	Warnings   []Error      `json:"warnings"`          // what is let through but worth knowing (law.md §2.1); capped as Errors
	Refused    []int        `json:"refused,omitempty"` // numbers of the refused documents, in mode per document only (R43)
	NotChecked []string     `json:"not_checked"`       // facts that only the authority's registers can settle
}

// Facts are what the check read in the file, whatever the verdict.
type Facts struct {
	Transaction Transaction
	Form        Form
	PartyCode   string
	Sequence    int64 // löpnummer; 0 where the file states none
	Records     int64
	Documents   int64
	Sum         money.Amount
	Created     calendar.Day // the date in the start record
	Digest      string       // SHA-256 of the bytes, lower-case hex
	Bytes       int64
	Rules       string // digest of profile set and rules
	Partial     bool   `json:",omitempty"` // the file breaks off or cannot be read to its end: Documents and Sum are of what could
}

// Note is what a cover note (missiv) says of its file. A nil field was not
// given, and is then not compared (R34).
type Note struct {
	Transaction Transaction
	PartyCode   string
	Sequence    int64
	Documents   *int64
	Sum         *money.Amount
	Date        *calendar.Day
}

// Form is the form of a file: text records or XML.
type Form = layout.Form

const (
	TextForm = layout.TextForm
	XMLForm  = layout.XMLForm
)

// Expect is what the caller knows from elsewhere and the file must agree
// with. A zero field is not compared, and what only registers can settle is
// then listed under NotChecked.
type Expect struct {
	Transaction Transaction    // from the product or the command line
	PartyCode   string         // from the name or the ledger
	Sequence    int64          // the number expected next (R37); from the series or the ledger
	Name        string         // the name under which the file came
	Note        *Note          // the cover note, when it is here
	Today       calendar.Day   // dates are judged against this day; required
	Law         *statute.Table // numbers of law; nil = the built-in table
}

// Receipt (kvittens) is the answer to one file, given at once (R27, R44).
type Receipt struct {
	Transaction   Transaction // of the file that is answered
	TransactionID string      // given on arrival (R51)
	PartyCode     string      // "" when the file could not be read that far
	Sequence      int64
	FileName      string
	Digest        string    // SHA-256 of the file's bytes
	NoteDigest    string    // of the cover note's, "" without one
	Arrived       time.Time // to the second, Stockholm time in the file
	Outcome       Outcome
	Records       int64
	Documents     int64
	Sum           money.Amount
	Expected      int64        // the number expected next
	ReadIn        calendar.Day // evening in which the file is read in; zero if none
	Rules         string       // digest of profile set and rules
	Event         string       // id of the journal event
	EventDigest   string
	Errors        []Error
	ErrorCount    int
	Counts        map[Code]int
	Warnings      []Error           // what was let through but is worth knowing
	Applied       []AppliedDocument // of files applied at once
}

// AppliedDocument is what a receipt tells of a document that was applied, in
// the mode per document (R43).
type AppliedDocument struct {
	Document   int64 // number in the file, from 1
	Reference  string
	CaseNumber string // "" where the case has none yet
	Result     AppliedResult
}

// AppliedResult is what became of a document that was not refused.
type AppliedResult string

// The results.
const (
	Applied AppliedResult = "applied"
	Already AppliedResult = "already" // it was so before; nothing changed
	Held    AppliedResult = "held"    // until its application is read in (R70)
)

// ConfirmedCase is one line of a confirmation (bekräftelse, R28, R30).
type ConfirmedCase struct {
	Reference  string // own reference in the application
	CaseNumber string // målnummer
	Registered calendar.Day
	Fee        money.Amount // ansökningsavgift
	Sum        money.Amount // what the application claims in all
	State      ConfirmedState
	// HeldRefused tells that something held for the application, such as a
	// reduction above the claim, could not be done when it was read in (R70).
	HeldRefused bool
	HeldCode    string // of the error why, the first of several; "" without HeldRefused
	Warning     string // code of a warning; "" if there is none
	Repeats     string // number of the case that has the same claim, of W431
}
