package notice

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/store"
)

func TestBatch(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(3)
		protected := r.letter("bf.order_to_answer/respondent", 4)
		protected.Recipient.Protected = true
		r.do(func(tx store.Tx) error {
			if err := r.Put(tx, protected); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE notice_letter SET facts = '{}' WHERE id = 2`) // cannot be drawn
			return err
		})
		var out bytes.Buffer
		ids, err := r.Batch(r.Context(), &out, 10)
		r.must(err)
		if diff := cmp.Diff([]int64{1, 3, 4}, ids); diff != "" {
			r.Error(diff)
		}
		lines := r.unpack(out.Bytes())
		want := []Line{
			{1, "1.pdf", OrderToAnswer, Post, 1}, {3, "3.pdf", OrderToAnswer, Post, 1}, {4, "4.pdf", OrderToAnswer, Forwarded, 1},
		}
		if diff := cmp.Diff(want, lines); diff != "" {
			r.Error(diff)
		}
		if it := r.get(2); it.State != Failed || !strings.Contains(it.Reason, "missing") {
			r.Errorf("the letter that cannot be drawn is %s: %s", it.State, it.Reason)
		}
		out.Reset()
		ids, err = r.Batch(r.Context(), &out, 10)
		if err != nil || len(ids) != 0 || out.Len() != 0 {
			r.Errorf("an empty queue gave %v, %d bytes, %v", ids, out.Len(), err)
		}
	})
}

// unpack reads a batch and holds each PDF for one.
func (r *room) unpack(archive []byte) (lines []Line) {
	r.Helper()
	batch, err := ReadBatch(archive)
	r.must(err)
	lines = batch.Lines
	var names []string
	for file, err := range batch.Files() {
		r.must(err)
		names = append(names, file.Name)
		if file.Name != ListName && !bytes.HasPrefix(file.Body, []byte("%PDF-")) {
			r.Errorf("%s begins %q", file.Name, file.Body[:5])
		}
	}
	var want []string
	for _, l := range lines {
		want = append(want, l.File)
	}
	if diff := cmp.Diff(append(want, ListName), names); diff != "" {
		r.Error(diff)
	}
	return lines
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the line is down") }

// A batch that was lost on its way is offered again, as a later print.
func TestALostBatchIsOfferedAgain(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(2)
		if _, err := r.Batch(r.Context(), brokenWriter{}, 10); err == nil {
			r.Error("the broken line went unnoticed")
		}
		r.wall = r.wall.Add(time.Hour)
		r.want("what is offered", r.fetch(9), "1/2 2/2")
	})
}
