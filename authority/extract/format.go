package extract

import "slices"

// Kind is one of the registers that are imported.
type Kind string

// The registers.
const (
	Persons         Kind = "person"
	PublicCases     Kind = "public_case"
	Bankruptcies    Kind = "bankruptcy"
	Administrators  Kind = "administrator"
	Reorganisations Kind = "reorganisation"
)

// Format is how the file of a register is written: CSV with a line of column
// names, parted by comma or semicolon, or JSON lines with the columns as
// members; UTF-8. Columns come in any order, and those that are not required
// may be left out. A row replaces an earlier one with the same key, which in one
// file must be of the same person. Texts are as long, and of such characters, as
// the files of extracts can carry: one that they cannot would hold up a delivery
// to everybody.
type Format struct {
	Kind    Kind
	Key     string // the column that names a row
	Columns []Column
	Swedish string
	English string
	table   string
}

// Column is one column of a format.
type Column struct {
	Name     string
	Type     ColumnType
	Required bool
	Longest  int      // of a text, in characters; 0 = as the type needs
	Choices  []string // of a Choice
	Swedish  string
	English  string
	Basis    string // section or rule; "" for none
	stored   string // the column of the table; Name unless given
}

// ColumnType is how a value is written.
type ColumnType string

// The types.
const (
	Text     ColumnType = "text"
	Choice   ColumnType = "choice"
	Identity ColumnType = "identity" // twelve digits
	Amount   ColumnType = "amount"   // kronor: 1234.50
	Date     ColumnType = "day"      // YYYY-MM-DD
	Year     ColumnType = "year"     // four digits
	YesNo    ColumnType = "yes"      // yes, no
)

// The most characters of keys and of other numbers in the files that extracts go
// out in.
const (
	longestKey    = 40
	longestNumber = 20
)

// Formats are the files that Import reads.
func Formats() []Format {
	return []Format{personFormat(), publicCaseFormat(), bankruptcyFormat(), administratorFormat(), reorganisationFormat()}
}

func personFormat() Format {
	return Format{Kind: Persons, Key: "identity", table: "extract_person",
		Swedish: "Personer och företag", English: "Persons and companies",
		Columns: []Column{
			person(),
			{Name: "name", Type: Text, Required: true, Longest: 60, Swedish: "Namn", English: "Name"},
			{Name: "protected", Type: YesNo, Swedish: "Skyddade personuppgifter: namnet lämnas inte ut", English: "Protected personal data: the name is withheld"},
		}}
}

func person() Column {
	return Column{Name: "identity", Type: Identity, Required: true, Swedish: "Identitetsnummer", English: "Identity number"}
}

func key(longest int, sv, en string) Column {
	return Column{Name: "number", Type: Text, Required: true, Longest: longest, Swedish: sv, English: en}
}

func courtNumber() Column {
	return Column{Name: "case_number", Type: Text, Required: true, Longest: longestNumber, Swedish: "Domstolens målnummer", English: "Case number of the court"}
}

func publicCaseFormat() Format {
	return Format{Kind: PublicCases, Key: "number", table: "extract_public_case",
		Swedish: "Allmänna mål", English: "Public cases",
		Columns: []Column{
			key(longestNumber, "Målnummer", "Case number"), person(),
			{Name: "kind", Type: Text, Required: true, Longest: 20, Swedish: "Typ av A-mål", English: "Kind of public case", Basis: "INDL §2"},
			{Name: "crime", Type: YesNo, Required: true, Swedish: "Fordringen grundar sig på brott", English: "The claim is based on a crime", Basis: "KFDF §12"},
			{Name: "fund_type", Type: Text, Longest: 4, Swedish: "Medelsslag", English: "Fund type"},
			{Name: "year", Type: Year, Swedish: "Uppbördsår", English: "Collection year"},
			{Name: "term", Type: Text, Longest: 4, Swedish: "Termin", English: "Collection term"},
			{Name: "title", Type: Text, Longest: 30, Swedish: "Exekutionstitel", English: "Title"},
			{Name: "amount", Type: Amount, Required: true, Swedish: "Belopp", English: "Amount"},
			{Name: "received", Type: Amount, Swedish: "Influtet", English: "Money received"},
			{Name: "registered", Type: Date, Required: true, Swedish: "Registrerat", English: "Day of registration"},
			{Name: "established", Type: Date, Swedish: "Skulden fastställd", English: "Day the debt was established"},
			{Name: "due", Type: Date, Swedish: "Förfallodag", English: "Due date"},
			{Name: "limitation", Type: Date, Swedish: "Preskriptionsdag", English: "Limitation date"},
			{Name: "notice", Type: Choice, Choices: []string{"given", "unnecessary"}, Swedish: "Avisering", English: "Notice", Basis: "UB 4:12; KUL §7 a"},
			{Name: "notice_day", Type: Date, Swedish: "Aviseringsdag; krävs när avisering getts", English: "Day of the notice; required when it was given"},
			{Name: "ended", Type: Date, Swedish: "Avslutat", English: "Day of closing"},
		}}
}

