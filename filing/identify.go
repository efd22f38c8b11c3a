package filing

import (
	"bytes"
	"slices"
	"strings"

	"filtjanst/layout"
)

// headBytes is how much of a file Identify wants to see: enough for a start
// record or the beginning of an XML file with a long declaration.
const headBytes = 16 << 10

// nearBytes is where nearly all files name their transaction.
const nearBytes = 256

// Identify tells from the beginning of a file which transaction of the set it
// is and in which form; false when no description fits. It takes the one whose
// start record can be read with its own transaction code and with the fewest
// faults. Those whose code occurs first are tried first, and those whose code does
// not occur last.
func (s *Set) Identify(head []byte) (Transaction, Form, bool) {
	form := layout.Detect(head)
	head = head[:min(len(head), headBytes)]
	near := s.namedIn(head[:min(len(head), nearBytes)], form)
	if tx, faults := s.identifyAmong(near, head, form); faults == 0 {
		return tx, form, true
	}
	named := s.namedIn(head, form)
	tx, faults := s.identifyAmong(named, head, form)
	if faults < 0 {
		others := slices.DeleteFunc(s.Transactions(), func(tx Transaction) bool { return slices.Contains(named, tx) })
		tx, faults = s.identifyAmong(others, head, form)
	}
	return tx, form, faults >= 0
}

// namedIn returns the transactions whose code stands in the head, in the order
// in which they stand there.
func (s *Set) namedIn(head []byte, form Form) []Transaction {
	type place struct {
		at          int
		transaction Transaction
	}
	var places []place
	for _, c := range s.codes[form] {
		if at := bytes.Index(head, c.text); at >= 0 {
			places = append(places, place{at, c.transaction})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.at - b.at })
	named := make([]Transaction, len(places))
	for i, p := range places {
		named[i] = p.transaction
	}
	return named
}

// identifyAmong takes the one whose start has the fewest faults; fewer than none
// when none fits.
func (s *Set) identifyAmong(all []Transaction, head []byte, form Form) (best Transaction, least int) {
	least = -1
	for _, tx := range all {
		faults, ok := s.profiles[tx].startFaults(head, form)
		if ok && (least < 0 || faults < least) {
			best, least = tx, faults
		}
		if least == 0 {
			break
		}
	}
	return best, least
}

// ownCode is how files of a transaction name it.
type ownCode struct {
	transaction Transaction
	text        []byte
}

// ownCodes are those of all descriptions, by form, in the order of transactions.
func (s *Set) ownCodes() map[Form][]ownCode {
	all := map[Form][]ownCode{}
	for _, tx := range s.Transactions() {
		l := s.profiles[tx].layout
		for form, text := range codesOf(l) {
			if l.Has(form) {
				all[form] = append(all[form], ownCode{tx, text})
			}
		}
	}
	return all
}

// codesOf are how a description writes its own transaction in each form; none
// where that is not plain ASCII, or no code.
func codesOf(l *layout.Layout) map[Form][]byte {
	codes := map[Form][]byte{}
	for _, list := range l.CodeLists() {
		for _, v := range list.Values {
			if v.Symbol == l.Transaction() {
				codes[TextForm], codes[XMLForm] = plainCode(v.Text), plainCode(v.XML)
			}
		}
	}
	return codes
}

func plainCode(code string) []byte {
	if !plain(code) || strings.ContainsAny(code, "<>&") {
		return nil
	}
	return []byte(code)
}

// guess is for files whose start cannot be read: the transaction lodged by
// filers that the rest fits best, so that the faults of the start are told
// rather than that nothing fits. False when nothing is akin.
func (s *Set) guess(head []byte, form Form) (Transaction, bool) {
	var best Transaction
	least := -1
	for _, tx := range s.Transactions() {
		p := s.profiles[tx]
		if info, _ := Info(tx); info.Direction != In || info.Role != RoleFile || !p.layout.Has(form) {
			continue
		}
		r := p.start(head, form)
		akin := r.Documents() > 0
		if form == XMLForm {
			akin = !slices.ContainsFunc(r.Faults(), func(f layout.Fault) bool { return f.Code == layout.FaultXMLRoot })
		}
		if faults := len(r.Faults()); akin && (least < 0 || faults < least) {
			best, least = tx, faults
		}
	}
	return best, least >= 0
}

// start reads the head of a file up to its first document.
func (p *profile) start(head []byte, form Form) *layout.Reader {
	r := p.layout.NewReader(bytes.NewReader(head), form, layout.Options{})
	// The head may end anywhere: only what was read before counts.
	_ = r.Next(layout.NewTree(p.layout.Vocabulary(), layout.DocumentGroup))
	return r
}

// startFaults reads the start of a file as the transaction and counts the
// faults in it; false if the start does not name the transaction.
func (p *profile) startFaults(head []byte, form Form) (faults int, ok bool) {
	if !p.layout.Has(form) {
		return 0, false
	}
	r := p.start(head, form)
	for _, f := range r.Faults() {
		if startFault(f.Code) {
			faults++
		}
	}
	file := r.File()
	return faults, file.Has(file.Top(), p.layout.Vocabulary().MustKey("file.transaction"))
}

// startFault tells faults that speak against a description from those that a
// cut-off or careless file has as well.
func startFault(c layout.FaultCode) bool {
	switch c {
	case layout.FaultMissingStart, layout.FaultRecordUnknown, layout.FaultXMLRoot, layout.FaultXMLNamespace,
		layout.FaultFieldConstant, layout.FaultXMLElementUnknown, layout.FaultRecordLong, layout.FaultRecordShort:
		return true
	}
	return false
}
