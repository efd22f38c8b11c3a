package intake

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// immediate opens the door with a service that acts at once.
func (w *world) immediate(verify func(service.File, []service.Document) []filing.Error) *applications {
	w.Helper()
	s := &applications{timing: service.AtOnce, verify: verify, applied: map[string][]int64{}}
	w.rooms.Services = []service.Service{s}
	w.reopen()
	return s
}

func TestAtOnce(t *testing.T) {
	each(t, func(w *world) {
		const n = service.ChunkSize + 3
		s := w.immediate(nil)
		first := w.take(w.shs(), file(filing.TextForm, code, 1, n, 0))
		w.take(w.shs(), note(filing.TextForm, code, 1, n, 0)) // the note that comes last applies the file
		applied := s.applied[first.TransactionID]
		if len(applied) != n || applied[0] != 1 || applied[n-1] != n {
			t.Errorf("%d documents are applied, want %d in order", len(applied), n)
		}
		r := w.receipts(owner)[0]
		if r.Outcome != yes || !r.ReadIn.IsZero() {
			t.Errorf("receipt %+v", r)
		}
		if files := w.due(filingtest.Today+30, 0, 10); len(files) != 0 {
			t.Errorf("due in the evening: %v", files)
		}
		w.checkWhole()
	})
}

// What a case has come to need since the file was prepared is prepared anew.
func TestAtOnceIsPreparedAnew(t *testing.T) {
	each(t, func(w *world) {
		s := w.immediate(nil)
		s.short = 1
		answer := w.take(w.shs(), file(filing.TextForm, code, 1, 3, 0), note(filing.TextForm, code, 1, 3, 0))
		if diff := cmp.Diff([]int64{1, 2, 3}, s.applied[answer.TransactionID]); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		w.checkWhole()
	})
}

func TestAtOnceRefused(t *testing.T) {
	each(t, func(w *world) {
		s := w.immediate(func(_ service.File, docs []service.Document) []filing.Error {
			return []filing.Error{filing.NewError("D401", filing.Place{Document: int(docs[1].Number)}, "X")}
		})
		answer := w.take(w.shs(), file(filing.TextForm, code, 1, 3, 0), note(filing.TextForm, code, 1, 3, 0))
		if diff := cmp.Diff(are(no, no), outcomes(answer)); diff != "" {
			t.Errorf("outcomes (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]filing.Code{"D401"}, codes(w.receipts(owner)[0])); diff != "" {
			t.Errorf("errors (-want +got):\n%s", diff)
		}
		if len(s.applied) != 0 || w.expected() != 1 {
			t.Errorf("applied %v, expected next %d", s.applied, w.expected())
		}
		w.checkWhole()
	})
}

// TestAtOnceInPart: good documents are applied and bad ones refused (R43).
func TestAtOnceInPart(t *testing.T) {
	each(t, func(w *world) {
		w.rooms.Sets = filing.Sets{changedSet(t, `document_errors = "whole file"`, `document_errors = "per document"`)}
		bad := map[int64]bool{2: true}
		s := w.immediate(func(_ service.File, docs []service.Document) (errs []filing.Error) {
			for _, d := range docs {
				if bad[d.Number] {
					errs = append(errs, filing.NewError("D401", filing.Place{Document: int(d.Number)}, "X"))
				}
			}
			return errs
		})
		answer := w.take(w.shs(), file(filing.TextForm, code, 1, 3, 0), note(filing.TextForm, code, 1, 3, 0))
		if diff := cmp.Diff(are(filing.ApprovedInPart, filing.ApprovedInPart), outcomes(answer)); diff != "" {
			t.Fatalf("outcomes (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int64{1, 3}, s.applied[answer.TransactionID]); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		r := w.receipts(owner)[0]
		if r.ErrorCount != 1 || r.Expected != 2 || r.Outcome != filing.ApprovedInPart {
			t.Errorf("receipt %+v", r)
		}
		bad = map[int64]bool{1: true, 2: true, 3: true} // all refused: the file is rejected
		again := w.take(w.shs(), file(filing.TextForm, code, 2, 3, 0), note(filing.TextForm, code, 2, 3, 0))
		if diff := cmp.Diff(are(no, no), outcomes(again)); diff != "" {
			t.Errorf("all refused (-want +got):\n%s", diff)
		}
		if w.expected() != 2 {
			t.Errorf("expected next %d, want 2", w.expected())
		}
	})
}

// TestManyAtOnceAreBulkWork: a receipt goes before a file of many documents that
// takes effect at once.
func TestManyAtOnceAreBulkWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // nothing in the queue grows old
		w := newWorld(t, openSQLite(t))
		of := func(documents int) *visit {
			return &visit{door: w.door, ready: map[int64]*ready{1: {documents: make([]service.Document, documents)}}}
		}
		var order []int
		var wg sync.WaitGroup
		queue := func(documents int) {
			wg.Go(func() {
				err := of(documents).write(t.Context(), func(store.Tx) error {
					order = append(order, documents)
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		held, let := make(chan struct{}), make(chan struct{})
		wg.Go(func() {
			w.do(func(store.Tx) error {
				close(held)
				<-let
				return nil
			})
		})
		<-held
		queue(service.ChunkSize + 1)
		queue(service.ChunkSize)
		close(let)
		wg.Wait()
		if diff := cmp.Diff([]int{service.ChunkSize, service.ChunkSize + 1}, order); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}
