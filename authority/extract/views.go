package extract

// View is a view of another room that extracts are made from, with the columns
// that are read.
type View struct {
	Name    string
	Room    string
	Columns []string
	English string
}

// Views lists what extracts read of other rooms: the legal scope begins here.
// identity is the stored form of an identity number; days are YYYY-MM-DD or
// NULL, amounts öre.
func Views() []View {
	return []View{
		{"enforcement_debts", "enforcement", []string{"identity", "case_number", "measure", "title_kind", "title_number", "established",
			"registered", "due", "amount", "received", "remaining", "closed", "blocked"},
			"each private case (enskilt mål): one title against one respondent"},
		{"enforcement_measures", "enforcement", []string{"identity", "case_number", "measure", "number", "result", "day", "amount", "blocked"},
			"investigation reports, decisions on earnings, deferrals"},
		{"enforcement_accounts", "enforcement", []string{"identity", "case_number", "number", "title_kind", "day", "paid_out", "blocked"},
			"accountings to the applicant"},
		{"paymentorder_credit", "paymentorder", []string{"identity", "name", "id", "case_number", "kind", "verdict_number", "applicant", "applicant_identity", "day",
			"amount", "blocked", "gone"},
			"verdicts, and applications"},
		{"enforcement_touched", "enforcement", []string{"identity", "day", "investigated", "repossession"}, "of whom the three above may tell something else since the day"},
		{"paymentorder_touched", "paymentorder", []string{"identity", "day"}, "of whom the verdicts and applications may be others since the day"},
		{"notice_protected", "notice", []string{"identity", "from_day", "until_day", "holds", "noted"},
			"persons with protected data, of whom no name is told"},
		{"restructuring_persons", "restructuring", []string{"identity", "name", "number", "business", "opened", "plan_end", "stage", "date", "blocked"},
			"debt restructurings, as they stand"},
	}
}
