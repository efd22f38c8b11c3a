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
		XXPartyChange: caseRule,
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

func reductionRule(v *layout.Vocabulary) func(*run) {
	named, part, amount := caseRule(v), v.MustKey("document.part"), v.MustKey("document.amount")
	return func(r *run) {
		named(r)
		t, top := r.doc, r.doc.Top()
		if t.Num(top, part) < 0 {
			r.at("D604", t, top, part)
		}
		if a := money.Amount(t.Num(top, amount)); a < 0 {
			r.at("D605", t, top, amount, a)
		}
	}
}

// changeRule: each kind of change has the facts that it needs, and no others.
func changeRule(v *layout.Vocabulary) func(*run) {
	named, kind := caseRule(v), v.MustKey("document.kind")
	facts := map[ChangeKind][]layout.KeyID{
		ChangeAmount:   {v.MustKey("document.amount")},
		ChangeDeferral: {v.MustKey("document.until")},
	}
	amount := v.MustKey("document.amount")
	return func(r *run) {
		named(r)
		t, top := r.doc, r.doc.Top()
		given := ChangeKind(t.Symbol(top, kind))
		for of, keys := range facts {
			for _, k := range keys {
				switch {
				case given == "":
				case of == given && !t.Given(top, k):
					r.at("D606", t, top, k, string(given))
				case of != given && t.Given(top, k):
					r.at("D607", t, top, k, string(given))
				}
			}
		}
		if a := money.Amount(t.Num(top, amount)); a < 0 {
			r.at("D605", t, top, amount, a)
		}
	}
}

// enforcementRule judges what is owed and what it rests on (files.md §9.3).
func enforcementRule(v *layout.Vocabulary) func(*run) {
	debts, total := debtKeysOf(v), v.MustKey("document.total")
	group := v.MustGroup("document.debt")
	measure, property, ground := v.MustKey("document.measure"), v.MustKey("document.property"), v.MustKey("document.ground")
	title, number := v.MustGroup("document.title"), v.MustKey("document.title.number")
	joint, respondent := v.MustKey("document.joint"), v.MustGroup("document.respondent")
	return func(r *run) {
		t, top := r.doc, r.doc.Top()
		var sum money.Amount
		known := true
		for n := range t.All(top, group) {
			known = r.debt(&debts, n, &sum) && known
		}
		r.judgeTotal(total, sum, known)
		if Measure(t.Symbol(top, measure)) == Repossession && !t.Given(top, property) {
			r.at("D608", t, top, property)
		}
		if !t.Given(top, ground) {
			r.at("D611", t, top, ground)
		}
		if n := t.First(top, title); n != layout.None && !t.Given(n, number) {
			r.at("D609", t, n, number)
		}
		if first := t.First(top, respondent); t.Num(top, joint) != 0 && first != layout.None && t.Next(first) == layout.None {
			r.at("W411", t, top, joint)
		}
	}
}

// debt judges one item and adds it up; false if it cannot be added.
func (r *run) debt(k *partHandles, n layout.Node, sum *money.Amount) bool {
	t := r.doc
	if !t.Has(n, k.amount) || t.Given(n, k.accrued) && !t.Has(n, k.accrued) {
		return false
	}
	amount := money.Amount(t.Num(n, k.amount))
	if amount <= 0 {
		r.at("D610", t, n, k.amount, amount)
	}
	if t.Has(n, k.kind) && int(t.Num(n, k.kind)) == capitalPart {
		r.interest(k, n)
	} else if t.Given(n, k.interest) || t.Num(n, k.accrued) != 0 {
		r.at("D318", t, n, k.interest)
	}
	with, err := amount.Add(money.Amount(t.Num(n, k.accrued)))
	if err == nil {
		with, err = sum.Add(with)
	}
	if err != nil {
		r.overflow = true
		return false
	}
	*sum = with
	return true
}

// debtKeysOf are the handles of a debt, which has what a claim part has but
// for its own ground and creditor.
func debtKeysOf(v *layout.Vocabulary) partHandles {
	key := func(name string) layout.KeyID { return v.MustKey("document.debt." + name) }
	return partHandles{
		kind: key("type"), amount: key("amount"), dueDate: key("due_date"), interest: key("interest"), rate: key("rate"),
		interestFrom: key("interest_from"), accrued: key("accrued"), accruedTo: key("accrued_to"),
		interestGround: key("interest_ground"),
	}
}

// claimReportRule adds the claims up (files.md §9.5).
func claimReportRule(v *layout.Vocabulary) func(*run) {
	total, group := v.MustKey("document.total"), v.MustGroup("document.claim")
	amount, interest := v.MustKey("document.claim.amount"), v.MustKey("document.claim.interest")
	return func(r *run) {
		t, top := r.doc, r.doc.Top()
		var sum money.Amount
		known := true
		for n := range t.All(top, group) {
			known = r.reported(n, amount, interest, &sum) && known
		}
		r.judgeTotal(total, sum, known)
	}
}

func (r *run) reported(n layout.Node, amount, interest layout.KeyID, sum *money.Amount) bool {
	t := r.doc
	if !t.Has(n, amount) || t.Given(n, interest) && !t.Has(n, interest) {
		return false
	}
	claim, accrued := money.Amount(t.Num(n, amount)), money.Amount(t.Num(n, interest))
	if claim < 0 || claim == 0 && accrued == 0 {
		r.at("D610", t, n, amount, claim)
	}
	if accrued < 0 {
		r.at("D605", t, n, interest, accrued)
	}
	with, err := claim.Add(accrued)
	if err == nil {
		with, err = sum.Add(with)
	}
	if err != nil {
		r.overflow = true
		return false
	}
	*sum = with
	return true
}
