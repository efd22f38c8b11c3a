package paymentorder

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// life is a case under the guard of its row, with what happens to it in one
// transaction.
type life struct {
	Case
	pairs   []*pair
	before  agenda       // the deadlines that stand
	entered calendar.Day // of a case that is made: the day on which it is written
	said    []said
	serving []int       // respondents whose service has changed, from 0
	filed   bool        // already written: it was read, not made
	refused filing.Code // why something held for it could not be done, the first; "" if all was
	over    bool        // nothing more can happen, and that is written

	repeats string // number of another case with a claim of this one; "" if there is none

	assigned []*filing.Assignment // before it was registered
}

// pair is a slice of a pair with what it was when it was read.
type pair struct {
	PairState
	id      int64
	lodged  int64 // by which its claim is found (see lodge); 0: no invoice tells it
	was     PairState
	fresh   bool // has no row yet
	lowered []lowering
	granted money.Amount // accrued interest with what has run, for the verdict
	decided calendar.Day // of the verdict
}

// lowering is one reduction of a slice.
type lowering struct {
	day             calendar.Day
	amount, accrued money.Amount
	paid            calendar.Day
	file            int64
	stored          bool
}

// said is one thing that happened, on its way to be an event.
type said struct {
	event            string
	respondent, part int64
	from, to         State
	amount           money.Amount
	text             string
	day              calendar.Day
	file             int64
	by               service.Officer
	last             calendar.Day // when something must have been done
}

// whole returns the case alone.
func (l *life) whole() Case {
	c := l.Case
	c.States = make([]PairState, len(l.pairs))
	for i, p := range l.pairs {
		c.States[i] = p.PairState
	}
	return c
}

// happen lets an event happen to a pair. Only the table of states says where it
// leads; an event that it does not know in the state is a fault.
func (l *life) happen(s *session, p *pair, event string, until calendar.Day) error {
	to, ok := moves()[move{p.State, event}]
	if !ok {
		return fmt.Errorf("paymentorder: case %s, respondent %d, part %d: %s cannot happen in the state %s",
			l.Number, p.Respondent, p.Part, event, p.State)
	}
	l.said = append(l.said, said{event: event, respondent: p.Respondent, part: p.Part, from: p.State, to: to,
		amount: p.claim(), day: s.day, file: s.file, by: s.by, text: s.text, last: until})
	if to != p.State {
		p.State, p.Since = to, s.day
	}
	p.Until = until
	return nil
}

// each lets an event happen to all the pairs.
func (l *life) each(s *session, pairs []*pair, event string, until calendar.Day) error {
	for _, p := range pairs {
		if err := l.happen(s, p, event, until); err != nil {
			return err
		}
	}
	return nil
}

// note says something that changes no state.
func (l *life) note(s *session, event string, respondent int64, amount money.Amount, text string) {
	l.said = append(l.said, said{event: event, respondent: respondent, amount: amount, text: text, day: s.day, file: s.file, by: s.by})
}

// in returns the pairs in a state; of one respondent, or of all for 0.
func (l *life) in(respondent int64, in ...State) []*pair {
	return l.where(func(p *pair) bool {
		return (respondent == 0 || p.Respondent == respondent) && slices.Contains(in, p.State)
	})
}

// open returns the open pairs; of one respondent, or of all for 0.
func (l *life) open(respondent int64) []*pair {
	return l.where(func(p *pair) bool { return (respondent == 0 || p.Respondent == respondent) && p.State.Open() })
}

func (l *life) where(keep func(*pair) bool) []*pair {
	var kept []*pair
	for _, p := range l.pairs {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// any tells whether a pair is in a stage.
func (l *life) any(in stage) bool {
	return slices.ContainsFunc(l.pairs, func(p *pair) bool { return stageOf()[p.State] == in })
}

// service is how service went with a respondent, to be changed.
func (l *life) service(respondent int64) *ServiceState {
	at := int(respondent - 1)
	if !slices.Contains(l.serving, at) {
		l.serving = append(l.serving, at)
	}
	return &l.Service[at]
}

// cut takes a slice out of a pair, so that it can have a state of its own. The
// accrued interest follows in proportion.
func (l *life) cut(p *pair, amount money.Amount, id int64) (*pair, error) {
	if amount >= p.Amount {
		return p, nil
	}
	accrued, err := p.Accrued.ProRata([]money.Amount{amount, p.Amount - amount})
	if err != nil {
		return nil, err
	}
	piece := &pair{PairState: p.PairState, id: id, lodged: p.lodged, fresh: true}
	piece.Amount, piece.Accrued = amount, accrued[0]
	p.Amount, p.Accrued = p.Amount-amount, accrued[1]
	for _, other := range l.pairs {
		if other.Respondent == p.Respondent && other.Part == p.Part {
			piece.Slice = max(piece.Slice, other.Slice+1)
		}
	}
	at := slices.Index(l.pairs, p) + 1
	for at < len(l.pairs) && l.pairs[at].Respondent == p.Respondent && l.pairs[at].Part == p.Part {
		at++
	}
	l.pairs = slices.Insert(l.pairs, at, piece)
	return piece, nil
}

// close notes the day on which no pair was open any longer.
func (l *life) close(day calendar.Day) {
	if l.Closed.IsZero() && !l.any(open) {
		l.Closed = day
	}
}

// undone is what a court has set aside of a verdict.
type undone struct {
	verdict, respondent int64
	amount              money.Amount
}
