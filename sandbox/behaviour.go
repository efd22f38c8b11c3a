package sandbox

import "filtjanst/identity"

// Behaviour is how a debtor of the sandbox lives, told by the serial of the
// test number: digits 9–11 of 12.
type Behaviour struct {
	Serial  int    `json:"serial"` // 980–999
	Name    string `json:"behaviour"`
	Swedish string `json:"sv"`
	English string `json:"en"`
	// PersonsOnly tells that a company of the serial is silent.
	PersonsOnly bool   `json:"persons_only,omitempty"`
	Steps       []Step `json:"steps"`
}

// Step is one thing that a debtor does in a case, or that befalls him there.
type Step struct {
	On    Occasion `json:"on"`
	After int      `json:"after_days"` // days after the occasion
	Do    Deed     `json:"do"`
	// Percent of what is owed, or contested, in Deeds that concern an amount.
	Percent int `json:"percent,omitempty"`
}

// Occasion is what sets a step off.
type Occasion string

// The occasions.
const (
	OnOrder       Occasion = "order"       // the order to answer has come
	OnOffer       Occasion = "offer"       // the applicant is offered to arrange service
	OnVerdict     Occasion = "verdict"     // the notice of the verdict has come
	OnEnforcement Occasion = "enforcement" // a case of enforcement is registered
	OnApplication Occasion = "application" // the same, by another title than a verdict of the sandbox
)

// serialOf is the serial by which a debtor of the sandbox lives; 0 for persons
// without a test number. A company has that of its own serial modulo 20.
func serialOf(n identity.Number) int {
	switch {
	case n.IsTest():
		return n.Serial()
	case n.Kind() == identity.Organisation:
		return testSerialFirst + n.Serial()%testSerials
	}
	return 0
}

// behaviourOf is how the debtor lives. A person without a test number is
// silent.
func behaviourOf(n identity.Number) Behaviour {
	serial := serialOf(n)
	for _, b := range Behaviours() {
		if b.Serial == serial && !(b.PersonsOnly && !n.IsNatural()) {
			return b
		}
	}
	return Behaviours()[0]
}
