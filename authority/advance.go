package authority

import (
	"context"
	"errors"
	"time"

	"filtjanst/authority/evening"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// ErrMachineClock says that a command wanted to move the clock of a world that
// runs on the machine's.
var ErrMachineClock = errors.New("the world runs on the machine's clock, which no command moves")

// Step is one due time that was passed, and what was done at it.
type Step struct {
	At       time.Time   `json:"at"`
	Expired  int         `json:"expired"` // halves that waited too long
	Evening  EveningDone `json:"evening"`
	Answered int64       `json:"answered"` // requests whose response time had come
	Invoices int         `json:"invoices"` // invoices, notes and reminders
	Acts     int         `json:"acts"`     // what the people of a sandbox did
}

func (s Step) empty() bool {
	return s == Step{At: s.At, Evening: EveningDone{Day: s.Evening.Day}}
}

// Moved tells where a held clock was moved, by way of what, and what was done in
// all.
type Moved struct {
	World     string    `json:"world"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	Days      int       `json:"days"`              // calendar days between
	Evenings  int       `json:"evenings"`          // that were run
	Files     int64     `json:"files"`             // read in
	Documents int64     `json:"documents"`         // read in
	Deadlines int64     `json:"deadlines"`         // acted upon
	Batches   int64     `json:"batches"`           // files put in outboxes
	Answered  int64     `json:"answered"`          // requests
	Letters   int64     `json:"letters"`           // written
	Invoices  int       `json:"invoices"`          // with notes and reminders
	Acts      int       `json:"acts"`              // of the people of a sandbox
	Behind    bool      `json:"behind,omitempty"`  // it stood behind another world, and was brought up to that first
	Stopped   bool      `json:"stopped,omitempty"` // before it was where it should be
	Steps     []Step    `json:"steps"`             // due times at which something was done
}

// Cases is how often something has happened in a case.
func (m Moved) Cases() int64 { return m.Documents + m.Deadlines + int64(m.Acts) }

// add counts what was done at a due time.
func (m *Moved) add(s Step) {
	if s.empty() {
		return
	}
	m.Steps = append(m.Steps, s)
	m.Files, m.Documents = m.Files+s.Evening.Files, m.Documents+s.Evening.Documents
	m.Deadlines, m.Batches = m.Deadlines+s.Evening.Deadlines, m.Batches+s.Evening.Batches
	m.Answered, m.Invoices, m.Acts = m.Answered+s.Answered, m.Invoices+s.Invoices, m.Acts+s.Acts
}

// Advance moves a held clock forward, stopping at each due time on the way and
// doing what is due there (DESIGN decision 14).
func (w *World) Advance(ctx context.Context, by time.Duration) (Moved, error) {
	return onlyOne(travel(ctx, []*World{w}, move{to: after(by), halt: ctx}))
}

// AdvanceToEvening moves a held clock to the next evening run and runs it.
func (w *World) AdvanceToEvening(ctx context.Context) (Moved, error) {
	return onlyOne(travel(ctx, []*World{w}, move{to: (*World).nextEvening, halt: ctx}))
}

func onlyOne(all []Moved, err error) (Moved, error) {
	if len(all) == 0 {
		return Moved{}, err
	}
	return all[0], err
}

func after(by time.Duration) func(*World, time.Time) time.Time {
	return func(_ *World, now time.Time) time.Time { return now.Add(by) }
}

func (w *World) nextEvening(now time.Time) time.Time {
	day := w.calendar.NextRun(calendar.Of(now))
	if start := w.calendar.Start(day); start.After(now) {
		return start
	}
	return w.calendar.Start(w.calendar.NextRun(day + 1))
}

// reads is told by the evening how far it is.
func (w *World) reads(p evening.Progress) {
	if w.reading != nil {
		w.reading(p)
	}
}

// lettersAfter counts the letters that were written after one, and names the
// last.
func (w *World) lettersAfter(ctx context.Context, id int64) (n, last int64, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		n, last, err = w.Letters.After(r, id)
		return err
	})
	return n, last, err
}

// nextDue is the next time at which something may fall due: an evening, the end
// of a half's waiting, or the answer to a request.
func (w *World) nextDue(ctx context.Context, now time.Time) (time.Time, error) {
	next := w.nextEvening(now)
	err := w.DB.Read(ctx, func(r store.Reader) error {
		for _, due := range []func(store.Reader) (time.Time, bool, error){w.Door.NextExpiry, w.Door.NextAnswer} {
			at, ok, err := due(r)
			if err != nil {
				return err
			}
			if ok && at.After(now) && at.Before(next) {
				next = at
			}
		}
		return nil
	})
	return next, err
}

// doDue does what is due at the world's time.
func (w *World) doDue(ctx context.Context) (Step, error) {
	now := w.Clock.Now()
	s := Step{At: now}
	expired, err := w.Door.Expire(ctx, now)
	s.Expired = expired
	summary, runErr := w.Evening.Run(ctx, now)
	s.Evening = doneOf(summary)
	answered, answerErr := w.Evening.Answer(ctx, now)
	s.Answered = answered.Files
	w.runs.note(now, expired, summary, errors.Join(runErr, answerErr))
	return s, errors.Join(err, runErr, answerErr, w.invoice(ctx, now, &s), w.people(ctx, &s))
}

// invoice makes what the fees of the day call for, once an evening has begun.
func (w *World) invoice(ctx context.Context, now time.Time, s *Step) error {
	today := calendar.Of(now)
	if !w.calendar.Runs(today) || now.Before(w.calendar.Start(today)) || w.invoiced.Load() == int64(today) {
		return nil
	}
	report, err := w.Fees.Run(ctx, today)
	if err == nil {
		w.invoiced.Store(int64(today))
	}
	s.Invoices = report.Invoices + report.CreditNotes + report.Reminders
	return err
}

// people lets those outside act who are part of a sandbox.
func (w *World) people(ctx context.Context, s *Step) (err error) {
	if w.outsiders == nil {
		return nil
	}
	s.Acts, err = w.outsiders(ctx, w)
	return err
}
