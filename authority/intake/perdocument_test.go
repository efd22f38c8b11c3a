package intake

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const (
	wholeFile   = `document_errors = "whole file"`
	perDocument = `document_errors = "per document"`
)

// perDocument opens the door with a set in which documents are refused one by
// one, and without cover notes.
func (w *world) perDocument(t *testing.T, s *applications) {
	w.Helper()
	s.applied = map[string][]int64{}
	w.rooms.Services = []service.Service{s}
	w.policies(t, wholeFile, perDocument, required, unnoted)
}

// spoiled is a file of n applications, of which some state another sum than
// that of their parts.
func spoiled(sequence int64, n int, bad ...int) []byte {
	return spoiledIn(filing.TextForm, sequence, n, bad...)
}

func spoiledIn(form filing.Form, sequence int64, n int, bad ...int) []byte {
	all := filingtest.New(uint64(sequence) * 1000).Applications(n)
	for _, i := range bad {
		all[i-1].Total++
	}
	var b bytes.Buffer
	facts := filingtest.Facts(code, sequence, all)
	facts.Notice = filing.NoticeBoth
	out, err := filing.NewWriter(&b, filing.Own(), filing.BFApplication, form, facts)
	for i := range all {
		if err == nil {
			err = out.Write(&all[i])
		}
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

// TestFormalFaultsOfDocuments (R43): what is wrong with some documents does not
// stop the reading of the others, whenever the file takes effect.
func TestFormalFaultsOfDocuments(t *testing.T) {
	for name, timing := range map[string]service.Timing{
		"at once": service.AtOnce, "evening": service.Evening, "answered": service.Answered,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				s := &applications{timing: timing}
				w.perDocument(t, s)
				answer := w.take(w.shs(), spoiled(1, 5, 1, 4))
				if diff := cmp.Diff(are(filing.ApprovedInPart), outcomes(answer)); diff != "" {
					t.Fatalf("outcome (-want +got):\n%s\n%v", diff, w.receipts(owner)[0].Errors)
				}
				if got := w.approved().Refused; !cmp.Equal(got, []int64{1, 4}) {
					t.Errorf("refused %v", got)
				}
				if timing == service.AtOnce && !cmp.Equal(s.applied[answer.TransactionID], []int64{2, 3, 5}) {
					t.Errorf("applied %v", s.applied)
				}
				r := w.receipts(owner)[0]
				if r.ErrorCount != 2 || r.Expected != 2 || r.Errors[0].Document != 1 || r.Errors[1].Document != 4 {
					t.Errorf("receipt %+v", r)
				}
				all := w.take(w.shs(), spoiled(2, 2, 1, 2))
				if diff := cmp.Diff(are(no), outcomes(all)); diff != "" || w.expected() != 2 {
					t.Errorf("all refused: %s, expected next %d", diff, w.expected())
				}
				w.checkWhole()
			})
		})
	}
}

// TestFormalAndRegistered: what the registers refuse is refused beside what is
// wrong formally, and the two together may be all.
func TestFormalAndRegistered(t *testing.T) {
	each(t, func(w *world) {
		out := map[int64]bool{2: true}
		s := &applications{timing: service.AtOnce, wantNotice: filing.NoticeBoth, judge: func(docs []service.Document) (j service.Judgement) {
			for _, d := range docs {
				if out[d.Number] {
					j.Errors = append(j.Errors, filing.NewError("D401", filing.Place{Document: int(d.Number)}, "X"))
				}
			}
			return j
		}}
		w.perDocument(t, s)
		answer := w.take(w.shs(), spoiled(1, 3, 1))
		if diff := cmp.Diff([]int64{3}, s.applied[answer.TransactionID]); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		if r := w.receipts(owner)[0]; r.ErrorCount != 2 || r.Outcome != filing.ApprovedInPart {
			t.Errorf("receipt %+v", r)
		}
		out[3] = true
		if got := outcomes(w.take(w.shs(), spoiled(2, 3, 1))); !cmp.Equal(got, are(no)) || w.expected() != 2 {
			t.Errorf("all refused: %v, expected next %d", got, w.expected())
		}
	})
}

