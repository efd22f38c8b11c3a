package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/layout"
	"filtjanst/money"
)

func applicationShape() shape[Application] {
	return shape[Application]{
		reference(func(a *Application) *string { return &a.Reference }),
		flagOf(named("joint", "Solidariskt ansvar", "Joint liability"), func(a *Application) *bool { return &a.Joint }),
		flagOf(named("negotiable_note", "Löpande skuldebrev", "Running promissory note"), func(a *Application) *bool { return &a.NegotiableNote }),
		flagOf(named("no_enforcement", "Verkställighet begärs inte", "No enforcement wanted"), func(a *Application) *bool { return &a.NoEnforcement }),
		dateOf(named("demand_date", "Inkassokravets datum", "Day of the collection demand"), func(a *Application) *calendar.Day { return &a.DemandDate }),
		dateOf(named("pay_before", "Sista betalningsdag i inkassokravet", "Last day to pay in the demand"), func(a *Application) *calendar.Day { return &a.PayBefore }),
		noticeOf("Aviseringssätt", "Choice of channel", func(a *Application) *Notice { return &a.Notice }),
		amountOf(named("total", "Summa av ansökan", "Total of the application", required), func(a *Application) *money.Amount { return &a.Total }),
		stringOf(named("requests", "Särskilda önskemål om verkställighet", "Special requests about enforcement", lines, free), func(a *Application) *string { return &a.Requests }),
		stringOf(named("own_work_reasons", "Särskilda skäl för eget arbete", "Special reasons for own work", lines, free), func(a *Application) *string { return &a.OwnWorkReasons }),
		manyOf(applicantGroup(), func(a *Application) *[]Party { return &a.Applicants }, partyShape(required)),
		maybeOf(representativeGroup(), func(a *Application) **Party { return &a.Representative }, partyShape()),
		maybeOf(payeeGroup(), func(a *Application) **Payee { return &a.Payee }, payeeShape()),
		manyOf(respondentGroup(), func(a *Application) *[]Respondent { return &a.Respondents }, respondentShape()),
		manyOf(atLeastOne(titled("claim_part", "Delkrav", "Claim part")), func(a *Application) *[]ClaimPart { return &a.Parts }, claimPartShape()),
	}
}

func claimPartShape() shape[ClaimPart] {
	return shape[ClaimPart]{
		claimPartType(func(p *ClaimPart) *ClaimPartType { return &p.Type }),
		amountOf(named("amount", "Belopp", "Amount", required), func(p *ClaimPart) *money.Amount { return &p.Amount }),
		stringOf(named("invoice_number", "Fakturanummer", "Invoice number"), func(p *ClaimPart) *string { return &p.InvoiceNumber }),
		dateOf(named("invoice_date", "Fakturadatum", "Invoice date"), func(p *ClaimPart) *calendar.Day { return &p.InvoiceDate }),
		dateOf(named("due_date", "Förfallodag", "Due date"), func(p *ClaimPart) *calendar.Day { return &p.DueDate }),
		insideOf(func(p *ClaimPart) *Interest { return &p.Interest }, interestShape()),
		stringOf(named("ground", "Grund", "Ground", lines, free), func(p *ClaimPart) *string { return &p.Ground }),
		maybeOf(titled("original_creditor", "Ursprunglig borgenär", "Original creditor"),
			func(p *ClaimPart) **OriginalCreditor { return &p.OriginalCreditor }, originalCreditorShape()),
	}
}

func claimPartType[T any](at func(*T) *ClaimPartType) member[T] {
	return symbolOf(named("type", "Delkravstyp", "Type of claim part", required), at,
		Capital, CapitalisedInterest, CollectionCost, ReminderFee, LatePaymentCompensation, ApplicationFee, OwnWork, OtherCost)
}

func originalCreditorShape() shape[OriginalCreditor] {
	return shape[OriginalCreditor]{
		identityOf("", "Identitetsnummer", "Identity number", func(c *OriginalCreditor) *identity.Number { return &c.Identity }),
		stringOf(named("name", "Namn", "Name", required, sensitive, free), func(c *OriginalCreditor) *string { return &c.Name }),
	}
}

func confirmedCaseShape() shape[ConfirmedCase] {
	return shape[ConfirmedCase]{
		reference(func(c *ConfirmedCase) *string { return &c.Reference }),
		caseNumber(func(c *ConfirmedCase) *string { return &c.CaseNumber }),
		dateOf(named("registered", "Registrerat", "Day of registration", required), func(c *ConfirmedCase) *calendar.Day { return &c.Registered }),
		amountOf(named("fee", "Ansökningsavgift", "Application fee", required), func(c *ConfirmedCase) *money.Amount { return &c.Fee }),
		amountOf(named("sum", "Yrkat belopp", "Amount claimed", required), func(c *ConfirmedCase) *money.Amount { return &c.Sum }),
		symbolOf(named("state", "Läge", "State"), func(c *ConfirmedCase) *ConfirmedState { return &c.State }, StateRegistered, StateDiscontinued),
		flagOf(named("held_refused", "Något som väntade på inläsningen kunde inte göras", "Something that was held could not be done"), func(c *ConfirmedCase) *bool { return &c.HeldRefused }),
		heldCode(func(c *ConfirmedCase) *string { return &c.HeldCode }),
		warning(func(c *ConfirmedCase) *string { return &c.Warning }),
		repeats(func(c *ConfirmedCase) *string { return &c.Repeats }),
	}
}

