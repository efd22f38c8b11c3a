package shs

// Flow is the direction of an agreement.
type Flow string

// The values of Flow.
const (
	ToCustomer   Flow = "to-customer"
	FromCustomer Flow = "from-customer"
	AnyFlow      Flow = "any"
)

// Agreement is an agreement (avtal, shs.agreement) between a principal
// (principal, who owns the products) and a customer. Days are "2006-01-02".
type Agreement struct {
	ID          string // uuid
	Transfer    TransferType
	Contract    string // URI of the contract, or empty
	Principal   Ref
	Products    []Ref
	Customer    *Ref // nil means any customer
	Flow        Flow
	FlowNote    string
	Confirm     string // "yes", "no", or empty when not stated
	Billing     *Billing
	ErrorInfo   string // for administrators
	Description string
	ValidFrom   string
	ValidTo     string    // inclusive; empty means until further notice
	Schedule    *Schedule // nil when not stated; then written as once a day
	QoS         *QoS      // nil when not stated; then written as always open

	// Warnings lists what was tolerated when the document was read.
	Warnings []string
}

// Billing says what exchanges cost.
type Billing struct {
	Kind     string // "per-exchange", "per-volume" or "per-period"
	Price    string
	Unit     string // of volume or period
	Required string // "yes" or "no"
	Currency string
	Note     string
}

// Schedule says how often messages are sent and fetched.
type Schedule struct {
	Day, Hour, Min    string // interval
	Start, Stop       string // HH:mm
	StartDay, StopDay string
	Timezone          string
}

// QoS is the quality of service.
type QoS struct {
	Open      OpenHours
	Volume    *Volume
	Frequency *Frequency
	Response  *Response
	Note      string
}

// OpenHours says when the service is open.
type OpenHours struct {
	Day      string // "every", "work", "weekend" or "public-holiday"
	Hours    string // "all", "office", "extended" or "night"
	WhenNote string
	Spans    []Span
	Note     string
}

// Span is a time of day, from and to, HH:mm.
type Span struct{ Start, Stop string }

// Rate is a number per period.
type Rate struct{ NumberPer, Period string }

// Volume is the size of transfers; it and Frequency stand together.
type Volume struct {
	PerTransfer, Unit string
	Average           Rate
	Peak              *Rate
	Note              string
}

// Frequency is the number of transfers.
type Frequency struct {
	Average Rate
	Peak    *Rate
	Note    string
}

// Response says within which time an answer comes.
type Response struct {
	Within, Unit   string
	Request, Reply *Window
	Note           string
}

// Window is a time of the week.
type Window struct {
	NotBefore WeekTime
	NotAfter  *WeekTime
}

// WeekTime is a day of the week and a time; Wednesday is spelled "Wen".
type WeekTime struct{ Day, Time string }
