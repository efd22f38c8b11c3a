package filing

import "filtjanst/layout"

func noteFile() *layout.Group {
	return &layout.Group{
		Swedish: "Missiv", English: "Cover note",
		Keys: append(startKeys(BFApplicationNote),
			layout.Key{Name: "of", Kind: layout.Code, Required: true, Symbols: []string{string(BFApplication)}, Swedish: "Transaktion i filen", English: "Transaction of the file"},
			layout.Key{Name: "documents", Kind: layout.Integer, Swedish: "Antal handlingar", English: "Number of documents"},
			layout.Key{Name: "sum", Kind: layout.Amount, Swedish: "Summa", English: "Sum"},
			layout.Key{Name: "date", Kind: layout.Date, Swedish: "Filens datum", English: "Date of the file"},
		),
	}
}

func receiptFile() *layout.Group {
	return &layout.Group{
		Swedish: "Kvittens", English: "Receipt",
		Keys: []layout.Key{
			{Name: "transaction", Kind: layout.Code, Required: true, Symbols: []string{string(BFApplicationReceipt)}, Swedish: "Transaktion", English: "Transaction"},
			{Name: "of", Kind: layout.Code, Required: true, Symbols: []string{string(BFApplication)}, Swedish: "Besvarad transaktion", English: "Transaction answered"},
			{Name: "transaction_id", Required: true, Swedish: "Transaktionsid", English: "Transaction id"},
			{Name: "party_code", Swedish: "Intressentkod", English: "Party code"},
			{Name: "sequence", Kind: layout.Integer, Swedish: "Löpnummer", English: "Sequence number"},
			{Name: "file_name", Swedish: "Filens namn", English: "Name of the file"},
			{Name: "digest", Swedish: "Filens kontrollsumma (SHA-256)", English: "Digest of the file (SHA-256)"},
			{Name: "note_digest", Swedish: "Missivets kontrollsumma (SHA-256)", English: "Digest of the cover note (SHA-256)"},
			{Name: "arrived", Kind: layout.DateTime, Required: true, Swedish: "Ankomst", English: "Arrival"},
			{Name: "outcome", Kind: layout.Code, Required: true, Symbols: outcomes(), Swedish: "Utfall", English: "Outcome"},
			{Name: "records", Kind: layout.Integer, Swedish: "Antal poster", English: "Number of records"},
			{Name: "documents", Kind: layout.Integer, Required: true, Swedish: "Antal handlingar", English: "Number of documents"},
			{Name: "sum", Kind: layout.Amount, Required: true, Swedish: "Summa", English: "Sum"},
			{Name: "expected", Kind: layout.Integer, Swedish: "Väntat löpnummer", English: "Sequence number expected next"},
			{Name: "read_in", Kind: layout.Date, Swedish: "Inläsning", English: "Evening of read-in"},
			{Name: "rules", Swedish: "Profil och regler (SHA-256)", English: "Profile and rules (SHA-256)"},
			{Name: "event", Swedish: "Journalhändelse", English: "Journal event"},
			{Name: "event_digest", Swedish: "Journalhändelsens kontrollsumma", English: "Digest of the journal event"},
			{Name: "errors", Kind: layout.Integer, Required: true, Swedish: "Antal fel", English: "Number of errors"},
		},
		Groups: []*layout.Group{{
			Name: "count", Swedish: "Antal fel per felkod", English: "Errors per code",
			Keys: []layout.Key{
				{Name: "code", Required: true, Swedish: "Felkod", English: "Error code"},
				{Name: "number", Kind: layout.Integer, Required: true, Swedish: "Antal", English: "Number"},
			},
		}},
	}
}

func outcomes() []string {
	return []string{string(Approved), string(ApprovedInPart), string(Rejected), string(Waiting), string(Superseded)}
}

func receiptDocument() *layout.Group {
	return &layout.Group{
		Swedish: "Fel", English: "Error",
		Keys: []layout.Key{
			{Name: "class", Kind: layout.Code, Required: true, Symbols: []string{string(General), string(Document)}, Swedish: "Felklass", English: "Class of error"},
			{Name: "code", Required: true, Swedish: "Felkod", English: "Error code"},
			{Name: "reference", Swedish: "Egen referens", English: "Own reference"},
			{Name: "document", Kind: layout.Integer, Swedish: "Handlingens nummer i filen", English: "Number of the document in the file"},
			{Name: "record", Swedish: "Posttyp eller element", English: "Record type or element"},
			{Name: "line", Kind: layout.Integer, Swedish: "Rad", English: "Line"},
			{Name: "offset", Kind: layout.Integer, Swedish: "Byteläge", English: "Byte offset"},
			{Name: "field", Swedish: "Fält", English: "Field"},
			{Name: "value", Swedish: "Värde", English: "Value"},
			{Name: "swedish", Lines: true, Required: true, Swedish: "Feltext", English: "Text in Swedish"},
			{Name: "english", Lines: true, Swedish: "Feltext på engelska", English: "Text in English"},
			{Name: "remedy", Lines: true, Swedish: "Åtgärd", English: "Remedy"},
		},
	}
}

func confirmationFile() *layout.Group {
	return &layout.Group{
		Swedish: "Bekräftelse", English: "Confirmation",
		Keys: append(startKeys(BFConfirmation),
			layout.Key{Name: "file_name", Swedish: "Ansökningsfilens namn", English: "Name of the application file"},
			layout.Key{Name: "read_in", Kind: layout.Date, Required: true, Swedish: "Inläst", English: "Day of read-in"},
			layout.Key{Name: "cases", Kind: layout.Integer, Required: true, Swedish: "Antal mål", English: "Number of cases"},
			layout.Key{Name: "fees", Kind: layout.Amount, Required: true, Swedish: "Summa ansökningsavgifter", English: "Sum of application fees"},
		),
	}
}

func confirmationDocument() *layout.Group {
	return &layout.Group{
		Swedish: "Bekräftat mål", English: "Confirmed case",
		Keys: []layout.Key{
			{Name: "reference", Required: true, Swedish: "Egen referens", English: "Own reference"},
			{Name: "case_number", Required: true, Swedish: "Målnummer", English: "Case number"},
			{Name: "registered", Kind: layout.Date, Required: true, Swedish: "Registrerat", English: "Day of registration"},
			{Name: "fee", Kind: layout.Amount, Required: true, Swedish: "Ansökningsavgift", English: "Application fee"},
			{Name: "sum", Kind: layout.Amount, Required: true, Swedish: "Yrkat belopp", English: "Amount claimed"},
		},
	}
}
