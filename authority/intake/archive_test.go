package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// fileOf asks an archive of its own, as a service does.
func (w *world) fileOf(codeID int64, tx filing.Transaction, sequence int64) (id int64, found, waits bool) {
	w.Helper()
	a := NewArchive(w.db, w.rooms.Blobs)
	w.read(func(r store.Reader) (err error) {
		if id, found, err = a.FileOf(r, codeID, tx, sequence); err != nil || !found {
			return err
		}
		waits, err = a.Waits(r, id)
		return err
	})
	return id, found, waits
}

func TestFileOf(t *testing.T) {
	each(t, func(w *world) {
		w.policies(t, required, unnoted)
		w.approveOne(1)
		w.take(w.shs(), file(filing.TextForm, code, 9, 1, 0)) // rejected: another number is expected
		f := w.approved()
		for name, test := range map[string]struct {
			code     int64
			tx       filing.Transaction
			sequence int64
			want     bool
		}{
			"approved":            {codeID, filing.BFApplication, 1, true},
			"rejected":            {codeID, filing.BFApplication, 9, false},
			"another code":        {codeID + 1, filing.BFApplication, 1, false},
			"another transaction": {codeID, veApplication, 1, false},
		} {
			id, found, waits := w.fileOf(test.code, test.tx, test.sequence)
			if found != test.want || waits != test.want || found && id != f.ID {
				t.Errorf("%s: file %d, found %t, waits %t", name, id, found, waits)
			}
		}
		w.do(func(tx store.Tx) error {
			if err := w.door.Advance(tx, f.ID, 0, f.Documents, 1); err != nil {
				return err
			}
			return w.door.Done(tx, f.ID, 1, noon())
		})
		if _, found, waits := w.fileOf(codeID, filing.BFApplication, 1); !found || waits {
			t.Errorf("read in: found %t, waits %t", found, waits)
		}
	})
}

// approveOne takes in a file without a note.
func (w *world) approveOne(sequence int64) {
	w.Helper()
	if got := outcomes(w.take(w.shs(), file(filing.TextForm, code, sequence, 3, 0))); !cmp.Equal(got, are(yes)) {
		w.Fatalf("file %d: %v", sequence, got)
	}
}

func TestReferences(t *testing.T) {
	each(t, func(w *world) {
		w.perDocument(t, &applications{timing: service.Evening})
		w.take(w.shs(), spoiled(1, 4, 2))
		all := filingtest.New(1000).Applications(4)
		want := []service.Reference{{Number: 1, Reference: all[0].Reference}, {Number: 3, Reference: all[2].Reference}, {Number: 4, Reference: all[3].Reference}}
		var got []service.Reference
		for ref, err := range NewArchive(w.db, w.rooms.Blobs).References(t.Context(), w.approved().ID) {
			w.must(err)
			got = append(got, ref)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		for _, err := range w.door.References(t.Context(), 99) {
			if err == nil {
				t.Error("a file that is not there has references")
			}
		}
	})
}

// TestUnread (R70): documents without case number are given the file that holds
// their application and waits.
func TestUnread(t *testing.T) {
	each(t, func(w *world) {
		w.policies(t, required, unnoted)
		w.approveOne(1)
		first := w.approved()
		w.approveOne(2)
		second := w.approved()
		reference := func(sequence, i int) string {
			return filingtest.New(uint64(sequence) * 1000).Applications(3)[i].Reference
		}
		key := func(number string, sequence int64, reference string) service.Document {
			return service.Document{Content: &filing.Withdrawal{CaseKey: filing.CaseKey{CaseNumber: number, Sequence: sequence, Reference: reference}}}
		}
		docs := []service.Document{
			key("", 1, reference(1, 2)), key("", 2, reference(2, 0)), key("", 2, "nobody's"), key("2026-1", 1, reference(1, 0)),
			key("", 3, reference(1, 0)), {Content: &filing.Application{Reference: reference(1, 0)}}, key("", 1, reference(1, 2)), key("", 1, ""),
		}
		unread := func(h *half) (ids []int64) {
			w.Helper()
			w.must(w.door.findUnread(t.Context(), h, docs))
			for i := range docs {
				ids = append(ids, docs[i].Unread)
				docs[i].Unread = 0
			}
			return ids
		}
		h := &half{transaction: "bf.withdrawal"}
		h.code.ID = codeID
		want := []int64{first.ID, second.ID, 0, 0, 0, 0, first.ID, 0}
		if diff := cmp.Diff(want, unread(h)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		nothing := make([]int64, len(docs))
		other := *h
		other.code.ID++
		change := *h
		change.transaction = "ve.change"
		for name, h := range map[string]*half{"another code": &other, "another service": &change} {
			if diff := cmp.Diff(nothing, unread(h)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		moved := *h
		moved.transaction = "xx.party_change"
		if diff := cmp.Diff(want, unread(&moved)); diff != "" {
			t.Errorf("of no service (-want +got):\n%s", diff)
		}
	})
}

// TestKeepUntil: the bytes go after the day that the service has said, and stay
// when a case is opened anew.
func TestKeepUntil(t *testing.T) {
	each(t, func(w *world) {
		w.take(w.shs(), file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0))
		id := w.approved().ID
		keeper := NewArchive(w.db, w.rooms.Blobs)
		last := filingtest.Today.AddDays(100)
		weeded := func(day calendar.Day) (n int) {
			w.Helper()
			w.do(func(tx store.Tx) (err error) {
				n, err = w.door.Weed(tx, day, 10)
				return err
			})
			return n
		}
		if n := weeded(last.AddDays(10_000)); n != 0 {
			t.Errorf("%d weeded before anything was said", n)
		}
		w.do(func(tx store.Tx) error { return keeper.KeepUntil(tx, id, last) })
		w.do(func(tx store.Tx) error { return keeper.KeepUntil(tx, id, 0) })
		if n := weeded(last.AddDays(10_000)); n != 0 {
			t.Errorf("%d weeded of a case that is open anew", n)
		}
		w.do(func(tx store.Tx) error { return keeper.KeepUntil(tx, id, last) })
		if before, after := weeded(last), weeded(last.AddDays(1)); before != 0 || after != 2 { // the note too
			t.Errorf("weeded %d on the last day, %d after", before, after)
		}
	})
}
