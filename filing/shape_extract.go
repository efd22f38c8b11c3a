package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// askedPerson is what both requests have of the person asked for.
func askedPerson() shape[ExtractRequest] {
	return shape[ExtractRequest]{
		reference(func(r *ExtractRequest) *string { return &r.Reference }),
		identityOf("", "Identitetsnummer", "Identity number", func(r *ExtractRequest) *identity.Number { return &r.Identity }, required),
	}
}

func debtRequestShape() shape[ExtractRequest] {
	return append(askedPerson(),
		symbolOf(named("purpose", "Ändamål", "Purpose", required), func(r *ExtractRequest) *RequestPurpose { return &r.Purpose },
			PurposeCollection, PurposeSupervision, PurposeSuitability),
		flagOf(named("under_collection", "Föremål för inkassoåtgärd", "Subject of a collection measure"), func(r *ExtractRequest) *bool { return &r.UnderCollection }))
}

func procurementRequestShape() shape[ExtractRequest] {
	return append(askedPerson(),
		stringOf(named("procurement", "Upphandlingens eller avtalets beteckning", "Reference of the procurement or contract", required, free), func(r *ExtractRequest) *string { return &r.Procurement }),
		dateOf(named("period_from", "Period från och med", "Period from", required), func(r *ExtractRequest) *calendar.Day { return &r.PeriodFrom }),
		dateOf(named("period_to", "Period till och med", "Period to", required), func(r *ExtractRequest) *calendar.Day { return &r.PeriodTo }))
}

// answeredPerson is what both answers have.
func answeredPerson() shape[Extract] {
	return shape[Extract]{
		reference(func(e *Extract) *string { return &e.Reference }),
		identityOf("", "Identitetsnummer", "Identity number", func(e *Extract) *identity.Number { return &e.Identity }, required),
		dateOf(named("date", "Uppgifterna avser", "The data are of", required), func(e *Extract) *calendar.Day { return &e.Date }),
		symbolOf(named("result", "Resultat", "Result", required), func(e *Extract) *ExtractResult { return &e.Result }, ExtractFound, ExtractNothing),
		manyOf(titled("debt", "Skuld", "Debt"), func(e *Extract) *[]ExtractDebt { return &e.Debts }, extractDebtShape()),
	}
}

func procurementAnswerShape() shape[Extract] { return answeredPerson() }

func debtAnswerShape() shape[Extract] {
	return append(answeredPerson(),
		manyOf(titled("measure", "Åtgärd", "Measure"), func(e *Extract) *[]ExtractMeasure { return &e.Measures }, shape[ExtractMeasure]{
			stringOf(named("kind", "Slag", "Kind", required), func(m *ExtractMeasure) *string { return &m.Kind }),
			dateOf(named("date", "Dag", "Day", required), func(m *ExtractMeasure) *calendar.Day { return &m.Date }),
			stringOf(named("text", "Beskrivning", "Description", free), func(m *ExtractMeasure) *string { return &m.Text }),
		}),
		manyOf(titled("restructuring", "Skuldsanering", "Debt restructuring"), func(e *Extract) *[]ExtractRestructuring { return &e.Restructurings }, shape[ExtractRestructuring]{
			flagOf(named("business", "F-skuldsanering", "Restructuring for business people"), func(r *ExtractRestructuring) *bool { return &r.Business }),
			stringOf(named("stage", "Skede", "Stage", required), func(r *ExtractRestructuring) *string { return &r.Stage }),
			dateOf(named("date", "Dag", "Day", required), func(r *ExtractRestructuring) *calendar.Day { return &r.Date }),
		}),
		manyOf(titled("account", "Redovisning", "Accounting"), func(e *Extract) *[]ExtractAccount { return &e.Accounts }, shape[ExtractAccount]{
			dateOf(named("date", "Dag", "Day", required), func(a *ExtractAccount) *calendar.Day { return &a.Date }),
			amountOf(named("amount", "Belopp", "Amount", required), func(a *ExtractAccount) *money.Amount { return &a.Amount }),
		}))
}

func extractDebtShape() shape[ExtractDebt] {
	return shape[ExtractDebt]{
		flagOf(named("public", "Allmänt mål", "Public case"), func(d *ExtractDebt) *bool { return &d.Public }),
		stringOf(named("kind", "Slag av titel", "Kind of title", required), func(d *ExtractDebt) *string { return &d.Kind }),
		stringOf(named("title", "Titelns nummer", "Number of the title", free), func(d *ExtractDebt) *string { return &d.Title }),
		amountOf(named("amount", "Belopp", "Amount", required), func(d *ExtractDebt) *money.Amount { return &d.Amount }),
		dateOf(named("established", "Skulden fastställd", "Day the debt was established"), func(d *ExtractDebt) *calendar.Day { return &d.Established }),
		dateOf(named("due_date", "Förfallodag", "Due date"), func(d *ExtractDebt) *calendar.Day { return &d.DueDate }),
		amountOf(named("received", "Influtet", "Money received", required), func(d *ExtractDebt) *money.Amount { return &d.Received }),
		dateOf(named("limitation", "Preskriptionsdag", "Limitation date"), func(d *ExtractDebt) *calendar.Day { return &d.Limitation }),
	}
}

