package paymentorder

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// enforcedPlace is one respondent of one verdict.
type enforcedPlace struct{ verdict, respondent int64 }

// enforcedIn is in which cases the verdicts of a case are enforced.
func enforcedIn(r store.Reader, caseID int64) (map[enforcedPlace]string, error) {
	found := map[enforcedPlace]string{}
	rows := store.Each(r.Query(`SELECT v.id, d.position, d.enforcement_case FROM paymentorder_verdict v
		JOIN paymentorder_verdict_respondent d ON d.verdict_id = v.id WHERE v.case_id = $1 AND d.enforcement_case <> ''`, caseID))
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		var at enforcedPlace
		var number string
		if err := row.Scan(&at.verdict, &at.respondent, &number); err != nil {
			return nil, err
		}
		found[at] = number
	}
	return found, nil
}

// glance reads a case and what enforces it, without guard.
func (o *Orders) glance(ctx context.Context, number string) (l *life, in map[enforcedPlace]string, err error) {
	err = o.db.Read(ctx, func(r store.Reader) error {
		lives, err := readLives(r, `c.number = $1`, []any{number})
		if err != nil || len(lives) == 0 {
			return err
		}
		l = lives[0]
		if err := readDetails(r, lives); err != nil {
			return err
		}
		in, err = enforcedIn(r, l.ID)
		return err
	})
	if err == nil && l == nil {
		err = service.UnknownCase(number)
	}
	return l, in, err
}

// following is what an act in a case brings with it in enforcement, and the
// cases there that it was prepared for.
type following struct {
	work       service.Work
	cases      []string
	respondent int64
	of         func(*pair) bool
}

// enforced lists the cases in enforcement of the chosen pairs; of one
// respondent, or of all for 0.
func (l *life) enforced(in map[enforcedPlace]string, respondent int64, of func(*pair) bool) []string {
	var cases []string
	for _, p := range l.pairs {
		n := in[enforcedPlace{p.Verdict, p.Respondent}]
		if n != "" && of(p) && (respondent == 0 || p.Respondent == respondent) && !slices.Contains(cases, n) {
			cases = append(cases, n)
		}
	}
	return cases
}

// check refuses the act if it concerns other cases now, under guard, than those
// that it was prepared for.
func (f following) check(s *session, l *life) error {
	in, err := enforcedIn(s.reader, l.ID)
	if err == nil && !slices.Equal(f.cases, l.enforced(in, f.respondent, f.of)) {
		err = changedMeanwhile()
	}
	return err
}

func changedMeanwhile() error {
	return service.Refuse("changed", "Målet ändrades samtidigt; försök igen.", "The case changed at the same time; try again.")
}

// overturning is what is to be set aside, as it was seen before the transaction.
type overturning struct {
	in  map[enforcedPlace]string
	all []Overturned
}

func (v overturning) same(other []Overturned) bool {
	return slices.EqualFunc(v.all, other, func(a, b Overturned) bool {
		return a.Case == b.Case && a.Whole == b.Whole && slices.Equal(a.Parts, b.Parts)
	})
}

// overturn prepares what follows in enforcement when a verdict is set aside.
func (o *Orders) overturn(ctx context.Context, by service.Officer, number string, respondent, part int64, amount money.Amount) (service.Work, overturning, error) {
	none := func(store.Tx) error { return nil }
	l, in, err := o.glance(ctx, number)
	if err != nil {
		return nil, overturning{}, err
	}
	planned := overturning{in: in, all: l.overturned(in, respondent, part, amount, o.frame().day)}
	if o.enforcer == nil || len(planned.all) == 0 {
		return none, planned, nil
	}
	court, err := o.reopenedAt(ctx, l.ID)
	if err != nil {
		return nil, planned, err
	}
	for i := range planned.all {
		planned.all[i].Court = court
	}
	work, err := o.enforcer.SetAside(ctx, by, planned.all)
	if err != nil {
		return nil, planned, fmt.Errorf("paymentorder: set aside what is enforced of case %s: %w", number, err)
	}
	return work, planned, nil
}