// bankruptcyEndings are the sections under which a bankruptcy ends (law.md
// §8.3); our own codes.
func bankruptcyEndings() []string {
	return []string{"KL 2:25", "KL 10:1", "KL 11:18", "KL 12:1", "KL 12"}
}

func bankruptcyFormat() Format {
	return Format{Kind: Bankruptcies, Key: "number", table: "extract_bankruptcy",
		Swedish: "Konkursbeslut", English: "Bankruptcy decisions",
		Columns: []Column{
			key(longestKey, "Beslutets nummer", "Number of the decision"), person(),
			courtNumber(),
			{Name: "court", Type: Text, Required: true, Longest: 60, Swedish: "Domstol", English: "Court"},
			{Name: "measure", Type: Choice, Required: true, Choices: []string{"opened", "set_aside", "ended"}, Swedish: "Typ av konkursåtgärd", English: "Kind of measure"},
			{Name: "section", Type: Choice, Choices: bankruptcyEndings(), Swedish: "Avslutad enligt paragraf", English: "Section under which it ended", Basis: "KL"},
			{Name: "day", Type: Date, Required: true, Swedish: "Beslutsdag", English: "Day of the decision"},
		}}
}

func administratorFormat() Format {
	return Format{Kind: Administrators, Key: "number", table: "extract_administrator",
		Swedish: "Konkursförvaltare", English: "Bankruptcy administrators",
		Columns: []Column{
			key(longestKey, "Förordnandets nummer", "Number of the appointment"), person(),
			courtNumber(),
			{Name: "administrator", Type: Text, Required: true, Longest: 60, Swedish: "Förvaltare", English: "Administrator"},
			{Name: "phone", Type: Text, Longest: 16, Swedish: "Telefon", English: "Phone"},
			{Name: "from", Type: Date, Required: true, Swedish: "Från och med", English: "From", stored: "from_day"},
			{Name: "until", Type: Date, Swedish: "Till och med", English: "Until", stored: "until_day"},
		}}
}

func reorganisationFormat() Format {
	return Format{Kind: Reorganisations, Key: "number", table: "extract_reorganisation",
		Swedish: "Företagsrekonstruktioner", English: "Company reorganisations",
		Columns: []Column{
			key(longestKey, "Beslutets nummer", "Number of the decision"), person(),
			courtNumber(),
			{Name: "court", Type: Text, Required: true, Longest: 60, Swedish: "Domstol", English: "Court"},
			{Name: "measure", Type: Choice, Required: true, Choices: []string{"opened", "extended", "plan_fixed", "ended"}, Swedish: "Åtgärd", English: "Measure"},
			{Name: "day", Type: Date, Required: true, Swedish: "Beslutsdag", English: "Day of the decision"},
		}}
}

// FormatOf finds the format of a register.
func FormatOf(k Kind) (Format, bool) {
	for _, f := range Formats() {
		if f.Kind == k {
			return f, true
		}
	}
	return Format{}, false
}

// Table is the table that the register fills.
func (f Format) Table() string { return f.table }

// Stored are the columns of Table in the order of Columns.
func (f Format) Stored() []string {
	names := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		names[i] = c.field()
	}
	return names
}

// column is the place of a column of that name among Columns.
func (f Format) column(name string) int {
	return slices.IndexFunc(f.Columns, func(c Column) bool { return c.Name == name })
}

func (c Column) field() string {
	if c.stored != "" {
		return c.stored
	}
	return c.Name
}
