package authority

import (
	"context"
	"errors"
	"fmt"
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

// move is how a clock is to be moved.
type move struct {
	to    func(now time.Time) time.Time
	halt  context.Context // ends it at the next due time; what is under way goes on
	reach func(Moved)     // told at each due time, without the steps; may be nil
}

// Advance moves a held clock forward, stopping at each due time on the way and
// doing what is due there (DESIGN decision 14).
func (w *World) Advance(ctx context.Context, by time.Duration) (Moved, error) {
	if by < 0 {
		return Moved{}, fmt.Errorf("authority: the clock is moved forward only, not by %s", by)
	}
	return w.moveTo(ctx, move{to: after(by), halt: ctx})
}

func after(by time.Duration) func(time.Time) time.Time {
	return func(now time.Time) time.Time { return now.Add(by) }
}

// AdvanceToEvening moves a held clock to the next evening run and runs it.
func (w *World) AdvanceToEvening(ctx context.Context) (Moved, error) {
	return w.moveTo(ctx, move{to: w.nextEvening, halt: ctx})
}

func (w *World) nextEvening(now time.Time) time.Time {
	day := w.calendar.NextRun(calendar.Of(now))
	if start := w.calendar.Start(day); start.After(now) {
		return start
	}
	return w.calendar.Start(w.calendar.NextRun(day + 1))
}

func (w *World) moveTo(ctx context.Context, to move) (Moved, error) {
	if w.held == nil {
		return Moved{}, fmt.Errorf("authority: %s: %w", w.Name, ErrMachineClock)
	}
	w.turn.Lock()
	defer w.turn.Unlock()
	from := w.held.Now()
	m := Moved{World: w.Name, From: from, To: from}
	_, letters, err := w.lettersAfter(ctx, 0)
	if err == nil {
		err = w.moving(ctx, to, &m)
	}
	written, _, countErr := w.lettersAfter(context.WithoutCancel(ctx), letters)
	m.Letters = written
	return m, errors.Join(err, countErr)
}

// moving stops at each due time on the way.
func (w *World) moving(ctx context.Context, to move, m *Moved) error {
	end := to.to(m.From)
	var failed []error // what is due and fails is tried again, and does not stop time
	defer func() { w.reading = nil }()
	for {
		w.reading = to.reads(*m)
		step, err := w.doDue(ctx)
		m.add(step)
		to.tell(*m)
		failed = append(failed, err)
		if !m.To.Before(end) {
			return errors.Join(failed...)
		}
		if m.Stopped = ctx.Err() != nil || to.halt.Err() != nil; m.Stopped {
			return errors.Join(failed...)
		}
		if m.To, err = w.moveOn(ctx, m.To, end); err != nil {
			return errors.Join(append(failed, err)...)
		}
		m.Days = int(calendar.Of(m.To) - calendar.Of(m.From))
		if day := calendar.Of(m.To); w.calendar.Runs(day) && w.calendar.Start(day).Equal(m.To) {
			m.Evenings++
		}
	}
}

// reads tells how far the files of an evening have been read in, counted with
// what was done before.
func (t move) reads(before Moved) func(evening.Progress) {
	files := map[int64]int64{}
	return func(p evening.Progress) {
		files[p.File] = p.Done
		now := before
		for _, documents := range files {
			now.Documents += documents
		}
		t.tell(now)
	}
}

// reads is told by the evening how far it is.
func (w *World) reads(p evening.Progress) {
	if w.reading != nil {
		w.reading(p)
	}
}

func (t move) tell(m Moved) {
	if t.reach != nil {
		m.Steps = nil
		t.reach(m)
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

// moveOn moves to the next due time, or to the end if that comes first.
func (w *World) moveOn(ctx context.Context, now, end time.Time) (time.Time, error) {
	next, err := w.nextDue(ctx, now)
	if err != nil {
		return now, err
	}
	if next.After(end) {
		next = end
	}
	if err := w.held.Move(ctx, next); err != nil {
		return now, err
	}
	return next, nil
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