func creditAction[T any](at func(*T) *CreditAction) member[T] {
	return symbolOf(named("action", "Åtgärd", "Action", required), at, CreditAdd, CreditRemove)
}

func factID[T any](at func(*T) *string) member[T] {
	return stringOf(named("id", "Uppgiftens id", "Id of the fact", required), at)
}

func creditLineShape() shape[CreditLine] {
	return append(shape[CreditLine]{
		creditAction(func(l *CreditLine) *CreditAction { return &l.Action }),
		factID(func(l *CreditLine) *string { return &l.ID }),
		maybeOf(titled("public_case", "Allmänt mål", "Public case"), func(l *CreditLine) **CreditPublicCase { return &l.PublicCase }, creditPublicCaseShape()),
		maybeOf(titled("investigation", "Utredningsrapport", "Investigation report"), func(l *CreditLine) **CreditInvestigation { return &l.Investigation }, shape[CreditInvestigation]{
			caseNumber(func(c *CreditInvestigation) *string { return &c.CaseNumber }),
			stringOf(named("measure", "Åtgärd", "Measure", required), func(c *CreditInvestigation) *string { return &c.Measure }),
			creditDate(func(c *CreditInvestigation) *calendar.Day { return &c.Date }),
			creditAmount(func(c *CreditInvestigation) *money.Amount { return &c.Amount }),
		}),
		maybeOf(titled("repossession", "Återtagningsmål", "Repossession case"), func(l *CreditLine) **CreditRepossession { return &l.Repossession }, shape[CreditRepossession]{
			caseNumber(func(c *CreditRepossession) *string { return &c.CaseNumber }),
			creditDate(func(c *CreditRepossession) *calendar.Day { return &c.Date }),
			creditAmount(func(c *CreditRepossession) *money.Amount { return &c.Amount }),
		}),
		maybeOf(titled("restructuring", "Skuldsanering", "Debt restructuring"), func(l *CreditLine) **CreditRestructuring { return &l.Restructuring }, shape[CreditRestructuring]{
			matterNumber(func(c *CreditRestructuring) *string { return &c.MatterNumber }),
			stringOf(named("measure", "Typ av skuldsaneringsåtgärd", "Kind of measure", required), func(c *CreditRestructuring) *string { return &c.Measure }),
			flagOf(named("business", "F-skuldsanering", "Restructuring for business people"), func(c *CreditRestructuring) *bool { return &c.Business }),
			creditDate(func(c *CreditRestructuring) *calendar.Day { return &c.Date }),
			dateOf(named("until", "Planens slut", "End of the plan"), func(c *CreditRestructuring) *calendar.Day { return &c.Until }),
		}),
		maybeOf(titled("bankruptcy", "Konkursbeslut", "Bankruptcy decision"), func(l *CreditLine) **CreditBankruptcy { return &l.Bankruptcy }, shape[CreditBankruptcy]{
			caseNumber(func(c *CreditBankruptcy) *string { return &c.CaseNumber }),
			creditCourt(func(c *CreditBankruptcy) *string { return &c.Court }),
			stringOf(named("measure", "Typ av konkursåtgärd", "Kind of measure", required), func(c *CreditBankruptcy) *string { return &c.Measure }),
			stringOf(named("ended", "Konkurs avslutad enligt paragraf", "Bankruptcy closed under section"), func(c *CreditBankruptcy) *string { return &c.Ended }),
			creditDate(func(c *CreditBankruptcy) *calendar.Day { return &c.Date }),
		}),
		maybeOf(titled("administrator", "Konkursförvaltare", "Bankruptcy administrator"), func(l *CreditLine) **CreditAdministrator { return &l.Administrator }, shape[CreditAdministrator]{
			caseNumber(func(c *CreditAdministrator) *string { return &c.CaseNumber }),
			stringOf(named("administrator", "Förvaltare", "Administrator", required, free), func(c *CreditAdministrator) *string { return &c.Administrator }),
			stringOf(named("phone", "Telefon", "Phone", free), func(c *CreditAdministrator) *string { return &c.Phone }),
			dateOf(named("from", "Från och med", "From", required), func(c *CreditAdministrator) *calendar.Day { return &c.From }),
		}),
		maybeOf(titled("reorganisation", "Företagsrekonstruktion", "Company reorganisation"), func(l *CreditLine) **CreditReorganisation { return &l.Reorganisation }, shape[CreditReorganisation]{
			caseNumber(func(c *CreditReorganisation) *string { return &c.CaseNumber }),
			creditCourt(func(c *CreditReorganisation) *string { return &c.Court }),
			stringOf(named("measure", "Åtgärd", "Measure", required), func(c *CreditReorganisation) *string { return &c.Measure }),
			creditDate(func(c *CreditReorganisation) *calendar.Day { return &c.Date }),
		}),
	}, creditPerson(func(l *CreditLine) (*identity.Number, *string) { return &l.Identity, &l.Name })...)
}

