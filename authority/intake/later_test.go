package intake

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// approved is the file approved last.
func (w *world) approved() (f service.File) {
	w.Helper()
	w.read(func(r store.Reader) error {
		var id int64
		if err := r.QueryRow(`SELECT MAX(id) FROM intake_file`).Scan(&id); err != nil {
			return err
		}
		var err error
		f, _, err = w.door.File(r, id)
		return err
	})
	return f
}

// refusing judges documents by their numbers.
func refusing(numbers ...int64) func([]service.Document) service.Judgement {
	return func(docs []service.Document) (j service.Judgement) {
		for _, d := range docs {
			if refusedOf(numbers)[d.Number] {
				j.Errors = append(j.Errors, filing.NewError("D421", filing.Place{Document: int(d.Number)}, "X"))
			}
		}
		return j
	}
}

// TestVerifiedOnArrival: a service may judge on arrival what takes effect
// later, chunk by chunk.
func TestVerifiedOnArrival(t *testing.T) {
	const many = 2*service.ChunkSize + 7
	general := func([]service.Document) service.Judgement {
		return service.RefusedBy(filing.NewError("F276", filing.Place{}))
	}
	for name, test := range map[string]struct {
		whole   bool
		n       int
		judge   func([]service.Document) service.Judgement
		want    filing.Outcome
		refused []int64
		errors  int
	}{
		"nothing wrong":       {n: many, judge: refusing(), want: yes},
		"some refused":        {n: many, judge: refusing(1, service.ChunkSize, many), want: filing.ApprovedInPart, refused: []int64{1, service.ChunkSize, many}, errors: 3},
		"whole file":          {n: many, judge: refusing(many), whole: true, want: no, errors: 1},
		"all refused":         {n: 2, judge: refusing(1, 2), want: no, errors: 2},
		"wrong with the file": {n: many, judge: general, want: no, errors: 1},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				largest := 0
				s := &applications{
					timing: service.Evening, route: func(r *service.Route) { r.Verified = true },
					judge: func(docs []service.Document) service.Judgement {
						largest = max(largest, len(docs))
						return test.judge(docs)
					},
				}
				w.perDocument(t, s)
				if test.whole {
					w.policies(t, required, unnoted)
				}
				got := outcomes(w.take(w.shs(), file(filing.TextForm, code, 1, test.n, 0)))
				r := w.receipts(owner)[0]
				if !cmp.Equal(got, are(test.want)) || r.ErrorCount != test.errors || largest > service.ChunkSize {
					t.Errorf("outcome %v, %d errors, at most %d documents at once", got, r.ErrorCount, largest)
				}
				if test.want == no {
					if w.count(`intake_file`) != 0 || w.expected() != 1 {
						t.Errorf("a rejected file has left its trace: expected next %d", w.expected())
					}
					return
				}
				if diff := cmp.Diff(test.refused, w.approved().Refused); diff != "" || len(s.applied) != 0 {
					t.Errorf("refused (-want +got):\n%s, applied %v", diff, s.applied)
				}
			})
		})
	}
}

// TestAnsweredLater: the receipt comes at once, the file waits for its time.
func TestAnsweredLater(t *testing.T) {
	each(t, func(w *world) {
		s := &applications{timing: service.Answered, route: func(r *service.Route) { r.ResponseTime = 90 * time.Minute }}
		w.perDocument(t, s)
		next := func() (at time.Time) {
			w.Helper()
			w.read(func(r store.Reader) (err error) {
				at, _, err = w.door.NextAnswer(r)
				return err
			})
			return at
		}
		due := func(at time.Time, after int64) (ids []int64) {
			w.Helper()
			w.read(func(r store.Reader) error {
				all, err := w.door.DueAnswers(r, at, after, 1)
				for _, f := range all {
					ids = append(ids, f.ID)
				}
				return err
			})
			return ids
		}
		if !next().IsZero() {
			t.Errorf("an answer is due at %s before anything came", next())
		}
		if got := outcomes(w.take(w.shs(), spoiled(1, 3, 2))); !cmp.Equal(got, are(filing.ApprovedInPart)) {
			t.Fatalf("outcome %v", got)
		}
		first := w.approved()
		w.door.rooms.ResponseTimes = times(filing.BFApplication, time.Minute)
		w.take(w.shs(), file(filing.TextForm, code, 2, 1, 0))
		second := w.approved()
		if r := w.receipts(owner)[1]; !r.ReadIn.IsZero() || r.Outcome != yes {
			t.Errorf("receipt %+v", r)
		}
		for i, step := range []struct {
			at    time.Time
			after int64
			want  []int64
		}{
			{noon().Add(time.Minute - 1), 0, nil}, {noon().Add(time.Minute), 0, []int64{second.ID}},
			{noon().Add(90 * time.Minute), second.ID, []int64{first.ID}}, {noon().Add(time.Hour), second.ID, nil},
			{noon().Add(time.Hour * 9), first.ID, nil},
		} {
			if diff := cmp.Diff(step.want, due(step.at, step.after)); diff != "" {
				t.Errorf("step %d (-want +got):\n%s", i, diff)
			}
		}
		if !next().Equal(noon().Add(time.Minute)) || !first.AnswerAt.Equal(noon().Add(90*time.Minute)) || len(w.due(1<<20, 0, 9)) != 0 {
			t.Errorf("next %s, first at %s, by evening %v", next(), first.AnswerAt, w.due(1<<20, 0, 9))
		}
		w.do(func(tx store.Tx) error {
			if err := w.door.Advance(tx, second.ID, 0, 1, 1); err != nil {
				return err
			}
			return w.door.Done(tx, second.ID, 1, noon())
		})
		if !next().Equal(first.AnswerAt) {
			t.Errorf("after the second was answered: %s", next())
		}
	})
}

func TestTooManyForAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	s := &applications{timing: service.AtOnce}
	w.perDocument(t, s)
	got := outcomes(w.take(w.shs(), file(filing.TextForm, code, 1, service.MaxAtOnce+1, 0)))
	r := w.receipts(owner)[0]
	if !cmp.Equal(got, are(no)) || !cmp.Equal(codes(r), []filing.Code{"F151"}) || !strings.Contains(r.Errors[0].English, "10000") {
		t.Errorf("outcome %v, errors %v", got, r.Errors)
	}
	if len(s.applied) != 0 || w.expected() != 1 {
		t.Errorf("applied %d, expected next %d", len(s.applied), w.expected())
	}
}

func TestRefusedNumbersPacked(t *testing.T) {
	t.Parallel()
	for _, numbers := range [][]int64{nil, {1}, {1, 2, 3}, {128, 1 << 20, 1<<40 + 3}} {
		packed, _ := refusedOf(numbers).pack().([]byte)
		got, err := unpack(packed)
		if diff := cmp.Diff(numbers, got); diff != "" || err != nil {
			t.Errorf("%v: %s (%v)", numbers, diff, err)
		}
	}
	if _, err := unpack([]byte{0x80}); err == nil {
		t.Error("a broken list was read")
	}
}
