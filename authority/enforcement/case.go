package enforcement

import (
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// group is a debt with the cases that owe it, and the money of all of them.
type group struct {
	id          int64
	application application
	cases       []*kase // in order of id
	items       []item
	moves       []movement // all of them, in order
	last        int64      // number of the last movement
	kept        int64      // number of the last one that is stored
	accruedTo   calendar.Day
	joint       string       // what a later verdict joins it by; "" if it is nobody else's
	stated      calendar.Day // when the applicant last told what is left
	uneven      bool         // some debtor owes less than another
	feeCase     int64        // in which fee days are watched
	feeNext     calendar.Day // of the next basic fee; zero while none was charged
	feeNoticed  calendar.Day
	exempt      Exemption // why the applicant answers for no fees; "" if it does
	fresh       bool      // not stored yet
}

// application is what a case knows of what it was opened on.
type application struct {
	id        int64
	codeID    int64
	code      string
	reference string
	origin    filing.Origin
	notice    filing.Notice
	measure   filing.Measure
	title     filing.TitleKind
	titled    calendar.Day // of the title
	number    string       // of the title
	client    string       // name of the first applicant
}

// kase is one debtor's case.
type kase struct {
	id          int64
	group       *group
	application int64 // its own: a later verdict joins the group of an earlier
	number      string
	position    int64 // of the debtor in the application
	debtor      identity.Number
	registered  calendar.Day
	claimed     money.Amount // the debt when it was registered
	remaining   money.Amount // what its debtor owes, as it is stored
	joined      int64        // the last movement before that
	standing
	was          standing // as stored
	since        calendar.Day
	awaits       []Lacking
	lodgeBy      calendar.Day
	noticed      calendar.Day // the debtor was told before attachment (UB 4:12)
	measured     bool
	advance      money.Amount // left to pay of what was asked in advance
	advanceBy    calendar.Day
	unadvanced   bool // ended for want of the advance
	deferredFrom calendar.Day
	deferrals    []deferral
	accounted    int64 // last movement told of
	accountDue   calendar.Day
	reason       filing.FinalReason
	closed       calendar.Day
	confirmed    filing.ConfirmedState
	confirmedFee money.Amount
	refused      filing.Code // why something held for it could not be done, the first; "" if all was
	claim        int64       // of debtor and title (see claimOf), while it is opened
	repeats      string      // number of another case that enforces the same title; "" if there is none
	fresh        bool        // not stored yet
	touched      bool        // differs from what is stored
}

// deferral is one deferral (uppskov) granted.
type deferral struct {
	granted, until calendar.Day
}

// Lacking is something that must be lodged before the handling can start (UB
// 2:2).
type Lacking string

// What may be lacking.
const (
	LacksTitle    Lacking = "title"    // the enforcement title
	LacksOriginal Lacking = "original" // a running note in original
	LacksChain    Lacking = "chain"    // assignments from the creditor in the title to the applicant
)

// awaitedState is the state of a case that lacks the given.
func awaitedState(lacks []Lacking) State {
	switch {
	case slices.Contains(lacks, LacksTitle) || slices.Contains(lacks, LacksOriginal):
		return AwaitingTitle
	case len(lacks) > 0:
		return AwaitingDocuments
	}
	return Registered
}

// caseOf is the case of the group with a number.
func (g *group) caseOf(number string) *kase {
	return g.cases[slices.IndexFunc(g.cases, func(c *kase) bool { return c.number == number })]
}

// openCases are the cases of the group that are not closed.
func (g *group) openCases() []*kase {
	return slices.DeleteFunc(slices.Clone(g.cases), func(c *kase) bool { return !c.open() })
}
