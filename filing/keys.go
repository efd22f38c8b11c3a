package filing

import (
	"sync"

	"filtjanst/layout"
)

// Handles of the vocabularies, resolved once. Rules and conversion see keys
// and symbols only, never a record or an element.

type partyHandles struct {
	identityKind, identity, name, careOf, street, postalCode, town, country, phone, mobile, email layout.KeyID
}

type payeeHandles struct {
	identityKind, identity, name, kind, account layout.KeyID
}

type respondentHandles struct {
	partyHandles
	estate, otherAddress, workplace, addressInquiry layout.KeyID
	legal                                           layout.GroupID
	legalParty                                      partyHandles
}

type partHandles struct {
	kind, amount, invoiceNumber, invoiceDate, dueDate, ground        layout.KeyID
	interest, rate, interestFrom, accrued, accruedTo, interestGround layout.KeyID
	creditor                                                         layout.GroupID
	creditorIdentityKind, creditorIdentity, creditorName             layout.KeyID
}

type applicationHandles struct {
	partyCode, sequence, created, software, fileNotice, documents, sum layout.KeyID

	reference, joint, negotiableNote, noEnforcement, demandDate, payBefore layout.KeyID
	notice, total, requests, ownWorkReasons                                layout.KeyID

	applicant, representative, payee, respondent, part layout.GroupID
	applicantParty, representativeParty                partyHandles
	payeeKeys                                          payeeHandles
	respondentKeys                                     respondentHandles
	partKeys                                           partHandles
}

var applicationKeys = sync.OnceValue(func() *applicationHandles {
	v := kinds()[BFApplication].vocabulary
	return &applicationHandles{
		partyCode: v.MustKey("file.party_code"), sequence: v.MustKey("file.sequence"),
		created: v.MustKey("file.created"), software: v.MustKey("file.software"),
		fileNotice: v.MustKey("file.notice"), documents: v.MustKey("file.documents"), sum: v.MustKey("file.sum"),

		reference: v.MustKey("document.reference"), joint: v.MustKey("document.joint"),
		negotiableNote: v.MustKey("document.negotiable_note"), noEnforcement: v.MustKey("document.no_enforcement"),
		demandDate: v.MustKey("document.demand_date"), payBefore: v.MustKey("document.pay_before"),
		notice: v.MustKey("document.notice"), total: v.MustKey("document.total"),
		requests: v.MustKey("document.requests"), ownWorkReasons: v.MustKey("document.own_work_reasons"),

		applicant: v.MustGroup("document.applicant"), applicantParty: partyKeysAt(v, "document.applicant"),
		representative: v.MustGroup("document.representative"), representativeParty: partyKeysAt(v, "document.representative"),
		payee: v.MustGroup("document.payee"), payeeKeys: payeeKeysAt(v, "document.payee"),
		respondent: v.MustGroup("document.respondent"), respondentKeys: respondentKeysOf(v),
		part: v.MustGroup("document.claim_part"), partKeys: partKeysOf(v),
	}
})

func partyKeysAt(v *layout.Vocabulary, group string) partyHandles {
	key := func(name string) layout.KeyID { return v.MustKey(group + "." + name) }
	return partyHandles{
		identityKind: key("identity_kind"), identity: key("identity"), name: key("name"), careOf: key("care_of"),
		street: key("street"), postalCode: key("postal_code"), town: key("town"), country: key("country"),
		phone: key("phone"), mobile: key("mobile"), email: key("email"),
	}
}

func payeeKeysAt(v *layout.Vocabulary, group string) payeeHandles {
	key := func(name string) layout.KeyID { return v.MustKey(group + "." + name) }
	return payeeHandles{
		identityKind: key("identity_kind"), identity: key("identity"), name: key("name"),
		kind: key("kind"), account: key("account"),
	}
}

func respondentKeysOf(v *layout.Vocabulary) respondentHandles {
	const group = "document.respondent"
	key := func(name string) layout.KeyID { return v.MustKey(group + "." + name) }
	return respondentHandles{
		partyHandles: partyKeysAt(v, group),
		estate:       key("estate"), otherAddress: key("other_address"), workplace: key("workplace"),
		addressInquiry: key("address_inquiry"),
		legal:          v.MustGroup(group + ".legal_representative"),
		legalParty:     partyKeysAt(v, group+".legal_representative"),
	}
}

func partKeysOf(v *layout.Vocabulary) partHandles {
	const group = "document.claim_part"
	key := func(name string) layout.KeyID { return v.MustKey(group + "." + name) }
	return partHandles{
		kind: key("type"), amount: key("amount"), invoiceNumber: key("invoice_number"), invoiceDate: key("invoice_date"),
		dueDate: key("due_date"), ground: key("ground"), interest: key("interest"), rate: key("rate"),
		interestFrom: key("interest_from"), accrued: key("accrued"), accruedTo: key("accrued_to"),
		interestGround: key("interest_ground"), creditor: v.MustGroup(group + ".original_creditor"),
		creditorIdentityKind: key("original_creditor.identity_kind"), creditorIdentity: key("original_creditor.identity"),
		creditorName: key("original_creditor.name"),
	}
}
