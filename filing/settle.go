package filing

import (
	"errors"
	"hash/maphash"
	"io"
	"slices"

	"filtjanst/layout"
	"filtjanst/money"
)

// settleFile judges what the file says of itself once it has been read.
func (r *run) settleFile() {
	r.doc = nil
	r.uncounted()
	r.partyCode()
	r.sequence()
	r.created()
	r.name()
	if r.complete {
		r.totals()
		r.coverNote()
	}
}

// uncounted counts the faults of documents that had more than the reader lists.
func (r *run) uncounted() {
	for _, fault := range layout.FaultCodes() {
		if more := int(r.reader.Count(fault)) - r.faults[fault]; more > 0 {
			code := r.codes.ofFault(Document, fault.String())
			r.errors.total += more
			r.errors.counts[code] += more
		}
	}
}

func (r *run) stated(k layout.KeyID) bool {
	return k != layout.None && r.file.Has(r.file.Top(), k)
}

func (r *run) fileAt(code Code, k layout.KeyID, args ...any) {
	r.at(code, r.file, r.file.Top(), k, args...)
}

func (r *run) partyCode() {
	k := r.keys.partyCode
	if !r.stated(k) {
		return
	}
	given := r.file.Text(r.file.Top(), k)
	if !validPartyCode(given) {
		r.fileAt("F203", k, given)
	}
	if want := r.expect.PartyCode; want != "" && want != given {
		r.fileAt("F202", k, given, want)
	}
}

// validPartyCode admits capitals and digits; what the authority issues is not
// known (service.md §5).
func validPartyCode(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != ""
}

func (r *run) sequence() {
	k := r.keys.sequence
	if !r.stated(k) {
		return
	}
	given := r.file.Num(r.file.Top(), k)
	switch want := r.expect.Sequence; {
	case want != 0 && given != want:
		r.fileAt("F210", k, given, want)
	case given < 1:
		r.fileAt("F211", k)
	}
}

func (r *run) created() {
	if k := r.keys.created; r.stated(k) {
		if day := dayOf(r.file, r.file.Top(), k); day > r.today {
			r.fileAt("F220", k, day, r.today)
		}
	}
}

// name compares the name the file came under, which is never trusted
// (decision 13, R15).
func (r *run) name() {
	if r.expect.Name == "" {
		return
	}
	matches := r.set.MatchName(r.expect.Name)
	if len(matches) == 0 {
		r.general("W414", layout.Origin{}, r.expect.Name)
		return
	}
	i := slices.IndexFunc(matches, func(m NameMatch) bool { return m.Transaction == r.transaction })
	if i < 0 {
		r.general("F204", layout.Origin{}, r.expect.Name, matches[0].Transaction, r.transaction)
		return
	}
	if k := r.keys.partyCode; r.stated(k) {
		given := r.file.Text(r.file.Top(), k)
		agrees := func(m NameMatch) bool { return m.Transaction == r.transaction && sameFold(m.Code, given) }
		if !slices.ContainsFunc(matches, agrees) {
			r.fileAt("F201", k, given, matches[i].Code)
		}
	}
}

func (r *run) totals() {
	if !r.rules.lodges {
		return
	}
	if r.documents == 0 {
		r.general("F232", r.file.AtNode(r.file.Top()))
	}
	if k := r.keys.documents; r.stated(k) {
		if given := r.file.Num(r.file.Top(), k); given != int64(r.documents) {
			r.fileAt("F230", k, given, r.documents)
		}
	}
	switch k := r.keys.sum; {
	case r.overflow:
		r.general("F233", layout.Origin{})
	case r.unsummed || !r.stated(k):
	default:
		if given := money.Amount(r.file.Num(r.file.Top(), k)); given != r.sum {
			r.fileAt("F231", k, given, r.sum)
		}
	}
}

// addSum adds the total of one document to that of the file.
func (r *run) addSum(total money.Amount) {
	sum, err := r.sum.Add(total)
	if err != nil {
		r.overflow = true
		return
	}
	r.sum = sum
}

// coverNote compares file and cover note (R34); each fact that differs is an
// error at the fact in the file.
func (r *run) coverNote() {
	if r.expect.Note == nil {
		return
	}
	keys := map[Code]layout.KeyID{
		"F250": layout.None, "F251": r.keys.partyCode, "F252": r.keys.sequence,
		"F253": r.keys.documents, "F254": r.keys.sum, "F255": r.keys.created,
	}
	for _, d := range deviations(*r.expect.Note, r.facts()) {
		if d.code == "F254" && (r.unsummed || r.overflow) {
			continue
		}
		if k := keys[d.code]; r.stated(k) {
			r.fileAt(d.code, k, d.note, d.file)
			continue
		}
		r.general(d.code, layout.Origin{}, d.note, d.file)
	}
}

// settleReferences reads the file again if own references or persons seem to be
// repeated, and reports each repetition, with the place of the first.
func (r *run) settleReferences(src io.ReadSeeker) error {
	references, persons := r.references.repeated(), r.persons.repeated()
	if len(references)+len(persons) == 0 {
		return nil
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	byReference, byPerson := newSettler(&r.references, references), newSettler(&r.persons, persons)
	reader := r.profile.layout.NewReader(src, r.form, layout.Options{MaxFaults: 1})
	doc := layout.NewTree(r.profile.layout.Vocabulary(), layout.DocumentGroup)
	for r.documents = 1; ; r.documents++ {
		err := reader.Next(doc)
		if errors.Is(err, io.EOF) || errors.Is(err, layout.ErrUnreadable) {
			r.documents--
			slices.Sort(r.refusedDocuments)
			r.refusedDocuments = slices.Compact(r.refusedDocuments)
			return nil
		}
		if err != nil {
			return err
		}
		r.doc, r.refused = doc, false
		r.settleReference(byReference, doc)
		r.settlePerson(byPerson, doc)
		if r.refused {
			r.refusedDocuments = append(r.refusedDocuments, r.documents)
		}
	}
}

func (r *run) settleReference(s *settler, doc *layout.Tree) {
	n, k := doc.Top(), r.keys.reference
	if !doc.Has(n, k) {
		return
	}
	hash := func(seed maphash.Seed) uint64 { return maphash.Bytes(seed, doc.Raw(n, k)) }
	if first, repeated := s.see(hash, r.documents, doc.At(n, k).Line); repeated {
		r.at("D301", doc, n, k, first.document, first.line)
	}
}

func (r *run) settlePerson(s *settler, doc *layout.Tree) {
	if len(s.hits) == 0 {
		return
	}
	who, k, known := r.askedFor()
	if !known {
		return
	}
	hash := func(seed maphash.Seed) uint64 { return maphash.Comparable(seed, who) }
	if _, repeated := s.see(hash, r.documents, doc.At(doc.Top(), k).Line); repeated {
		r.at("D504", doc, doc.Top(), k)
	}
}
