package service

import "filtjanst/filing"

// The codes by which any service refuses a document for what its registers say.
const (
	CodeUnknownCase      filing.Code = "D401" // of another filer's case too: the two are not told apart
	CodeUnknownReference filing.Code = "D341"
	CodeNotRespondent    filing.Code = "D347"
	CodeNotApplicant     filing.Code = "D348"
	CodeWithdrawn        filing.Code = "D352"
	CodeNoChange         filing.Code = "D357"
	CodeNotAssigned      filing.Code = "D358"
	CodeProtected        filing.Code = "D359"
	CodeWhichRespondent  filing.Code = "D360"
	CodeTwoCases         filing.Code = "D361"
)
