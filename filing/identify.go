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

// Identify tells from the beginning of a file which transaction of the set it
// is and in which form; false when no description fits. It takes the one whose
// start record can be read with its own transaction code and with the fewest
// faults. Those whose code occurs first are tried first, and those whose code does
// not occur last.
func (s *Set) Identify(head []byte) (Transaction, Form, bool) {
	form := layout.Detect(head)
	head = head[:min(len(head), headBytes)]
	var occurs, others []Transaction
	at := map[Transaction]int{}
	for _, tx := range s.Transactions() {
		if at[tx] = bytes.Index(head, s.profiles[tx].codes[form]); at[tx] >= 0 {
			occurs = append(occurs, tx)
		} else {
			others = append(others, tx)
		}
	}
	slices.SortStableFunc(occurs, func(a, b Transaction) int { return at[a] - at[b] })
	tx, known := s.identifyAmong(occurs, head, form)
	if !known {
		tx, known = s.identifyAmong(others, head, form)
	}
	return tx, form, known
}

func (s *Set) identifyAmong(all []Transaction, head []byte, form Form) (Transaction, bool) {
	var best Transaction
	least := -1
	for _, tx := range all {
		faults, ok := s.profiles[tx].startFaults(head, form)
		if ok && (least < 0 || faults < least) {
			best, least = tx, faults
		}
		if least == 0 {
			break
		}
	}
	return best, least >= 0
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
