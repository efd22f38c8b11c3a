package filing

import (
	"filtjanst/layout"
	"filtjanst/money"
)

type reportedHandles struct {
	amount, interest, origin, dueDate, notDue, security, securityAmount layout.KeyID
}

// claimReportRule judges the claims of a report and adds them up (files.md
// §9.5, SKSL §19).
func claimReportRule(v *layout.Vocabulary) func(*run) {
	total, group := v.MustKey("document.total"), v.MustGroup("document.claim")
	debtor, creditor, who := v.MustKey("document.debtor_identity"), v.MustGroup("document.creditor"), v.MustKey("document.creditor.identity")
	key := func(name string) layout.KeyID { return v.MustKey("document.claim." + name) }
	k := reportedHandles{
		amount: key("amount"), interest: key("interest"), origin: key("origin"), dueDate: key("due_date"),
		notDue: key("not_due"), security: key("security"), securityAmount: key("security_amount"),
	}
	return func(r *run) {
		var sum money.Amount
		known := true
		r.ownCreditor(debtor, creditor, who)
		for n := range r.doc.All(r.doc.Top(), group) {
			r.reportedFacts(&k, n)
			known = r.reported(&k, n, &sum) && known
		}
		r.judgeTotal(total, sum, known)
	}
}

// ownCreditor tells that the debtor reports a claim against itself.
func (r *run) ownCreditor(debtor layout.KeyID, creditor layout.GroupID, who layout.KeyID) {
	t := r.doc
	n := t.First(t.Top(), creditor)
	if n == layout.None || !t.Given(n, who) || !t.Given(t.Top(), debtor) {
		return
	}
	if sameNumber(t.Raw(t.Top(), debtor), t.Raw(n, who)) {
		r.at("D620", t, n, who)
	}
}

// reported judges the amounts of one claim; false if they cannot be added.
func (r *run) reported(k *reportedHandles, n layout.Node, sum *money.Amount) bool {
	t := r.doc
	if !t.Has(n, k.amount) || t.Given(n, k.interest) && !t.Has(n, k.interest) {
		return false
	}
	claim, accrued := money.Amount(t.Num(n, k.amount)), money.Amount(t.Num(n, k.interest))
	if claim < 0 || claim == 0 && accrued == 0 {
		r.at("D610", t, n, k.amount, claim)
	}
	if accrued < 0 {
		r.at("D605", t, n, k.interest, accrued)
	}
	return r.addUp(sum, claim, accrued)
}

// reportedFacts judges whether what is told of one claim goes together.
func (r *run) reportedFacts(k *reportedHandles, n layout.Node) {
	t := r.doc
	origin, due := dayOf(t, n, k.origin), dayOf(t, n, k.dueDate)
	if origin != 0 && due != 0 && due < origin {
		r.at("D617", t, n, k.dueDate, due, origin)
	}
	if t.Num(n, k.notDue) != 0 && due != 0 && due < r.today {
		r.at("D616", t, n, k.notDue, due)
	}
	switch worth := money.Amount(t.Num(n, k.securityAmount)); {
	case worth < 0:
		r.at("D605", t, n, k.securityAmount, worth)
	case worth != 0 && !t.Given(n, k.security):
		r.at("D618", t, n, k.security)
	}
}
