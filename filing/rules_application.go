package filing

import (
	"filtjanst/layout"
	"filtjanst/money"
)

// application judges one application (files.md §9.1, law.md §2). It works on
// the tree, so that a good application costs no memory. What could not be read
// has been told already and is left out.
func (r *run) application() {
	k, t := applicationKeys(), r.doc
	top := t.Top()
	if t.Has(top, k.reference) {
		r.references.add(t.Raw(top, k.reference))
	}
	r.parties(k)
	r.payee(k)
	r.demand(k)
	r.claim(k)
}

// claimTotals is what the claim parts of one application come to.
type claimTotals struct {
	sum        money.Amount
	unknown    bool // an amount could not be read
	overflow   bool
	byType     [partTypes]money.Amount
	firstNode  [partTypes]layout.Node
	count      [partTypes]int
	costGround bool // a collection cost or compensation with its ground
}

// Indexes of the symbols of claim_part.type, in the order of claimPartTypes.
const (
	capitalPart = iota
	capitalisedInterestPart
	collectionPart
	reminderPart
	latePaymentPart
	feePart
	ownWorkPart
	otherPart
	partTypes
)

func (c *claimTotals) add(a money.Amount) {
	sum, err := c.sum.Add(a)
	if err != nil {
		c.overflow = true
		return
	}
	c.sum = sum
}

func (r *run) claim(k *applicationHandles) {
	var totals claimTotals
	t := r.doc
	for n := t.First(t.Top(), k.part); n != layout.None; n = t.Next(n) {
		r.part(&k.partKeys, n, &totals)
	}
	r.total(k, &totals)
	r.costsOnly(&totals)
	r.caps(k, &totals)
}

func (r *run) part(k *partHandles, n layout.Node, totals *claimTotals) {
	t := r.doc
	if !t.Has(n, k.kind) {
		totals.unknown = true
		return
	}
	kind := int(t.Num(n, k.kind))
	r.amount(k, n, kind, totals)
	if totals.count[kind] == 0 {
		totals.firstNode[kind] = n
	}
	totals.count[kind]++
	ground := t.Given(n, k.ground)
	switch kind {
	case capitalPart:
		r.capital(k, n, ground)
		r.interest(k, n)
		return
	case collectionPart, latePaymentPart:
		totals.costGround = totals.costGround || ground
	case otherPart:
		if !ground {
			r.at("D320", t, n, k.ground)
		}
	}
	if t.Given(n, k.interest) || t.Given(n, k.interestFrom) || t.Given(n, k.rate) || t.Num(n, k.accrued) != 0 {
		r.at("D318", t, n, k.interest)
	}
}

func (r *run) amount(k *partHandles, n layout.Node, kind int, totals *claimTotals) {
	t := r.doc
	if !t.Has(n, k.amount) || t.Given(n, k.accrued) && !t.Has(n, k.accrued) {
		totals.unknown = true
		return
	}
	amount := money.Amount(t.Num(n, k.amount))
	if amount <= 0 {
		r.at("D303", t, n, k.amount, amount)
	}
	totals.add(amount)
	totals.add(money.Amount(t.Num(n, k.accrued)))
	if sum, err := totals.byType[kind].Add(amount); err == nil {
		totals.byType[kind] = sum
	}
}

func (r *run) capital(k *partHandles, n layout.Node, ground bool) {
	t := r.doc
	if !ground {
		r.at("D304", t, n, k.ground)
	}
	if !t.Given(n, k.dueDate) {
		r.at("D305", t, n, k.dueDate)
	}
	due, invoiced := dayOf(t, n, k.dueDate), dayOf(t, n, k.invoiceDate)
	if due > r.today {
		r.at("D313", t, n, k.dueDate, due, r.today)
	}
	switch {
	case invoiced > r.today:
		r.at("D314", t, n, k.invoiceDate, invoiced, r.today)
	case invoiced > due && due != 0:
		r.at("W412", t, n, k.invoiceDate, invoiced, due)
	}
}

func (r *run) total(k *applicationHandles, totals *claimTotals) {
	t, top := r.doc, r.doc.Top()
	if !t.Has(top, k.total) {
		r.unsummed = true
		return
	}
	given := money.Amount(t.Num(top, k.total))
	r.addSum(given)
	switch {
	case totals.unknown:
	case totals.overflow:
		r.at("D327", t, top, k.total)
	case given != totals.sum:
		r.at("D302", t, top, k.total, given, totals.sum)
	case given <= 0:
		r.at("D330", t, top, k.total)
	}
}

// costsOnly: what the file must look like when only costs remain differs
// between the two forms (R57, service.md §12).
func (r *run) costsOnly(totals *claimTotals) {
	if totals.unknown || totals.count[capitalPart] > 0 || totals.count[capitalisedInterestPart] > 0 {
		return
	}
	switch {
	case r.form == TextForm:
		r.node("D321", r.doc, r.doc.Top())
	case !totals.costGround:
		r.node("D322", r.doc, r.doc.Top())
	}
}

// caps: costs above those of IKL are let through and handled as contested
// (BFL §23); own work above its cap needs reasons that are stated (BFL §48).
func (r *run) caps(k *applicationHandles, totals *claimTotals) {
	t, top := r.doc, r.doc.Top()
	invoices := money.Amount(max(1, totals.count[capitalPart]))
	amount := k.partKeys.amount
	over := func(code Code, kind int, limit money.Amount) {
		if limit > 0 && totals.byType[kind] > limit {
			r.at(code, t, totals.firstNode[kind], amount, totals.byType[kind], limit)
		}
	}
	over("W401", collectionPart, r.law.collection)
	over("W402", reminderPart, r.law.reminder*invoices)
	over("W403", latePaymentPart, r.law.latePayment*invoices)
	if !t.Given(top, k.ownWorkReasons) {
		over("D319", ownWorkPart, r.law.ownWork)
	}
	if totals.count[latePaymentPart] > 0 && totals.count[collectionPart]+totals.count[reminderPart] > 0 {
		r.at("W409", t, totals.firstNode[latePaymentPart], amount)
	}
	if fee := totals.byType[feePart]; totals.count[feePart] > 0 && r.law.fee > 0 && fee != r.law.fee {
		r.at("W410", t, totals.firstNode[feePart], amount, fee, r.law.fee)
	}
	if totals.count[collectionPart] > 0 && !t.Given(top, k.demandDate) {
		r.at("W413", t, totals.firstNode[collectionPart], amount)
	}
}

// demand judges the collection demand (INK §§5–6).
func (r *run) demand(k *applicationHandles) {
	t, top := r.doc, r.doc.Top()
	sent, before := dayOf(t, top, k.demandDate), dayOf(t, top, k.payBefore)
	if sent > r.today {
		r.at("D315", t, top, k.demandDate, sent, r.today)
	}
	switch {
	case before == 0:
	case before < sent:
		r.at("D316", t, top, k.payBefore, before, sent)
	case before >= r.today:
		r.at("W408", t, top, k.payBefore, before)
	}
}
