package claimlist

// Field is what a column of an export can hold.
type Field string

// Level tells whether a value belongs to the case or to one row of it.
type Level string

// The levels. A value of the case must be the same on all its rows and is
// never summed over them.
const (
	CaseLevel    Level = "case"
	InvoiceLevel Level = "invoice"
)

// The fields, with the columns of the usual export.
const (
	Reference        Field = "reference"         // Ärendenr: rows with the same value are one application
	ClientNumber     Field = "client_number"     // Uppdragsgivarnr
	ClientName       Field = "client_name"       // Borgenär, compared with the client master
	OriginalCreditor Field = "original_creditor" // Urspr.borgenär
	PartyKind        Field = "party_kind"        // Typ
	Identity         Field = "identity"          // Pers/orgnr
	Name             Field = "name"              // Namn
	CareOf           Field = "care_of"           // C/o
	Street           Field = "street"            // Adress
	PostalCode       Field = "postal_code"       // Postnr
	Town             Field = "town"              // Ort
	Country          Field = "country"           // Land
	Phone            Field = "phone"             // Telefon
	Mobile           Field = "mobile"            // Mobil
	Email            Field = "email"             // E-post
	SecondIdentity   Field = "second_identity"   // Svar2 pnr: jointly liable
	SecondName       Field = "second_name"       // Svar2 namn
	ActingIdentity   Field = "acting_identity"   // Ställf. pnr: legal representative
	ActingName       Field = "acting_name"       // Ställf. namn
	InvoiceNumber    Field = "invoice_number"    // Fakturanr
	InvoiceDate      Field = "invoice_date"      // Fakturadat
	DueDate          Field = "due_date"          // Förfallodat
	CapitalAmount    Field = "capital"           // Kapital
	CreditOf         Field = "credit_of"         // Kredit av: the invoice that a credit note lowers
	InterestType     Field = "interest_type"     // Räntetyp
	InterestRate     Field = "interest_rate"     // Ränta %
	InterestFrom     Field = "interest_from"     // Ränta fr.o.m.
	Accrued          Field = "accrued"           // Uppl. ränta
	AccruedTo        Field = "accrued_to"        // Ränta t.o.m.
	ReminderFee      Field = "reminder_fee"      // Påminn.avg
	CollectionCost   Field = "collection_cost"   // Ink.kostn
	LateCompensation Field = "late_compensation" // Förs.ers
	ApplicationFee   Field = "application_fee"   // Ans.avg
	OwnWork          Field = "own_work"          // Ombudsarv
	DemandDate       Field = "demand_date"       // Kravdatum
	PayBefore        Field = "pay_before"        // Krav betalas senast
	LimitationDate   Field = "limitation_date"   // Preskr.dat: not sent
	EnforcementWish  Field = "enforcement"       // Verkställ
	Ground           Field = "ground"            // Grund
	Ignored          Field = "ignore"            // a column that is not used
)

// kind tells how a cell is read.
type kind uint8

const (
	textKind kind = iota
	amountKind
	rateKind
	dateKind
	codeKind
)

type fieldRule struct {
	kind     kind
	level    Level // "" = the mapping decides
	required bool  // the mapping must name a column for it
}

// fieldRules is what the package itself knows of each field.
func fieldRules() map[Field]fieldRule {
	return map[Field]fieldRule{
		Reference:        {level: CaseLevel, required: true},
		ClientNumber:     {level: CaseLevel, required: true},
		ClientName:       {level: CaseLevel},
		OriginalCreditor: {level: InvoiceLevel},
		PartyKind:        {kind: codeKind, level: CaseLevel},
		Identity:         {level: CaseLevel, required: true},
		Name:             {level: CaseLevel, required: true},
		CareOf:           {level: CaseLevel},
		Street:           {level: CaseLevel, required: true},
		PostalCode:       {level: CaseLevel, required: true},
		Town:             {level: CaseLevel, required: true},
		Country:          {level: CaseLevel},
		Phone:            {level: CaseLevel},
		Mobile:           {level: CaseLevel},
		Email:            {level: CaseLevel},
		SecondIdentity:   {level: CaseLevel},
		SecondName:       {level: CaseLevel},
		ActingIdentity:   {level: CaseLevel},
		ActingName:       {level: CaseLevel},
		InvoiceNumber:    {level: InvoiceLevel},
		InvoiceDate:      {kind: dateKind, level: InvoiceLevel},
		DueDate:          {kind: dateKind, level: InvoiceLevel, required: true},
		CapitalAmount:    {kind: amountKind, level: InvoiceLevel, required: true},
		CreditOf:         {level: InvoiceLevel},
		InterestType:     {kind: codeKind, level: InvoiceLevel},
		InterestRate:     {kind: rateKind, level: InvoiceLevel},
		InterestFrom:     {kind: dateKind, level: InvoiceLevel},
		Accrued:          {kind: amountKind, level: InvoiceLevel},
		AccruedTo:        {kind: dateKind, level: InvoiceLevel},
		ReminderFee:      {kind: amountKind},
		CollectionCost:   {kind: amountKind},
		LateCompensation: {kind: amountKind},
		ApplicationFee:   {kind: amountKind, level: CaseLevel},
		OwnWork:          {kind: amountKind, level: CaseLevel},
		DemandDate:       {kind: dateKind, level: CaseLevel},
		PayBefore:        {kind: dateKind, level: CaseLevel},
		LimitationDate:   {kind: dateKind},
		EnforcementWish:  {kind: codeKind, level: CaseLevel},
		Ground:           {level: InvoiceLevel, required: true},
		Ignored:          {level: InvoiceLevel},
	}
}
