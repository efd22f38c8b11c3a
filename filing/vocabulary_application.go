package filing

import "filtjanst/layout"

func applicationFile() *layout.Group {
	return &layout.Group{
		Swedish: "Filens egna uppgifter", English: "Facts of the file",
		Keys: append(startKeys(BFApplication),
			layout.Key{Name: "created", Kind: layout.Date, Required: true, Swedish: "Datum då filen skapades", English: "Date of the file"},
			layout.Key{Name: "software", Swedish: "Program som skrev filen", English: "Program that wrote the file"},
			noticeKey("Aviseringssätt för hela filen", "Choice of channel for the file"),
			layout.Key{Name: "documents", Kind: layout.Integer, Required: true, Swedish: "Antal ansökningar", English: "Number of applications"},
			layout.Key{Name: "sum", Kind: layout.Amount, Required: true, Swedish: "Summa av ansökningarna", English: "Sum of the applications"},
		),
	}
}

func applicationDocument() *layout.Group {
	return &layout.Group{
		Swedish: "Ansökan", English: "Application",
		Keys: []layout.Key{
			{Name: "reference", Required: true, Swedish: "Egen referens", English: "Own reference"},
			{Name: "joint", Kind: layout.Flag, Swedish: "Solidariskt ansvar", English: "Joint liability"},
			{Name: "negotiable_note", Kind: layout.Flag, Swedish: "Löpande skuldebrev", English: "Running promissory note"},
			{Name: "no_enforcement", Kind: layout.Flag, Swedish: "Verkställighet begärs inte", English: "No enforcement wanted"},
			{Name: "demand_date", Kind: layout.Date, Swedish: "Inkassokravets datum", English: "Day of the collection demand"},
			{Name: "pay_before", Kind: layout.Date, Swedish: "Sista betalningsdag i inkassokravet", English: "Last day to pay in the demand"},
			noticeKey("Aviseringssätt", "Choice of channel"),
			{Name: "total", Kind: layout.Amount, Required: true, Swedish: "Summa av ansökan", English: "Total of the application"},
			{Name: "requests", Lines: true, Swedish: "Särskilda önskemål om verkställighet", English: "Special requests about enforcement"},
			{Name: "own_work_reasons", Lines: true, Swedish: "Särskilda skäl för eget arbete", English: "Special reasons for own work"},
		},
		Groups: []*layout.Group{
			{Name: "applicant", Min: 1, Swedish: "Sökande", English: "Applicant", Keys: partyKeys(true)},
			{Name: "representative", Max: 1, Swedish: "Ombud", English: "Representative", Keys: partyKeys(false)},
			payeeGroup(),
			respondentGroup(),
			claimPartGroup(),
		},
	}
}

func payeeGroup() *layout.Group {
	return &layout.Group{
		Name: "payee", Max: 1, Swedish: "Betalningsmottagare", English: "Payee",
		Keys: append(identityKeys(false),
			layout.Key{Name: "name", Required: true, Sensitive: true, Swedish: "Namn", English: "Name"},
			layout.Key{Name: "kind", Kind: layout.Code, Required: true, Swedish: "Slag av konto", English: "Kind of account",
				Symbols: []string{string(PayToBankgiro), string(PayToPlusgiro), string(PayToAccount)}},
			layout.Key{Name: "account", Kind: layout.Digits, Required: true, Sensitive: true, Swedish: "Kontonummer", English: "Account number"},
		),
	}
}

func respondentGroup() *layout.Group {
	return &layout.Group{
		Name: "respondent", Min: 1, Swedish: "Svarande", English: "Respondent",
		Keys: append(partyKeys(true),
			layout.Key{Name: "estate", Kind: layout.Flag, Swedish: "Dödsbo", English: "Estate of a deceased person"},
			layout.Key{Name: "other_address", Sensitive: true, Swedish: "Annan adress för delgivning", English: "Other address for service"},
			layout.Key{Name: "workplace", Sensitive: true, Swedish: "Arbetsplats", English: "Workplace"},
			layout.Key{Name: "address_inquiry", Lines: true, Sensitive: true, Swedish: "Efterforskning av adress", English: "Inquiry made to find an address"},
		),
		Groups: []*layout.Group{
			{Name: "legal_representative", Max: 1, Swedish: "Ställföreträdare", English: "Legal representative", Keys: partyKeys(false)},
		},
	}
}

func claimPartGroup() *layout.Group {
	return &layout.Group{
		Name: "claim_part", Min: 1, Swedish: "Delkrav", English: "Claim part",
		Keys: []layout.Key{
			{Name: "type", Kind: layout.Code, Required: true, Symbols: claimPartTypes(), Swedish: "Delkravstyp", English: "Type of claim part"},
			{Name: "amount", Kind: layout.Amount, Required: true, Swedish: "Belopp", English: "Amount"},
			{Name: "invoice_number", Swedish: "Fakturanummer", English: "Invoice number"},
			{Name: "invoice_date", Kind: layout.Date, Swedish: "Fakturadatum", English: "Invoice date"},
			{Name: "due_date", Kind: layout.Date, Swedish: "Förfallodag", English: "Due date"},
			{Name: "interest", Kind: layout.Code, Symbols: []string{string(InterestAct), string(InterestAgreed)}, Swedish: "Slag av ränta", English: "Kind of interest"},
			{Name: "rate", Kind: layout.Rate, Swedish: "Avtalad räntesats", English: "Agreed rate"},
			{Name: "interest_from", Kind: layout.Date, Swedish: "Ränta från och med", English: "Interest from"},
			{Name: "accrued", Kind: layout.Amount, Swedish: "Upplupen ränta", English: "Accrued interest"},
			{Name: "accrued_to", Kind: layout.Date, Swedish: "Upplupen till och med", English: "Accrued to and with"},
			{Name: "ground", Lines: true, Swedish: "Grund", English: "Ground"},
			{Name: "interest_ground", Lines: true, Swedish: "Grund för räntan", English: "Ground for the interest"},
		},
		Groups: []*layout.Group{{
			Name: "original_creditor", Max: 1, Swedish: "Ursprunglig borgenär", English: "Original creditor",
			Keys: append(identityKeys(false),
				layout.Key{Name: "name", Required: true, Sensitive: true, Swedish: "Namn", English: "Name"}),
		}},
	}
}

func claimPartTypes() []string {
	return []string{
		string(Capital), string(CapitalisedInterest), string(CollectionCost), string(ReminderFee),
		string(LatePaymentCompensation), string(ApplicationFee), string(OwnWork), string(OtherCost),
	}
}