func creditPerson[T any](at func(*T) (*identity.Number, *string)) shape[T] {
	return shape[T]{
		identityOf("", "Identitetsnummer", "Identity number", func(t *T) *identity.Number { number, _ := at(t); return number }, required),
		stringOf(named("name", "Namn", "Name", sensitive, free), func(t *T) *string { _, name := at(t); return name }),
	}
}

func creditDate[T any](at func(*T) *calendar.Day) member[T] {
	return dateOf(named("date", "Dag", "Day", required), at)
}

func creditAmount[T any](at func(*T) *money.Amount) member[T] {
	return amountOf(named("amount", "Belopp", "Amount"), at)
}

func creditCourt[T any](at func(*T) *string) member[T] {
	return stringOf(named("court", "Domstol", "Court", required, free), at)
}

func creditPublicCaseShape() shape[CreditPublicCase] {
	return shape[CreditPublicCase]{
		caseNumber(func(c *CreditPublicCase) *string { return &c.CaseNumber }),
		stringOf(named("kind", "Typ av A-mål", "Kind of public case", required), func(c *CreditPublicCase) *string { return &c.Kind }),
		stringOf(named("notice", "Avisering", "Notice", required), func(c *CreditPublicCase) *string { return &c.Notice }),
		stringOf(named("fund_type", "Medelsslag", "Fund type"), func(c *CreditPublicCase) *string { return &c.FundType }),
		numberOf(named("year", "Uppbördsår", "Collection year"), func(c *CreditPublicCase) *int64 { return &c.Year }),
		stringOf(named("term", "Termin", "Collection term"), func(c *CreditPublicCase) *string { return &c.Term }),
		amountOf(named("amount", "Belopp", "Amount", required), func(c *CreditPublicCase) *money.Amount { return &c.Amount }),
		dateOf(named("registered", "Registrerat", "Day of registration", required), func(c *CreditPublicCase) *calendar.Day { return &c.Registered }),
	}
}

func creditPaymentOrderShape() shape[CreditPaymentOrder] {
	return append(shape[CreditPaymentOrder]{
		creditAction(func(c *CreditPaymentOrder) *CreditAction { return &c.Action }),
		factID(func(c *CreditPaymentOrder) *string { return &c.ID }),
		caseNumber(func(c *CreditPaymentOrder) *string { return &c.CaseNumber }),
		stringOf(named("kind", "Slag", "Kind", required), func(c *CreditPaymentOrder) *string { return &c.Kind }),
		stringOf(named("number", "Utslagsnummer", "Verdict number"), func(c *CreditPaymentOrder) *string { return &c.Number }),
		stringOf(named("applicant", "Sökande", "Applicant", sensitive, free), func(c *CreditPaymentOrder) *string { return &c.Applicant }),
		creditDate(func(c *CreditPaymentOrder) *calendar.Day { return &c.Date }),
		creditAmount(func(c *CreditPaymentOrder) *money.Amount { return &c.Amount }),
	}, creditPerson(func(c *CreditPaymentOrder) (*identity.Number, *string) { return &c.Identity, &c.Name })...)
}

func creditBalanceShape() shape[CreditBalance] {
	return append(shape[CreditBalance]{
		creditAction(func(c *CreditBalance) *CreditAction { return &c.Action }),
		creditDate(func(c *CreditBalance) *calendar.Day { return &c.Date }),
		numberOf(named("private_cases", "Antal enskilda mål", "Number of private cases", required), func(c *CreditBalance) *int64 { return &c.PrivateCases }),
		amountOf(named("private_amount", "Belopp i enskilda mål", "Amount of private cases", required), func(c *CreditBalance) *money.Amount { return &c.PrivateAmount }),
		numberOf(named("public_cases", "Antal allmänna mål", "Number of public cases", required), func(c *CreditBalance) *int64 { return &c.PublicCases }),
		amountOf(named("public_amount", "Belopp i allmänna mål", "Amount of public cases", required), func(c *CreditBalance) *money.Amount { return &c.PublicAmount }),
	}, creditPerson(func(c *CreditBalance) (*identity.Number, *string) { return &c.Identity, &c.Name })...)
}
