package filing

import (
	"fmt"
	"sync"

	"filtjanst/layout"
)

// VocabularyOf returns the keys that a transaction can carry; false for a
// transaction of the catalogue that this edition has no vocabulary for.
func VocabularyOf(tx Transaction) (*layout.Vocabulary, bool) {
	v, ok := vocabularies()[tx]
	return v, ok
}

var vocabularies = sync.OnceValue(func() map[Transaction]*layout.Vocabulary {
	tops := map[Transaction][2]*layout.Group{
		BFApplication:        {applicationFile(), applicationDocument()},
		BFApplicationNote:    {noteFile(), nil},
		BFApplicationReceipt: {receiptFile(), receiptDocument()},
		BFConfirmation:       {confirmationFile(), confirmationDocument()},
	}
	all := make(map[Transaction]*layout.Vocabulary, len(tops))
	for tx, top := range tops {
		all[tx] = mustVocabulary(tx, top[0], top[1])
	}
	return all
})

// mustVocabulary builds a vocabulary written in this package; a name used
// twice in it is a fault of the program.
func mustVocabulary(tx Transaction, file, document *layout.Group) *layout.Vocabulary {
	v, err := layout.NewVocabulary(string(tx), file, document)
	if err != nil {
		panic(fmt.Sprintf("filing: %v", err))
	}
	return v
}

// startKeys are what every file says of itself. The transaction is a code
// whose only symbol is the transaction's own name.
func startKeys(tx Transaction) []layout.Key {
	return []layout.Key{
		{Name: "transaction", Kind: layout.Code, Required: true, Symbols: []string{string(tx)}, Swedish: "Transaktion", English: "Transaction"},
		{Name: "party_code", Required: true, Swedish: "Intressentkod", English: "Party code"},
		{Name: "sequence", Kind: layout.Integer, Required: true, Swedish: "Löpnummer", English: "Sequence number"},
	}
}

// identityKeys are a number and its kind. Without a kind the number is
// Swedish and tells its kind by its form (law.md §10).
func identityKeys(required bool) []layout.Key {
	return []layout.Key{
		{Name: "identity_kind", Kind: layout.Code, Symbols: identityKinds(), Swedish: "Slag av identitetsnummer", English: "Kind of identity number"},
		{Name: "identity", Required: required, Sensitive: true, Swedish: "Identitetsnummer", English: "Identity number"},
	}
}

// Symbols of identity_kind.
const (
	swedishNumber  = "swedish"
	birthDate      = "birth_date"
	foreignPerson  = "foreign_person"
	foreignCompany = "foreign_organisation"
	otherNumber    = "other"
)

func identityKinds() []string {
	return []string{swedishNumber, birthDate, foreignPerson, foreignCompany, otherNumber}
}

func partyKeys(identityRequired bool) []layout.Key {
	return append(identityKeys(identityRequired),
		layout.Key{Name: "name", Required: true, Sensitive: true, Swedish: "Namn", English: "Name"},
		layout.Key{Name: "care_of", Sensitive: true, Swedish: "C/o-adress", English: "Care of"},
		layout.Key{Name: "street", Sensitive: true, Swedish: "Utdelningsadress", English: "Street or box"},
		layout.Key{Name: "postal_code", Sensitive: true, Swedish: "Postnummer", English: "Postal code"},
		layout.Key{Name: "town", Sensitive: true, Swedish: "Postort", English: "Town"},
		layout.Key{Name: "country", Swedish: "Landskod", English: "Country code"},
		layout.Key{Name: "phone", Sensitive: true, Swedish: "Telefon", English: "Phone"},
		layout.Key{Name: "mobile", Sensitive: true, Swedish: "Mobiltelefon", English: "Mobile phone"},
		layout.Key{Name: "email", Sensitive: true, Swedish: "E-postadress", English: "E-mail address"},
	)
}

func noticeKey(swedish, english string) layout.Key {
	return layout.Key{
		Name: "notice", Kind: layout.Code, Swedish: swedish, English: english,
		Symbols: []string{string(NoticePaper), string(NoticeElectronic), string(NoticeBoth)},
	}
}
