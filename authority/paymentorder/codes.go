package paymentorder

import "filtjanst/filing"

// The codes that refuse a document for what the registers say.
const (
	codeEnforced      filing.Code = "D342"
	codeVerdictStands filing.Code = "D343"
	codeNotLower      filing.Code = "D344"
	codeAboveClaim    filing.Code = "D345"
	codeNothingLeft   filing.Code = "D346"
	codeNoPart        filing.Code = "D349"
	codeEnded         filing.Code = "D353"
	codeAtCourt       filing.Code = "D354"
	codeNoAmount      filing.Code = "D356"
)
