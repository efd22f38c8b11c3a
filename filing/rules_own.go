package filing

import (
	"filtjanst/layout"
	"filtjanst/money"
)

// ownRules are what is asked of one transaction alone. Each is made once, with
// the handles of its vocabulary.
func ownRules() map[Transaction]func(*layout.Vocabulary) func(*run) {
	return map[Transaction]func(*layout.Vocabulary) func(*run){
		BFWithdrawal:  caseRule,
		BFReduction:   reductionRule,
		VEApplication: enforcementRule,
		VEChange:      changeRule,
		SCClaim:       claimReportRule,
		DERequest:     debtRequestRule,
		PERequest:     procurementRequestRule,
		XXPartyChange: partyChangeRule,
	}
}

// caseRule: a document names its case by number, or by sequence number and own
// reference (R70).
func caseRule(v *layout.Vocabulary) func(*run) {
	number, sequence, reference := v.MustKey("document.case_number"), v.MustKey("document.of_sequence"), v.MustKey("document.reference")
	one, respondent := v.FindKey("document.one_respondent"), v.MustKey("document.respondent_identity")
	return func(r *run) {
		t, top := r.doc, r.doc.Top()
		switch {
		case t.Given(top, number):
		case !t.Given(top, sequence):
			r.at("D601", t, top, number)
		case !t.Given(top, reference):
			r.at("D602", t, top, reference)
		}
		if one != layout.None && t.Num(top, one) != 0 && !t.Given(top, respondent) {
			r.at("D603", t, top, respondent)
		}
	}
}

// reductionRule: what lowers nothing is no reduction.
func reductionRule(v *layout.Vocabulary) func(*run) {
	named, part := caseRule(v), v.MustKey("document.part")
	kind, amount := v.MustKey("document.kind"), v.MustKey("document.amount")
	return func(r *run) {
		named(r)
		t, top := r.doc, r.doc.Top()
		if t.Num(top, part) < 0 {
			r.at("D604", t, top, part)
		}
		switch a := money.Amount(t.Num(top, amount)); {
		case a < 0:
			r.at("D605", t, top, amount, a)
		case a == 0 && t.Has(top, amount) && ReductionKind(t.Symbol(top, kind)) == ReduceBy:
			r.at("D356", t, top, amount, a)
		}
	}
}

// changeWords name the kinds of change in errors.
var changeWords = map[ChangeKind]role{
	ChangeAmount: {"belopp", "of amount"}, ChangeWithdrawal: {"återkallelse", "by withdrawal"}, ChangeDeferral: {"uppskov", "by deferral"},
}

// changeRule: each kind of change has the facts that it needs, and no others.
func changeRule(v *layout.Vocabulary) func(*run) {
	named, kind, amount := caseRule(v), v.MustKey("document.kind"), v.MustKey("document.amount")
	facts := []struct {
		of  ChangeKind
		key layout.KeyID
	}{{ChangeAmount, amount}, {ChangeDeferral, v.MustKey("document.until")}}
	return func(r *run) {
		named(r)
		t, top := r.doc, r.doc.Top()
		given := ChangeKind(t.Symbol(top, kind))
		words := changeWords[given]
		for _, f := range facts {
			switch {
			case given == "":
			case f.of == given && !t.Given(top, f.key):
				r.at("D606", t, top, f.key, words.swedish, words.english)
			case f.of != given && t.Given(top, f.key):
				r.at("D607", t, top, f.key, words.swedish, words.english)
			}
		}
		if a := money.Amount(t.Num(top, amount)); a < 0 {
			r.at("D605", t, top, amount, a)
		}
	}
}

// partyChangeRule: a change says what is to hold (files.md §4.7).
func partyChangeRule(v *layout.Vocabulary) func(*run) {
	named, kind := caseRule(v), v.MustKey("document.kind")
	party, town := v.MustGroup("document.party"), v.MustKey("document.party.town")
	payee, assignment := v.MustGroup("document.payee"), v.MustGroup("document.assignment")
	creditor := v.MustGroup("document.new_creditor")
	to, number := v.MustKey("document.assignment.to_identity"), v.MustKey("document.new_creditor.identity")
	workplace, ofRespondent := v.MustKey("document.workplace"), v.MustKey("document.of_respondent")
	says := func(t *layout.Tree, kind PartyChangeKind) bool {
		top := t.Top()
		has := func(g layout.GroupID) bool { return t.First(top, g) != layout.None }
		switch kind {
		case ChangedAddress:
			return has(party) && t.Given(t.First(top, party), town)
		case ChangedName:
			return has(party)
		case ChangedWorkplace:
			return t.Given(top, workplace) && t.Num(top, ofRespondent) != 0
		case ChangedPayee:
			return has(payee)
		case ChangedCreditor:
			return has(assignment) && has(creditor) &&
				sameNumber(t.Raw(t.First(top, assignment), to), t.Raw(t.First(top, creditor), number))
		}
		return true
	}
	return func(r *run) {
		named(r)
		if !says(r.doc, PartyChangeKind(r.doc.Symbol(r.doc.Top(), kind))) {
			r.at("D357", r.doc, r.doc.Top(), kind)
		}
	}
}

// period tells where one ends before it begins.
func (r *run) period(code Code, n layout.Node, from, to layout.KeyID) {
	begins, ends := dayOf(r.doc, n, from), dayOf(r.doc, n, to)
	if begins != 0 && ends != 0 && ends < begins {
		r.at(code, r.doc, n, to, begins, ends)
	}
}