func withdrawalShape() shape[Withdrawal] {
	return shape[Withdrawal]{
		insideOf(func(w *Withdrawal) *CaseKey { return &w.CaseKey }, keyShape()),
		flagOf(named("one_respondent", "Gäller bara den svarande som anges", "Only the respondent named"), func(w *Withdrawal) *bool { return &w.OneRespondent }),
		withdrawalReason(func(w *Withdrawal) *WithdrawalReason { return &w.Reason }),
		paidOn(func(w *Withdrawal) *calendar.Day { return &w.Paid }),
	}
}

func withdrawalReason[T any](at func(*T) *WithdrawalReason) member[T] {
	return symbolOf(named("reason", "Skäl", "Reason"), at, WithdrawnPaid, WithdrawnSettled, WithdrawnMistaken, WithdrawnOther)
}

// heldCode is why something that was held could not be done.
func heldCode[T any](at func(*T) *string) member[T] {
	return stringOf(named("held_code", "Felkod för det som väntade på inläsningen", "Error code of what was held"), at)
}

// warning is the code of what the filer should look at.
func warning[T any](at func(*T) *string) member[T] {
	return stringOf(named("warning", "Varningskod", "Code of a warning"), at)
}

// repeats is the case that has the same claim or title.
func repeats[T any](at func(*T) *string) member[T] {
	return stringOf(named("repeats", "Mål som redan gäller samma sak", "Case about the same already"), at)
}

func paidOn[T any](at func(*T) *calendar.Day) member[T] {
	return dateOf(named("paid", "Betalningsdag", "Day of payment"), at)
}

func reductionShape() shape[Reduction] {
	return shape[Reduction]{
		insideOf(func(r *Reduction) *CaseKey { return &r.CaseKey }, keyShape()),
		flagOf(named("one_respondent", "Gäller bara den svarande som anges", "Only the respondent named"), func(r *Reduction) *bool { return &r.OneRespondent }),
		numberOf(named("part", "Delkravets nummer i ansökan", "Number of the claim part in the application"), func(r *Reduction) *int64 { return &r.Part }),
		symbolOf(named("kind", "Till eller med", "To or by", required), func(r *Reduction) *ReductionKind { return &r.Kind }, ReduceTo, ReduceBy),
		amountOf(named("amount", "Belopp", "Amount", required), func(r *Reduction) *money.Amount { return &r.Amount }),
		paidOn(func(r *Reduction) *calendar.Day { return &r.Paid }),
	}
}

func verdictShape() shape[PaymentOrderVerdict] {
	return append(shape[PaymentOrderVerdict]{
		echoed(func(v *PaymentOrderVerdict) *string { return &v.Reference }),
		caseNumber(func(v *PaymentOrderVerdict) *string { return &v.CaseNumber }),
		stringOf(named("verdict_number", "Utslagsnummer", "Verdict number", required), func(v *PaymentOrderVerdict) *string { return &v.VerdictNumber }),
		dateOf(named("date", "Utslagsdag", "Day of the verdict", required), func(v *PaymentOrderVerdict) *calendar.Day { return &v.Date }),
		flagOf(named("joint", "Solidariskt ansvar", "Joint liability"), func(v *PaymentOrderVerdict) *bool { return &v.Joint }),
		amountOf(named("interest", "Ränta till utslagsdagen", "Interest to the day of the verdict", required), func(v *PaymentOrderVerdict) *money.Amount { return &v.Interest }),
		amountOf(named("costs", "Kostnader", "Costs", required), func(v *PaymentOrderVerdict) *money.Amount { return &v.Costs }),
		amountOf(named("total", "Summa", "Total", required), func(v *PaymentOrderVerdict) *money.Amount { return &v.Total }),
		flagOf(named("enforced", "Verkställs utan begäran", "Enforced without request"), func(v *PaymentOrderVerdict) *bool { return &v.Enforced }),
		manyOf(atLeastOne(titled("respondent", "Svarande", "Respondent")), func(v *PaymentOrderVerdict) *[]VerdictRespondent { return &v.Respondents }, verdictRespondentShape()),
		manyOf(atLeastOne(titled("part", "Beviljat delkrav", "Claim part granted")), func(v *PaymentOrderVerdict) *[]GrantedPart { return &v.Parts }, grantedPartShape()),
	}, personShape("applicant", "Sökande", "Applicant", func(v *PaymentOrderVerdict) *Person { return &v.Applicant })...)
}

