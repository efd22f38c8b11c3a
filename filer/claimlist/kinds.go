package claimlist

import (
	"embed"
	"fmt"
	"slices"
)

// ListKind is what a list holds, besides claims.
type ListKind string

// The kinds of list. Claims become applications for payment orders.
const (
	Claims      ListKind = ""
	Acts        ListKind = "acts"        // what is done to cases by their own references
	Enforcement ListKind = "enforcement" // applications for enforcement, one row a debt
	Reports     ListKind = "reports"     // claim reports in debt restructurings, one row a claim
	Questions   ListKind = "questions"   // persons whose extracts are asked for
	Owns        ListKind = "own"         // the filer's own list of cases
)

func listKinds() []ListKind { return []ListKind{Acts, Enforcement, Reports, Questions, Owns} }

// The fields of the other lists. A field of claims keeps its meaning in them.
const (
	CaseNumber        Field = "case_number"         // Målnr
	Respondent        Field = "respondent"          // Svarande: number of the only one that is meant
	ActAmount         Field = "amount"              // Belopp
	ReductionWay      Field = "reduction"           // Till/med
	PartNumber        Field = "part"                // Delkrav
	PaidOn            Field = "paid"                // Betaldag
	DeferUntil        Field = "until"               // Uppskov t.o.m.
	Reason            Field = "reason"              // Skäl
	ChangeKind        Field = "change"              // Ändring
	ChangedSide       Field = "of"                  // Gäller
	Workplace         Field = "workplace"           // Arbetsplats
	Bankgiro          Field = "bankgiro"            // Bankgiro
	Plusgiro          Field = "plusgiro"            // Plusgiro
	FromIdentity      Field = "from_identity"       // Överlåtarens nr
	FromName          Field = "from_name"           // Överlåtare
	AssignedOn        Field = "assigned"            // Överlåtelsedag
	Deposited         Field = "deposited"           // Deponerat avtal
	Measure           Field = "measure"             // Åtgärd
	Scope             Field = "scope"               // Omfattning
	TitleKind         Field = "title_kind"          // Titel
	TitleNumber       Field = "title_number"        // Titelnr
	TitleIssuer       Field = "title_issuer"        // Utfärdare
	TitleDate         Field = "title_date"          // Titeldag
	LegalForce        Field = "legal_force"         // Laga kraft
	Lodged            Field = "lodged"              // Ingiven
	Original          Field = "original"            // Original
	DebtType          Field = "debt_type"           // Skuldtyp
	AlternativeGround Field = "alternative_ground"  // Alternativ grund
	Property          Field = "property"            // Egendom
	Joint             Field = "joint"               // Solidariskt
	MatterNumber      Field = "matter_number"       // Skuldsaneringsärende
	OriginDate        Field = "origin"              // Uppkom
	InterestAmount    Field = "interest_amount"     // Ränta
	Disputed          Field = "disputed"            // Tvistig
	NotDue            Field = "not_due"             // Ej förfallen
	CounterPerform    Field = "counter_performance" // Motprestation
	Condition         Field = "condition"           // Villkor
	Security          Field = "security"            // Säkerhet
	SecurityAmount    Field = "security_amount"     // Säkerhetens värde
	GuarantorIdentity Field = "guarantor_identity"  // Borgensman nr
	GuarantorName     Field = "guarantor_name"      // Borgensman
	UnderCollection   Field = "under_collection"    // Under inkasso
	Purpose           Field = "purpose"             // Ändamål
	Procurement       Field = "procurement"         // Upphandling
	PeriodFrom        Field = "period_from"         // Fr.o.m.
	PeriodTo          Field = "period_to"           // T.o.m.
	StateWord         Field = "state"               // Läge
)

