package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

func enforcementApplicationShape() shape[EnforcementApplication] {
	return shape[EnforcementApplication]{
		reference(func(a *EnforcementApplication) *string { return &a.Reference }),
		symbolOf(named("measure", "Begärd åtgärd", "Measure sought", required), func(a *EnforcementApplication) *Measure { return &a.Measure }, Payment, Repossession),
		symbolOf(named("scope", "Omfattningskod", "Scope"), func(a *EnforcementApplication) *Scope { return &a.Scope }, FullScope, LimitedScope, EarningsScope),
		flagOf(named("renewed", "Förnyad tillgångsundersökning", "Renewed asset investigation"), func(a *EnforcementApplication) *bool { return &a.Renewed }),
		flagOf(named("joint", "Solidariskt ansvar", "Joint liability"), func(a *EnforcementApplication) *bool { return &a.Joint }),
		noticeOf("Aviseringssätt", "Choice of channel", func(a *EnforcementApplication) *Notice { return &a.Notice }),
		amountOf(named("total", "Totalbelopp (TOT-BEL)", "Total amount (TOT-BEL)", required), func(a *EnforcementApplication) *money.Amount { return &a.Total }),
		stringOf(named("property", "Egendom som ska återtas", "Property to be taken back", lines, free), func(a *EnforcementApplication) *string { return &a.Property }),
		stringOf(named("ground", "Grund för fordran", "Ground for the claim", lines, free), func(a *EnforcementApplication) *string { return &a.Ground }),
		stringOf(named("alternative_ground", "Grund för fordran, alternativ", "Alternative ground", lines, free), func(a *EnforcementApplication) *string { return &a.AlternativeGround }),
		manyOf(applicantGroup(), func(a *EnforcementApplication) *[]Party { return &a.Applicants }, partyShape(required)),
		maybeOf(representativeGroup(), func(a *EnforcementApplication) **Party { return &a.Representative }, partyShape()),
		maybeOf(payeeGroup(), func(a *EnforcementApplication) **Payee { return &a.Payee }, payeeShape()),
		manyOf(respondentGroup(), func(a *EnforcementApplication) *[]Debtor { return &a.Respondents }, debtorShape()),
		exactlyOf(titled("title", "Exekutionstitel", "Enforcement title"), func(a *EnforcementApplication) *Title { return &a.Title }, titleShape()),
		manyOf(atLeastOne(titled("debt", "Skuld", "Debt")), func(a *EnforcementApplication) *[]Debt { return &a.Debts }, debtShape()),
	}
}

func debtorShape() shape[Debtor] {
	return shape[Debtor]{
		insideOf(func(d *Debtor) *Respondent { return &d.Respondent }, respondentShape()),
		stringOf(named("occupation", "Yrke", "Occupation", sensitive, free), func(d *Debtor) *string { return &d.Occupation }),
		stringOf(named("domicile", "Hemort", "Domicile", sensitive, free), func(d *Debtor) *string { return &d.Domicile }),
		stringOf(named("workplace_address", "Arbetsplatsens adress", "Address of the workplace", sensitive, free), func(d *Debtor) *string { return &d.WorkplaceAddress }),
		stringOf(named("circumstances", "Omständigheter av betydelse för delgivning", "Circumstances of importance for service", lines, sensitive, free), func(d *Debtor) *string { return &d.Circumstances }),
	}
}

func titleShape() shape[Title] {
	return append(append(shape[Title]{
		symbolOf(named("kind", "Slag av exekutionstitel", "Kind of title", required), func(t *Title) *TitleKind { return &t.Kind },
			TitleJudgment, TitleSettlement, TitlePenaltyOrder, TitleArbitralAward, TitleMaintenance, TitleAdministrative,
			TitleDocument, TitleVerdict, TitleEuropeanOrder, TitleNegotiableNote),
		stringOf(named("number", "Titelns nummer", "Number of the title"), func(t *Title) *string { return &t.Number }),
		stringOf(named("issuer", "Utfärdare", "Issuer", free), func(t *Title) *string { return &t.Issuer }),
		dateOf(named("date", "Titelns datum", "Date of the title", required), func(t *Title) *calendar.Day { return &t.Date }),
		dateOf(named("legal_force", "Laga kraft", "Day of legal force"), func(t *Title) *calendar.Day { return &t.LegalForce }),
		flagOf(named("original", "Löpande skuldebrev i original", "Running note in original"), func(t *Title) *bool { return &t.Original }),
		flagOf(named("lodged", "Handlingen är redan ingiven", "The document has been lodged"), func(t *Title) *bool { return &t.Lodged }),
	}, personShape("creditor", "Borgenär enligt titeln", "Creditor named in the title", func(t *Title) *Person { return &t.Creditor })...),
		manyOf(titled("assignment", "Överlåtelse", "Assignment"), func(t *Title) *[]Assignment { return &t.Assignments }, assignmentShape()))
}

