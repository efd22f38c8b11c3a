package filing

import (
	"bytes"

	"filtjanst/identity"
	"filtjanst/layout"
)

// role names a party in errors.
type role struct{ swedish, english string }

func (r *run) parties(k *applicationHandles) {
	t := r.doc
	top := t.Top()
	applicants, respondents := t.First(top, k.applicant), t.First(top, k.respondent)
	for n := applicants; n != layout.None; n = t.Next(n) {
		who := role{"sökanden", "applicant"}
		r.party(n, &k.applicantParty, who)
		if r.addressed(n, &k.applicantParty) {
			r.paperAddress(n, &k.applicantParty, who)
		}
	}
	if n := t.First(top, k.representative); n != layout.None {
		r.party(n, &k.representativeParty, role{"ombudet", "representative"})
	}
	count := 0
	for n := respondents; n != layout.None; n = t.Next(n) {
		r.respondent(n, &k.respondentKeys)
		r.sameParty(k.applicantParty.identity, k.respondentKeys.identity, n, applicants, respondents)
		count++
	}
	if count == 1 && t.Num(top, k.joint) != 0 {
		r.at("W411", t, top, k.joint)
	}
}

// addressed tells whether any part of a postal address is given.
func (r *run) addressed(n layout.Node, k *partyHandles) bool {
	return r.doc.Given(n, k.street) || r.doc.Given(n, k.postalCode) || r.doc.Given(n, k.town)
}

func (r *run) respondent(n layout.Node, k *respondentHandles) {
	t, who := r.doc, role{"svaranden", "respondent"}
	r.party(n, &k.partyHandles, who)
	represented := t.First(n, k.legal)
	if represented != layout.None {
		r.party(represented, &k.legalParty, role{"ställföreträdaren", "legal representative"})
	} else {
		r.unrepresented(n, k)
	}
	switch {
	case r.addressed(n, &k.partyHandles):
		r.paperAddress(n, &k.partyHandles, who)
	case !t.Given(n, k.otherAddress) && !t.Given(n, k.addressInquiry):
		r.node("D323", t, n)
	}
}

// unrepresented: who cannot act alone should have a legal representative.
func (r *run) unrepresented(n layout.Node, k *respondentHandles) {
	t := r.doc
	switch {
	case t.Num(n, k.estate) != 0:
		r.at("W406", t, n, k.estate)
	case r.minor(n, &k.partyHandles):
		r.at("W405", t, n, k.identity)
	}
}

// ageOfMajority (FB 9:1).
const ageOfMajority = 18

func (r *run) minor(n layout.Node, k *partyHandles) bool {
	if r.foreign(n, k.identityKind) && r.doc.Symbol(n, k.identityKind) != birthDate {
		return false
	}
	year, month, day, ok := r.born(r.doc.Raw(n, k.identity))
	if !ok {
		return false
	}
	return (date{year + ageOfMajority, month, day}).after(r.civil)
}

// party judges what all parties have in common.
func (r *run) party(n layout.Node, k *partyHandles, who role) {
	r.identity(n, k.identityKind, k.identity, who)
	t := r.doc
	abroad := false
	if t.Given(n, k.country) {
		country := t.Raw(n, k.country)
		if len(country) != 2 || !isCapital(country[0]) || !isCapital(country[1]) {
			r.at("D326", t, n, k.country, textOf(country))
		}
		abroad = !inSweden(country)
	}
	if code := t.Raw(n, k.postalCode); len(code) > 0 && !abroad && !swedishPostalCode(code) {
		r.at("D324", t, n, k.postalCode, who.swedish, who.english)
	}
}

func inSweden(country []byte) bool { return bytes.EqualFold(country, []byte("SE")) }

func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }

func swedishPostalCode(b []byte) bool {
	return len(b) == 5 && b[0] != '0' && allDigits(b)
}

// paperAddress: a protected or foreign address goes on paper (R72); what a
// check does about it is a setting.
func (r *run) paperAddress(n layout.Node, k *partyHandles, who role) {
	t := r.doc
	abroad := t.Given(n, k.country) && !inSweden(t.Raw(n, k.country))
	if !abroad && t.Given(n, k.postalCode) {
		return
	}
	switch r.profile.policy.PaperAddress {
	case Refuse:
		r.at("D325", t, n, k.postalCode, who.swedish, who.english)
	case Warn:
		r.at("W407", t, n, k.postalCode, who.swedish, who.english)
	}
}

// mostCompared bounds how many parties a respondent is compared with, so that
// an application of thousands of parties cannot hold up a check.
const mostCompared = 100

// sameParty compares a respondent with the applicants and with the
// respondents before it.
func (r *run) sameParty(applicant, key layout.KeyID, n, applicants, respondents layout.Node) {
	t := r.doc
	number := t.Raw(n, key)
	if len(number) == 0 {
		return
	}
	compared := 0
	for a := applicants; a != layout.None && compared < mostCompared; a = t.Next(a) {
		if compared++; sameNumber(number, t.Raw(a, applicant)) {
			r.at("D328", t, n, key)
		}
	}
	compared = 0
	for o := respondents; o != n && o != layout.None && compared < mostCompared; o = t.Next(o) {
		if compared++; sameNumber(number, t.Raw(o, key)) {
			r.at("D329", t, n, key)
		}
	}
}

// sameNumber compares as far as the shorter form goes: ten digits are the end
// of twelve.
func sameNumber(a, b []byte) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return len(b) >= shortestIdentity && bytes.HasSuffix(a, b) && (len(a) == len(b) || len(a) == longestIdentity)
}

func (r *run) payee(k *applicationHandles) {
	t := r.doc
	n := t.First(t.Top(), k.payee)
	if n == layout.None {
		return
	}
	p := &k.payeeKeys
	r.identity(n, p.identityKind, p.identity, role{"betalningsmottagaren", "payee"})
	if !t.Has(n, p.kind) || !t.Has(n, p.account) {
		return
	}
	r.account(n, p, PayeeKind(t.Symbol(n, p.kind)), t.Raw(n, p.account))
}

// Lengths of a bank account with its clearing number.
const shortestAccount, longestAccount = 8, 19

func (r *run) account(n layout.Node, p *payeeHandles, kind PayeeKind, account []byte) {
	if kind == PayToAccount {
		if len(account) < shortestAccount || len(account) > longestAccount {
			r.at("D222", r.doc, n, p.account)
		}
		return
	}
	switch r.accounts.check(kind, account) {
	case identity.FaultNone:
	case identity.FaultCheckDigit:
		r.at("D220", r.doc, n, p.account, string(kind))
	default:
		r.at("D221", r.doc, n, p.account, string(kind))
	}
}

// giroMemory remembers the numbers it judged last, one of each kind: a filer's
// payees repeat.
type giroMemory struct{ bankgiro, plusgiro judgedGiro }

type judgedGiro struct {
	account []byte
	fault   identity.Fault
}

func (m *giroMemory) check(kind PayeeKind, account []byte) identity.Fault {
	last := &m.plusgiro
	if kind == PayToBankgiro {
		last = &m.bankgiro
	}
	if bytes.Equal(account, last.account) && len(account) > 0 {
		return last.fault
	}
	var err error
	if kind == PayToBankgiro {
		_, err = identity.ParseBankgiro(string(account))
	} else {
		_, err = identity.ParsePlusgiro(string(account))
	}
	last.account, last.fault = append(last.account[:0], account...), faultOf(err)
	return last.fault
}