// reopenedAt is the court that a case was last transferred to for reopening.
func (o *Orders) reopenedAt(ctx context.Context, caseID int64) (court string, err error) {
	var story []service.Event
	err = o.db.Read(ctx, func(r store.Reader) error {
		story, err = o.events.Of(r, filing.PaymentOrder, caseID)
		return err
	})
	for _, e := range story {
		if e.Kind == eventReopening {
			court = e.Text
		}
	}
	return court, err
}

// overturned is what a set-aside takes from each case in enforcement: of one
// claim part, and of an amount of it, or of all for 0.
func (l *life) overturned(in map[enforcedPlace]string, respondent, part int64, amount money.Amount, day calendar.Day) []Overturned {
	var all []Overturned
	for _, p := range l.in(respondent, Reopening) {
		number := in[enforcedPlace{p.Verdict, p.Respondent}]
		if number == "" || part != 0 && p.Part != part {
			continue
		}
		taken := OverturnedPart{Part: p.Part, Amount: p.Amount, Accrued: p.Accrued}
		if amount != 0 && amount < p.Amount {
			shares, err := p.Accrued.ProRata([]money.Amount{amount, p.Amount - amount})
			if err != nil { // amounts are never negative
				continue
			}
			taken.Amount, taken.Accrued = amount, shares[0]
		}
		at := slices.IndexFunc(all, func(o Overturned) bool { return o.Case == number })
		if at < 0 {
			at, all = len(all), append(all, Overturned{Case: number, Day: day, Whole: true})
		}
		all[at].Parts = append(all[at].Parts, taken)
	}
	for i := range all {
		all[i].Whole = l.nothingStands(all[i], in)
	}
	return all
}

// nothingStands tells whether all that a case enforces is set aside.
func (l *life) nothingStands(o Overturned, in map[enforcedPlace]string) bool {
	var granted, aside money.Amount
	for _, p := range l.pairs {
		if in[enforcedPlace{p.Verdict, p.Respondent}] == o.Case && p.State != SetAside {
			granted += p.claim()
		}
	}
	for _, p := range o.Parts {
		aside += p.Amount + p.Accrued
	}
	return aside >= granted
}

// SetAside notes that the court has set the verdict aside, wholly or in part
// (UB 3:22): of one claim part, and of an amount of it, or of all for 0. What is
// left of the verdict against the respondent stands, and a stay of it ends.
func (o *Orders) SetAside(ctx context.Context, by service.Officer, number string, respondent, part int64, amount money.Amount) error {
	follow, planned, err := o.overturn(ctx, by, number, respondent, part, amount)
	if err != nil {
		return err
	}
	lift, err := o.stayWork(ctx, by, number, respondent, false)
	if err != nil {
		return err
	}
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventSetAside, respondent)
		if err != nil {
			return err
		}
		if now := l.overturned(planned.in, respondent, part, amount, s.day); !planned.same(now) {
			return changedMeanwhile()
		}
		if err := lift.check(s, l); err != nil {
			return err
		}
		aside, err := ofPart(l, pairs, part)
		if err == nil && amount != 0 {
			aside, err = s.slice(l, aside, part, amount)
		}
		if err != nil {
			return err
		}
		for _, p := range aside {
			s.undone = append(s.undone, undone{verdict: p.Verdict, respondent: p.Respondent, amount: p.claim()})
		}
		if err := l.each(s, aside, eventSetAside, 0); err != nil {
			return err
		}
		for _, p := range aside {
			p.Stayed = false
		}
		rest := l.in(respondent, Reopening)
		if err := s.stand(l, rest); err != nil {
			return err
		}
		if err := follow(s.tx); err != nil {
			return err
		}
		return lift.work(s.tx)
	})
}
