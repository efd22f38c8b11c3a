package filing

import "filtjanst/money"

// sources is the one table of what the files of each transaction are made of.
// The investigation report (ve.investigation) stands in the file of the
// interim account, and so has no entry of its own (files.md §4.2).
func sources() map[Transaction]source {
	return map[Transaction]source{
		BFApplication:        documents[Application, *Application]{lodgedFacts, "Ansökan", "Application", applicationShape, func(a *Application) money.Amount { return a.Total }},
		BFApplicationNote:    coverNote{BFApplication},
		BFApplicationReceipt: receiptFor{BFApplication},
		BFConfirmation:       documents[ConfirmedCase, *ConfirmedCase]{confirmedFacts, "Bekräftat mål", "Confirmed case", confirmedCaseShape, func(c *ConfirmedCase) money.Amount { return c.Fee }},
		BFWithdrawal:         documents[Withdrawal, *Withdrawal]{listedFacts, "Återkallelse", "Withdrawal", withdrawalShape, nil},
		BFWithdrawalReceipt:  receiptFor{BFWithdrawal},
		BFReduction:          documents[Reduction, *Reduction]{listedFacts, "Nedsättning", "Reduction", reductionShape, nil},
		BFReductionReceipt:   receiptFor{BFReduction},
		BFVerdict:            documents[PaymentOrderVerdict, *PaymentOrderVerdict]{summedFacts, "Utslag", "Verdict", verdictShape, func(v *PaymentOrderVerdict) money.Amount { return v.Total }},
		BFEvent:              documents[PaymentOrderEvent, *PaymentOrderEvent]{sentFacts, "Händelse", "Event", paymentOrderEventShape, nil},

		VEApplication:        documents[EnforcementApplication, *EnforcementApplication]{lodgedFacts, "Ansökan", "Application", enforcementApplicationShape, func(a *EnforcementApplication) money.Amount { return a.Total }},
		VEApplicationNote:    coverNote{VEApplication},
		VEApplicationReceipt: receiptFor{VEApplication},
		VEConfirmation:       documents[ConfirmedEnforcement, *ConfirmedEnforcement]{registeredFacts, "Bekräftat mål", "Confirmed case", confirmedEnforcementShape, func(c *ConfirmedEnforcement) money.Amount { return c.Fee }},
		VEChange:             documents[Change, *Change]{listedFacts, "Ändring", "Change", changeShape, nil},
		VEChangeReceipt:      receiptFor{VEChange},
		VEEarningsAttachment: documents[EarningsAttachment, *EarningsAttachment]{sentFacts, "Löneutmätningsbeslut", "Decision on attachment of earnings", earningsAttachmentShape, nil},
		VEInterimAccount:     documents[EnforcementReport, *EnforcementReport]{sentFacts, "Utredningsrapport och delredovisning", "Investigation report and interim account", enforcementReportShape, nil},
		VENewFee:             documents[NewFee, *NewFee]{sentFacts, "Ny grundavgift", "New basic fee", newFeeShape, nil},
		VEFinalAccount:       documents[FinalAccount, *FinalAccount]{sentFacts, "Slutredovisning", "Final account", finalAccountShape, nil},

		SCClaim:        documents[ClaimReport, *ClaimReport]{lodgedFacts, "Fordringsanmälan", "Claim report", claimReportShape, func(c *ClaimReport) money.Amount { return c.Total }},
		SCClaimReceipt: receiptFor{SCClaim},
		SCConfirmation: documents[ConfirmedClaim, *ConfirmedClaim]{answeredFacts, "Bekräftad fordringsanmälan", "Confirmed claim report", confirmedClaimShape, nil},
		SCOpening:      documents[RestructuringOpening, *RestructuringOpening]{sentFacts, "Inledandebeslut", "Decision to initiate", openingShape, nil},

		DERequest: documents[ExtractRequest, *ExtractRequest]{askedFacts, "Fråga", "Question", debtRequestShape, nil},
		DEReceipt: receiptFor{DERequest},
		DEAnswer:  documents[Extract, *Extract]{answeredFacts, "Utdrag", "Extract", debtAnswerShape, nil},
		PERequest: documents[ExtractRequest, *ExtractRequest]{askedFacts, "Fråga", "Question", procurementRequestShape, nil},
		PEReceipt: receiptFor{PERequest},
		PEAnswer:  documents[Extract, *Extract]{answeredFacts, "Utdrag", "Extract", procurementAnswerShape, nil},

		CEExtract:             documents[CreditLine, *CreditLine]{deliveredFacts, "Uppgift", "Fact", creditLineShape, nil},
		CEPaymentOrderExtract: documents[CreditPaymentOrder, *CreditPaymentOrder]{deliveredFacts, "Uppgift", "Fact", creditPaymentOrderShape, nil},
		CEDebtBalanceExtract:  documents[CreditBalance, *CreditBalance]{deliveredFacts, "Skuldsaldo", "Debt balance", creditBalanceShape, nil},

		XXStatusReport:       documents[CaseStatus, *CaseStatus]{reportedFacts, "Mål", "Case", caseStatusShape, nil},
		XXPartyChange:        documents[PartyChange, *PartyChange]{listedFacts, "Ändring", "Change", partyChangeShape, nil},
		XXPartyChangeReceipt: receiptFor{XXPartyChange},
	}
}
