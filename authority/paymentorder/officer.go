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

// doing is what an officer does in a case.
type doing struct {
	number string
	by     service.Officer
	do     func(s *session, l *life) error
}

// act lets an officer do something in a case, under its guard.
func (o *Orders) act(ctx context.Context, by service.Officer, number string, do func(s *session, l *life) error) error {
	if err := by.Check(); err != nil {
		return err
	}
	d := doing{number, by, do}
	if o.together != nil {
		*o.together = append(*o.together, d)
		return nil
	}
	return o.actAll(ctx, []doing{d})
}

// Together carries out in one transaction what officers do in cases by the
// Orders that the function is given: in its order, all of it or, if one act is
// refused, none. By those Orders an act returns before it is done, and an error
// of the function leaves everything undone.
func (o *Orders) Together(ctx context.Context, acts func(*Orders) error) error {
	var all []doing
	gathering := *o
	gathering.together = &all
	if err := acts(&gathering); err != nil || len(all) == 0 {
		return err
	}
	return o.actAll(ctx, all)
}

func (o *Orders) actAll(ctx context.Context, all []doing) error {
	cases, err := o.findAll(ctx, all)
	if err != nil {
		return err
	}
	n, err := o.needOf(ctx, cases...)
	if err != nil {
		return err
	}
	f := o.frame()
	if f.reserved, err = o.reserve(ctx, n, false); err != nil {
		return err
	}
	return o.db.Do(ctx, func(tx store.Tx) error { return o.within(tx, f).doAll(all, cases) })
}

func (s *session) doAll(all []doing, cases []int64) error {
	lives, err := s.guard(cases)
	if err != nil {
		return err
	}
	for i, d := range all {
		l := lives[cases[i]]
		if l == nil {
			return service.UnknownCase(d.number)
		}
		s.by, s.text = d.by, ""
		if err := d.do(s, l); err != nil {
			return err
		}
	}
	return s.save()
}

// findAll finds the case of each.
func (o *Orders) findAll(ctx context.Context, all []doing) (cases []int64, err error) {
	err = o.db.Read(ctx, func(r store.Reader) error {
		cases = make([]int64, len(all))
		for i, d := range all {
			if cases[i], err = caseID(r, d.number); err != nil {
				return err
			}
		}
		return nil
	})
	return cases, err
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
