package statute

// The symbols of the built-in table. Sections, texts and values stand in
// numbers.toml.

const (
	// Fees and costs in payment order.
	ApplicationFee          Symbol = "fee.application"                // AvgF §1: application fee, one per application
	FeeInterestWaiver       Symbol = "fee.interest_waiver"            // AvgF §17 a: interest on a late fee below the amount may be waived
	OwnWork                 Symbol = "cost.own_work"                  // BFL §48: own work or representative in payment order, at most
	OwnWorkAssistance       Symbol = "cost.own_work_assistance"       // BFL §48: own work or representative in assistance, at most
	FreeCopies              Symbol = "cost.free_copies"               // BFL §48: copies that are not compensated
	Reminder                Symbol = "cost.reminder"                  // IKL §§2, 4: written reminder, at most, if agreed
	CollectionDemand        Symbol = "cost.collection_demand"         // IKL §4: collection demand, at most
	AmortisationPlan        Symbol = "cost.amortisation_plan"         // IKL §4: amortisation plan, at most
	LatePaymentCompensation Symbol = "cost.late_payment_compensation" // IKL §4 a: late-payment compensation between businesses or with a public body
	CourtFeeSimplified      Symbol = "fee.court_simplified"           // Förordning (1987:452) om avgifter vid de allmänna domstolarna: supplementary court fee on transfer, simplified case
	CourtFeeOrdinary        Symbol = "fee.court_ordinary"             // Förordning (1987:452) om avgifter vid de allmänna domstolarna: supplementary court fee on transfer, ordinary case

	// Course of a payment order.
	ResponseTime      Symbol = "order.response_time"       // BFL §25: longest time to respond to the order without special reasons
	ResponseTimeUsual Symbol = "order.response_time_usual" // BFL §25: usual time to respond to the order
	ServiceReminder   Symbol = "order.service_reminder"    // BFL §29: reminder to a natural person in service of process
	ServiceAttempts   Symbol = "order.service_attempts"    // BFL §29: usual number of attempts at service
	TransferRequest   Symbol = "order.transfer_request"    // BFL §34: request for transfer to court after an objection
	ReopeningTime     Symbol = "verdict.reopening"         // BFL §53: application for reopening, from the day of the verdict
	VerdictAppeal     Symbol = "verdict.appeal"            // BFL §55: appeal by the applicant against a verdict
	OrderAppeal       Symbol = "order.appeal"              // BFL §56: appeal against another final order
	GuardianAge       Symbol = "guardian.age"              // BFF §8 a, UF 2:9: the chief guardian is told of a younger respondent

	// Limitation.
	Limitation         Symbol = "limitation.general"  // PreskrL §2: limitation, from when the claim arose
	LimitationConsumer Symbol = "limitation.consumer" // PreskrL §2: limitation of a claim against a consumer
	LimitationGrace    Symbol = "limitation.grace"    // PreskrL §7: time left when a proceeding ended without the debtor being told

	// Interest.
	LateInterestAddition Symbol = "interest.addition"            // RL §6: addition to the reference rate, percentage points
	RescissionAddition   Symbol = "interest.addition_rescission" // RL §5: addition to the reference rate on rescission, percentage points
	InterestAfterDemand  Symbol = "interest.after_demand"        // RL §4: interest from this time after an invoice or demand
	BusinessDue          Symbol = "interest.business_due"        // RL §2 a: a claim between businesses falls due at the latest
	ReferenceRate        Symbol = "interest.reference_rate"      // RL §9: reference rate for the calendar half-year

	// Fees in enforcement.
	BasicFee            Symbol = "fee.basic"                   // AvgF §6: basic fee, per enforcement title and year
	BasicFeeYear        Symbol = "fee.basic_year"              // AvgF §5: a new basic fee for each year the handling goes on
	NewFeeNoticeFirst   Symbol = "fee.basic_notice_first"      // AvgF §5, as the authority practises it: notice of a new basic fee at the earliest so long before the fee
	NewFeeNoticeLast    Symbol = "fee.basic_notice_last"       // AvgF §5, as the authority practises it: notice of a new basic fee at the latest so long before the fee
	BasicFeeUnpaidLimit Symbol = "fee.basic_unpaid_limit"      // AvgF §5: no new basic fee if the unpaid amount is lower
	BasicFeeLowering    Symbol = "fee.basic_lowering"          // AvgF §8, UB 17:4: lowering of the basic fee to settle a small rest, at most
	RemovalFee          Symbol = "fee.removal"                 // AvgF §6: basic fee for removal
	InspectionFee       Symbol = "fee.infringement_inspection" // AvgF §6: basic fee for infringement inspection
	PreparationFee      Symbol = "fee.preparation"             // AvgF §9: preparation fee, share of assessed value
	PreparationFeeBase  Symbol = "fee.preparation_base"        // AvgF §9: share of the valuation when there is no assessed value
	SaleFee             Symbol = "fee.sale"                    // AvgF §11: sale fee, share of the price
	SaleFeeProperty     Symbol = "fee.sale_property"           // AvgF §11: sale fee for ships, aircraft and real property
	SaleFeesLeast       Symbol = "fee.sale_least"              // AvgF §12: preparation and sale fee, at least, share of the price base amount
	SaleFeesMost        Symbol = "fee.sale_most"               // AvgF §12: preparation and sale fee, at most, share of the price base amount
	PriceBaseAmount     Symbol = "base.price"                  // SFB 2:6–7: price base amount

	// Course of enforcement and money.
	DeferralLength  Symbol = "deferral.length"            // UB 4:10: longest deferral before the application lapses
	DeferralCount   Symbol = "deferral.count"             // UB 4:10: deferrals that may be granted in one year
	DeferralWindow  Symbol = "deferral.window"            // UB 4:10: the year in which deferrals are counted, rolling
	PayoutTime      Symbol = "payout.time"                // UF 13:3: accounting to the applicant from receipt of money
	PayoutTimeSmall Symbol = "payout.time_small"          // UF 13:3: longest wait for small sums
	MoneyAtInterest Symbol = "payout.at_interest"         // UF 13:1: money is placed at interest unless payout is expected within
	SmallSum        Symbol = "payout.small_sum"           // UF 13:3: sum that may wait for more; assumed, since the law has no figure
	EmployerReport  Symbol = "attachment.report"          // UF 7:11: employer's report, once every
	NormalSingle    Symbol = "attachment.normal_single"   // UB 7:5: normal amount (normalbelopp) a month, single adult
	NormalCouple    Symbol = "attachment.normal_couple"   // UB 7:5: normal amount a month, spouses living together and the like
	NormalChild0    Symbol = "attachment.normal_child_0"  // UB 7:5: normal amount a month, child of 0–6 years
	NormalChild7    Symbol = "attachment.normal_child_7"  // UB 7:5: normal amount a month, child of 7–10 years
	NormalChild11   Symbol = "attachment.normal_child_11" // UB 7:5: normal amount a month, child of 11–14 years
	NormalChild15   Symbol = "attachment.normal_child_15" // UB 7:5: normal amount a month, child of 15 years or more

	// Debt restructuring.
	ClaimReportTime        Symbol = "restructuring.claim_report"          // SKSL §19, FSKS §21: time to report a claim from the announcement
	ClaimReportExtended    Symbol = "restructuring.claim_report_extended" // SKSL §19, FSKS §21: time to report a claim for special reasons
	CreditorNotice         Symbol = "restructuring.creditor_notice"       // SKSL §21, FSKS §23: notice to known creditors after the announcement
	CommentTime            Symbol = "restructuring.comment"               // SKSL §26: time to comment on the proposal; assumed, since the law has no figure
	PlanLength             Symbol = "restructuring.plan"                  // SKSL §34: length of the payment plan
	PlanLengthBusiness     Symbol = "restructuring.plan_business"         // FSKS §36: length of the payment plan, business restructuring
	PlanLongest            Symbol = "restructuring.plan_longest"          // SKSL §§48–51: longest plan after review
	BusinessAbilityDivisor Symbol = "restructuring.ability_divisor"       // FSKS §9: ability to pay per quarter: one part in so many of the price base amount
	RestructuringPayout    Symbol = "restructuring.payout"                // SKSL §41, FSKS §43: payout to creditors, once every
	Instalments            Symbol = "restructuring.instalments"           // SKSL §38: the debtor's payments in a year, none in June and December
	InstalmentsBusiness    Symbol = "restructuring.instalments_business"  // FSKS §40: the debtor's payments in a year, business restructuring
	PayoutForfeited        Symbol = "restructuring.payout_forfeited"      // SKSL §41 a, FSKS §43 a: the right to the money is lost after the last payout
	RestructuringDelay     Symbol = "restructuring.delay"                 // SKSF §15: delay of which creditors are told
	DelayTrivial           Symbol = "restructuring.delay_trivial"         // SKSF §15: rest that is trivial; assumed, since the law has no figure
	RestructuringFee       Symbol = "fee.restructuring"                   // SKSF §12: the debtor's yearly fee

	// Retention, counted from the end of the calendar year of closing unless said otherwise.
	KeepEnforcement           Symbol = "retention.enforcement"            // KFD 2:6: enforcement and collection database
	KeepPaymentOrder          Symbol = "retention.payment_order"          // KFD 2:12: payment-order database
	KeepVerdict               Symbol = "retention.verdict"                // KFD 2:12: verdicts, from the year of legal force
	KeepRestructuring         Symbol = "retention.restructuring"          // KFD 2:18: restructuring database
	KeepRestructuringGranted  Symbol = "retention.restructuring_granted"  // KFD 2:18: granted restructuring, from the year of the decision
	KeepRestructuringBusiness Symbol = "retention.restructuring_business" // KFD 2:18: granted business restructuring, from the year of the decision
	KeepOther                 Symbol = "retention.other"                  // KFD 1:7: other case data, from closing
	SearchLimit               Symbol = "retention.search"                 // KFD 2:29: thereafter verdicts are found by verdict number only

	// Extracts.
	WeedingDefault               Symbol = "extract.weeding"                        // KUL §8: weeding by the credit bureau
	WeedingRestructuring         Symbol = "extract.weeding_restructuring"          // KUL §8: weeding of a restructuring, from the decision to initiate
	WeedingRestructuringBusiness Symbol = "extract.weeding_restructuring_business" // KUL §8: weeding of a business restructuring, from the decision to initiate
	SecrecyClosed                Symbol = "extract.secrecy_closed"                 // OSL 34:1: time in which new enforcement makes a closed case public
	ProcurementLookBack          Symbol = "extract.procurement"                    // LOU 13:3 a: oldest circumstance that may exclude a supplier
)
