package restructuring

import "filtjanst/filing"

// The transactions of the service.
const (
	claimReport  filing.Transaction = "sc.claim"
	claimReceipt filing.Transaction = "sc.claim_receipt"
	confirmation filing.Transaction = "sc.confirmation"
	opening      filing.Transaction = "sc.opening"
)
