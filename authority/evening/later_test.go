package evening_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/evening"
	"filtjanst/authority/outbox"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// desk is a service that answers later: it notes the documents of a file, and
// its answer tells their form and how many there were.
type desk struct {
	*clerk
	answer filing.Transaction
}

func newDesk(h *house, answer filing.Transaction) *desk { return &desk{newClerk(h), answer} }

func (*desk) ID() filing.Service { return filing.PaymentOrder }

func (d *desk) Routes() []service.Route {
	return []service.Route{{Transaction: filing.BFApplication, Timing: service.Answered, Answer: d.answer}}
}

func (*desk) Apply(_ context.Context, f service.File, docs []service.Document) (service.Work, error) {
	if f.Notice != filing.NoticeBoth {
		return nil, fmt.Errorf("file %d: notice %q", f.ID, f.Notice)
	}
	return func(tx store.Tx) error {
		for _, d := range docs {
			if err := note(tx, fmt.Sprintf("%d.%d of %d: %s", f.ID, d.Number, f.Documents, d.Content.OwnReference())); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func (*desk) Write(r store.Reader, b service.Batch, out service.Output) error {
	var n int64
	if err := r.QueryRow(`SELECT count(*) FROM evening_clerk`).Scan(&n); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out.Writer, "%d in %s", n, out.Form)
	return err
}

func (d *desk) config(to *evening.Config) { to.Services = []service.Service{d} }

// answered is a file of n documents that is to be answered at a time.
func answered(t testing.TB, id int64, n int, at time.Time) file {
	f := made(t, id, n, 0)
	f.AnswerAt = at
	return f
}

func (h *house) answer(e *evening.Evening) evening.Summary {
	h.Helper()
	s, err := e.Answer(h.Context(), h.clock.Now())
	h.must(err)
	return s
}

// contents are those of all messages at the filer's outbox.
func (h *house) contents() (all []string) {
	h.Helper()
	for _, l := range h.list(outbox.Filter{Limit: outbox.MaxLimit}) {
		_, body, err := h.box.Open(h.Context(), l.Address, l.TxID)
		h.must(err)
		content, err := io.ReadAll(body)
		h.must(err)
		body.Close()
		all = append(all, string(content))
	}
	return all
}

func TestAnswersGoOutAtTheirTime(t *testing.T) {
	each(t, func(h *house) {
		d := newDesk(h, filing.BFConfirmation)
		at := monday.At(10, 30)
		h.put(answered(h, 1, 701, at), answered(h, 2, 1, at.Add(time.Hour)))
		e := h.evening(d.config)
		day := func(files, documents int64) evening.Summary {
			return evening.Summary{Day: monday, Files: files, Documents: documents, Batches: files}
		}
		for i, step := range []struct {
			now  time.Time
			want evening.Summary
		}{
			{at.Add(-time.Second), day(0, 0)}, {at, day(1, 701)}, {at, day(0, 0)}, {at.Add(time.Hour), day(1, 1)},
		} {
			h.clock.Set(step.now)
			if diff := cmp.Diff(step.want, h.answer(e)); diff != "" {
				h.Errorf("step %d: %s", i, diff)
			}
		}
		if diff := cmp.Diff([]string{"701 in text", "702 in text"}, h.contents()); diff != "" {
			h.Error(diff)
		}
		h.clock.Set(begun)
		if s := h.run(e); s.Files != 0 {
			h.Errorf("the evening read in %d files that are answered", s.Files)
		}
	})
}

func TestAnswersWaitForTheEndOfAWindow(t *testing.T) {
	each(t, func(h *house) {
		d := newDesk(h, filing.BFConfirmation)
		h.put(answered(h, 1, 1, begun))
		e := h.evening(d.config, window(begun.Add(-time.Hour), begun.Add(time.Hour)))
		if s := h.answer(e); s.Window == nil || s.Files != 0 {
			h.Errorf("in the window: %+v", s)
		}
		h.clock.Set(begun.Add(time.Hour))
		if s := h.answer(e); s.Files != 1 {
			h.Errorf("after the window: %+v", s)
		}
	})
}

// TestRefusedDocumentsAreNotReadIn (R43): the cursor passes over them, at the
// beginning, in the middle and at the end, also when all of a chunk are refused.
func TestRefusedDocumentsAreNotReadIn(t *testing.T) {
	each(t, func(h *house) {
		d := newDesk(h, filing.BFConfirmation)
		f := answered(h, 1, 9, begun)
		f.Refused = []int64{1, 4, 5, 8, 9}
		rest := answered(h, 2, 3, begun)
		rest.Refused = []int64{1, 2, 3}
		h.put(f, rest)
		e := h.evening(d.config, func(c *evening.Config) { c.Chunk = 2 })
		if s := h.answer(e); s.Files != 2 || s.Documents != 4 {
			h.Errorf("%+v", s)
		}
		all := filingtest.New(1).Applications(9)
		var want []string
		for i, number := range []int{2, 3, 6, 7} {
			want = append(want, fmt.Sprintf("1.%d of 4: %s", i+1, all[number-1].Reference))
		}
		if got, want := d.notes(), strings.Join(want, " "); got != want {
			h.Errorf("applied %q, want %q", got, want)
		}
	})
}

// TestFileApprovedInPart: a file read in by evening, of which some documents
// were refused, becomes a case and a line of each of the others, without gaps.
func TestFileApprovedInPart(t *testing.T) {
	each(t, func(h *house) {
		f := made(h, 1, 30, monday)
		f.Refused = []int64{1, 2, 11, 30}
		whole := made(h, 2, 3, monday)
		h.put(f, whole)
		if s := h.run(h.evening(func(c *evening.Config) { c.Chunk = 4 })); s.Files != 2 || s.Documents != 29 {
			h.Errorf("%+v", s)
		}
		h.checkWhole(f, whole)
	})
}

// TestExtensionsGoOutWhenSwitchedOn: in the installation and for the code.
func TestExtensionsGoOutWhenSwitchedOn(t *testing.T) {
	const event = filing.Transaction("bf.event")
	for name, test := range map[string]struct {
		installed, switched bool
		want                string // sent
		batches             int64
	}{
		"off":             {false, false, "sent one", 0},
		"installed":       {true, false, "sent one", 0},
		"on in both":      {true, true, "sent one", 1},
		"on for the code": {false, true, "sent one", 0},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(h *house) {
				c := newClerk(h, service.Batch{Key: "one", Transaction: event, CodeID: codeID, Code: "ABC", Day: monday})
				if test.switched {
					by := service.Officer{Name: "officer", Reason: "asked for"}
					h.must(permit.New(h.db).SwitchOn(h.Context(), by, codeID, event, arrived))
				}
				e := h.evening(c.config, func(c *evening.Config) {
					if test.installed {
						c.Extensions = []filing.Transaction{event}
					}
				})
				if s := h.run(e); s.Batches != test.batches || s.Withheld != 0 {
					h.Errorf("%+v", s)
				}
				if c.notes() != test.want {
					h.Errorf("noted %q, want %q", c.notes(), test.want)
				}
			})
		})
	}
}

