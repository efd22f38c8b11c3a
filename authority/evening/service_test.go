package evening_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/evening"
	"filtjanst/authority/outbox"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// clerk is a service that takes no files: it notes the deadlines that come and
// sends batches.
type clerk struct {
	h       *house
	batches []service.Batch
	night   time.Time // when it is after a deadline called night
}

const clerkTables = `CREATE TABLE evening_clerk (what TEXT NOT NULL)`

func newClerk(h *house, batches ...service.Batch) *clerk {
	h.Helper()
	h.must(h.db.Do(h.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(clerkTables)
		return err
	}))
	return &clerk{h: h, batches: batches}
}

func (*clerk) ID() filing.Service      { return "clerk" }
func (*clerk) Routes() []service.Route { return nil }
func (*clerk) Verify(store.Reader, service.File, []service.Document) (service.Judgement, error) {
	return service.Judgement{}, nil
}
func (*clerk) Apply(context.Context, service.File, []service.Document) (service.Work, error) {
	return nil, errors.New("no files")
}

// Due notes the deadlines. "bad" fails in its transaction, "worse" before it,
// "chain" sets another that has come already, and "last" ends what waits.
func (c *clerk) Due(_ context.Context, due []service.Deadline) (service.Work, error) {
	for _, d := range due {
		if d.Kind == "worse" {
			return nil, errors.New("worse")
		}
	}
	return func(tx store.Tx) error {
		for _, d := range due {
			if err := pass(tx, d); err != nil {
				return err
			}
			if d.Kind == "night" {
				c.h.clock.Set(c.night)
			}
		}
		return nil
	}, nil
}

func pass(tx store.Tx, d service.Deadline) (err error) {
	switch d.Kind {
	case "bad":
		return errors.New("bad")
	case "panic":
		panic("a fault")
	case "last":
		err = service.Deadlines{}.CancelAll(tx, d.Service, d.Subject)
	case "chain":
		err = service.Deadlines{}.Set(tx, service.Deadline{Service: d.Service, Subject: d.Subject, Kind: "after", Due: d.Due})
	}
	return errors.Join(err, note(tx, fmt.Sprint(d.Kind, d.Subject)))
}

func note(tx store.Tx, what string) error {
	_, err := tx.Exec(`INSERT INTO evening_clerk (what) VALUES ($1)`, what)
	return err
}

func (c *clerk) Outgoing(store.Reader, calendar.Day) ([]service.Batch, error) { return c.batches, nil }

func (c *clerk) Write(_ store.Reader, b service.Batch, out service.Output) error {
	if b.Key == "broken" {
		return errors.New("cannot be written")
	}
	_, err := fmt.Fprint(out.Writer, "batch ", b.Key)
	return err
}

func (c *clerk) Sent(tx store.Tx, b service.Batch) error { return note(tx, "sent "+b.Key) }

func (c *clerk) notes() string {
	c.h.Helper()
	var all []string
	c.h.must(c.h.db.Read(c.h.Context(), func(r store.Reader) (err error) {
		all, err = store.Collect(func(rows *store.Rows) (s string, err error) {
			err = rows.Scan(&s)
			return s, err
		})(r.Query(`SELECT what FROM evening_clerk ORDER BY what`))
		return err
	}))
	return strings.Join(all, " ")
}

func (c *clerk) config(to *evening.Config) { to.Services = []service.Service{c} }

func (h *house) deadlines(all ...service.Deadline) {
	h.Helper()
	h.must(h.db.Do(h.Context(), func(tx store.Tx) error { return service.Deadlines{}.SetAll(tx, all) }))
}

func deadline(kind string, subject int64, day calendar.Day) service.Deadline {
	return service.Deadline{Service: "clerk", Subject: subject, Kind: kind, Due: day}
}

func TestDeadlines(t *testing.T) {
	each(t, func(h *house) {
		c := newClerk(h)
		h.deadlines(deadline("plain", 1, monday), deadline("plain", 2, monday.AddDays(-9)), deadline("plain", 3, monday.AddDays(1)),
			deadline("chain", 4, monday), deadline("bad", 5, monday), deadline("worse", 6, monday), deadline("panic", 8, monday),
			deadline("last", 9, monday), deadline("plain", 9, monday),
			service.Deadline{Service: "gone", Subject: 7, Kind: "plain", Due: monday})
		s, err := h.evening(c.config).Run(h.Context(), h.clock.Now())
		if s.Deadlines != 5 || err == nil || strings.Count(err.Error(), "evening: deadline") != 4 {
			h.Errorf("%d acted upon, error %v", s.Deadlines, err)
		}
		if got, want := c.notes(), "after4 chain4 last9 plain1 plain2"; got != want {
			h.Errorf("noted %q, want %q", got, want)
		}
		if n := h.count(`SELECT count(*) FROM service_deadline`); n != 5 {
			h.Errorf("%d deadlines are left, want 5", n)
		}
	})
}

func TestDeadlinesAreActedUponOnce(t *testing.T) {
	each(t, func(h *house) {
		c := newClerk(h)
		const n = 170
		var all []service.Deadline
		for i := range int64(n) {
			all = append(all, deadline("plain", i, monday))
		}
		h.deadlines(all...)
		var workers sync.WaitGroup
		for range 3 {
			e := h.evening(c.config)
			workers.Go(func() {
				if _, err := e.Run(h.Context(), h.clock.Now()); err != nil {
					h.Error(err)
				}
			})
		}
		workers.Wait()
		if noted := h.count(`SELECT count(*) FROM evening_clerk`); noted != n {
			h.Errorf("%d notes of %d deadlines", noted, n)
		}
	})
}

func TestOutgoingBatches(t *testing.T) {
	each(t, func(h *house) {
		batch := func(key string) service.Batch {
			return service.Batch{Key: key, Transaction: filing.BFConfirmation, CodeID: codeID, Code: "ABC", Day: monday}
		}
		stranger := batch("stranger")
		stranger.CodeID = 99
		c := newClerk(h, batch("one"), batch("broken"), stranger, batch("two"))
		for i, want := range []int64{2, 0} {
			s, err := h.evening(c.config).Run(h.Context(), h.clock.Now())
			if s.Batches != want || err == nil || strings.Count(err.Error(), "evening: batch") != 2 {
				h.Errorf("run %d: %d batches, error %v", i+1, s.Batches, err)
			}
		}
		if got, want := c.notes(), "sent one sent two"; got != want {
			h.Errorf("noted %q, want %q", got, want)
		}
		list := h.list(outbox.Filter{})
		if len(list) != 2 || list[0].Body.Size != int64(len("batch one")) {
			h.Errorf("in the outbox: %+v", list)
		}
	})
}

func TestConfigurationsThatCannotBe(t *testing.T) {
	each(t, func(h *house) {
		for name, change := range map[string]func(*evening.Config){
			"no database":     func(c *evening.Config) { c.DB = nil },
			"no files":        func(c *evening.Config) { c.Files = nil },
			"no sets":         func(c *evening.Config) { c.Sets = nil },
			"no organisation": func(c *evening.Config) { c.Organisation = "" },
			"hour":            func(c *evening.Config) { c.Evening.Hour = 24 },
			"window":          window(begun, begun),
			"no permits":      func(c *evening.Config) { c.Permits = nil },
			"no extension":    func(c *evening.Config) { c.Extensions = []filing.Transaction{"bf.verdict"} },
		} {
			c := h.config()
			change(&c)
			if _, err := evening.New(c); err == nil {
				h.Errorf("%s: was accepted", name)
			}
		}
	})
}
