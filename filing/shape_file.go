package filing

import (
	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
)

// startFacts are what every file says of itself. The transaction is a code
// whose only symbol is the transaction's own name.
func startFacts(tx Transaction) shape[FileFacts] {
	return shape[FileFacts]{
		transactionOf[FileFacts](tx),
		stringOf(named("party_code", "Intressentkod", "Party code", required), func(f *FileFacts) *string { return &f.PartyCode }),
		numberOf(named("sequence", "Löpnummer", "Sequence number", required), func(f *FileFacts) *int64 { return &f.Sequence }),
	}
}

// transactionOf is the transaction's own name, which stands in every file of
// it and is no member of any type.
func transactionOf[T any](tx Transaction) member[T] {
	key := named("transaction", "Transaktion", "Transaction", required)
	key.Kind, key.Symbols = layout.Code, []string{string(tx)}
	return value[T]{
		key:     key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, _ *T) { w.symbol(n, k, string(tx)) },
		taking:  func(*treeReader, layout.Node, layout.KeyID, *T) {},
	}
}

func createdFact() member[FileFacts] {
	return dateOf(named("created", "Datum då filen skapades", "Date of the file", required), func(f *FileFacts) *calendar.Day { return &f.Created })
}

func countFact(swedish, english string) member[FileFacts] {
	return numberOf(named("documents", swedish, english, required), func(f *FileFacts) *int64 { return &f.Documents })
}

func sumFact(swedish, english string) member[FileFacts] {
	return amountOf(named("sum", swedish, english, required), func(f *FileFacts) *money.Amount { return &f.Sum })
}

func softwareFact() member[FileFacts] {
	return stringOf(named("software", "Program som skrev filen", "Program that wrote the file", free), func(f *FileFacts) *string { return &f.Software })
}

func fileNoticeFact() member[FileFacts] {
	return noticeOf("Aviseringssätt för hela filen", "Choice of channel for the file", func(f *FileFacts) *Notice { return &f.Notice })
}

func noticeOf[T any](swedish, english string, at func(*T) *Notice) member[T] {
	return symbolOf(named("notice", swedish, english), at, NoticePaper, NoticeElectronic, NoticeBoth)
}

// lodgedFacts are those of a file that a filer sends with a sum.
func lodgedFacts(tx Transaction) shape[FileFacts] {
	return append(startFacts(tx), createdFact(), softwareFact(), fileNoticeFact(),
		countFact("Antal ansökningar", "Number of applications"), sumFact("Summa av ansökningarna", "Sum of the applications"))
}

// listedFacts are those of a file of which only the number of documents is told.
func listedFacts(tx Transaction) shape[FileFacts] {
	return append(startFacts(tx), createdFact(), softwareFact(), countFact("Antal handlingar", "Number of documents"))
}

// askedFacts are those of a request for extracts.
func askedFacts(tx Transaction) shape[FileFacts] {
	return append(listedFacts(tx),
		stringOf(named("requester", "Den som frågar", "Who asks", required, sensitive, free), func(f *FileFacts) *string { return &f.Requester }))
}

// sentFacts are those of a file that the authority sends.
func sentFacts(tx Transaction) shape[FileFacts] {
	return append(startFacts(tx), createdFact(), countFact("Antal handlingar", "Number of documents"))
}

// summedFacts are those of a file that the authority sends with a sum.
func summedFacts(tx Transaction) shape[FileFacts] {
	return append(sentFacts(tx), sumFact("Summa", "Sum"))
}

// answeredFacts are those of a file that answers another.
func answeredFacts(tx Transaction) shape[FileFacts] { return append(sentFacts(tx), fileNameFact()) }

func fileNameFact() member[FileFacts] {
	return stringOf(named("file_name", "Namn på filen som besvaras", "Name of the file that is answered", free), func(f *FileFacts) *string { return &f.FileName })
}

// deliveredFacts are those of a numbered delivery of a credit extract.
func deliveredFacts(tx Transaction) shape[FileFacts] {
	return append(sentFacts(tx),
		symbolOf(named("delivery", "Slag av leverans", "Kind of delivery", required), func(f *FileFacts) *Delivery { return &f.Delivery },
			FullDelivery, Difference, AtOnceDelivery),
		dateOf(named("period_to", "Uppgifterna avser", "The data are of", required), func(f *FileFacts) *calendar.Day { return &f.PeriodTo }))
}

// reportedFacts are those of a status report.
func reportedFacts(tx Transaction) shape[FileFacts] {
	return append(sentFacts(tx),
		dateOf(named("period_from", "Från och med", "From", required), func(f *FileFacts) *calendar.Day { return &f.PeriodFrom }),
		dateOf(named("period_to", "Till och med", "To and with", required), func(f *FileFacts) *calendar.Day { return &f.PeriodTo }))
}

// confirmedFacts are those of a confirmation of applications for payment
// orders; number and sum are of its cases and their fees.
func confirmedFacts(tx Transaction) shape[FileFacts] {
	return append(startFacts(tx), fileNameFact(),
		dateOf(named("read_in", "Inläst", "Day of read-in", required), func(f *FileFacts) *calendar.Day { return &f.ReadIn }),
		numberOf(named("cases", "Antal mål", "Number of cases", required), func(f *FileFacts) *int64 { return &f.Documents }),
		amountOf(named("fees", "Summa ansökningsavgifter", "Sum of application fees", required), func(f *FileFacts) *money.Amount { return &f.Sum }))
}

// registeredFacts are those of ve.confirmation. Name and number of the
// application file stand only where the cases came in one.
func registeredFacts(tx Transaction) shape[FileFacts] {
	return append(sentFacts(tx), sumFact("Summa grundavgifter", "Sum of basic fees"), fileNameFact(),
		dateOf(named("read_in", "Inläst", "Day of read-in"), func(f *FileFacts) *calendar.Day { return &f.ReadIn }),
		symbolOf(named("origin", "Ursprung", "Origin", required), func(f *FileFacts) *Origin { return &f.Origin },
			OriginManual, OriginPaymentOrder, OriginFile))
}
