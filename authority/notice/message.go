package notice

import (
	"slices"

	"filtjanst/filing"
)

// Message names one outgoing message: a transaction of filing that has a letter
// beside it, or a letter that is never a file.
type Message string

// The letters that are never files, and the letters of transactions.
const (
	OrderToComplete       Message = "bf.order_to_complete"   // föreläggande om komplettering, BFL §20; always a letter (R48)
	OrderToAnswer         Message = "bf.order_to_answer"     // föreläggande att svara, BFL §25
	ServiceReminder       Message = "bf.service_reminder"    // påminnelse om delgivning, BFL §29
	ServiceOffer          Message = "bf.service_offer"       // sökanden får ordna delgivningen, BFL §30
	ObjectionNotice       Message = "bf.objection_notice"    // underrättelse om bestridande, BFL §33
	LateObjection         Message = "bf.late_objection"      // sent bestridande, to the respondent
	VerdictLetter         Message = "bf.verdict"             // utslag, to the applicant, BFL §44
	VerdictToRespondent   Message = "bf.verdict_respondent"  // utslag, to the respondent, BFL §44
	ReopeningQuestion     Message = "bf.reopening_question"  // is a writing a request for reopening (återvinning)?
	ReopeningNotice       Message = "bf.reopening_notice"    // återvinning sökt, BFL §54
	Dismissal             Message = "bf.dismissal"           // avvisning, BFL §§20, 21, 30
	Discontinuance        Message = "bf.discontinuance"      // avskrivning, BFL §§22, 37
	TransferNotice        Message = "bf.transfer"            // överlämnande till tingsrätt, BFL §36
	EstateRequest         Message = "bf.estate_request"      // who acts for the estate (dödsbo)?
	PaymentOrderGuardian  Message = "bf.guardian_notice"     // överförmyndaren, BFF §8 a
	ConfirmationLetter    Message = "bf.confirmation"        // bekräftelse, payment order
	EnforcementConfirmed  Message = "ve.confirmation"        // bekräftelse, enforcement
	OrderForTitle         Message = "ve.order_to_complete"   // lodge title or documents, UB 2:5
	AttachmentNotice      Message = "ve.attachment_notice"   // underrättelse före utmätning, UB 4:12
	EarningsApplicant     Message = "ve.earnings_attachment" // löneutmätningsbeslut, to the applicant
	EarningsDebtor        Message = "ve.earnings_debtor"     // the same, to the debtor
	EarningsEmployer      Message = "ve.earnings_employer"   // the same, to the employer
	InvestigationReport   Message = "ve.investigation"       // utredningsrapport, to the applicant, UB 4:9 a
	InvestigationDebtor   Message = "ve.investigation_debtor"
	InterimAccount        Message = "ve.interim_account"  // delredovisning, UB 13:1
	NewFee                Message = "ve.new_fee"          // ny grundavgift, AvgF §5
	FeeDemand             Message = "ve.fee_demand"       // unpaid basic fee, UB 17:2
	AdvanceDemand         Message = "ve.advance_demand"   // advance on the costs, AvgF §4
	DeferralWarning       Message = "ve.deferral_warning" // uppskov near its limits, UB 4:10
	FinalAccount          Message = "ve.final_account"    // slutredovisning
	RepaymentDemand       Message = "ve.repayment_demand" // title set aside, UB 3:22
	EnforcementGuardian   Message = "ve.guardian_notice"  // överförmyndaren, UF 2:9
	CreditorCall          Message = "sc.creditor_call"    // call to known creditors, SKSL §21
	RestructuringProposal Message = "sc.proposal"         // förslag, SKSL §26
	RestructuringDecision Message = "sc.decision"         // beslut om skuldsanering
	PayoutNotice          Message = "sc.payout_notice"    // yearly payout, SKSF §18
	DelayNotice           Message = "sc.delay_notice"     // late payment by the debtor, SKSF §15
	InvoiceLetter         Message = "fee.invoice"         // samlingsfaktura
	CreditNoteLetter      Message = "fee.credit_note"     // kreditfaktura
	InvoiceReminder       Message = "fee.reminder"        // påminnelse om faktura, always a letter
	SuspensionNotice      Message = "permit.suspension"   // avstängning (R21)
	SuspensionLifted      Message = "permit.suspension_lifted"
)

// Role is what a person is in a letter: its recipient or a party it names.
type Role string

// The roles.
const (
	Filer               Role = "filer"                // ingivare
	Applicant           Role = "applicant"            // sökande
	Respondent          Role = "respondent"           // svarande
	Debtor              Role = "debtor"               // gäldenär
	Creditor            Role = "creditor"             // borgenär
	Estate              Role = "estate"               // dödsbo
	Representative      Role = "representative"       // ombud
	LegalRepresentative Role = "legal_representative" // ställföreträdare
	Employer            Role = "employer"             // arbetsgivare
	ChiefGuardian       Role = "chief_guardian"       // överförmyndare
)

// title is the role's word in letters; "" if there is no such role.
func (r Role) title() string {
	return map[Role]string{
		Filer: "Ingivare", Applicant: "Sökande", Respondent: "Svarande", Debtor: "Gäldenär", Creditor: "Borgenär",
		Estate: "Dödsbo", Representative: "Ombud", LegalRepresentative: "Ställföreträdare",
		Employer: "Arbetsgivare", ChiefGuardian: "Överförmyndare",
	}[r]
}

// Entry is one row of the matrix: a message, its channels, and what its letter
// must be given.
type Entry struct {
	ID         Message             `toml:"id"`
	Swedish    string              `toml:"sv"`
	English    string              `toml:"en"`
	To         []Role              `toml:"to"`
	Permitted  []filing.Notice     `toml:"permitted"`
	Default    filing.Notice       `toml:"default"`
	Electronic string              `toml:"electronic"` // how it goes electronically; "" = as the transaction of its id
	Fixed      string              `toml:"fixed"`      // rule that fixes the cell; "" if the filer may choose
	Basis      string              `toml:"basis"`
	Mark       filing.Mark         `toml:"mark"`
	Facts      map[string]FactKind `toml:"facts"`    // that the letter must have
	Optional   map[string]FactKind `toml:"optional"` // that it may have
}

// HasLetter tells whether the message may go on paper.
func (e Entry) HasLetter() bool {
	return slices.Contains(e.Permitted, filing.NoticePaper) || slices.Contains(e.Permitted, filing.NoticeBoth)
}

func (e Entry) permits(n filing.Notice) bool { return slices.Contains(e.Permitted, n) }
