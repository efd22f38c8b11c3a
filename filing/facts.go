package filing

import (
	"filtjanst/calendar"
	"filtjanst/money"
)

// FileFacts are what a file states of itself in its start and end record. No
// transaction has them all.
type FileFacts struct {
	PartyCode string
	Sequence  int64 // löpnummer, or number of the delivery of an outgoing file
	Created   calendar.Day
	Software  string
	Notice    Notice // choice for the whole file (R69); "" = the code's own
	Documents int64
	Sum       money.Amount // of the documents; of the fees in a confirmation

	Requester  string       // who asks, in a request for extracts
	FileName   string       // of the file that is answered
	ReadIn     calendar.Day // of the file that is confirmed
	Origin     Origin       // of the cases of ve.confirmation
	Delivery   Delivery     // of a credit extract
	PeriodFrom calendar.Day // what the file covers
	PeriodTo   calendar.Day
}

// Position is where a document begins in its file.
type Position struct {
	Record string // record type or element path
	Line   int64  // from 1; 0 where it is not known
	Offset int64
}

// Place is where an error stands. Value must be empty for a sensitive field.
type Place struct {
	Reference string
	Document  int
	Record    string
	Line      int64
	Offset    int64
	Field     string
	Value     string
}

// CodeInfo is one row of the table of error codes, which Explain and the
// documentation are made from. The texts hold the names of Args in braces.
type CodeInfo struct {
	Code          Code     `toml:"code" json:"code"`
	Class         Class    `toml:"class" json:"class"`
	Warning       bool     `toml:"warning" json:"warning,omitempty"` // let through (law.md §2.1)
	Args          []string `toml:"args" json:"args,omitempty"`
	Swedish       string   `toml:"sv" json:"sv"`
	English       string   `toml:"en" json:"en"`
	RemedySwedish string   `toml:"remedy_sv" json:"remedy_sv"`
	RemedyEnglish string   `toml:"remedy_en" json:"remedy_en"`
	// Transactions whose files the code may tell of; none = all that filers send.
	Transactions []Transaction `toml:"transactions" json:"transactions,omitempty"`
	Rule         string        `toml:"rule" json:"rule,omitempty"`       // rule or section it rests on
	Example      string        `toml:"example" json:"example,omitempty"` // Swedish text as a filer might see it
	Faults       []string      `toml:"faults" json:"faults,omitempty"`   // faults of layout or identity that it stands for
}

// NameFacts fill the template of a file name.
type NameFacts struct {
	Code     string
	Day      calendar.Day
	Sequence int64
}

// NameMatch is one reading of a file name.
type NameMatch struct {
	Transaction Transaction
	Code        string // upper case
	Generation  string
}
