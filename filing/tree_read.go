package filing

import (
	"time"

	"filtjanst/identity"
	"filtjanst/layout"
	"filtjanst/money"
)

// A treeReader takes typed values out of a tree. Identity numbers that do not
// pass are left out and told in errs.
type treeReader struct {
	t     *layout.Tree
	today time.Time
	errs  []error
}

func (r *treeReader) flag(n layout.Node, k layout.KeyID) bool { return r.t.Num(n, k) != 0 }

func (r *treeReader) amount(n layout.Node, k layout.KeyID) money.Amount {
	return money.Amount(r.t.Num(n, k))
}

func (r *treeReader) identity(n layout.Node, kind, value layout.KeyID) identity.Number {
	text := r.t.Text(n, value)
	if text == "" {
		return identity.Number{}
	}
	number, err := readIdentity(r.t.Symbol(n, kind), text, r.today)
	if err != nil {
		r.errs = append(r.errs, err)
	}
	return number
}

// readIdentity reads a number of the kind; "" and "swedish" are Swedish ones.
func readIdentity(kind, text string, today time.Time) (identity.Number, error) {
	if kind == "" || kind == swedishNumber {
		return identity.Rules{Today: today}.Parse(text)
	}
	return identity.NewForeign(foreignKinds[kind], text)
}

var foreignKinds = map[string]identity.ForeignKind{
	birthDate:      identity.BirthDate,
	foreignPerson:  identity.ForeignPerson,
	foreignCompany: identity.ForeignOrganisation,
	otherNumber:    identity.OtherIdentification,
}

func (r *treeReader) party(n layout.Node, k partyHandles) Party {
	t := r.t
	return Party{
		Identity: r.identity(n, k.identityKind, k.identity),
		Name:     t.Text(n, k.name), CareOf: t.Text(n, k.careOf), Street: t.Text(n, k.street),
		PostalCode: t.Text(n, k.postalCode), Town: t.Text(n, k.town), Country: t.Text(n, k.country),
		Phone: t.Text(n, k.phone), Mobile: t.Text(n, k.mobile), Email: t.Text(n, k.email),
	}
}

func (r *treeReader) optionalParty(parent layout.Node, g layout.GroupID, k partyHandles) *Party {
	n := r.t.First(parent, g)
	if n == layout.None {
		return nil
	}
	p := r.party(n, k)
	return &p
}

func (r *treeReader) application() *Application {
	t, k, top := r.t, applicationKeys(), r.t.Top()
	a := &Application{
		Reference: t.Text(top, k.reference), Joint: r.flag(top, k.joint),
		NegotiableNote: r.flag(top, k.negotiableNote), NoEnforcement: r.flag(top, k.noEnforcement),
		DemandDate: dayOf(t, top, k.demandDate), PayBefore: dayOf(t, top, k.payBefore),
		Notice: Notice(t.Symbol(top, k.notice)), Total: r.amount(top, k.total),
		Requests: t.Text(top, k.requests), OwnWorkReasons: t.Text(top, k.ownWorkReasons),
		Representative: r.optionalParty(top, k.representative, k.representativeParty),
		Payee:          r.payee(top, k),
	}
	for n := range t.All(top, k.applicant) {
		a.Applicants = append(a.Applicants, r.party(n, k.applicantParty))
	}
	for n := range t.All(top, k.respondent) {
		a.Respondents = append(a.Respondents, r.respondent(n, &k.respondentKeys))
	}
	for n := range t.All(top, k.part) {
		a.Parts = append(a.Parts, r.part(n, &k.partKeys))
	}
	return a
}

func (r *treeReader) payee(top layout.Node, k *applicationHandles) *Payee {
	n := r.t.First(top, k.payee)
	if n == layout.None {
		return nil
	}
	p := &k.payeeKeys
	return &Payee{
		Identity: r.identity(n, p.identityKind, p.identity),
		Name:     r.t.Text(n, p.name), Kind: PayeeKind(r.t.Symbol(n, p.kind)), Account: r.t.Text(n, p.account),
	}
}

func (r *treeReader) respondent(n layout.Node, k *respondentHandles) Respondent {
	return Respondent{
		Party: r.party(n, k.partyHandles), Estate: r.flag(n, k.estate),
		OtherAddress: r.t.Text(n, k.otherAddress), Workplace: r.t.Text(n, k.workplace),
		AddressInquiry:      r.t.Text(n, k.addressInquiry),
		LegalRepresentative: r.optionalParty(n, k.legal, k.legalParty),
	}
}

func (r *treeReader) part(n layout.Node, k *partHandles) ClaimPart {
	t := r.t
	p := ClaimPart{
		Type: ClaimPartType(t.Symbol(n, k.kind)), Amount: r.amount(n, k.amount),
		InvoiceNumber: t.Text(n, k.invoiceNumber), InvoiceDate: dayOf(t, n, k.invoiceDate),
		DueDate: dayOf(t, n, k.dueDate), Ground: t.Text(n, k.ground),
		Interest: Interest{
			Kind: InterestKind(t.Symbol(n, k.interest)), Rate: money.Rate(t.Num(n, k.rate)),
			From: dayOf(t, n, k.interestFrom), Accrued: r.amount(n, k.accrued),
			AccruedTo: dayOf(t, n, k.accruedTo), Ground: t.Text(n, k.interestGround),
		},
	}
	if c := t.First(n, k.creditor); c != layout.None {
		p.OriginalCreditor = &OriginalCreditor{
			Name: t.Text(c, k.creditorName), Identity: r.identity(c, k.creditorIdentityKind, k.creditorIdentity),
		}
	}
	return p
}
