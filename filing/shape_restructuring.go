package filing

import (
	"filtjanst/calendar"
	"filtjanst/money"
)

func claimReportShape() shape[ClaimReport] {
	return append(shape[ClaimReport]{
		reference(func(c *ClaimReport) *string { return &c.Reference }),
		matterNumber(func(c *ClaimReport) *string { return &c.MatterNumber }),
		amountOf(named("total", "Summa av fordringarna", "Sum of the claims", required), func(c *ClaimReport) *money.Amount { return &c.Total }),
		exactlyOf(titled("creditor", "Borgenär", "Creditor"), func(c *ClaimReport) *Party { return &c.Creditor }, partyShape(required)),
		maybeOf(representativeGroup(), func(c *ClaimReport) **Party { return &c.Representative }, partyShape()),
		exactlyOf(payeeGroup(), func(c *ClaimReport) *Payee { return &c.Payee }, payeeShape()),
		manyOf(atLeastOne(titled("claim", "Fordran", "Claim")), func(c *ClaimReport) *[]ReportedClaim { return &c.Claims }, reportedClaimShape()),
	}, personShape("debtor", "Gäldenär", "Debtor", func(c *ClaimReport) *Person { return &c.Debtor }, required)...)
}

func matterNumber[T any](at func(*T) *string) member[T] {
	return stringOf(named("matter_number", "Ärendenummer", "Matter number", required), at)
}

func reportedClaimShape() shape[ReportedClaim] {
	return append(shape[ReportedClaim]{
		amountOf(named("amount", "Kapital och kostnader", "Capital and costs", required), func(c *ReportedClaim) *money.Amount { return &c.Amount }),
		amountOf(named("interest", "Ränta till inledandebeslutet", "Interest to the decision to initiate"), func(c *ReportedClaim) *money.Amount { return &c.Interest }),
		dateOf(named("origin", "Fordran uppkom", "Day of origin", required), func(c *ReportedClaim) *calendar.Day { return &c.Origin }),
		dateOf(named("due_date", "Förfallodag", "Due date"), func(c *ReportedClaim) *calendar.Day { return &c.DueDate }),
		stringOf(named("case_number", "Målnummer hos myndigheten", "Case number at the authority"), func(c *ReportedClaim) *string { return &c.CaseNumber }),
		stringOf(named("ground", "Grund", "Ground", lines, free), func(c *ReportedClaim) *string { return &c.Ground }),
		flagOf(named("disputed", "Tvistig", "Disputed"), func(c *ReportedClaim) *bool { return &c.Disputed }),
		flagOf(named("not_due", "Inte förfallen", "Not due"), func(c *ReportedClaim) *bool { return &c.NotDue }),
		flagOf(named("counter_performance", "Beroende av motprestation", "Dependent on counter-performance"), func(c *ReportedClaim) *bool { return &c.CounterPerformance }),
		stringOf(named("condition", "Villkor", "Condition", lines, free), func(c *ReportedClaim) *string { return &c.Condition }),
		stringOf(named("security", "Säkerhet", "Security", lines, free), func(c *ReportedClaim) *string { return &c.Security }),
		amountOf(named("security_amount", "Säkerhetens värde", "Value of the security"), func(c *ReportedClaim) *money.Amount { return &c.SecurityAmount }),
	}, personShape("guarantor", "Borgensman", "Guarantor", func(c *ReportedClaim) *Person { return &c.Guarantor })...)
}

func confirmedClaimShape() shape[ConfirmedClaim] {
	return shape[ConfirmedClaim]{
		reference(func(c *ConfirmedClaim) *string { return &c.Reference }),
		stringOf(named("claim_number", "Fordringsanmälans nummer", "Number of the claim report", required), func(c *ConfirmedClaim) *string { return &c.ClaimNumber }),
		matterNumber(func(c *ConfirmedClaim) *string { return &c.MatterNumber }),
		dateOf(named("registered", "Registrerad", "Day of registration", required), func(c *ConfirmedClaim) *calendar.Day { return &c.Registered }),
		symbolOf(named("status", "Status", "Status", required), func(c *ConfirmedClaim) *ClaimStatus { return &c.Status },
			ClaimRegistered, ClaimProposed, ClaimLeftOut, ClaimPlanned, ClaimEnded, ClaimDischarged, ClaimLapsed, ClaimWithdrawn),
		flagOf(named("late", "Inkom efter tiden", "Came after the claim period"), func(c *ConfirmedClaim) *bool { return &c.Late }),
		amountOf(named("sum", "Summa", "Sum", required), func(c *ConfirmedClaim) *money.Amount { return &c.Sum }),
	}
}

func openingShape() shape[RestructuringOpening] {
	return append(shape[RestructuringOpening]{
		echoed(func(o *RestructuringOpening) *string { return &o.Reference }),
		stringOf(named("case_number", "Målnummer", "Case number"), func(o *RestructuringOpening) *string { return &o.CaseNumber }),
		matterNumber(func(o *RestructuringOpening) *string { return &o.MatterNumber }),
		dateOf(named("decided", "Inledandebeslut", "Day of the decision", required), func(o *RestructuringOpening) *calendar.Day { return &o.Decided }),
		dateOf(named("announced", "Kungörelse", "Day of the announcement", required), func(o *RestructuringOpening) *calendar.Day { return &o.Announced }),
		dateOf(named("last_day", "Sista dag för anmälan", "Last day of the claim period", required), func(o *RestructuringOpening) *calendar.Day { return &o.LastDay }),
		flagOf(named("business", "F-skuldsanering", "Restructuring for business people"), func(o *RestructuringOpening) *bool { return &o.Business }),
	}, personShape("debtor", "Gäldenär", "Debtor", func(o *RestructuringOpening) *Person { return &o.Debtor }, required)...)
}
