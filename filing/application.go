package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// Application is one application for a payment order (ansökan om
// betalningsföreläggande), files.md §9.1. Filer, representative, applicant
// and payee are four facts; none is derived from another (R61).
type Application struct {
	Reference      string // own reference, unique in the file
	Applicants     []Party
	Representative *Party // ombud
	Payee          *Payee // nil: the party code's own giro
	Respondents    []Respondent
	Joint          bool // solidariskt ansvar
	Parts          []ClaimPart
	NegotiableNote bool         // löpande skuldebrev (BFF §4)
	NoEnforcement  bool         // opt-out of automatic enforcement (BFL §16, R54)
	Requests       string       // special requests about enforcement
	DemandDate     calendar.Day // day of the collection demand (INK §5)
	PayBefore      calendar.Day // last day to pay in the demand
	Notice         Notice       // choice for this case; "" = the code's own (R69)
	OwnWorkReasons string       // special reasons for own work above the cap (BFL §48)
	Total          money.Amount // sum of the claim parts and costs
}

// Party is a person or organisation in an application.
type Party struct {
	Identity   identity.Number
	Name       string
	CareOf     string
	Street     string
	PostalCode string // five digits
	Town       string
	Country    string // ISO 3166 alpha-2; "" = Sweden
	Phone      string
	Mobile     string
	Email      string
}

// Respondent (svarande) is a party with what service of process needs.
type Respondent struct {
	Party
	Estate              bool   // dödsbo
	OtherAddress        string // other address for personal service
	Workplace           string // arbetsplats, only if known
	AddressInquiry      string // what was done to find an address, if none is known
	LegalRepresentative *Party // ställföreträdare, guardian, or who acts for the estate
}

// Payee (betalningsmottagare) is who gets the money, when it is not the code's own giro.
type Payee struct {
	Name     string
	Identity identity.Number
	Kind     PayeeKind
	Account  string // digits of the giro, or clearing and account number
}

// PayeeKind tells what Payee.Account is.
type PayeeKind string

const (
	PayToBankgiro PayeeKind = "bankgiro"
	PayToPlusgiro PayeeKind = "plusgiro"
	PayToAccount  PayeeKind = "account"
)

// ClaimPart (delkrav) is one part of what is claimed.
type ClaimPart struct {
	Type             ClaimPartType
	Amount           money.Amount
	Interest         Interest
	InvoiceNumber    string
	InvoiceDate      calendar.Day
	DueDate          calendar.Day
	OriginalCreditor *OriginalCreditor // named if the claim was taken over
	Ground           string            // lines separated by "\n"
}

// OriginalCreditor (ursprunglig borgenär).
type OriginalCreditor struct {
	Name     string
	Identity identity.Number // may be zero
}

// ClaimPartType (delkravstyp). All but Capital are costs without interest.
type ClaimPartType string

const (
	Capital                 ClaimPartType = "capital"                   // kapital
	CapitalisedInterest     ClaimPartType = "capitalised_interest"      // kapitaliserad ränta claimed as an amount of its own
	CollectionCost          ClaimPartType = "collection_cost"           // inkassokostnad
	ReminderFee             ClaimPartType = "reminder_fee"              // påminnelseavgift
	LatePaymentCompensation ClaimPartType = "late_payment_compensation" // förseningsersättning
	ApplicationFee          ClaimPartType = "application_fee"           // ansökningsavgift
	OwnWork                 ClaimPartType = "own_work"                  // eget arbete eller ombudsarvode
	OtherCost               ClaimPartType = "other_cost"                // annan kostnad, specified in Ground
)

// Interest is what is claimed on a claim part (BFL §11, BFF §3).
type Interest struct {
	Kind      InterestKind // "" = none claimed
	Rate      money.Rate   // agreed: the rate
	From      calendar.Day // zero: runs from service (BFL §11)
	Accrued   money.Amount // accrued amount at filing, part of the total
	AccruedTo calendar.Day
	Ground    string // needed where the rate is above the Act
}

// InterestKind tells by which rule interest runs.
type InterestKind string

const (
	InterestAct    InterestKind = "interest_act" // RL §6
	InterestAgreed InterestKind = "agreed"       // avtalad ränta
)

// Notice is the choice of channel for outgoing messages (R46, R69).
type Notice string

const (
	NoticePaper      Notice = "paper"
	NoticeElectronic Notice = "electronic"
	NoticeBoth       Notice = "both"
)