// symbolsOf are what the fields of codes can say.
func symbolsOf() map[Field][]string {
	yesNo := []string{"yes", "no"}
	return map[Field][]string{
		PartyKind:       {"person", "organisation", "estate"},
		InterestType:    {"interest_act", "agreed", "none"},
		EnforcementWish: yesNo,
		ReductionWay:    {"to", "by"},
		Reason:          {"paid", "settled", "mistaken", "other"},
		ChangeKind:      {"address", "name", "workplace", "representative", "payee", "assignment"},
		ChangedSide:     {"respondent", "applicant"},
		Measure:         {"payment", "repossession"},
		Scope:           {"full", "limited", "earnings"},
		TitleKind: {"judgment", "settlement", "penalty_order", "arbitral_award", "maintenance", "administrative", "document", "verdict",
			"european_order", "negotiable_note"},
		DebtType: {"capital", "capitalised_interest", "collection_cost", "reminder_fee", "late_payment_compensation", "application_fee", "own_work", "other_cost"},
		Lodged:   yesNo, Original: yesNo, Joint: yesNo, Disputed: yesNo, NotDue: yesNo, CounterPerform: yesNo, UnderCollection: yesNo,
		Purpose: {"collection", "supervision", "suitability"},
	}
}

// rulesOf are the fields that a kind of list can have; nil for no kind.
func rulesOf(k ListKind) map[Field]fieldRule {
	switch k {
	case Claims:
		return fieldRules()
	case Acts:
		return actRules()
	case Enforcement:
		return enforcementRules()
	case Reports:
		return reportRules()
	case Questions:
		return questionRules()
	case Owns:
		return map[Field]fieldRule{Reference: {level: CaseLevel}, CaseNumber: {level: CaseLevel}, ActAmount: {kind: amountKind, level: CaseLevel},
			StateWord: {level: CaseLevel}, Ignored: {level: InvoiceLevel}}
	}
	return nil
}

func addressRules(required bool) map[Field]fieldRule {
	return map[Field]fieldRule{
		CareOf: {level: CaseLevel}, Street: {level: CaseLevel, required: required}, PostalCode: {level: CaseLevel, required: required},
		Town: {level: CaseLevel, required: required}, Country: {level: CaseLevel}, Phone: {level: CaseLevel}, Mobile: {level: CaseLevel},
		Email: {level: CaseLevel}, Ignored: {level: InvoiceLevel},
	}
}

func with(rules map[Field]fieldRule, more map[Field]fieldRule) map[Field]fieldRule {
	for f, r := range more {
		rules[f] = r
	}
	return rules
}

func actRules() map[Field]fieldRule {
	return with(addressRules(false), map[Field]fieldRule{
		Reference: {level: CaseLevel}, CaseNumber: {level: CaseLevel}, Respondent: {level: CaseLevel},
		ActAmount: {kind: amountKind, level: CaseLevel}, ReductionWay: {kind: codeKind, level: CaseLevel}, PartNumber: {level: CaseLevel},
		PaidOn: {kind: dateKind, level: CaseLevel}, DeferUntil: {kind: dateKind, level: CaseLevel}, Reason: {kind: codeKind, level: CaseLevel},
		ChangeKind: {kind: codeKind, level: CaseLevel}, ChangedSide: {kind: codeKind, level: CaseLevel},
		Identity: {level: CaseLevel}, Name: {level: CaseLevel}, Workplace: {level: CaseLevel}, Bankgiro: {level: CaseLevel}, Plusgiro: {level: CaseLevel},
		FromIdentity: {level: CaseLevel}, FromName: {level: CaseLevel}, AssignedOn: {kind: dateKind, level: CaseLevel}, Deposited: {level: CaseLevel},
	})
}