func verdictRespondentShape() shape[VerdictRespondent] {
	return append(personShape("", "Svarande", "Respondent", func(r *VerdictRespondent) *Person { return &r.Person }, required),
		stringOf(named("enforcement_case", "Målnummer i verkställigheten", "Number of the enforcement case"), func(r *VerdictRespondent) *string { return &r.EnforcementCase }))
}

func grantedPartShape() shape[GrantedPart] {
	return shape[GrantedPart]{
		numberOf(named("part", "Delkravets nummer i ansökan", "Number of the claim part in the application", required), func(p *GrantedPart) *int64 { return &p.Part }),
		claimPartType(func(p *GrantedPart) *ClaimPartType { return &p.Type }),
		amountOf(named("amount", "Belopp", "Amount", required), func(p *GrantedPart) *money.Amount { return &p.Amount }),
		symbolOf(named("interest", "Slag av ränta", "Kind of interest"), func(p *GrantedPart) *InterestKind { return &p.Interest.Kind }, InterestAct, InterestAgreed),
		rateOf(named("rate", "Räntesats", "Rate"), func(p *GrantedPart) *money.Rate { return &p.Interest.Rate }),
		dateOf(named("interest_from", "Ränta från och med", "Interest from"), func(p *GrantedPart) *calendar.Day { return &p.Interest.From }),
		amountOf(named("accrued", "Ränta till utslagsdagen", "Interest to the day of the verdict", required), func(p *GrantedPart) *money.Amount { return &p.Accrued }),
	}
}

func paymentOrderEventShape() shape[PaymentOrderEvent] {
	return shape[PaymentOrderEvent]{
		echoed(func(e *PaymentOrderEvent) *string { return &e.Reference }),
		caseNumber(func(e *PaymentOrderEvent) *string { return &e.CaseNumber }),
		symbolOf(named("event", "Händelse", "Event", required), func(e *PaymentOrderEvent) *PaymentOrderEventKind { return &e.Event },
			EventCompletionAsked, EventCompleted, EventOrdered, EventServed, EventServiceFailed, EventObjection, EventLateObjection,
			EventDismissed, EventTransferred, EventDiscontinued, EventAwaitingEstate, EventReopening, EventSetAside, EventVerdictStands, EventLegalForce),
		dateOf(named("date", "Dag", "Day", required), func(e *PaymentOrderEvent) *calendar.Day { return &e.Date }),
		identityOf("respondent", "Svarandens identitetsnummer", "Respondent's identity number", func(e *PaymentOrderEvent) *identity.Number { return &e.Respondent }),
		numberOf(named("part", "Delkravets nummer i ansökan", "Number of the claim part in the application"), func(e *PaymentOrderEvent) *int64 { return &e.Part }),
		amountOf(named("amount", "Belopp", "Amount"), func(e *PaymentOrderEvent) *money.Amount { return &e.Amount }),
		dateOf(named("last_day", "Sista dag", "Last day"), func(e *PaymentOrderEvent) *calendar.Day { return &e.LastDay }),
		stringOf(named("remark", "Anmärkning", "Remark", lines, free), func(e *PaymentOrderEvent) *string { return &e.Remark }),
	}
}

// noteShape is a cover note (missiv) to files of the transaction.
func noteShape(note, of Transaction) shape[Note] {
	return shape[Note]{
		transactionOf[Note](note),
		stringOf(named("party_code", "Intressentkod", "Party code", required), func(n *Note) *string { return &n.PartyCode }),
		numberOf(named("sequence", "Löpnummer", "Sequence number", required), func(n *Note) *int64 { return &n.Sequence }),
		symbolOf(named("of", "Transaktion i filen", "Transaction of the file", required), func(n *Note) *Transaction { return &n.Transaction }, of),
		givenOf(named("documents", "Antal handlingar", "Number of documents"), layout.Integer, func(n *Note) **int64 { return &n.Documents }),
		givenOf(named("sum", "Summa", "Sum"), layout.Amount, func(n *Note) **money.Amount { return &n.Sum }),
		noteDate(),
	}
}

func noteDate() member[Note] {
	key := named("date", "Filens datum", "Date of the file")
	key.Kind = layout.Date
	return value[Note]{
		key: key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *Note) {
			if from.Date != nil {
				setDay(w.t, n, k, *from.Date)
			}
		},
		taking: func(r *treeReader, n layout.Node, k layout.KeyID, into *Note) {
			if r.t.Has(n, k) {
				day := dayOf(r.t, n, k)
				into.Date = &day
			}
		},
	}
}
