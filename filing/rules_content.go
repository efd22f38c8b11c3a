package filing

import (
	"strings"
	"sync"

	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
)

// contentRules are what is asked of the documents of one transaction: what
// follows from its vocabulary, wherever a person, an address or an account
// stands, and what is its own.
type contentRules struct {
	groups map[layout.GroupID][]func(*run, layout.Node)
	own    func(*run)
}

func (c *contentRules) judge(r *run) {
	t := r.doc
	if k := r.keys.reference; k != layout.None && t.Has(t.Top(), k) && t.Vocabulary().Key(k).Required {
		r.references.add(t.Raw(t.Top(), k))
	}
	c.walk(r, t.Top())
	if c.own != nil {
		c.own(r)
	}
}

func (c *contentRules) walk(r *run, n layout.Node) {
	for _, rule := range c.groups[r.doc.Group(n)] {
		rule(r, n)
	}
	for child := range r.doc.Children(n) {
		c.walk(r, child)
	}
}

// contentRulesOf are those of the transactions that filers send, but for
// applications for payment orders, which have rules of their own.
var contentRulesOf = sync.OnceValue(func() map[Transaction]*contentRules {
	all := map[Transaction]*contentRules{}
	for _, info := range Catalogue() {
		k, known := kinds()[info.Transaction]
		if !known || k.content == nil || info.Direction != In || info.Transaction == BFApplication {
			continue
		}
		all[info.Transaction] = rulesFor(info.Transaction, k.vocabulary)
	}
	return all
})

func rulesFor(tx Transaction, v *layout.Vocabulary) *contentRules {
	c := &contentRules{groups: map[layout.GroupID][]func(*run, layout.Node){}}
	for id := range layout.GroupID(v.Groups()) {
		if within := v.GroupPath(id); strings.HasPrefix(within, "document") {
			c.groups[id] = groupRules(v, id)
		}
	}
	if own := ownRules()[tx]; own != nil {
		c.own = own(v)
	}
	return c
}

// groupRules are those that follow from the keys of a group.
func groupRules(v *layout.Vocabulary, id layout.GroupID) []func(*run, layout.Node) {
	var rules []func(*run, layout.Node)
	path := v.GroupPath(id)
	if v.FindKey(path+".postal_code") != layout.None {
		rules = append(rules, partyRule(v, path))
	}
	if v.Group(id).Name == "payee" {
		p := payeeKeysAt(v, path)
		rules = append(rules, func(r *run, n layout.Node) { r.payeeAccount(n, &p) })
	}
	first, n := v.Keys(id)
	for k := first; k < first+layout.KeyID(n); k++ {
		key := v.Key(k)
		if prefix, found := strings.CutSuffix(key.Name, "identity"); found && (prefix != "" || v.FindKey(path+".postal_code") == layout.None) {
			rules = append(rules, identityRule(k-1, k, roleOf(v.Group(id).Name, strings.TrimSuffix(prefix, "_"))))
		}
		if code, found := pastDays[key.Name]; found {
			rules = append(rules, func(r *run, n layout.Node) { r.past(code, n, k) })
		}
		if key.Name == "paid" {
			rules = append(rules, func(r *run, n layout.Node) { r.notBarred(n, k) })
		}
	}
	return rules
}

// pastDays are the keys of days that cannot lie ahead, and what tells so.
var pastDays = map[string]Code{"paid": "D458", "origin": "D619", "legal_force": "D619", "date": "D619"}

// notBarred refuses days of payment that are older than any claim can be.
func (r *run) notBarred(n layout.Node, k layout.KeyID) {
	day, first := dayOf(r.doc, n, k), calendar.FromTime(oldestDay)
	if !day.IsZero() && day < first {
		r.at("D459", r.doc, n, k, day, first)
	}
}

func (r *run) past(code Code, n layout.Node, k layout.KeyID) {
	if day := dayOf(r.doc, n, k); day > r.today {
		r.at(code, r.doc, n, k, day)
	}
}

func identityRule(kind, value layout.KeyID, who role) func(*run, layout.Node) {
	return func(r *run, n layout.Node) { r.identity(n, kind, value, who) }
}

// partyRule judges number and address. Those of whom letters must reach also
// need an address that a file can carry (R72).
func partyRule(v *layout.Vocabulary, path string) func(*run, layout.Node) {
	k, name := partyKeysAt(v, path), path[strings.LastIndexByte(path, '.')+1:]
	who := roleOf(name, "")
	lettered := name == "applicant" || name == "respondent"
	other, inquiry := v.FindKey(path+".other_address"), v.FindKey(path+".address_inquiry")
	return func(r *run, n layout.Node) {
		r.party(n, &k, who)
		switch {
		case lettered && r.addressed(n, &k):
			r.paperAddress(n, &k, who)
		case other != layout.None && !r.doc.Given(n, other) && !r.doc.Given(n, inquiry) && !r.addressed(n, &k):
			r.node("D323", r.doc, n)
		}
	}
}

// roleOf names who a number or address belongs to, by the prefix of its keys
// or the group that they stand in.
func roleOf(group, prefix string) role {
	if prefix == "" {
		prefix = group
	}
	if who, ok := roles[prefix]; ok {
		return who
	}
	return role{"personen", "person"}
}

var roles = map[string]role{
	"applicant": {"sökanden", "applicant"}, "respondent": {"svaranden", "respondent"},
	"representative": {"ombudet", "representative"}, "legal_representative": {"ställföreträdaren", "legal representative"},
	"payee": {"betalningsmottagaren", "payee"}, "creditor": {"borgenären", "creditor"},
	"debtor": {"gäldenären", "debtor"}, "guarantor": {"borgensmannen", "guarantor"},
	"from": {"överlåtaren", "assignor"}, "to": {"förvärvaren", "assignee"},
	"party": {"parten", "party"}, "new_creditor": {"den nya borgenären", "new creditor"},
}

func (r *run) payeeAccount(n layout.Node, p *payeeHandles) {
	if r.doc.Has(n, p.kind) && r.doc.Has(n, p.account) {
		r.account(n, p, PayeeKind(r.doc.Symbol(n, p.kind)), r.doc.Raw(n, p.account))
	}
}

// judgeTotal adds the total that a document states to the sum of the file, and
// tells where it is not what its parts come to.
func (r *run) judgeTotal(k layout.KeyID, counted money.Amount, known bool) {
	t, top := r.doc, r.doc.Top()
	if !t.Has(top, k) {
		r.unsummed = true
		return
	}
	given := money.Amount(t.Num(top, k))
	r.addSum(given)
	switch {
	case known && given != counted:
		r.at("D302", t, top, k, given, counted)
	case given <= 0:
		r.at("D330", t, top, k)
	}
}
