package extract

import "filtjanst/filing"

// noticed holds for a public case that went on when the debtor had had enough
// time after its notice, or that needed none (KUL §7 a). One that ended within
// that time, as when the debtor paid, is never told of.
const noticed = `(x.notice = 'unnecessary' OR x.notice = 'given' AND x.notice_day <= {noticed}
	AND (x.ended IS NULL OR x.ended > COALESCE(x.notice_until, x.notice_day)))`

// allFacts are the records of the credit extracts.
func allFacts() []fact {
	return append(append(registerFacts(), privateFacts()...), paymentOrderFact(), balanceFact())
}

// registerFacts come from the imported registers.
func registerFacts() []fact {
	return []fact{
		{
			record: "01", extract: filing.CEExtract, from: "extract_public_case x", fact: "x.number",
			changed: []string{enforcedTax, entered, weededLines, noticedLong, endedLong},
			where:   "x.registered > {weeded} AND " + noticed + " AND " + told("x.number") + " AND " + disclosed("x.number", "x.ended"),
			columns: map[string]string{"number": "x.number", "text_1": "x.kind", "text_2": "x.notice", "text_3": "x.fund_type",
				"text_4": "x.term", "count_1": "x.year", "amount_1": "x.amount", "day_1": "x.registered"},
			tells: []string{"case_number", "kind", "notice", "fund_type", "term", "year", "amount", "registered"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.PublicCase = &filing.CreditPublicCase{CaseNumber: l.number, Kind: l.text[0], Notice: l.text[1], FundType: l.text[2],
					Year: l.count[0], Term: l.text[3], Amount: l.kronor(0), Registered: l.days[0]}
				return c
			},
			swedish: "Allmänna mål efter avisering", english: "Public cases after notice", law: "KUL §§7, 7 a; KFDF §12",
		},
		{
			record: "05", extract: filing.CEExtract, from: "extract_bankruptcy x", fact: "x.number", changed: []string{weededLines},
			where: "x.day > {weeded} AND " + told("x.case_number"),
			columns: map[string]string{"number": "x.case_number", "text_1": "x.court", "text_2": "x.measure", "text_3": "x.section",
				"day_1": "x.day"},
			tells: []string{"case_number", "court", "measure", "ended", "date"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.Bankruptcy = &filing.CreditBankruptcy{CaseNumber: l.number, Court: l.text[0], Measure: l.text[1], Ended: l.text[2], Date: l.days[0]}
				return c
			},
			swedish: "Konkursbeslut", english: "Bankruptcy decisions", law: "KUL §7; KFDF §12",
		},
		{
			record: "06", extract: filing.CEExtract, from: "extract_administrator x", fact: "x.number",
			changed: []string{weededLines, administrated},
			where:   "x.from_day > {weeded} AND (x.until_day IS NULL OR x.until_day >= {today}) AND " + told("x.case_number"),
			columns: map[string]string{"number": "x.case_number", "text_1": "x.administrator", "text_2": "x.phone", "day_1": "x.from_day"},
			tells:   []string{"case_number", "administrator", "phone", "from"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.Administrator = &filing.CreditAdministrator{CaseNumber: l.number, Administrator: l.text[0], Phone: l.text[1], From: l.days[0]}
				return c
			},
			swedish: "Konkursförvaltare", english: "Bankruptcy administrators", law: "KFDF §12",
		},
		{
			record: "07", extract: filing.CEExtract, from: "extract_reorganisation x", fact: "x.number", changed: []string{weededLines},
			where:   "x.day > {weeded} AND " + told("x.case_number"),
			columns: map[string]string{"number": "x.case_number", "text_1": "x.court", "text_2": "x.measure", "day_1": "x.day"},
			tells:   []string{"case_number", "court", "measure", "date"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.Reorganisation = &filing.CreditReorganisation{CaseNumber: l.number, Court: l.text[0], Measure: l.text[1], Date: l.days[0]}
				return c
			},
			swedish: "Företagsrekonstruktioner", english: "Company reorganisations", law: "KUL §7; KFDF §12",
		},
	}
}
