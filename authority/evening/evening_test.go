package evening_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"filtjanst/authority/evening"
	"filtjanst/authority/outbox"
	"filtjanst/calendar"
	"filtjanst/filing"
)

func TestFilesAreReadInAndConfirmed(t *testing.T) {
	each(t, func(h *house) {
		small, large := madeIn(h, filing.XMLForm, 1, 3, monday), made(h, 2, 1201, monday)
		h.put(small, large)
		var reports []evening.Progress
		e := h.evening(func(c *evening.Config) { c.Progress = func(p evening.Progress) { reports = append(reports, p) } })
		want := evening.Summary{Day: monday, Files: 2, Documents: 1204, Batches: 2}
		if diff := cmp.Diff(want, h.run(e)); diff != "" {
			h.Error(diff)
		}
		h.checkWhole(small, large)
		c := h.confirmations()[1]
		wantMessage := outbox.Message{
			Address: organisation + ".in", Code: "ABC", Transaction: filing.BFConfirmation, Sequence: outbox.Event,
			Product: "product-of-confirmations", DataPartType: "bf.confirmation", From: "2021002114",
			Meta: map[string]string{evening.MetaAnswers: "transaction-1"}, Once: "bf:bf.confirmation/1", Created: h.clock.Now(),
		}
		ignored := cmpopts.IgnoreFields(outbox.Message{}, "ID", "TxID", "CorrID", "ContentID", "Name", "Body")
		if diff := cmp.Diff(wantMessage, c.Message, ignored, cmpopts.EquateApproxTime(0)); diff != "" {
			h.Error(diff)
		}
		if !bytes.HasPrefix(c.content, []byte("<?xml")) {
			h.Errorf("a file in XML is confirmed by %.40q", c.content)
		}
		if c.Name == "" || c.Body.Key != "" || h.confirmations()[2].Body.Key == "" {
			h.Errorf("name %q; small inline: %v; large in a blob: %v", c.Name, c.Body.Key == "", h.confirmations()[2].Body.Key != "")
		}
		if last := reports[len(reports)-1]; last.Done != last.Of || len(reports) < 3 {
			h.Errorf("%d reports, the last %+v", len(reports), last)
		}
		if diff := cmp.Diff(evening.Summary{Day: monday}, h.run(e)); diff != "" {
			h.Errorf("the second run: %s", diff)
		}
		h.checkWhole(small, large)
	})
}

func TestWhenFilesAreDue(t *testing.T) {
	tuesday := monday.AddDays(1)
	friday, saturday := monday.AddDays(4), monday.AddDays(5)
	tests := map[string]struct {
		readIn calendar.Day
		now    time.Time
		change func(*evening.Config)
		want   bool
	}{
		"before the hour":           {monday, begun.Add(-time.Second), nil, false},
		"at the hour":               {monday, begun, nil, true},
		"later that night":          {monday, tuesday.At(1, 0), nil, true},
		"missed, caught up by day":  {monday, tuesday.At(10, 0), nil, true},
		"missed by a week":          {monday, monday.AddDays(7).At(10, 0), nil, true},
		"for tomorrow":              {tuesday, begun, nil, false},
		"tomorrow, early":           {tuesday, tuesday.At(18, 59), nil, false},
		"weekend":                   {monday.AddDays(7), saturday.At(20, 0), nil, false},
		"friday, on saturday":       {friday, saturday.At(20, 0), nil, true},
		"own hour":                  {monday, monday.At(17, 30), func(c *evening.Config) { c.Evening.Hour = 17; c.Evening.Minute = 30 }, true},
		"day closed afterwards":     {monday, begun, func(c *evening.Config) { c.Evening.Closed = map[calendar.Day]string{monday: "flytt"} }, false},
		"closed, the next evening":  {monday, tuesday.At(19, 0), func(c *evening.Config) { c.Evening.Closed = map[calendar.Day]string{monday: "flytt"} }, true},
		"in a window":               {monday, begun, window(begun.Add(-time.Hour), begun.Add(time.Minute)), false},
		"when the window has ended": {monday, begun, window(begun.Add(-time.Hour), begun), true},
	}
	each(t, func(h *house) {
		id := int64(0)
		for name, test := range tests {
			id++
			h.put(made(h, id, 2, test.readIn))
			change := test.change
			if change == nil {
				change = func(*evening.Config) {}
			}
			h.clock.Set(test.now)
			h.run(h.evening(change))
			if got := h.count(`SELECT count(*) FROM evening_shelf WHERE done AND id = $1`, id) == 1; got != test.want {
				h.Errorf("%s: read in = %v", name, got)
			}
		}
	})
}

