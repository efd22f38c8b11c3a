package paymentorder

import "filtjanst/filing"

// The codes that refuse a document for what the registers say.
const (
	codeUnknownCase      filing.Code = "D401" // of another filer's case too: the two are not told apart
	codeUnknownReference filing.Code = "D341"
	codeEnforced         filing.Code = "D342"
	codeVerdictStands    filing.Code = "D343"
	codeNotLower         filing.Code = "D344"
	codeAboveClaim       filing.Code = "D345"
	codeNothingLeft      filing.Code = "D346"
	codeNotRespondent    filing.Code = "D347"
	codeNotApplicant     filing.Code = "D348"
	codeNoPart           filing.Code = "D349"
	codeWithdrawn        filing.Code = "D352"
	codeEnded            filing.Code = "D353"
	codeAtCourt          filing.Code = "D354"
	codeNoAmount         filing.Code = "D356"
	codeNoChange         filing.Code = "D357"
	codeNotAssigned      filing.Code = "D358"
	codeProtected        filing.Code = "D359"
	codeWhichRespondent  filing.Code = "D360"
	codeTwoCases         filing.Code = "D361"
)
