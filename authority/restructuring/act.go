package restructuring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// act is one thing that happens in a matter, within its transaction. The row
// of the matter is locked.
type act struct {
	Matter
	room    *Matters
	tx      store.Tx
	by      service.Officer
	day     calendar.Day
	at      time.Time
	supply  supply
	enforce service.Work // what enforcement does, nil if nothing
}

// supply is the ids that an act may use. They are fetched before its
// transaction.
type supply struct {
	event, events   int64 // the next, and how many are left
	letter, letters int64
}

// errShort tells that an act needed more letters than there were ids.
var errShort = errors.New("restructuring: creditors were added meanwhile")

// shortTries is how often an act that was short of ids is prepared anew.
const shortTries = 3

// eventsOfAct is the most events of one act.
const eventsOfAct = 2

// toEnforcement is the method of Enforcer that an act calls, nil for none.
type toEnforcement func(e Enforcer, ctx context.Context, debtor identity.Number, day calendar.Day) (service.Work, error)

// do carries out an act of an officer in a matter whose state allows the event;
// with no event the act decides itself.
func (m *Matters) do(ctx context.Context, by service.Officer, number, event string, tell toEnforcement, fn func(a *act) error) error {
	if err := by.Check(); err != nil {
		return err
	}
	var err error
	for range shortTries {
		a := act{room: m, by: by, at: m.clock.Now()}
		a.day = calendar.Of(a.at)
		if err = a.prepare(ctx, number, tell); err != nil {
			return err
		}
		err = m.db.Do(ctx, func(tx store.Tx) (err error) {
			run := a // the closure may run twice
			run.tx = tx
			if run.Matter, err = lock(tx, number); err != nil {
				return err
			}
			if event != "" {
				if err := run.may(event); err != nil {
					return err
				}
			}
			return fn(&run)
		})
		if !errors.Is(err, errShort) {
			break
		}
	}
	return told(number, err)
}

// prepare fetches what the act needs of the outside.
func (a *act) prepare(ctx context.Context, number string, tell toEnforcement) error {
	letters := 0
	err := a.room.db.Read(ctx, func(r store.Reader) (err error) {
		var found bool
		if a.Matter, found, err = a.room.Matter(r, number); err != nil {
			return err
		}
		if !found {
			return unknownMatter(number)
		}
		letters, err = recipients(r, a.ID)
		return err
	})
	if err != nil {
		return err
	}
	if err := a.supply.fetch(ctx, a.room, eventsOfAct, letters); err != nil {
		return err
	}
	if tell != nil && a.room.enforcer != nil {
		a.enforce, err = tell(a.room.enforcer, ctx, a.Debtor.Identity, a.day)
	}
	return err
}

func (s *supply) fetch(ctx context.Context, m *Matters, events, letters int) (err error) {
	s.events, s.letters = int64(events), int64(letters)
	if s.event, err = m.events.NewIDs(ctx, events); err != nil {
		return err
	}
	if letters > 0 {
		s.letter, err = m.letters.NewIDs(ctx, letters)
	}
	return err
}

// recipients is the most letters that one act can send: one a report, or one
// call.
func recipients(r store.Reader, matter int64) (n int, err error) {
	err = r.QueryRow(`SELECT COUNT(*) + 1 FROM restructuring_report WHERE matter_id = $1`, matter).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("restructuring: count the creditors of matter %d: %w", matter, err)
	}
	return n, nil
}

// fact is what an event tells besides its kind.
type fact struct {
	caseID int64 // 0: the matter
	part   int64
	from   string
	to     string
	amount money.Amount
	text   string
}

// record appends an event. It says who and why.
func (a *act) record(kind string, f fact) error {
	if a.supply.events == 0 {
		return fmt.Errorf("restructuring: no id is left for the event %s", kind)
	}
	e := service.Event{
		ID: a.supply.event, Service: filing.Restructuring, Case: f.caseID, Day: a.day, At: a.at, Kind: kind,
		Part: f.part, From: f.from, To: f.to, Amount: f.amount, By: a.by, Text: f.text,
	}
	if e.Case == 0 {
		e.Case = a.ID
	}
	a.supply.event++
	a.supply.events--
	return a.room.events.Append(a.tx, e)
}

// move takes the matter along the edge of the event and records it. A state
// without such an edge refuses.
func (a *act) move(event string, f fact) error {
	to, allowed := after(a.State, event)
	if !allowed {
		return wrongState(a.Matter)
	}
	f.from, f.to = string(a.State), string(to)
	if err := a.record(event, f); err != nil {
		return err
	}
	if to == a.State {
		return nil
	}
	if err := store.One(errLost)(a.tx.Exec(`UPDATE restructuring_matter SET state = $1, since = $2 WHERE id = $3 AND state = $4`,
		string(to), a.day, a.ID, string(a.State))); err != nil {
		return fmt.Errorf("restructuring: move matter %s by %s: %w", a.Number, event, err)
	}
	a.State, a.Since = to, a.day
	if !a.Open() {
		return a.close()
	}
	return nil
}

// errLost tells that a row is not in the state that was read under the lock.
var errLost = errors.New("its row has changed under the lock")

// deadline sets a day on which something is due in the matter. It comes the
// day after the last day, which is a whole one.
func (a *act) deadline(kind string, last calendar.Day) error {
	return service.Deadlines{}.Set(a.tx, service.Deadline{
		Service: filing.Restructuring, Subject: a.ID, Kind: kind, Due: last.AddDays(1),
	})
}

func (a *act) cancel(kind string) error {
	return service.Deadlines{}.Cancel(a.tx, filing.Restructuring, a.ID, kind)
}

// put puts a letter, if its recipient can be reached by post.
func (a *act) put(l notice.Letter) error {
	if a.supply.letters == 0 {
		return errShort
	}
	l.ID, l.CaseNumber, l.Officer, l.Day = a.supply.letter, a.Number, a.by.Name, a.day
	if !a.Open() {
		var err error
		if l.PurgeAfter, err = a.keptUntil(); err != nil {
			return err
		}
	}
	l.Parties = []notice.Person{notice.PersonOf(notice.Debtor, a.Debtor)}
	a.supply.letter++
	a.supply.letters--
	return a.room.letters.Put(a.tx, l)
}

// tellEnforcement does what enforcement prepared.
func (a *act) tellEnforcement() error {
	if a.enforce == nil {
		return nil
	}
	return a.enforce(a.tx)
}
