package filing

import (
	"filtjanst/layout"
	"filtjanst/money"
)

// enforcementHandles are those that the rules on applications for enforcement
// need.
type enforcementHandles struct {
	total, measure, property, ground, joint layout.KeyID
	debt, title, applicant, respondent      layout.GroupID
	debts                                   debtHandles
	titles                                  titleHandles
	applicantParty                          partyHandles
	respondents                             respondentHandles
}

// debtHandles are those of a debt, which has what a claim part has but for its
// own ground and creditor.
type debtHandles struct {
	partHandles
	periodFrom, periodTo layout.KeyID
}

type titleHandles struct {
	number, date, legalForce, creditor layout.KeyID
	assignment                         layout.GroupID
	from, fromName, to, toName         layout.KeyID
}

func enforcementKeysOf(v *layout.Vocabulary) *enforcementHandles {
	key := func(name string) layout.KeyID { return v.MustKey("document." + name) }
	return &enforcementHandles{
		total: key("total"), measure: key("measure"), property: key("property"), ground: key("ground"), joint: key("joint"),
		debt: v.MustGroup("document.debt"), debts: debtKeysOf(v),
		title: v.MustGroup("document.title"), titles: titleKeysOf(v),
		applicant: v.MustGroup("document.applicant"), applicantParty: partyKeysAt(v, "document.applicant"),
		respondent: v.MustGroup("document.respondent"), respondents: respondentKeysOf(v),
	}
}

func debtKeysOf(v *layout.Vocabulary) debtHandles {
	key := func(name string) layout.KeyID { return v.MustKey("document.debt." + name) }
	return debtHandles{
		partHandles: partHandles{
			kind: key("type"), amount: key("amount"), dueDate: key("due_date"), interest: key("interest"), rate: key("rate"),
			interestFrom: key("interest_from"), accrued: key("accrued"), accruedTo: key("accrued_to"),
			interestGround: key("interest_ground"),
		},
		periodFrom: key("period_from"), periodTo: key("period_to"),
	}
}

func titleKeysOf(v *layout.Vocabulary) titleHandles {
	key := func(name string) layout.KeyID { return v.MustKey("document.title." + name) }
	return titleHandles{
		number: key("number"), date: key("date"), legalForce: key("legal_force"), creditor: key("creditor_identity"),
		assignment: v.MustGroup("document.title.assignment"),
		from:       key("assignment.from_identity"), fromName: key("assignment.from_name"),
		to: key("assignment.to_identity"), toName: key("assignment.to_name"),
	}
}

// enforcementRule judges who seeks what against whom, what is owed and what it
// rests on (files.md §9.3, UB 2:2, UF 2:2–6).
func enforcementRule(v *layout.Vocabulary) func(*run) {
	k := enforcementKeysOf(v)
	return func(r *run) {
		t, top := r.doc, r.doc.Top()
		if Measure(t.Symbol(top, k.measure)) == Repossession && !t.Given(top, k.property) {
			r.at("D608", t, top, k.property)
		}
		if !t.Given(top, k.ground) {
			r.at("D611", t, top, k.ground)
		}
		r.debts(k)
		r.debtors(k)
		if n := t.First(top, k.title); n != layout.None {
			r.title(k, n)
		}
	}
}

func (r *run) debts(k *enforcementHandles) {
	var sum money.Amount
	known := true
	for n := range r.doc.All(r.doc.Top(), k.debt) {
		known = r.debt(&k.debts, n, &sum) && known
	}
	r.judgeTotal(k.total, sum, known)
}

// debt judges one item and adds it up; false if it cannot be added. The title
// decides on interest, so its rate and first day need no ground.
func (r *run) debt(k *debtHandles, n layout.Node, sum *money.Amount) bool {
	t := r.doc
	r.interestTerms(&k.partHandles, n)
	r.period("D613", n, k.periodFrom, k.periodTo)
	if t.Given(n, k.periodFrom) != t.Given(n, k.periodTo) {
		r.at("D614", t, n, k.periodFrom)
	}
	if !t.Has(n, k.amount) || t.Given(n, k.accrued) && !t.Has(n, k.accrued) {
		return false
	}
	amount := money.Amount(t.Num(n, k.amount))
	if amount <= 0 {
		r.at("D610", t, n, k.amount, amount)
	}
	return r.addUp(sum, amount, money.Amount(t.Num(n, k.accrued)))
}

// addUp adds amounts to the sum; false if it becomes larger than can be
// counted.
func (r *run) addUp(sum *money.Amount, amounts ...money.Amount) bool {
	for _, a := range amounts {
		more, err := sum.Add(a)
		if err != nil {
			r.overflow = true
			return false
		}
		*sum = more
	}
	return true
}

// debtors judges what follows from who the parties are, as in an application
// for a payment order.
func (r *run) debtors(k *enforcementHandles) {
	t, top := r.doc, r.doc.Top()
	applicants, respondents := t.First(top, k.applicant), t.First(top, k.respondent)
	count := 0
	for n := respondents; n != layout.None; n = t.Next(n) {
		if t.First(n, k.respondents.legal) == layout.None {
			r.unrepresented(n, &k.respondents)
		}
		r.sameParty(k.applicantParty.identity, k.respondents.identity, n, applicants, respondents)
		count++
	}
	if count == 1 && t.Num(top, k.joint) != 0 {
		r.at("W411", t, top, k.joint)
	}
}

func (r *run) title(k *enforcementHandles, n layout.Node) {
	t, h := r.doc, &k.titles
	if !t.Given(n, h.number) {
		r.at("D609", t, n, h.number)
	}
	if given, force := dayOf(t, n, h.date), dayOf(t, n, h.legalForce); force != 0 && force < given {
		r.at("D612", t, n, h.legalForce, force, given)
	}
	assigned := false
	for a := range t.All(n, h.assignment) {
		assigned = true
		named := (t.Given(a, h.from) || t.Given(a, h.fromName)) && (t.Given(a, h.to) || t.Given(a, h.toName))
		if !named {
			r.node("D615", t, a)
		}
	}
	if !assigned && t.Given(n, h.creditor) && !r.applies(k, t.Raw(n, h.creditor)) {
		r.at("W416", t, n, h.creditor)
	}
}

// applies tells whether an applicant has the number.
func (r *run) applies(k *enforcementHandles, number []byte) bool {
	compared := 0
	for n := r.doc.First(r.doc.Top(), k.applicant); n != layout.None && compared < mostCompared; n = r.doc.Next(n) {
		if compared++; sameNumber(number, r.doc.Raw(n, k.applicantParty.identity)) {
			return true
		}
	}
	return false
}
