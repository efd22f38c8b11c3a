package restructuring

// Reason is why a claim is, or may have to be, left out of a restructuring.
type Reason string

// The reasons.
const (
	Maintenance        Reason = "maintenance"
	Secured            Reason = "secured"
	AttachmentPriority Reason = "attachment_priority"
	CompanyMortgage    Reason = "company_mortgage"
	CounterPerformance Reason = "counter_performance"
	IsDisputed         Reason = "disputed"
	Conditional        Reason = "conditional"
	AmountNotFixed     Reason = "amount_not_fixed"
	NotDue             Reason = "not_due"
	Unfounded          Reason = "unfounded"
	AfterOpening       Reason = "after_opening"
	IsCopy             Reason = "copy"
)

// ReasonText is a reason for people.
type ReasonText struct {
	Reason  Reason
	Swedish string
	English string
	Basis   string
}

// Reasons lists the reasons to leave a claim out (SKSL §§30–32).
func Reasons() []ReasonText {
	return []ReasonText{
		{Maintenance, "familjerättsligt underhåll", "family-law maintenance", "SKSL §31"},
		{Secured, "täcks av säkerhet", "covered by security", "SKSL §31"},
		{AttachmentPriority, "förmånsrätt genom utmätning före inledandet", "priority through attachment before the opening", "SKSL §31"},
		{CompanyMortgage, "företagsinteckning", "company mortgage", "FSKS §33"},
		{CounterPerformance, "inte förfallen och beroende av motprestation", "not due and dependent on counter-performance", "SKSL §31"},
		{IsDisputed, "tvistig", "disputed", "SKSL §31"},
		{Conditional, "villkorad", "conditional", "SKSL §32"},
		{AmountNotFixed, "till beloppet inte fastställd", "amount not fixed", "SKSL §32"},
		{NotDue, "inte förfallen", "not due", "SKSL §32"},
		{Unfounded, "kan antas vara ogrundad", "presumably unfounded", "SKSL §32"},
		{AfterOpening, "uppkom efter inledandebeslutet", "arose after the decision to initiate", "SKSL §30"},
		{IsCopy, "anmäld tidigare", "reported before", "R73"},
	}
}

func (r Reason) known() bool {
	for _, t := range Reasons() {
		if t.Reason == r {
			return true
		}
	}
	return false
}
