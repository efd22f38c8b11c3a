package extract

import "filtjanst/filing"

// privateFacts come from the views of enforcement and restructuring.
func privateFacts() []fact {
	return []fact{
		{
			record: "02", extract: filing.CEExtract, from: "enforcement_measures x",
			fact:    "x.case_number || '/' || CAST(x.number AS TEXT)",
			changed: []string{investigated, weededLines, closedLong},
			where: "x.measure = 'investigation' AND x.day > {weeded} AND " + told("x.case_number") + " AND " +
				disclosed("x.case_number", caseClosed),
			columns: map[string]string{"number": "x.case_number", "text_1": "x.result", "amount_1": "x.amount", "day_1": "x.day"},
			tells:   []string{"case_number", "measure", "amount", "date"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.Investigation = &filing.CreditInvestigation{CaseNumber: l.number, Measure: l.text[0], Date: l.days[0], Amount: l.kronor(0)}
				return c
			},
			swedish: "Utredningsrapporter", english: "Investigation reports", law: "KUL §7; KFDF §12",
		},
		{
			record: "03", extract: filing.CEExtract, from: "enforcement_debts x", fact: "x.case_number",
			changed: []string{repossessed, weededLines, closedLong},
			where: "x.measure = 'repossession' AND x.registered > {weeded} AND " + told("x.case_number") + " AND " +
				disclosed("x.case_number", "x.closed"),
			columns: map[string]string{"number": "x.case_number", "amount_1": "x.amount", "day_1": "x.registered"},
			tells:   []string{"case_number", "amount", "date"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.Repossession = &filing.CreditRepossession{CaseNumber: l.number, Date: l.days[0], Amount: l.kronor(0)}
				return c
			},
			swedish: "Återtagningsmål", english: "Repossession cases", law: "KUL §7; KFDF §12",
		},
		{
			record: "04", extract: filing.CEExtract, from: "restructuring_persons x", fact: "x.number", name: "x.name",
			where: `(x.plan_end >= {today} AND x.stage <> 'ended' OR x.opened > {weeded_business} AND x.business
				OR x.opened > {weeded_restructuring} AND NOT x.business) AND ` + told("x.number"),
			columns: map[string]string{"number": "x.number", "text_1": "x.stage", "count_1": "CASE WHEN x.business THEN 1 ELSE 0 END",
				"day_1": "x.date", "day_2": "COALESCE(x.plan_end, '')"},
			tells: []string{"matter_number", "measure", "business", "date", "until"},
			content: func(l *line) filing.Content {
				c := l.creditLine()
				c.Restructuring = &filing.CreditRestructuring{MatterNumber: l.number, Measure: l.text[0], Business: l.count[0] == 1,
					Date: l.days[0], Until: l.days[1]}
				return c
			},
			swedish: "Skuldsaneringar", english: "Debt restructurings", law: "KUL §§7, 8",
		},
	}
}

// applicantName is the name of an applicant that is an organisation. A natural
// person may have protected data, and nothing tells a line of its debtor when
// they begin.
const applicantName = `CASE WHEN x.applicant_identity LIKE '16%' OR x.applicant_identity LIKE 'foreign_organisation:%'
	THEN COALESCE(x.applicant, '') ELSE '' END`

// paymentOrderFact is ce.payment_order_extract. Applications are told of
// companies only, and so not of the estates of persons, whose numbers begin with
// 1 after the 16 of organisations (law.md §10); verdicts of all.
func paymentOrderFact() fact {
	return fact{
		record: "payment_order", extract: filing.CEPaymentOrderExtract, from: "paymentorder_credit x", name: "x.name",
		fact:    "x.kind || '/' || CAST(x.id AS TEXT)",
		changed: []string{ordered, weededLines},
		where:   "NOT x.gone AND (x.kind = 'verdict' OR x.identity LIKE '16%' AND x.identity NOT LIKE '161%') AND x.day > {weeded} AND " + told("x.case_number"),
		columns: map[string]string{"number": "x.case_number", "text_1": "x.kind", "text_2": "x.verdict_number",
			"text_3": applicantName, "amount_1": "x.amount", "day_1": "x.day"},
		tells: []string{"case_number", "kind", "number", "applicant", "amount", "date"},
		content: func(l *line) filing.Content {
			return &filing.CreditPaymentOrder{Action: l.action, ID: l.fact, Identity: l.identity, Name: l.name, CaseNumber: l.number,
				Kind: l.text[0], Number: l.text[1], Applicant: l.text[2], Date: l.days[0], Amount: l.kronor(0)}
		},
		swedish: "Utslag i mål om betalningsföreläggande; för juridiska personer även ansökningar",
		english: "Verdicts in payment-order cases; of companies applications too", law: "KFDF §14; KUL §7; BFF §17",
	}
}

// balanceFact is ce.debt_balance_extract: what is left in pending cases, one
// line a person. Who has no Swedish number has none, lest two persons have one.
func balanceFact() fact {
	return fact{
		record: "balance", extract: filing.CEDebtBalanceExtract, persons: []string{"enforcement_debts", "extract_public_case"},
		changed: []string{enforced, entered, noticedLong},
		from: `(SELECT x.identity, CAST(SUM(x.private) AS BIGINT) AS private, CAST(SUM(x.private_amount) AS BIGINT) AS private_amount,
				CAST(SUM(x.public) AS BIGINT) AS public, CAST(SUM(x.public_amount) AS BIGINT) AS public_amount
			FROM (SELECT x.identity, 1 AS private, x.remaining AS private_amount, 0 AS public, 0 AS public_amount
					FROM enforcement_debts x
					WHERE {of x.identity} AND ` + nobodyElse + ` AND x.closed IS NULL AND x.remaining > 0 AND ` + told("x.case_number") + `
				UNION ALL SELECT x.identity, 0, 0, 1, x.amount - x.received
					FROM extract_public_case x
					WHERE {of x.identity} AND x.ended IS NULL AND x.amount > x.received
						AND ` + noticed + " AND " + told("x.number") + `) x
			GROUP BY x.identity) x`,
		fact: "'balance'", where: "TRUE",
		columns: map[string]string{"count_1": "x.private", "amount_1": "x.private_amount", "count_2": "x.public", "amount_2": "x.public_amount"},
		tells:   []string{"private_cases", "private_amount", "public_cases", "public_amount"},
		content: func(l *line) filing.Content {
			return &filing.CreditBalance{Action: l.action, Identity: l.identity, Name: l.name, Date: l.day,
				PrivateCases: l.count[0], PrivateAmount: l.kronor(0), PublicCases: l.count[1], PublicAmount: l.kronor(1)}
		},
		swedish: "Skuldsaldo", english: "Debt balances", law: "KFDF §12; KUL §§7, 7 a",
	}
}