func assignmentShape() shape[Assignment] {
	from := personShape("from", "Överlåtare", "Assignor", func(a *Assignment) *Person { return &a.From })
	to := personShape("to", "Förvärvare", "Assignee", func(a *Assignment) *Person { return &a.To })
	return append(append(from, to...),
		dateOf(named("date", "Överlåtelsedag", "Day of the assignment", required), func(a *Assignment) *calendar.Day { return &a.Date }),
		stringOf(named("deposited", "Deponerat överlåtelseavtal", "Deposited agreement"), func(a *Assignment) *string { return &a.Deposited }))
}

func debtShape() shape[Debt] {
	return shape[Debt]{
		claimPartType(func(d *Debt) *ClaimPartType { return &d.Type }),
		amountOf(named("amount", "Belopp", "Amount", required), func(d *Debt) *money.Amount { return &d.Amount }),
		insideOf(func(d *Debt) *Interest { return &d.Interest }, interestShape()),
		dateOf(named("due_date", "Förfallodag", "Due date"), func(d *Debt) *calendar.Day { return &d.DueDate }),
		stringOf(named("invoice_number", "Fakturanummer", "Invoice number"), func(d *Debt) *string { return &d.InvoiceNumber }),
		dateOf(named("period_from", "Period från och med", "Period from"), func(d *Debt) *calendar.Day { return &d.PeriodFrom }),
		dateOf(named("period_to", "Period till och med", "Period to"), func(d *Debt) *calendar.Day { return &d.PeriodTo }),
	}
}

func confirmedEnforcementShape() shape[ConfirmedEnforcement] {
	return shape[ConfirmedEnforcement]{
		echoed(func(c *ConfirmedEnforcement) *string { return &c.Reference }),
		caseNumber(func(c *ConfirmedEnforcement) *string { return &c.CaseNumber }),
		dateOf(named("registered", "Registrerat", "Day of registration", required), func(c *ConfirmedEnforcement) *calendar.Day { return &c.Registered }),
		identityOf("respondent", "Svarandens identitetsnummer", "Respondent's identity number", func(c *ConfirmedEnforcement) *identity.Number { return &c.Respondent }),
		stringOf(named("link_group", "Sammanhörande mål", "Link group"), func(c *ConfirmedEnforcement) *string { return &c.LinkGroup }),
		amountOf(named("fee", "Grundavgift", "Basic fee", required), func(c *ConfirmedEnforcement) *money.Amount { return &c.Fee }),
		amountOf(named("sum", "Skuld vid registreringen", "Debt at registration", required), func(c *ConfirmedEnforcement) *money.Amount { return &c.Sum }),
		symbolOf(named("state", "Läge", "State", required), func(c *ConfirmedEnforcement) *ConfirmedState { return &c.State },
			StateRegistered, StateAwaitingTitle, StateAwaitingDocuments, StateDiscontinued),
		dateOf(named("lodge_by", "Ska ha kommit in senast", "To be lodged by"), func(c *ConfirmedEnforcement) *calendar.Day { return &c.LodgeBy }),
		stringOf(named("title", "Exekutionstitelns nummer", "Number of the title", free), func(c *ConfirmedEnforcement) *string { return &c.Title }),
		flagOf(named("held_refused", "En ändring som väntade på inläsningen kunde inte göras", "A change that was held could not be made"),
			func(c *ConfirmedEnforcement) *bool { return &c.HeldRefused }),
		heldCode(func(c *ConfirmedEnforcement) *string { return &c.HeldCode }),
		warning(func(c *ConfirmedEnforcement) *string { return &c.Warning }),
		repeats(func(c *ConfirmedEnforcement) *string { return &c.Repeats }),
	}
}

