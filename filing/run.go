package filing

import (
	"hash/maphash"
	"strings"

	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
)

// run is the state of one check.
type run struct {
	set    *Set
	expect Expect
	today  calendar.Day
	civil  date // today by its parts
	*dayRules
	codes       *codeTable
	transaction Transaction
	form        Form
	profile     *profile
	rules       ruleSet
	keys        fileHandles

	reader   *layout.Reader
	file     *layout.Tree
	doc      *layout.Tree // the document at hand, nil outside
	refused  bool         // the document at hand has an error
	cut      bool         // the document at hand is too large and was read in part
	complete bool         // the file was read to its end

	documents        int
	sum              money.Amount
	overflow         bool
	unsummed         bool // a document total could not be read
	references       referenceSet
	persons          referenceSet // asked for, each once in a file
	accounts         giroMemory
	refusedDocuments []int

	errors   *collector
	warnings *collector
	generals int
	faults   [256]int // by layout.FaultCode
}

// fileHandles are the facts that files of all transactions state alike; None
// where a transaction has no such fact.
type fileHandles struct {
	partyCode, sequence, created, documents, sum layout.KeyID
	reference                                    layout.KeyID // of a document
	person, personKind                           layout.KeyID // whom a request is about
}

// ruleSet is what is asked of a transaction beyond its layout.
type ruleSet struct {
	document func(*run) // judges run.doc
	lodges   bool       // takes part in numbering and pairing
}

// rulesOf holds the rules of each transaction that a filer sends.
func rulesOf(tx Transaction) ruleSet {
	if tx == BFApplication {
		return ruleSet{document: (*run).application, lodges: true}
	}
	if c, ok := contentRulesOf()[tx]; ok {
		return ruleSet{document: c.judge, lodges: true}
	}
	return ruleSet{}
}

func newRun(set *Set, e Expect) *run {
	y, m, d := e.Today.Date()
	return &run{
		civil: date{y, int(m), d},
		set:   set, expect: e, today: e.Today, codes: readCodes(), dayRules: set.rulesOn(e.Law, e.Today),
		references: referenceSet{seed: maphash.MakeSeed()}, persons: referenceSet{seed: maphash.MakeSeed()}, errors: newCollector(), warnings: newCollector(),
	}
}

func (r *run) use(p *profile) {
	v := p.layout.Vocabulary()
	r.profile, r.rules = p, rulesOf(r.transaction)
	created := v.FindKey("file.created")
	if created == layout.None {
		created = v.FindKey("file.date")
	}
	r.keys = fileHandles{
		partyCode: v.FindKey("file.party_code"), sequence: v.FindKey("file.sequence"), created: created,
		documents: v.FindKey("file.documents"), sum: v.FindKey("file.sum"), reference: v.FindKey("document.reference"),
		person: v.FindKey("document.identity"), personKind: v.FindKey("document.identity_kind"),
	}
}

// report enters one error at the origin. Arguments fill the code's texts.
func (r *run) report(code Code, at layout.Origin, field, value string, args ...any) {
	row := r.codes.row(code)
	to := r.errors
	switch {
	case row.Warning:
		to = r.warnings
	case row.Class == Document:
		r.refused = true
	default:
		r.generals++
	}
	if !to.count(code, at.Offset) {
		return
	}
	place := Place{Record: at.Record, Line: at.Line, Offset: at.Offset, Field: field, Value: value}
	if r.doc != nil && (row.Class == Document || r.inDocument(at)) {
		place.Document = r.documents
		if r.keys.reference != layout.None {
			place.Reference = r.doc.Text(r.doc.Top(), r.keys.reference)
		}
	}
	to.add(NewError(code, place, args...))
}

func (r *run) inDocument(at layout.Origin) bool {
	return at.Offset >= r.doc.AtNode(r.doc.Top()).Offset
}

func (r *run) general(code Code, at layout.Origin, args ...any) { r.report(code, at, "", "", args...) }

// at reports an error of a key in the tree, with its field and, where it may
// be shown, its value.
func (r *run) at(code Code, t *layout.Tree, n layout.Node, k layout.KeyID, args ...any) {
	r.report(code, t.At(n, k), r.fieldName(k), r.value(t, n, k), args...)
}

// node reports an error of a whole record or element.
func (r *run) node(code Code, t *layout.Tree, n layout.Node) {
	r.report(code, t.AtNode(n), "", "")
}

func (r *run) fieldName(k layout.KeyID) string {
	if k == layout.None {
		return ""
	}
	if name, ok := r.profile.fields[r.form][k]; ok {
		return name
	}
	return r.profile.layout.Vocabulary().Key(k).Name
}

func (r *run) value(t *layout.Tree, n layout.Node, k layout.KeyID) string {
	if t.Vocabulary().Key(k).Sensitive {
		return ""
	}
	return strings.TrimSpace(t.Text(n, k))
}
