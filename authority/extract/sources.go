package extract

import "strings"

// told are the conditions that hold for every row of a person in every
// extract: neither person nor case is withheld. number is the column of the
// case number of x.
func told(number string) string {
	return "NOT x.blocked AND " + strings.ReplaceAll(`NOT EXISTS (SELECT 1 FROM extract_withheld w
		WHERE w.identity = x.identity AND w.kind <> 'crime' AND w.number IN ('', NUMBER))`, "NUMBER", number)
}

// nobodyElse holds where the number of x is of one person alone: what stands for
// a Swedish number, as a date of birth, may be of many, whose cases say nothing
// of each other.
const nobodyElse = `x.identity NOT LIKE '%:%'`

// disclosed holds for a case that secrecy does not cover (OSL 34:1): it is
// pending; or it is closed, and enforcement of another obligation was sought
// within two years of that, or was sought earlier and the data are not older
// than two years. closed is the day of closing, NULL while the case is pending;
// number is its number.
func disclosed(number, closed string) string {
	const limit = `(CAST(CAST(substr(CLOSED, 1, 4) AS BIGINT) + {secrecy_years} AS TEXT) || substr(CLOSED, 5))`
	const sought = `o.identity = x.identity AND ` + nobodyElse + ` AND (o.registered >= CLOSED AND o.registered <= ` + limit +
		` OR o.registered < CLOSED AND {today} <= ` + limit + `)`
	return strings.NewReplacer("CLOSED", closed, "NUMBER", number).Replace(`(CLOSED IS NULL
		OR EXISTS (SELECT 1 FROM extract_public_case o WHERE o.number <> NUMBER AND ` + sought + `)
		OR EXISTS (SELECT 1 FROM enforcement_debts o WHERE o.case_number <> NUMBER AND ` + sought + `))`)
}

// Of a measure in a private case, the day on which the case was closed.
const caseClosed = `(SELECT MAX(c.closed) FROM enforcement_debts c WHERE c.identity = x.identity AND c.case_number = x.case_number)`

// Of a private case, whether its claim is based on a crime: its title is a
// penalty order or an order to pay a breach-of-regulations fine
// (strafföreläggande, ordningsbot), or an officer has noted it.
const (
	crimeTitle = `x.title_kind = 'penalty_order' OR ` + crimeNoted
	crimeNoted = `EXISTS (SELECT 1 FROM extract_withheld w WHERE w.identity = x.identity AND w.kind = 'crime' AND w.number = x.case_number)`
)

// allSources are the sources of answers, in the order in which their rows
// stand in one.
func allSources() []source {
	return []source{
		{
			group: Debts, public: true, from: "extract_public_case x", crime: "x.crime", order: "x.number",
			where: told("x.number") + " AND " + disclosed("x.number", "x.ended"),
			columns: map[string]string{"public": "TRUE", "kind": "x.kind", "title": "x.title", "amount": "x.amount",
				"established": "x.established", "due_date": "x.due", "received": "x.received", "limitation": "x.limitation"},
		},
		{
			group: Debts, from: "enforcement_debts x", crime: "(" + crimeTitle + ")", order: "x.case_number",
			where: told("x.case_number") + " AND " + disclosed("x.case_number", "x.closed"),
			columns: map[string]string{"kind": "x.title_kind", "title": "x.title_number", "amount": "x.amount",
				"established": "x.established", "due_date": "x.due", "received": "x.received"},
		},
		{
			group: Measures, from: "enforcement_measures x", kind: "x.measure", order: "x.day, x.case_number, x.measure, x.number",
			crime: `(EXISTS (SELECT 1 FROM enforcement_debts x2 WHERE x2.identity = x.identity AND x2.case_number = x.case_number
				AND x2.title_kind = 'penalty_order') OR ` + crimeNoted + `)`,
			where:   told("x.case_number") + " AND " + disclosed("x.case_number", caseClosed),
			columns: map[string]string{"kind": "x.measure", "date": "x.day"},
		},
		{
			group: Measures, from: "extract_bankruptcy x", kind: "'bankruptcy'", order: "x.day, x.number",
			where:   told("x.case_number"),
			columns: map[string]string{"kind": "'bankruptcy'", "date": "x.day"},
		},
		{
			group: Measures, from: "extract_reorganisation x", kind: "'reorganisation'", order: "x.day, x.number",
			where:   told("x.case_number"),
			columns: map[string]string{"kind": "'reorganisation'", "date": "x.day"},
		},
		{
			group: Accounts, from: "enforcement_accounts x", crime: "(" + crimeTitle + ")", order: "x.day, x.case_number, x.number",
			where:   told("x.case_number") + " AND " + disclosed("x.case_number", caseClosed),
			columns: map[string]string{"date": "x.day", "amount": "x.paid_out"},
		},
		{
			group: Restructurings, from: "restructuring_persons x", order: "x.date, x.number",
			where:   told("x.number"),
			columns: map[string]string{"business": "x.business", "stage": "x.stage", "date": "x.date"},
		},
	}
}