// TestConfirmationsThatAreExtensions: the file is read in all the same.
func TestConfirmationsThatAreExtensions(t *testing.T) {
	const confirmation = filing.Transaction("sc.confirmation")
	for name, test := range map[string]struct {
		installed, switched bool
		want                int64
	}{"off": {}, "installed": {installed: true}, "on for the code": {switched: true}, "on in both": {true, true, 1}} {
		t.Run(name, func(t *testing.T) {
			each(t, func(h *house) {
				d := newDesk(h, confirmation)
				h.put(answered(h, 1, 3, begun))
				if test.switched {
					by := service.Officer{Name: "officer", Reason: "asked for"}
					h.must(permit.New(h.db).SwitchOn(h.Context(), by, codeID, confirmation, arrived))
				}
				e := h.evening(d.config, func(c *evening.Config) {
					if test.installed {
						c.Extensions = []filing.Transaction{confirmation}
					}
				})
				want := evening.Summary{Day: monday, Files: 1, Documents: 3, Batches: test.want}
				if diff := cmp.Diff(want, h.answer(e)); diff != "" {
					h.Error(diff)
				}
			})
		})
	}
}

// TestExtractsNeedThePermitStill: what is answered later is not, if the permit
// has ended since the questions came.
func TestExtractsNeedThePermitStill(t *testing.T) {
	each(t, func(h *house) {
		d := newDesk(h, filing.BFConfirmation)
		h.put(answered(h, 1, 3, begun), answered(h, 2, 3, begun.Add(time.Hour)))
		e := h.evening(d.config)
		if s := h.answer(e); s.Batches != 1 || s.Withheld != 0 {
			h.Errorf("with a permit: %+v", s)
		}
		h.must(h.db.Do(h.Context(), func(tx store.Tx) error {
			return permit.New(h.db).Revoke(tx, 1, permit.Act{ID: 2, Reason: "unpaid", By: "officer", At: arrived})
		}))
		h.clock.Set(begun.Add(2 * time.Hour))
		for i, want := range []int64{1, 0} {
			if s := h.answer(e); s.Batches != 0 || s.Withheld != want {
				h.Errorf("run %d without one: %+v", i, s)
			}
		}
	})
}

// TestNothingGoesOutWithoutPermit: it waits for one, and what answers a file
// goes out whatever has become of the permit.
func TestNothingGoesOutWithoutPermit(t *testing.T) {
	each(t, func(h *house) {
		permits := permit.New(h.db)
		act := func(id int64) permit.Act { return permit.Act{ID: id, Reason: "unpaid", By: "officer", At: arrived} }
		h.must(h.db.Do(h.Context(), func(tx store.Tx) error { return permits.Revoke(tx, 1, act(2)) }))
		batch := func(key string, file int64) service.Batch {
			return service.Batch{Key: key, Transaction: filing.BFConfirmation, CodeID: codeID, Code: "ABC", Day: monday, File: file}
		}
		c := newClerk(h, batch("answer", 1), batch("own", 0))
		e := h.evening(c.config)
		for i, want := range []evening.Summary{{Day: monday, Batches: 1, Withheld: 1}, {Day: monday, Withheld: 1}} {
			if diff := cmp.Diff(want, h.run(e)); diff != "" {
				h.Errorf("run %d: %s", i, diff)
			}
		}
		h.must(h.db.Do(h.Context(), func(tx store.Tx) error {
			_, err := permits.Grant(tx, permit.Permit{CodeID: codeID, Service: filing.PaymentOrder, From: calendar.MustDay("2026-01-01")}, act(3))
			return err
		}))
		if s := h.run(e); s.Batches != 1 || s.Withheld != 0 {
			h.Errorf("with a permit anew: %+v", s)
		}
	})
}
