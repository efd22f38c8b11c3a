package intake

import (
	"strings"
	"time"
	"unicode"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// half is one file or cover note: just come, or waiting since before.
type half struct {
	id           int64
	part         int // place in its message, from 1
	role         filing.Role
	transaction  filing.Transaction // of the file, also for its note
	note         filing.Transaction // of its cover note
	form         filing.Form
	name         string
	dataPartType string
	inline       []byte // the bytes, unless they are in a blob
	key          string // of the blob, "" when the bytes are inline
	size         int64
	digest       string // SHA-256, lower-case hex
	set          *filing.Set
	findings     findings
	from         source

	stored     bool // its row is there already
	outcome    filing.Outcome
	repeats    *half // the half whose answer this one gets
	code       party.Code
	known      bool         // code is a party code that the sender may file under
	judged     *judged      // once it is approved
	purgeAfter calendar.Day // last day the bytes are kept; zero = not settled
}

// findings is what the check found in the bytes alone. It is kept with a half
// while that waits.
type findings struct {
	Verdict filing.Verdict `json:"verdict"`
	Facts   filing.Facts   `json:"facts"`
	Note    *filing.Note   `json:"note,omitempty"`
}

// source is what a half knows of the message that it came with.
type source struct {
	message       int64
	transactionID string
	sender        string
	address       string
	channel       Channel
	corrID        string
	arrived       time.Time
}

// partyCode is the code as the half states it, "" if that was not readable.
func (h *half) partyCode() string {
	if h.findings.Note != nil {
		return clean(h.findings.Note.PartyCode, maxCode)
	}
	return clean(h.findings.Facts.PartyCode, maxCode)
}

// The most characters kept of what a sender may write as it likes.
const (
	maxName = 255
	maxCode = 32
)

// clean makes a text from outside fit for a row: valid UTF-8, of bounded
// length, without control characters and surrounding blanks. What is replaced
// shows.
func clean(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most])
	}
	return strings.TrimSpace(s)
}

func (h *half) sequence() int64 {
	if h.findings.Note != nil {
		return h.findings.Note.Sequence
	}
	return h.findings.Facts.Sequence
}

// policy is what the set asks of the file; its presence was checked when the
// half was recognised.
func (h *half) policy() filing.Policy {
	p, _ := h.set.Policy(h.transaction)
	return p
}

// defaultLimit holds where a profile gives none.
const defaultLimit = 2 << 30

func (h *half) limit() int64 {
	own := h.transaction
	if h.role == filing.RoleNote {
		own = h.note
	}
	p, _ := h.set.Policy(own)
	if p.MaxBytes > 0 {
		return p.MaxBytes
	}
	return defaultLimit
}

// same tells whether the other half is this one sent again.
func (h *half) same(other *half) bool {
	return h.digest == other.digest && h.from.sender == other.from.sender && h.role == other.role
}

// repeatKey makes two equal uploads at once a violation of a unique
// constraint (DESIGN decision 12); nil for what it does not concern.
func (h *half) repeatKey() any {
	live := h.outcome == filing.Waiting || h.outcome == filing.Approved || h.outcome == filing.ApprovedInPart
	if h.from.channel != ETransport || !live || h.repeats != nil {
		return nil
	}
	return strings.Join([]string{h.from.sender, string(h.transaction), string(h.role), h.digest}, " ")
}

// file is what services see of the half.
func (h *half) file() service.File {
	f := h.findings.Facts
	return service.File{
		ID: h.id, TransactionID: h.from.transactionID, Sender: h.from.sender,
		PartyCode: h.code.Code, CodeID: h.code.ID, MainCodeID: h.code.MainID,
		Transaction: h.transaction, Form: h.form, Name: h.name, Sequence: f.Sequence,
		Documents: f.Documents, Sum: f.Sum, Arrived: h.from.arrived,
		Digest: h.digest, SetDigest: h.set.Digest(),
	}
}
