package service

import (
	"filtjanst/filing"
	"filtjanst/identity"
)

// PartyFact is what a change of party data changes: one fact of one party of an
// application, which has become a case or is not read in yet.
type PartyFact struct {
	Application  int64 // by the service's own number
	Unread       int64 // the file of one that is not read in
	Reference    string
	Kind         filing.PartyChangeKind
	OfRespondent bool
	Who          identity.Number
}

// partyLine is a line of a file that stands.
type partyLine struct {
	number int64
	change *filing.PartyChange
}

// PartyLines are the changes of party data of one file that stand so far.
type PartyLines struct{ lines Lines[PartyFact, partyLine] }

// NewPartyLines begins a file.
func NewPartyLines() PartyLines { return PartyLines{Lines[PartyFact, partyLine]{}} }

// Stand holds a change against the lines before it about the same fact, and lets
// it stand if it goes together with them. Otherwise it is refused with the number
// of the first of them.
func (l PartyLines) Stand(number int64, c *filing.PartyChange, at PartyFact) (code filing.Code, first int64) {
	line := partyLine{number, c}
	before, clash := l.lines.Against(line, func(first, later partyLine) Clash {
		if later.change.SameChange(first.change) {
			return Repeats
		}
		return Contradicts
	}, at)
	if clash != Together {
		return clash.Code(), before.number
	}
	l.lines.Add(line, at)
	return "", 0
}

// Hold judges a change for an application that is not read in yet (R70).
// withdrawn tells that all it is about is withdrawn already. Of the parties no
// more is known than the change says itself.
func (l PartyLines) Hold(d Document, c *filing.PartyChange, withdrawn bool) (code filing.Code, args []any) {
	at := PartyFact{Unread: d.Unread, Reference: c.Reference, Kind: c.Kind, OfRespondent: c.OfRespondent, Who: c.Applicant}
	if c.OfRespondent {
		at.Who = c.Respondent
	}
	switch {
	case !c.Tells():
		return CodeNoChange, nil
	case withdrawn:
		return CodeWithdrawn, []any{c.Reference}
	case !c.About(at.Who):
		return NotTheParty(c), nil
	}
	code, first := l.Stand(d.Number, c, at)
	return code, []any{first}
}

// NotTheParty is the code of a change whose new data are another's.
func NotTheParty(c *filing.PartyChange) filing.Code {
	if c.OfRespondent {
		return CodeNotRespondent
	}
	return CodeNotApplicant
}
