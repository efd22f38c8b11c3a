package sandbox

import (
	"context"
	"errors"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// crowd is the debtors of the sandbox. They read their letters, which the
// print service of the sandbox delivers the day they are written unless they
// are left for another, learn of the
// cases of enforcement they are in, and do what their serial says (see
// Behaviours) when its day has come. They act in an order that follows from
// day and case number alone, so that the same letters give the same acts.
type crowd struct {
	left    bool                      // letters wait for a print service outside
	dir     string                    // the sandbox's directory, for lists of payments
	entered map[string]map[int64]bool // by world: cases of enforcement above the mark that have been seen
}

func newCrowd(dir string, left bool) *crowd {
	c := &crowd{dir: dir, left: left, entered: map[string]map[int64]bool{}}
	for _, name := range worldNames() {
		c.entered[name] = map[int64]bool{}
	}
	return c
}

// act is authority.People.
func (c *crowd) act(ctx context.Context, w *authority.World) (acts int, err error) {
	read := readPost
	if c.left {
		read = readPrinted
	}
	readErr := read(ctx, w)
	lookErr := c.look(ctx, w)
	acts, err = c.carryOut(ctx, w)
	return acts, errors.Join(readErr, lookErr, err, c.listPayments(ctx, w))
}

// readPost lets everybody read what the authority has written.
func readPost(ctx context.Context, w *authority.World) error {
	for {
		items, err := fetchPost(ctx, w)
		if err != nil || len(items) == 0 {
			return err
		}
		var plans []plan
		ids := make([]int64, len(items))
		for i, it := range items {
			ids[i] = it.ID
			plans = append(plans, plansOf(it.Letter)...)
		}
		if err := w.DB.Do(ctx, func(tx store.Tx) error { return keep(tx, plans) }); err != nil {
			return err
		}
		if _, err := w.Letters.Acknowledge(ctx, ids); err != nil {
			return err
		}
	}
}

// readPrinted lets everybody read what a print service outside has sent. What
// was sent a day before the last that was read is read once more, as who tells
// first need not be kept first; nobody does a thing twice.
func readPrinted(ctx context.Context, w *authority.World) error {
	before, err := seenIn(ctx, w, placeLetters)
	mark := before
	sent := notice.Filter{State: notice.Acknowledged, Sent: store.Moment(before).Add(-24 * time.Hour)}
	for more := true; more && err == nil; more = sent.After > 0 {
		var items []notice.Item
		err = w.DB.Read(ctx, func(r store.Reader) (err error) {
			items, sent.After, err = w.Letters.List(r, sent)
			return err
		})
		var plans []plan
		for _, it := range items {
			mark = max(mark, store.Micros(it.Sent))
			it.Letter.Day = calendar.Of(it.Sent)
			plans = append(plans, plansOf(it.Letter)...)
		}
		if err == nil && len(plans) > 0 {
			err = w.DB.Do(ctx, func(tx store.Tx) error { return keep(tx, plans) })
		}
	}
	if err != nil || mark == before {
		return err
	}
	return w.DB.Do(ctx, func(tx store.Tx) error { return see(tx, placeLetters, mark) })
}

// fetchPost fetches letters, if any wait.
func fetchPost(ctx context.Context, w *authority.World) (items []notice.Item, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		items, _, err = w.Letters.List(r, notice.Filter{State: notice.Queued, Limit: 1})
		return err
	})
	if err != nil || len(items) == 0 {
		return nil, err
	}
	return w.Letters.Fetch(ctx, notice.MaxFetch)
}

// plansOf is what a letter sets off.
func plansOf(l notice.Letter) (all []plan) {
	switch l.Message {
	case notice.OrderToAnswer:
		return plansOfRecipient(l, OnOrder)
	case notice.VerdictToRespondent:
		return plansOfRecipient(l, OnVerdict)
	case notice.ServiceOffer:
		for i, person := range respondents(l) {
			all = append(all, planned(l, OnOffer, int64(i+1), person.Identity)...)
		}
	}
	return all
}

func plansOfRecipient(l notice.Letter, on Occasion) []plan {
	all := respondents(l)
	for i, person := range all {
		if person.Identity == l.Recipient.Identity || len(all) == 1 {
			return planned(l, on, int64(i+1), person.Identity)
		}
	}
	return nil
}

// respondents are those against whom the case of the letter is, in order.
func respondents(l notice.Letter) (all []notice.Person) {
	for _, p := range l.Parties {
		if p.Role == notice.Respondent || p.Role == notice.Estate {
			all = append(all, p)
		}
	}
	return all
}

func planned(l notice.Letter, on Occasion, respondent int64, who identity.Number) []plan {
	return behaviourOf(who).plans(on, plan{number: l.CaseNumber, respondent: respondent, letter: l.ID, due: l.Day})
}

// plans are the steps that an occasion sets off, counted from the day of the
// first.
func (b Behaviour) plans(on Occasion, first plan) (all []plan) {
	for i, s := range b.Steps {
		if s.On != on {
			continue
		}
		p := first
		p.step, p.serial, p.due = i, b.Serial, first.due.AddDays(s.After)
		all = append(all, p)
	}
	return all
}

// mostCases is how many new cases are looked at at a time.
const mostCases = 1000

// settledAfter is after how many days no case comes that was to be registered
// before: ids are handed out earlier, and an evening may break off.
const settledAfter = 7

// look lets the debtors learn of new cases of enforcement.
func (c *crowd) look(ctx context.Context, w *authority.World) error {
	mark, err := seenIn(ctx, w, placeEnforcement)
	for err == nil {
		var entries []enforcement.Entry
		err = w.DB.Read(ctx, func(r store.Reader) (err error) {
			entries, err = w.Enforcements.Since(r, mark, mostCases)
			return err
		})
		if err != nil || len(entries) == 0 {
			break
		}
		mark = entries[len(entries)-1].ID
		err = c.learn(ctx, w, entries)
	}
	return err
}

// learn plans what the debtors of new cases do, and moves the mark past those
// that are old enough.
func (c *crowd) learn(ctx context.Context, w *authority.World, entries []enforcement.Entry) error {
	known, old := c.entered[w.Name], calendar.Today(w.Clock).AddDays(-settledAfter)
	var plans []plan
	var mark int64
	for _, e := range entries {
		if !known[e.ID] {
			plans = append(plans, plansIn(e)...)
		}
		if e.Registered < old {
			mark = e.ID
		}
	}
	if mark > 0 || len(plans) > 0 {
		if err := w.DB.Do(ctx, func(tx store.Tx) error { return errors.Join(keep(tx, plans), see(tx, placeEnforcement, mark)) }); err != nil {
			return err
		}
	}
	for _, e := range entries {
		known[e.ID] = e.ID > mark
		if e.ID <= mark {
			delete(known, e.ID)
		}
	}
	return nil
}

func plansIn(e enforcement.Entry) []plan {
	b, first := behaviourOf(e.Debtor), plan{number: e.Number, due: e.Registered}
	all := b.plans(OnEnforcement, first)
	if e.Origin != filing.OriginPaymentOrder {
		all = append(all, b.plans(OnApplication, first)...)
	}
	return all
}
