package paymentorder

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// act lets an officer do something in a case, under its guard.
func (o *Orders) act(ctx context.Context, by service.Officer, number string, do func(s *session, l *life) error) error {
	if err := by.Check(); err != nil {
		return err
	}
	id, err := o.find(ctx, number)
	if err != nil {
		return err
	}
	n, err := o.needOf(ctx, id)
	if err != nil {
		return err
	}
	f := o.frame()
	f.by = by
	if f.reserved, err = o.reserve(ctx, n, false); err != nil {
		return err
	}
	return o.db.Do(ctx, func(tx store.Tx) error { return o.doIn(o.within(tx, f), id, number, do) })
}

func (o *Orders) doIn(s *session, id int64, number string, do func(s *session, l *life) error) error {
	lives, err := s.guard([]int64{id})
	if err != nil {
		return err
	}
	l := lives[id]
	if l == nil {
		return service.UnknownCase(number)
	}
	if err := do(s, l); err != nil {
		return err
	}
	return s.save()
}

func (o *Orders) find(ctx context.Context, number string) (id int64, err error) {
	err = o.db.Read(ctx, func(r store.Reader) error {
		id, err = caseID(r, number)
		return err
	})
	return id, err
}

func caseID(r store.Reader, number string) (id int64, err error) {
	err = r.QueryRow(`SELECT id FROM paymentorder_case WHERE number = $1`, number).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return 0, service.UnknownCase(number)
	}
	return id, err
}

// those are the pairs that an event can happen to: of one respondent, or of all
// for 0. If there is none the act is refused.
func (l *life) those(event string, respondent int64) ([]*pair, error) {
	if respondent < 0 || respondent > int64(len(l.Application.Respondents)) {
		return nil, service.Refuse("unknown_respondent",
			fmt.Sprintf("Svarande %d finns inte; antalet svarande i målet %s är %d.", respondent, l.Number, len(l.Application.Respondents)),
			fmt.Sprintf("There is no respondent %d; the number of respondents in case %s is %d.", respondent, l.Number, len(l.Application.Respondents)))
	}
	pairs := l.where(func(p *pair) bool { return (respondent == 0 || p.Respondent == respondent) && p.State.allowed(event) })
	if len(pairs) == 0 {
		return nil, service.WrongState(l.Number, l.statesOf(respondent)...)
	}
	return pairs, nil
}

// statesOf are the states in which the pairs of a respondent stand; of all for 0.
func (l *life) statesOf(respondent int64) []service.State {
	return slices.DeleteFunc(States().States, func(s service.State) bool {
		return !slices.ContainsFunc(l.pairs, func(p *pair) bool {
			return (respondent == 0 || p.Respondent == respondent) && string(p.State) == s.Name
		})
	})
}

// when is the day on which something reached the authority: today, unless an
// earlier day of the case is given.
func (s *session) when(l *life, day calendar.Day) (calendar.Day, error) {
	if day.IsZero() {
		return s.day, nil
	}
	if day > s.day || day < l.Registered {
		return 0, service.Refuse("bad_day", fmt.Sprintf("Dagen %s ligger före målets registrering %s eller efter i dag, %s.", day, l.Registered, s.day),
			fmt.Sprintf("The day %s is before the case was registered on %s or after today, %s.", day, l.Registered, s.day))
	}
	return day, nil
}

// ofPart keeps the pairs of one claim part; of all for 0.
func ofPart(l *life, pairs []*pair, part int64) ([]*pair, error) {
	if part == 0 {
		return pairs, nil
	}
	kept := slices.DeleteFunc(slices.Clone(pairs), func(p *pair) bool { return p.Part != part })
	if len(kept) == 0 {
		return nil, service.Refuse("unknown_part",
			fmt.Sprintf("Delkrav %d i målet %s kan inte komma i fråga.", part, l.Number),
			fmt.Sprintf("Claim part %d of case %s cannot be concerned.", part, l.Number))
	}
	return kept, nil
}

// refusedAct tells an officer why a withdrawal or reduction cannot be done.
func refusedAct(r ruling) error {
	e := filing.NewError(r.code, filing.Place{}, r.args...)
	return service.Refuse(string(e.Code), e.Swedish, e.English)
}