func changeShape() shape[Change] {
	return shape[Change]{
		insideOf(func(c *Change) *CaseKey { return &c.CaseKey }, keyShape()),
		symbolOf(named("kind", "Slag av ändring", "Kind of change", required), func(c *Change) *ChangeKind { return &c.Kind },
			ChangeAmount, ChangeWithdrawal, ChangeDeferral),
		amountOf(named("amount", "Ny skuld", "New debt"), func(c *Change) *money.Amount { return &c.Amount }),
		paidOn(func(c *Change) *calendar.Day { return &c.Paid }),
		dateOf(named("until", "Uppskov till och med", "Deferral until"), func(c *Change) *calendar.Day { return &c.Until }),
		withdrawalReason(func(c *Change) *WithdrawalReason { return &c.Reason }),
	}
}

func earningsAttachmentShape() shape[EarningsAttachment] {
	return append(shape[EarningsAttachment]{
		echoed(func(e *EarningsAttachment) *string { return &e.Reference }),
		caseNumber(func(e *EarningsAttachment) *string { return &e.CaseNumber }),
		symbolOf(named("kind", "Slag av beslut", "Kind of decision", required), func(e *EarningsAttachment) *EarningsDecision { return &e.Kind },
			EarningsNew, EarningsChanged, EarningsRevoked, EarningsRespite),
		dateOf(named("decided", "Beslutsdag", "Day of the decision", required), func(e *EarningsAttachment) *calendar.Day { return &e.Decided }),
		amountOf(named("amount", "Utmätningsbelopp per utbetalning", "Attachment amount per pay occasion"), func(e *EarningsAttachment) *money.Amount { return &e.Amount }),
		flagOf(named("all_above_reserve", "Allt över förbehållsbeloppet", "All above the reserve amount"), func(e *EarningsAttachment) *bool { return &e.AllAboveReserve }),
		amountOf(named("reserve", "Förbehållsbelopp", "Reserve amount"), func(e *EarningsAttachment) *money.Amount { return &e.Reserve }),
		flagOf(named("daily", "Beloppen gäller per dag", "Amounts are per day"), func(e *EarningsAttachment) *bool { return &e.Daily }),
		dateOf(named("from", "Från och med", "From"), func(e *EarningsAttachment) *calendar.Day { return &e.From }),
		dateOf(named("until", "Till och med", "Until"), func(e *EarningsAttachment) *calendar.Day { return &e.Until }),
	}, personShape("employer", "Arbetsgivare", "Employer", func(e *EarningsAttachment) *Person { return &e.Employer })...)
}

func enforcementReportShape() shape[EnforcementReport] {
	return shape[EnforcementReport]{
		echoed(func(r *EnforcementReport) *string { return &r.Reference }),
		caseNumber(func(r *EnforcementReport) *string { return &r.CaseNumber }),
		maybeOf(titled("investigation", "Utredningsrapport", "Investigation report"), func(r *EnforcementReport) **Investigation { return &r.Investigation }, investigationShape()),
		maybeOf(titled("account", "Delredovisning", "Interim account"), func(r *EnforcementReport) **InterimAccount { return &r.Account }, interimAccountShape()),
	}
}

func investigationShape() shape[Investigation] {
	return shape[Investigation]{
		dateOf(named("date", "Dag", "Day", required), func(i *Investigation) *calendar.Day { return &i.Date }),
		symbolOf(named("result", "Resultat", "Result", required), func(i *Investigation) *InvestigationResult { return &i.Result },
			AssetsMissing, AssetsPartly, AssetsFound),
		dateOf(named("planned", "Planerad ny åtgärd", "Further measures planned"), func(i *Investigation) *calendar.Day { return &i.Planned }),
		stringOf(named("text", "Beskrivning", "Description", lines, free), func(i *Investigation) *string { return &i.Text }),
	}
}

func interimAccountShape() shape[InterimAccount] {
	amount := func(name, swedish, english string, at func(*InterimAccount) *money.Amount) member[InterimAccount] {
		return amountOf(named(name, swedish, english, required), at)
	}
	return shape[InterimAccount]{
		dateOf(named("date", "Dag", "Day", required), func(a *InterimAccount) *calendar.Day { return &a.Date }),
		amount("received", "Influtet", "Received", func(a *InterimAccount) *money.Amount { return &a.Received }),
		amount("linked", "Influtet i sammanhörande mål", "Received in linked cases", func(a *InterimAccount) *money.Amount { return &a.Linked }),
		amount("fees", "Avräknat på avgifter", "Taken for fees", func(a *InterimAccount) *money.Amount { return &a.Fees }),
		amount("interest", "Avräknat på ränta", "Allocated to interest", func(a *InterimAccount) *money.Amount { return &a.Interest }),
		amount("costs", "Avräknat på kostnader", "Allocated to costs", func(a *InterimAccount) *money.Amount { return &a.Costs }),
		amount("capital", "Avräknat på kapital", "Allocated to capital", func(a *InterimAccount) *money.Amount { return &a.Capital }),
		amount("paid_out", "Utbetalt till sökanden", "Paid out to the applicant", func(a *InterimAccount) *money.Amount { return &a.PaidOut }),
		amount("remaining", "Återstående skuld", "Debt left", func(a *InterimAccount) *money.Amount { return &a.Remaining }),
	}
}

