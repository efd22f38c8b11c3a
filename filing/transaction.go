package filing

// Transaction names one kind of message, such as "bf.application".
type Transaction string

// Service names one of the six services (R1).
type Service string

const (
	PaymentOrder       Service = "bf" // betalningsföreläggande
	Enforcement        Service = "ve" // verkställighet
	Restructuring      Service = "sc" // fordringsanmälan skuldsanering
	DebtExtract        Service = "de" // skuldutdrag
	CreditExtract      Service = "ce" // utdrag i kreditupplysningssyfte
	ProcurementExtract Service = "pe" // utdrag i upphandlingssyfte
	AnyService         Service = "xx" // own extensions tied to no single service (files.md §4.7)
)

// The transactions (files.md §4).
const (
	BFApplication        Transaction = "bf.application"
	BFApplicationNote    Transaction = "bf.application_note"
	BFApplicationReceipt Transaction = "bf.application_receipt"
	BFConfirmation       Transaction = "bf.confirmation"
	BFWithdrawal         Transaction = "bf.withdrawal"
	BFWithdrawalReceipt  Transaction = "bf.withdrawal_receipt"
	BFReduction          Transaction = "bf.reduction"
	BFReductionReceipt   Transaction = "bf.reduction_receipt"
	BFVerdict            Transaction = "bf.verdict"
	BFEvent              Transaction = "bf.event"

	VEApplication        Transaction = "ve.application"
	VEApplicationNote    Transaction = "ve.application_note"
	VEApplicationReceipt Transaction = "ve.application_receipt"
	VEConfirmation       Transaction = "ve.confirmation"
	VEChange             Transaction = "ve.change"
	VEChangeReceipt      Transaction = "ve.change_receipt"
	VEEarningsAttachment Transaction = "ve.earnings_attachment"
	VEInvestigation      Transaction = "ve.investigation" // in the file of VEInterimAccount
	VEInterimAccount     Transaction = "ve.interim_account"
	VENewFee             Transaction = "ve.new_fee"
	VEFinalAccount       Transaction = "ve.final_account"

	SCClaim        Transaction = "sc.claim"
	SCClaimReceipt Transaction = "sc.claim_receipt"
	SCConfirmation Transaction = "sc.confirmation"
	SCOpening      Transaction = "sc.opening"

	DERequest Transaction = "de.request"
	DEReceipt Transaction = "de.receipt"
	DEAnswer  Transaction = "de.answer"
	PERequest Transaction = "pe.request"
	PEReceipt Transaction = "pe.receipt"
	PEAnswer  Transaction = "pe.answer"

	CEExtract             Transaction = "ce.extract"
	CEPaymentOrderExtract Transaction = "ce.payment_order_extract"
	CEDebtBalanceExtract  Transaction = "ce.debt_balance_extract"

	XXStatusReport       Transaction = "xx.status_report"
	XXPartyChange        Transaction = "xx.party_change"
	XXPartyChangeReceipt Transaction = "xx.party_change_receipt"
)

// Direction tells who sends a transaction.
type Direction string

const (
	In  Direction = "in"  // filer → authority
	Out Direction = "out" // authority → filer
)

// Timing tells when an incoming file is acted on once it is approved, or what
// brings an outgoing one about.
type Timing string

const (
	AtOnce   Timing = "at once"  // withdrawals, reductions, changes (R31)
	Evening  Timing = "evening"  // applications (R28)
	Later    Timing = "later"    // answered by a file of its own, such as an extract
	OnEvent  Timing = "on event" // outgoing: something happened in a case, or a file came
	Periodic Timing = "periodic" // outgoing: by schedule
)

// Mark tells what a statement about the official service rests on (files.md).
type Mark string

const (
	Documented          Mark = "D"
	DocumentedByHeading Mark = "Dh"
	Inferred            Mark = "I"
	ProjectDecision     Mark = "P"
	Unknown             Mark = "U"
)

// Role tells what part a transaction plays in an exchange.
type Role string

const (
	RoleFile         Role = "file"         // transaktionsfil that starts an exchange, or a message
	RoleNote         Role = "note"         // missiv
	RoleReceipt      Role = "receipt"      // kvittens
	RoleConfirmation Role = "confirmation" // bekräftelse
)

// TransactionInfo is what the catalogue says of one transaction (files.md §4).
type TransactionInfo struct {
	Transaction  Transaction `toml:"id"`
	Service      Service     `toml:"service"`
	Direction    Direction   `toml:"direction"`
	Role         Role        `toml:"role"`
	Timing       Timing      `toml:"timing"`
	Receipt      Transaction `toml:"receipt"`      // answers the file at once; "" for none
	Confirmation Transaction `toml:"confirmation"` // answers after read-in; "" for none
	Answer       Transaction `toml:"answer"`       // answers a request; "" for none
	Note         Transaction `toml:"note"`         // cover note that goes with it; "" for none
	CarriedIn    Transaction `toml:"carried_in"`   // stands in the files of this transaction and has none of its own; "" for its own
	Of           Transaction `toml:"of"`           // what a note, receipt or confirmation belongs to
	Swedish      string      `toml:"sv"`
	English      string      `toml:"en"`
	Mark         Mark        `toml:"mark"`
	Extension    bool        `toml:"extension"` // own extension, off by default (files.md §4.7)
}
