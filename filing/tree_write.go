package filing

import (
	"fmt"
	"strings"

	"filtjanst/identity"
	"filtjanst/layout"
)

// A treeWriter puts typed values into a tree; what is empty is not put there.
type treeWriter struct {
	t       *layout.Tree
	err     error
	carried func(rune) bool // what the form can carry; used for texts of others
}

// foreign puts a text that holds what another has written: what the form
// cannot carry, or would be taken for a fault in reading, becomes a mark.
func (w *treeWriter) foreign(n layout.Node, k layout.KeyID, s string) {
	w.text(n, k, fitted(s, w.carried))
}

func (w *treeWriter) text(n layout.Node, k layout.KeyID, s string) {
	if s != "" {
		w.t.SetText(n, k, s)
	}
}

func (w *treeWriter) flag(n layout.Node, k layout.KeyID, yes bool) {
	if yes {
		w.t.SetNum(n, k, 1)
	}
}

func (w *treeWriter) symbol(n layout.Node, k layout.KeyID, symbol string) {
	if symbol != "" && !w.t.SetSymbol(n, k, symbol) && w.err == nil {
		w.err = fmt.Errorf("filing: %s cannot be %q", w.t.Vocabulary().KeyPath(k), symbol)
	}
}

// identity writes the number as files carry it: a Swedish number by its twelve
// digits and without a kind, another by kind and value.
func (w *treeWriter) identity(n layout.Node, kind, value layout.KeyID, number identity.Number) {
	full := number.Full()
	if number.Kind() == identity.Foreign {
		var symbol string
		symbol, full, _ = strings.Cut(full, ":")
		w.symbol(n, kind, symbol)
	}
	w.text(n, value, full)
}

func (w *treeWriter) party(n layout.Node, k partyHandles, p *Party) {
	w.identity(n, k.identityKind, k.identity, p.Identity)
	w.text(n, k.name, p.Name)
	w.text(n, k.careOf, p.CareOf)
	w.text(n, k.street, p.Street)
	w.text(n, k.postalCode, p.PostalCode)
	w.text(n, k.town, p.Town)
	w.text(n, k.country, p.Country)
	w.text(n, k.phone, p.Phone)
	w.text(n, k.mobile, p.Mobile)
	w.text(n, k.email, p.Email)
}

// putApplication fills an empty document tree.
func putApplication(t *layout.Tree, a *Application) error {
	k, w, top := applicationKeys(), &treeWriter{t: t}, t.Top()
	w.text(top, k.reference, a.Reference)
	w.flag(top, k.joint, a.Joint)
	w.flag(top, k.negotiableNote, a.NegotiableNote)
	w.flag(top, k.noEnforcement, a.NoEnforcement)
	setDay(t, top, k.demandDate, a.DemandDate)
	setDay(t, top, k.payBefore, a.PayBefore)
	w.symbol(top, k.notice, string(a.Notice))
	t.SetNum(top, k.total, int64(a.Total))
	w.text(top, k.requests, a.Requests)
	w.text(top, k.ownWorkReasons, a.OwnWorkReasons)
	for i := range a.Applicants {
		w.party(t.Add(top, k.applicant), k.applicantParty, &a.Applicants[i])
	}
	if a.Representative != nil {
		w.party(t.Add(top, k.representative), k.representativeParty, a.Representative)
	}
	if a.Payee != nil {
		w.payee(t.Add(top, k.payee), k.payeeKeys, a.Payee)
	}
	for i := range a.Respondents {
		w.respondent(t.Add(top, k.respondent), &k.respondentKeys, &a.Respondents[i])
	}
	for i := range a.Parts {
		w.part(t.Add(top, k.part), &k.partKeys, &a.Parts[i])
	}
	return w.err
}

func (w *treeWriter) payee(n layout.Node, k payeeHandles, p *Payee) {
	w.identity(n, k.identityKind, k.identity, p.Identity)
	w.text(n, k.name, p.Name)
	w.symbol(n, k.kind, string(p.Kind))
	w.text(n, k.account, p.Account)
}

func (w *treeWriter) respondent(n layout.Node, k *respondentHandles, r *Respondent) {
	w.party(n, k.partyHandles, &r.Party)
	w.flag(n, k.estate, r.Estate)
	w.text(n, k.otherAddress, r.OtherAddress)
	w.text(n, k.workplace, r.Workplace)
	w.text(n, k.addressInquiry, r.AddressInquiry)
	if r.LegalRepresentative != nil {
		w.party(w.t.Add(n, k.legal), k.legalParty, r.LegalRepresentative)
	}
}

func (w *treeWriter) part(n layout.Node, k *partHandles, p *ClaimPart) {
	w.symbol(n, k.kind, string(p.Type))
	w.t.SetNum(n, k.amount, int64(p.Amount))
	w.text(n, k.invoiceNumber, p.InvoiceNumber)
	setDay(w.t, n, k.invoiceDate, p.InvoiceDate)
	setDay(w.t, n, k.dueDate, p.DueDate)
	w.text(n, k.ground, p.Ground)
	w.interest(n, k, &p.Interest)
	if c := p.OriginalCreditor; c != nil {
		node := w.t.Add(n, k.creditor)
		w.identity(node, k.creditorIdentityKind, k.creditorIdentity, c.Identity)
		w.text(node, k.creditorName, c.Name)
	}
}

func (w *treeWriter) interest(n layout.Node, k *partHandles, i *Interest) {
	w.symbol(n, k.interest, string(i.Kind))
	if i.Rate != 0 {
		w.t.SetNum(n, k.rate, int64(i.Rate))
	}
	setDay(w.t, n, k.interestFrom, i.From)
	if i.Accrued != 0 || !i.AccruedTo.IsZero() {
		w.t.SetNum(n, k.accrued, int64(i.Accrued))
	}
	setDay(w.t, n, k.accruedTo, i.AccruedTo)
	w.text(n, k.interestGround, i.Ground)
}
