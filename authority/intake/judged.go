package intake

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// judged is what the services have judged of the documents of one file.
type judged struct {
	whole    bool // an error is of the file as a whole
	errors   told
	warnings told
	refused  refused // those refused formally among them
	notes    map[int64]service.Result
}

func newJudged(formally refused) *judged {
	j := &judged{refused: refused{}, notes: map[int64]service.Result{}}
	maps.Copy(j.refused, formally)
	return j
}

// add takes what a service judged of documents, in the order of the file.
func (j *judged) add(more service.Judgement, docs []service.Document) {
	place(more.Errors, docs)
	place(more.Warnings, docs)
	for _, e := range more.Errors {
		if e.Class != filing.Document {
			j.whole = true
			continue
		}
		j.refused[int64(e.Document)] = true
	}
	j.errors.add(more.Errors...)
	j.warnings.add(more.Warnings...)
	maps.Copy(j.notes, more.Notes)
}

// place tells where the documents of errors begin, and puts the errors in the
// order of the file. A service knows documents by their number alone.
func place(errs []filing.Error, docs []service.Document) {
	for i := range errs {
		e := &errs[i]
		at, found := slices.BinarySearchFunc(docs, int64(e.Document), func(d service.Document, n int64) int { return cmp.Compare(d.Number, n) })
		if found && e.Line == 0 {
			e.Record, e.Line, e.Offset = docs[at].Began.Record, docs[at].Began.Line, docs[at].Began.Offset
		}
	}
	filing.SortErrors(errs)
}

// rejects tells whether the file as a whole is rejected (R42, R43).
func (j *judged) rejects(h *half) bool {
	if j.whole || j.errors.count > 0 && h.policy().DocumentErrors != filing.PerDocument {
		return true
	}
	return len(j.refused) > 0 && int64(len(j.refused)) >= h.findings.Facts.Documents
}

// told is errors as a receipt lists them: the first, and the first of each
// code. All are counted.
type told struct {
	list   []filing.Error
	count  int
	counts map[filing.Code]int
}

func telling(errs ...filing.Error) (t told) {
	t.add(errs...)
	return t
}

func (t *told) add(errs ...filing.Error) {
	if t.counts == nil {
		t.counts = map[filing.Code]int{}
	}
	for _, e := range errs {
		if t.count < maxErrors || t.counts[e.Code] == 0 {
			t.list = append(t.list, e)
		}
		t.count++
		t.counts[e.Code]++
	}
}

// refused holds numbers of documents.
type refused map[int64]bool

func formallyRefused(h *half) refused {
	out := refused{}
	for _, n := range h.findings.Verdict.Refused {
		out[int64(n)] = true
	}
	return out
}

func refusedOf(numbers []int64) refused {
	out := refused{}
	for _, n := range numbers {
		out[n] = true
	}
	return out
}

func (r refused) numbers() []int64 { return slices.Sorted(maps.Keys(r)) }

// pack is the stored form, nil for none: the distances between the numbers.
func (r refused) pack() any {
	if len(r) == 0 {
		return nil
	}
	var packed []byte
	var last int64
	for _, n := range r.numbers() {
		packed = binary.AppendUvarint(packed, uint64(n-last))
		last = n
	}
	return packed
}

// unpack is the inverse of pack.
func unpack(packed []byte) (numbers []int64, err error) {
	var last int64
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, errors.New("the numbers of refused documents are broken")
		}
		last += int64(step)
		numbers, packed = append(numbers, last), packed[n:]
	}
	return numbers, nil
}