func newFeeShape() shape[NewFee] {
	return shape[NewFee]{
		echoed(func(f *NewFee) *string { return &f.Reference }),
		caseNumber(func(f *NewFee) *string { return &f.CaseNumber }),
		identityOf("respondent", "Svarandens identitetsnummer", "Respondent's identity number", func(f *NewFee) *identity.Number { return &f.Respondent }),
		dateOf(named("fee_day", "Avgiften tas ut", "Day on which the fee is charged", required), func(f *NewFee) *calendar.Day { return &f.FeeDay }),
		amountOf(named("fee", "Ny grundavgift", "New basic fee", required), func(f *NewFee) *money.Amount { return &f.Fee }),
		amountOf(named("unpaid", "Obetalda avgifter i målet", "Unpaid fees in the case", required), func(f *NewFee) *money.Amount { return &f.Unpaid }),
	}
}

func finalAccountShape() shape[FinalAccount] {
	amount := func(name, swedish, english string, at func(*FinalAccount) *money.Amount) member[FinalAccount] {
		return amountOf(named(name, swedish, english, required), at)
	}
	return shape[FinalAccount]{
		echoed(func(f *FinalAccount) *string { return &f.Reference }),
		caseNumber(func(f *FinalAccount) *string { return &f.CaseNumber }),
		dateOf(named("closed", "Avslutat", "Closed", required), func(f *FinalAccount) *calendar.Day { return &f.Closed }),
		symbolOf(named("reason", "Orsak", "Reason", required), func(f *FinalAccount) *FinalReason { return &f.Reason },
			FinalPaid, FinalPaidLinked, FinalWithdrawn, FinalLapsed, FinalDiscontinued, FinalDismissed, FinalTitleSetAside,
			FinalBankruptcy, FinalRestructuring, FinalNoAssets, FinalOther),
		amount("claimed", "Skuld vid registreringen", "Debt at registration", func(f *FinalAccount) *money.Amount { return &f.Claimed }),
		amount("interest", "Ränta i målet", "Interest in the case", func(f *FinalAccount) *money.Amount { return &f.Interest }),
		amount("restored", "Återuppkommen skuld", "Debt restored", func(f *FinalAccount) *money.Amount { return &f.Restored }),
		amount("received", "Influtet", "Received", func(f *FinalAccount) *money.Amount { return &f.Received }),
		amount("linked", "Influtet i sammanhörande mål", "Received in linked cases", func(f *FinalAccount) *money.Amount { return &f.Linked }),
		amount("reduced", "Nedsatt av sökanden", "Reduced by the applicant", func(f *FinalAccount) *money.Amount { return &f.Reduced }),
		amount("interest_paid", "Avräknat på ränta", "Allocated to interest", func(f *FinalAccount) *money.Amount { return &f.InterestPaid }),
		amount("costs", "Avräknat på kostnader", "Allocated to costs", func(f *FinalAccount) *money.Amount { return &f.Costs }),
		amount("capital", "Avräknat på kapital", "Allocated to capital", func(f *FinalAccount) *money.Amount { return &f.Capital }),
		amount("fees", "Avräknat på avgifter", "Taken for fees", func(f *FinalAccount) *money.Amount { return &f.Fees }),
		amount("returned", "Återbetalt till gäldenären", "Returned to the debtor", func(f *FinalAccount) *money.Amount { return &f.Returned }),
		amount("paid_out", "Utbetalt till sökanden", "Paid out to the applicant", func(f *FinalAccount) *money.Amount { return &f.PaidOut }),
		amount("taken_back", "Återkrävt från sökanden", "Taken back from the applicant", func(f *FinalAccount) *money.Amount { return &f.TakenBack }),
		amount("remaining", "Återstående skuld", "Debt left", func(f *FinalAccount) *money.Amount { return &f.Remaining }),
		amount("fees_unpaid", "Avgifter som sökanden ska betala", "Fees that the applicant pays", func(f *FinalAccount) *money.Amount { return &f.FeesUnpaid }),
	}
}