func enforcementRules() map[Field]fieldRule {
	return with(addressRules(true), map[Field]fieldRule{
		Reference: {level: CaseLevel, required: true}, ClientNumber: {level: CaseLevel, required: true}, ClientName: {level: CaseLevel},
		PartyKind: {kind: codeKind, level: CaseLevel}, Identity: {level: CaseLevel, required: true}, Name: {level: CaseLevel, required: true},
		SecondIdentity: {level: CaseLevel}, SecondName: {level: CaseLevel}, ActingIdentity: {level: CaseLevel}, ActingName: {level: CaseLevel},
		Measure: {kind: codeKind, level: CaseLevel}, Scope: {kind: codeKind, level: CaseLevel}, Joint: {kind: codeKind, level: CaseLevel},
		TitleKind: {kind: codeKind, level: CaseLevel, required: true}, TitleNumber: {level: CaseLevel}, TitleIssuer: {level: CaseLevel},
		TitleDate: {kind: dateKind, level: CaseLevel, required: true}, LegalForce: {kind: dateKind, level: CaseLevel},
		Lodged: {kind: codeKind, level: CaseLevel}, Original: {kind: codeKind, level: CaseLevel},
		DebtType: {kind: codeKind, level: InvoiceLevel}, ActAmount: {kind: amountKind, level: InvoiceLevel, required: true},
		DueDate: {kind: dateKind, level: InvoiceLevel}, InvoiceNumber: {level: InvoiceLevel},
		InterestType: {kind: codeKind, level: InvoiceLevel}, InterestRate: {kind: rateKind, level: InvoiceLevel}, InterestFrom: {kind: dateKind, level: InvoiceLevel},
		Accrued: {kind: amountKind, level: InvoiceLevel}, AccruedTo: {kind: dateKind, level: InvoiceLevel},
		PeriodFrom: {kind: dateKind, level: InvoiceLevel}, PeriodTo: {kind: dateKind, level: InvoiceLevel},
		Ground: {level: CaseLevel}, AlternativeGround: {level: CaseLevel}, Property: {level: CaseLevel},
	})
}

func reportRules() map[Field]fieldRule {
	return map[Field]fieldRule{
		Reference: {level: CaseLevel, required: true}, MatterNumber: {level: CaseLevel, required: true}, ClientNumber: {level: CaseLevel, required: true},
		ClientName: {level: CaseLevel}, Identity: {level: CaseLevel, required: true}, Name: {level: CaseLevel, required: true},
		ActAmount: {kind: amountKind, level: InvoiceLevel, required: true}, InterestAmount: {kind: amountKind, level: InvoiceLevel},
		OriginDate: {kind: dateKind, level: InvoiceLevel, required: true}, DueDate: {kind: dateKind, level: InvoiceLevel}, CaseNumber: {level: InvoiceLevel},
		Ground: {level: InvoiceLevel}, Disputed: {kind: codeKind, level: InvoiceLevel}, NotDue: {kind: codeKind, level: InvoiceLevel},
		CounterPerform: {kind: codeKind, level: InvoiceLevel}, Condition: {level: InvoiceLevel}, Security: {level: InvoiceLevel},
		SecurityAmount: {kind: amountKind, level: InvoiceLevel}, GuarantorIdentity: {level: InvoiceLevel}, GuarantorName: {level: InvoiceLevel},
		Ignored: {level: InvoiceLevel},
	}
}

func questionRules() map[Field]fieldRule {
	return map[Field]fieldRule{
		Reference: {level: CaseLevel, required: true}, Identity: {level: CaseLevel, required: true}, UnderCollection: {kind: codeKind, level: CaseLevel},
		Purpose: {kind: codeKind, level: CaseLevel}, Procurement: {level: CaseLevel}, PeriodFrom: {kind: dateKind, level: CaseLevel},
		PeriodTo: {kind: dateKind, level: CaseLevel}, Ignored: {level: InvoiceLevel},
	}
}

//go:embed mappings/*.toml
var mappings embed.FS

// MappingOf returns the mapping that the package ships for a kind of list, and
// its text for people who want to change it.
func MappingOf(k ListKind) (*Mapping, []byte, error) {
	if k == Claims {
		return UsualMapping()
	}
	if !slices.Contains(listKinds(), k) {
		return nil, nil, fmt.Errorf("there is no list of %q", k)
	}
	name := string(k) + ".toml"
	text, err := mappings.ReadFile("mappings/" + name)
	if err != nil {
		return nil, nil, err
	}
	m, err := ParseMapping(name, text)
	return m, text, err
}
