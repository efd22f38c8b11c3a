package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/layout"
	"filtjanst/money"
)

// partyShape is a person or organisation; traits are those of its number,
// required where the law demands one.
func partyShape(traits ...func(*layout.Key)) shape[Party] {
	return shape[Party]{
		identityOf("", "Identitetsnummer", "Identity number", func(p *Party) *identity.Number { return &p.Identity }, traits...),
		stringOf(named("name", "Namn", "Name", required, sensitive, free), func(p *Party) *string { return &p.Name }),
		stringOf(named("care_of", "C/o-adress", "Care of", sensitive, free), func(p *Party) *string { return &p.CareOf }),
		stringOf(named("street", "Utdelningsadress", "Street or box", sensitive, free), func(p *Party) *string { return &p.Street }),
		stringOf(named("postal_code", "Postnummer", "Postal code", sensitive), func(p *Party) *string { return &p.PostalCode }),
		stringOf(named("town", "Postort", "Town", sensitive, free), func(p *Party) *string { return &p.Town }),
		stringOf(named("country", "Landskod", "Country code"), func(p *Party) *string { return &p.Country }),
		stringOf(named("phone", "Telefon", "Phone", sensitive, free), func(p *Party) *string { return &p.Phone }),
		stringOf(named("mobile", "Mobiltelefon", "Mobile phone", sensitive, free), func(p *Party) *string { return &p.Mobile }),
		stringOf(named("email", "E-postadress", "E-mail address", sensitive, free), func(p *Party) *string { return &p.Email }),
	}
}

func titled(name, swedish, english string) layout.Group {
	return layout.Group{Name: name, Swedish: swedish, English: english}
}

func atLeastOne(g layout.Group) layout.Group {
	g.Min = 1
	return g
}

func applicantGroup() layout.Group { return atLeastOne(titled("applicant", "Sökande", "Applicant")) }

func representativeGroup() layout.Group { return titled("representative", "Ombud", "Representative") }

func payeeGroup() layout.Group { return titled("payee", "Betalningsmottagare", "Payee") }

func respondentGroup() layout.Group {
	return atLeastOne(titled("respondent", "Svarande", "Respondent"))
}

func respondentShape() shape[Respondent] {
	return shape[Respondent]{
		insideOf(func(r *Respondent) *Party { return &r.Party }, partyShape(required)),
		flagOf(named("estate", "Dödsbo", "Estate of a deceased person"), func(r *Respondent) *bool { return &r.Estate }),
		stringOf(named("other_address", "Annan adress för delgivning", "Other address for service", sensitive, free), func(r *Respondent) *string { return &r.OtherAddress }),
		stringOf(named("workplace", "Arbetsplats", "Workplace", sensitive, free), func(r *Respondent) *string { return &r.Workplace }),
		stringOf(named("address_inquiry", "Efterforskning av adress", "Inquiry made to find an address", lines, sensitive, free), func(r *Respondent) *string { return &r.AddressInquiry }),
		maybeOf(titled("legal_representative", "Ställföreträdare", "Legal representative"),
			func(r *Respondent) **Party { return &r.LegalRepresentative }, partyShape()),
	}
}

func payeeShape() shape[Payee] {
	return shape[Payee]{
		identityOf("", "Identitetsnummer", "Identity number", func(p *Payee) *identity.Number { return &p.Identity }),
		stringOf(named("name", "Namn", "Name", required, sensitive, free), func(p *Payee) *string { return &p.Name }),
		symbolOf(named("kind", "Slag av konto", "Kind of account", required), func(p *Payee) *PayeeKind { return &p.Kind },
			PayToBankgiro, PayToPlusgiro, PayToAccount),
		stringOf(named("account", "Kontonummer", "Account number", digits, required, sensitive), func(p *Payee) *string { return &p.Account }),
	}
}

// personShape is someone by number and name; the prefix keeps several apart in
// one group.
func personShape[T any](prefix, swedish, english string, at func(*T) *Person, traits ...func(*layout.Key)) shape[T] {
	before := prefix
	if before != "" {
		before += "_"
	}
	return shape[T]{
		identityOf(prefix, swedish+": identitetsnummer", english+": identity number", func(t *T) *identity.Number { return &at(t).Identity }, traits...),
		stringOf(named(before+"name", swedish+": namn", english+": name", append(traits, sensitive, free)...), func(t *T) *string { return &at(t).Name }),
	}
}

// keyShape names the case that a document concerns.
func keyShape() shape[CaseKey] {
	return shape[CaseKey]{
		stringOf(named("case_number", "Målnummer", "Case number"), func(k *CaseKey) *string { return &k.CaseNumber }),
		numberOf(named("of_sequence", "Ansökningsfilens löpnummer", "Sequence number of the application file"), func(k *CaseKey) *int64 { return &k.Sequence }),
		stringOf(named("reference", "Egen referens", "Own reference", free), func(k *CaseKey) *string { return &k.Reference }),
		identityOf("applicant", "Sökandens identitetsnummer", "Applicant's identity number", func(k *CaseKey) *identity.Number { return &k.Applicant }),
		identityOf("respondent", "Svarandens identitetsnummer", "Respondent's identity number", func(k *CaseKey) *identity.Number { return &k.Respondent }),
	}
}

func reference[T any](at func(*T) *string) member[T] {
	return stringOf(named("reference", "Egen referens", "Own reference", required, free), at)
}

// echoed is the own reference in what the authority sends; a case that was not
// lodged by file has none.
func echoed[T any](at func(*T) *string) member[T] {
	return stringOf(named("reference", "Egen referens", "Own reference", free), at)
}

func caseNumber[T any](at func(*T) *string) member[T] {
	return stringOf(named("case_number", "Målnummer", "Case number", required), at)
}

func interestShape() shape[Interest] {
	return shape[Interest]{
		symbolOf(named("interest", "Slag av ränta", "Kind of interest"), func(i *Interest) *InterestKind { return &i.Kind }, InterestAct, InterestAgreed),
		rateOf(named("rate", "Avtalad räntesats", "Agreed rate"), func(i *Interest) *money.Rate { return &i.Rate }),
		dateOf(named("interest_from", "Ränta från och med", "Interest from"), func(i *Interest) *calendar.Day { return &i.From }),
		amountWith(named("accrued", "Upplupen ränta", "Accrued interest"), func(i *Interest) *money.Amount { return &i.Accrued },
			func(i *Interest) bool { return !i.AccruedTo.IsZero() }),
		dateOf(named("accrued_to", "Upplupen till och med", "Accrued to and with"), func(i *Interest) *calendar.Day { return &i.AccruedTo }),
		stringOf(named("interest_ground", "Grund för räntan", "Ground for the interest", lines, free), func(i *Interest) *string { return &i.Ground }),
	}
}