func window(from, to time.Time) func(*evening.Config) {
	return func(c *evening.Config) { c.Windows = []evening.Window{{From: from, To: to, Reason: "underhåll"}} }
}

// A window that begins while deadlines are acted upon stops them too.
func TestWindowStopsDeadlines(t *testing.T) {
	each(t, func(h *house) {
		c := newClerk(h)
		h.deadlines(deadline("night", 1, monday.AddDays(-1)), deadline("chain", 1, monday), deadline("plain", 2, monday))
		h.clock.Set(begun)
		e := h.evening(c.config, window(begun.Add(time.Hour), begun.Add(3*time.Hour)))
		c.night = begun.Add(2 * time.Hour)
		if s := h.run(e); s.Window == nil || s.Deadlines != 2 || c.notes() != "night1 plain2" {
			h.Errorf("summary %+v, acted %s", s, c.notes())
		}
		h.clock.Set(begun.Add(3 * time.Hour))
		if s := h.run(e); s.Window != nil || c.notes() != "after1 chain1 night1 plain2" {
			h.Errorf("afterwards %+v, acted %s", s, c.notes())
		}
	})
}

// A window that begins in the middle of a file stops it between chunks, and the
// next run goes on there.
func TestWindowStopsAFile(t *testing.T) {
	each(t, func(h *house) {
		f := made(h, 1, 10, monday)
		h.put(f)
		small := func(c *evening.Config) {
			c.Chunk = 2
			c.Progress = func(p evening.Progress) {
				if p.Done == 4 {
					h.clock.Set(begun.Add(2 * time.Hour))
				}
			}
		}
		e := h.evening(small, window(begun.Add(time.Hour), begun.Add(3*time.Hour)))
		if s := h.run(e); s.Window == nil || s.Files != 0 || s.Documents != 4 {
			h.Errorf("summary %+v", s)
		}
		h.clock.Set(begun.Add(3 * time.Hour))
		if s := h.run(e); s.Files != 1 || s.Documents != 6 {
			h.Errorf("afterwards %+v", s)
		}
		h.checkWhole(f)
	})
}

// A window that begins during a run stops it between files.
func TestWindowStopsARun(t *testing.T) {
	each(t, func(h *house) {
		files := []file{made(h, 1, 2, monday), made(h, 2, 2, monday), made(h, 3, 2, monday)}
		h.put(files...)
		h.shelf.before = func(act string, id, _ int64) error {
			if act == "done" && id == 1 {
				h.clock.Set(begun.Add(2 * time.Hour))
			}
			return nil
		}
		e := h.evening(window(begun.Add(time.Hour), begun.Add(3*time.Hour)))
		s := h.run(e)
		if s.Window == nil || s.Files == 0 || s.Files == 3 {
			h.Errorf("summary %+v", s)
		}
		h.clock.Set(begun.Add(3 * time.Hour))
		h.run(e)
		h.checkWhole(files...)
	})
}

func TestOneBadFileDoesNotStopTheOthers(t *testing.T) {
	each(t, func(h *house) {
		good, bad, unread, last := made(h, 1, 5, monday), made(h, 2, 5, monday), made(h, 3, 5, monday), made(h, 4, 5, monday)
		bad.Documents = 6 // not what its bytes hold
		h.put(good, bad, unread, last)
		h.shelf.before = func(act string, id, _ int64) error {
			if act == "open" && id == 3 {
				return errors.New("the bytes are gone")
			}
			return nil
		}
		e := h.evening()
		_, err := e.Run(h.Context(), h.clock.Now())
		if err == nil {
			h.Fatal("no error was told")
		}
		if s := h.run(e); s.Postponed != 2 {
			h.Errorf("right after: %+v", s)
		}
		done := h.count(`SELECT count(*) FROM evening_shelf WHERE done AND id IN (1, 4)`)
		left := h.count(`SELECT count(*) FROM evening_shelf WHERE NOT done AND id IN (2, 3)`)
		if done != 2 || left != 2 || h.count(`SELECT count(*) FROM outbox_message`) != 2 {
			h.Errorf("%d done, %d left: %v", done, left, err)
		}
	})
}

func TestManyWorkersReadEachFileOnce(t *testing.T) {
	each(t, func(h *house) {
		var files []file
		for id := range int64(14) {
			files = append(files, made(h, id+1, 30+int(id)*17, monday))
		}
		h.put(files...)
		var workers sync.WaitGroup
		for range 3 {
			e := h.evening(func(c *evening.Config) { c.Workers = 2 })
			workers.Go(func() {
				if _, err := e.Run(h.Context(), h.clock.Now()); err != nil {
					h.Error(err)
				}
			})
		}
		workers.Wait()
		h.checkWhole(files...)
	})
}