// TestPlacesOfWhatIsRefused: what a service says of a document by its number
// stands where the document begins, in the order of the file beside what is
// wrong formally; what it says of the file has no place.
func TestPlacesOfWhatIsRefused(t *testing.T) {
	beginnings := map[filing.Form]string{filing.TextForm: "10", filing.XMLForm: "<Ansokan>"}
	for name, timing := range map[string]service.Timing{"at once": service.AtOnce, "answered": service.Answered} {
		for form, begins := range beginnings {
			t.Run(name+"/"+string(form), func(t *testing.T) {
				each(t, func(w *world) {
					refuse := refusing(5, 2)
					s := &applications{timing: timing, judge: func(docs []service.Document) service.Judgement {
						j := refuse(docs)
						slices.Reverse(j.Errors)
						j.Warnings = []filing.Error{filing.NewError("W414", filing.Place{Document: 3}), filing.NewError("W414", filing.Place{})}
						return j
					}}
					w.perDocument(t, s)
					content := spoiledIn(form, 1, 6, 4)
					w.take(w.shs(), content)
					r := w.receipts(owner)[0]
					if got := documentsOf(r.Errors); !cmp.Equal(got, []int{2, 4, 5}) {
						t.Fatalf("errors of documents %v", got)
					}
					for _, e := range []filing.Error{r.Errors[0], r.Errors[2], r.Warnings[1]} {
						line := int64(1 + bytes.Count(content[:e.Offset], []byte("\n")))
						if !bytes.HasPrefix(content[e.Offset:], []byte(begins)) || e.Line != line || !strings.Contains(begins, e.Record) || e.Record == "" {
							t.Errorf("%s of document %d stands at %q, line %d, byte %d", e.Code, e.Document, e.Record, e.Line, e.Offset)
						}
						if n := bytes.Count(content[:e.Offset], []byte(begins)); form == filing.XMLForm && n != e.Document-1 {
							t.Errorf("%s of document %d stands after %d", e.Code, e.Document, n)
						}
					}
					if e := r.Warnings[0]; e.Document != 0 || e.Line != 0 || e.Offset != 0 || e.Record != "" {
						t.Errorf("a warning of the file stands at %+v", e)
					}
				})
			})
		}
	}
}

func documentsOf(errs []filing.Error) (numbers []int) {
	for _, e := range errs {
		numbers = append(numbers, e.Document)
	}
	return numbers
}

// TestWhatBecameOfDocuments: the judgement's notes and warnings are what the
// receipt is made of.
func TestWhatBecameOfDocuments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	s := &applications{timing: service.AtOnce, judge: func(docs []service.Document) service.Judgement {
		return service.Judgement{
			Errors:   []filing.Error{filing.NewError("D401", filing.Place{Document: 3}, "X")},
			Warnings: []filing.Error{filing.NewError("W414", filing.Place{Document: 2})},
			Notes:    map[int64]service.Result{2: {Effect: service.Already, CaseNumber: "2026-1"}, 3: {Effect: service.Held}},
		}
	}}
	w.perDocument(t, s)
	h := &half{transaction: filing.BFApplication, set: w.rooms.Sets[0], judged: newJudged(nil)}
	docs := []service.Document{
		{Number: 1, Content: &filing.Application{Reference: "a"}},
		{Number: 2, Content: &filing.Application{Reference: "b"}},
		{Number: 3, Content: &filing.Application{Reference: "c"}},
	}
	h.judged.add(s.judge(docs), docs)
	told := settlement{door: w.door, visit: &visit{ready: map[int64]*ready{0: {documents: docs}}}}
	r := told.receiptOf(submission{file: h}, filing.ApprovedInPart, h.judged.errors)
	want := []filing.AppliedDocument{
		{Document: 1, Reference: "a", Result: filing.Applied},
		{Document: 2, Reference: "b", CaseNumber: "2026-1", Result: filing.Already},
	}
	if diff := cmp.Diff(want, r.Applied); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Code != "W414" || r.ErrorCount != 1 {
		t.Errorf("receipt %+v", r)
	}
}
