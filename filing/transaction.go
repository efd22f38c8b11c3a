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
)

// The transactions of this edition that code names itself.
const (
	BFApplication        Transaction = "bf.application"
	BFApplicationNote    Transaction = "bf.application_note"
	BFApplicationReceipt Transaction = "bf.application_receipt"
	BFConfirmation       Transaction = "bf.confirmation"
)
