package sandbox

import (
	"slices"

	"filtjanst/authority/extract"
	"filtjanst/authority/permit"
	"filtjanst/filing"
)

// AuthorityNumber is the organisation number that the sandbox's authority
// goes under. It is made up.
const AuthorityNumber = "2021000001"

// Filer is one of the made-up filers.
type Filer struct {
	Code         string
	Organisation string // ten digits; ends a series that is not in use
	Name         string
	Channel      string // in its ready configuration
	OwnNode      bool   // answers are pushed to its own SHS node
	Clients      string // client master; "" = the shipped example
	Bankgiro     string
	Permits      []Leave
	// Extensions tells that our own extensions (files.md §4.7) are switched on.
	Extensions bool
	// Subscriptions are the credit extracts that are delivered to it.
	Subscriptions []Subscription
}

// Subscription is a credit extract that a filer subscribes to.
type Subscription struct {
	Extract  filing.Transaction
	Schedule extract.Schedule // zero: the standard one of the extract
}

// Leave is a permit that a filer has.
type Leave struct {
	Service filing.Service
	Scope   string // kind of user of an extract; "" where the service asks for none
}

const bankgiro = "9912346"

// Filers are the filers of every sandbox: a debt collector that fetches over
// SHS and has all our extensions, a company that claims for itself over
// e-transport and has none, a bank with an SHS node of its own; and those who
// only take extracts: a credit bureau, a contracting client and an authority
// with supervision of road traffic.
func Filers() []Filer {
	collector := []Leave{{Service: filing.PaymentOrder}, {Service: filing.Enforcement}, {Service: filing.Restructuring}}
	licensed := slices.Concat(collector, []Leave{{filing.DebtExtract, permit.ScopeCollection}})
	return []Filer{
		{Code: "ABC", Organisation: "5599991014", Name: "Testinkasso AB", Channel: "shs", Bankgiro: bankgiro, Permits: licensed, Extensions: true},
		{Code: "DEF", Organisation: "5599991022", Name: "Exempelhandel AB", Channel: "e-transport", Clients: ownClaims, Bankgiro: bankgiro, Permits: collector},
		{Code: "GHI", Organisation: "5599991030", Name: "Testbanken AB", Channel: "shs", OwnNode: true, Bankgiro: bankgiro, Permits: licensed},
		{Code: "KUP", Organisation: "5599991048", Name: "Provupplysning AB", Channel: "shs", Bankgiro: bankgiro,
			Permits: []Leave{{filing.CreditExtract, permit.ScopeBureau}},
			Subscriptions: []Subscription{
				{filing.CEExtract, extract.Schedule{Whole: everyFirst, Difference: everyWednesday}},
				{filing.CEPaymentOrderExtract, extract.Schedule{Whole: everyFirst, Difference: everyFifteenth}},
				{filing.CEDebtBalanceExtract, extract.Schedule{Whole: everyFirst, Difference: everyFifteenth}},
			}},
		{Code: "UPH", Organisation: "5599991055", Name: "Exempelupphandlaren AB", Channel: "e-transport", Bankgiro: bankgiro,
			Permits: []Leave{{filing.ProcurementExtract, permit.ScopeClient}}},
		{Code: "TIL", Organisation: "5599991063", Name: "Provköpings trafikprövning", Channel: "shs", Bankgiro: bankgiro,
			Permits: []Leave{{filing.DebtExtract, extract.AuthorityTransport}}},
	}
}

// The schedules of the bureau. Each difference goes through all cases: with the
// standard ones a year in the sandbox would mostly be spent on them.
var (
	everyWednesday = extract.Turn{Every: extract.Weekly, On: 3}
	everyFirst     = extract.Turn{Every: extract.Monthly, On: 1}
	everyFifteenth = extract.Turn{Every: extract.Monthly, On: 15}
)

// ownClaims is the client master of a filer that claims for itself.
const ownClaims = `# This filer claims for itself: it is its own and only client.

[[client]]
number = "1042"
name = "Exempelhandel AB"
organisation = "5599991022"
street = "Testvägen 5"
postal_code = "12345"
town = "Provköping"
bankgiro = "991-2346"
`
