package fee

import "filtjanst/filing"

// Kind names a fee.
type Kind string

// The kinds of fee.
const (
	ApplicationFee  Kind = "application_fee"  // ansökningsavgift
	BasicFee        Kind = "basic_fee"        // grundavgift
	RemovalFee      Kind = "removal_fee"      // grundavgift vid avlägsnande
	InspectionFee   Kind = "inspection_fee"   // grundavgift vid intrångsundersökning
	PreparationFee  Kind = "preparation_fee"  // beredningsavgift
	SaleFee         Kind = "sale_fee"         // försäljningsavgift
	EnforcementCost Kind = "enforcement_cost" // annan förrättningskostnad
	ExtractFee      Kind = "extract_fee"      // avgift för utdrag
	ReminderFee     Kind = "reminder_fee"     // påminnelseavgift
	LateInterest    Kind = "late_interest"    // dröjsmålsränta
)

// KindInfo tells what a kind of fee is.
type KindInfo struct {
	Kind    Kind
	Swedish string
	English string
	Basis   string         // section
	Service filing.Service // in whose cases it arises
	// Bears tells whether late interest runs on it (RL): reminder fees and
	// interest bear none.
	Bears bool
}

// Kinds lists the kinds of fee, for invoices and documentation.
func Kinds() []KindInfo {
	all := kinds()
	return all[:]
}

// kinds is an array, so that looking up a kind allocates nothing.
func kinds() [10]KindInfo {
	return [10]KindInfo{
		{ApplicationFee, "Ansökningsavgift", "Application fee", "AvgF §1", filing.PaymentOrder, true},
		{BasicFee, "Grundavgift", "Basic fee", "AvgF §§5–6", filing.Enforcement, true},
		{RemovalFee, "Grundavgift, avlägsnande", "Basic fee, removal", "AvgF §6", filing.Enforcement, true},
		{InspectionFee, "Grundavgift, intrångsundersökning", "Basic fee, infringement inspection", "AvgF §6", filing.Enforcement, true},
		{PreparationFee, "Beredningsavgift", "Preparation fee", "AvgF §9", filing.Enforcement, true},
		{SaleFee, "Försäljningsavgift", "Sale fee", "AvgF §11", filing.Enforcement, true},
		{EnforcementCost, "Förrättningskostnad", "Cost of enforcement", "UB 17:1", filing.Enforcement, true},
		{ExtractFee, "Avgift för utdrag", "Price of an extract", "KFDF §18", filing.AnyService, true},
		{ReminderFee, "Påminnelseavgift", "Reminder fee", "IKL §§2, 4", filing.AnyService, false},
		{LateInterest, "Dröjsmålsränta", "Late-payment interest", "RL §6, AvgF §17 a", filing.AnyService, false},
	}
}

// Info returns what the kind is; ok is false for an unknown one.
func (k Kind) Info() (info KindInfo, ok bool) {
	for _, i := range kinds() {
		if i.Kind == k {
			return i, true
		}
	}
	return KindInfo{}, false
}
