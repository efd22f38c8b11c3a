package service

import (
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Timing tells when a file of a transaction takes effect.
type Timing int

// The timings.
const (
	AtOnce   Timing = iota + 1 // in the transaction that approves it (R31)
	Evening                    // read in on a weekday evening (R28)
	Answered                   // answered later by a file of its own, as a request for extracts
)

func (t Timing) String() string {
	switch t {
	case AtOnce:
		return "at once"
	case Evening:
		return "evening"
	case Answered:
		return "answered later"
	}
	return "unknown timing"
}

// Route is one transaction that a service takes in.
type Route struct {
	Transaction filing.Transaction
	Note        filing.Transaction // cover note (missiv); "" if none exists
	Timing      Timing
	// Verified asks for Verify on arrival of a file that is read in by evening:
	// its documents are then read once more. Other files always are verified.
	Verified     bool
	Receipt      filing.Transaction
	Confirmation filing.Transaction // "" if none is given
	// Answer is the file that answers one of timing Answered, and ResponseTime
	// how long after arrival, unless the installation says otherwise.
	Answer       filing.Transaction
	ResponseTime time.Duration
}

// File is a file that came in, as the services see it. Its bytes are reached
// through the door.
type File struct {
	ID            int64
	TransactionID string // given on arrival (R51)
	Sender        string // organisation number of the sender, ten digits
	PartyCode     string // intressentkod
	CodeID        int64  // the party code's row
	MainCodeID    int64  // its main code; CodeID itself if it is one
	Transaction   filing.Transaction
	Form          filing.Form
	Name          string // the name under which it came
	Sequence      int64  // löpnummer
	// Documents are all that stand in it. Apply of a file that takes effect
	// later is told of those alone that were not refused.
	Documents int64
	Sum       money.Amount
	Arrived   time.Time
	ReadInDay calendar.Day // zero unless read in by evening
	AnswerAt  time.Time    // zero unless answered later
	Refused   []int64      // numbers of the documents refused on arrival (R43), ascending
	Digest    string       // SHA-256 of the bytes
	SetDigest string       // of the profile set that every reading uses
	// What the file says of itself besides, known to Verify and Apply only.
	Notice    filing.Notice // choice of channel for the whole file (R69)
	Requester string        // who asks, in a request for extracts
}

// Telling returns the file with what it says of itself.
func (f File) Telling(facts filing.FileFacts) File {
	f.Notice, f.Requester = facts.Notice, facts.Requester
	return f
}

// Document is one document (handling) of a file. What its content is follows
// from the transaction of the file.
type Document struct {
	// Number counts the documents in the file from 1. For Apply of a file that
	// takes effect later it counts those that were not refused, so that a service
	// can set numbers aside without gaps.
	Number  int64
	Content filing.Content
	// Began is where it begins in the file; known to Verify only. The door adds
	// it to what is said of the document.
	Began filing.Position
	// Unread is the approved application file, not yet read in, that holds the
	// application which the content names by sequence number and own reference
	// (R70); 0 if there is none.
	Unread int64
	// UnreadIn is the transaction of that file; "" if there is none.
	UnreadIn filing.Transaction
}

// Batch is one outgoing file that is to be written.
type Batch struct {
	Key         string // unique within the service; the same batch keeps it
	Transaction filing.Transaction
	CodeID      int64
	Code        string
	File        int64 // the incoming file that it answers; 0 if none
	Day         calendar.Day
	Sequence    int64
	Documents   int64
}
