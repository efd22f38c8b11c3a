package paymentorder

import (
	"cmp"
	"fmt"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// save writes what happened in the session: verdicts with what follows from
// them, states, deadlines, events, letters.
func (s *session) save() error {
	for _, write := range []func() error{
		s.saveCredits, s.saveVerdicts, s.saveStates, s.saveService, s.saveClosings, s.saveVerdictEnds, s.saveEvents, s.saveMail,
	} {
		if err := write(); err != nil {
			return fmt.Errorf("paymentorder: keep what happened: %w", err)
		}
	}
	return s.saveDeadlines()
}

// changed is what rows that change alike have in common.
type changed struct {
	from, to     State
	since, until calendar.Day
	stayed       bool
	verdict      int64
}

// saveStates writes pairs that have changed. A row changes only in the state
// that was expected.
func (s *session) saveStates() error {
	alike := map[changed][]int64{}
	var order []changed
	var fresh, lowered []*pair
	var owner []int64
	for _, l := range s.lives {
		for _, p := range l.pairs {
			switch {
			case p.fresh:
				fresh, owner = append(fresh, p), append(owner, l.ID)
			case p.Amount != p.was.Amount || p.Accrued != p.was.Accrued:
				lowered = append(lowered, p)
			case p.PairState != p.was:
				c := changed{p.was.State, p.State, p.Since, p.Until, p.Stayed, p.Verdict}
				if alike[c] == nil {
					order = append(order, c)
				}
				alike[c] = append(alike[c], p.id)
			}
		}
	}
	for _, c := range order {
		if err := s.saveAlike(c, alike[c]); err != nil {
			return err
		}
	}
	for _, p := range lowered {
		if err := s.saveLowered(p); err != nil {
			return err
		}
	}
	if err := s.saveFresh(fresh, owner); err != nil {
		return err
	}
	return s.saveReductions()
}

func (s *session) saveAlike(c changed, pairs []int64) error {
	for some := range store.Chunks(pairs) {
		places, args := store.Among(7, some)
		n, err := store.Changed(s.tx.Exec(`UPDATE paymentorder_state SET state = $1, since = $2, until = $3, stayed = $4, verdict_id = $5
			WHERE state = $6 AND id IN (`+places+`)`,
			append([]any{string(c.to), c.since, c.until, c.stayed, c.verdict, string(c.from)}, args...)...))
		if err != nil || n != int64(len(some)) {
			return cmp.Or(err, fmt.Errorf("%d of %d pairs were in the state %s", n, len(some), c.from))
		}
	}
	return nil
}

func (s *session) saveLowered(p *pair) error {
	otherwise := fmt.Errorf("pair %d was not in the state %s", p.id, p.was.State)
	return store.One(otherwise)(s.tx.Exec(`UPDATE paymentorder_state SET state = $1, since = $2, until = $3, stayed = $4, verdict_id = $5,
		amount = $6, accrued = $7 WHERE id = $8 AND state = $9 AND amount = $10 AND accrued = $11`,
		string(p.State), p.Since, p.Until, p.Stayed, p.Verdict, int64(p.Amount), int64(p.Accrued),
		p.id, string(p.was.State), int64(p.was.Amount), int64(p.was.Accrued)))
}

func (s *session) saveFresh(pairs []*pair, owner []int64) error {
	if len(pairs) == 0 {
		return nil
	}
	_, err := s.tx.CopyIn("paymentorder_state", stateColumns(), func(yield func([]any) bool) {
		row := make([]any, 0, 13)
		for i, p := range pairs {
			if !yield(pairRow(row, owner[i], p)) {
				return
			}
		}
	})
	return err
}

// saveReductions appends what was lowered, numbered within its pair.
func (s *session) saveReductions() error {
	var some bool
	for _, l := range s.lives {
		for _, p := range l.pairs {
			some = some || len(p.lowered) > 0 && !p.lowered[len(p.lowered)-1].stored
		}
	}
	if !some {
		return nil
	}
	_, err := s.tx.CopyIn("paymentorder_reduction", []string{"state_id", "number", "day", "amount", "accrued", "paid", "file"},
		func(yield func([]any) bool) {
			for _, l := range s.lives {
				for _, p := range l.pairs {
					for i, w := range p.lowered {
						if !w.stored && !yield([]any{p.id, int64(i + 1), w.day.String(), int64(w.amount), int64(w.accrued),
							w.paid, w.file}) {
							return
						}
					}
				}
			}
		})
	return err
}

func (s *session) saveService() error {
	for _, l := range s.lives {
		for _, at := range l.serving {
			v := &l.Service[at]
			_, err := s.tx.Exec(`UPDATE paymentorder_respondent SET served = $1, answer_days = $2, service_failed = $3,
				reminded = $4 WHERE case_id = $5 AND position = $6`,
				v.Served, v.AnswerDays, v.Failed, v.Reminded, l.ID, int64(at+1))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// ending is what cases that ended alike have in common: when nothing was open in
// them any longer, and how long they are kept, if nothing more can happen. One
// that was over goes on again where a reopening was applied for in time.
type ending struct {
	closed, keep calendar.Day
	again        bool
}

// saveClosings notes cases in which nothing is open any longer, and how long
// those are kept in which nothing more can happen (KFD 2:12).
func (s *session) saveClosings() error {
	alike := map[ending][]*life{}
	var order []ending
	for _, l := range s.lives {
		before := l.Closed
		l.close(s.day)
		over := !l.any(open) && !l.any(decided)
		if l.Closed == before && over == l.over {
			continue
		}
		e := ending{closed: l.Closed, again: l.over}
		l.over = over
		if over {
			var err error
			if e.keep, err = s.keepCase(l.Closed); err != nil {
				return err
			}
		}
		if alike[e] == nil {
			order = append(order, e)
		}
		alike[e] = append(alike[e], l)
	}
	for _, e := range order {
		if err := s.end(e, alike[e]); err != nil {
			return err
		}
	}
	return s.keepFiles(slices.Collect(func(yield func(*life) bool) {
		for _, l := range s.lives {
			if l.over && !yield(l) {
				return
			}
		}
	}))
}

// end notes cases that ended alike, and how long their letters are kept.
func (s *session) end(e ending, lives []*life) error {
	var ids []int64
	var lettered []string
	for _, l := range lives {
		ids = append(ids, l.ID)
		if (l.over || e.again) && l.filed {
			lettered = append(lettered, l.Number)
		}
	}
	for some := range store.Chunks(ids) {
		places, args := store.Among(3, some)
		_, err := s.tx.Exec(`UPDATE paymentorder_case SET closed = $1, purge_after = $2 WHERE id IN (`+places+`)`,
			append([]any{e.closed, e.keep}, args...)...)
		if err != nil {
			return err
		}
	}
	if s.Orders.letters == nil {
		return nil
	}
	return s.Orders.letters.KeepUntil(s.tx, s.ID(), e.keep, lettered...)
}

// saveMail puts the letters. Those of a case in which nothing more happens are
// kept as long as it.
func (s *session) saveMail() error {
	if len(s.mail) == 0 {
		return nil
	}
	last := map[string]calendar.Day{}
	for _, l := range s.lives {
		if !l.over {
			continue
		}
		var err error
		if last[l.Number], err = s.keepCase(l.Closed); err != nil {
			return err
		}
	}
	for i := range s.mail {
		s.mail[i].PurgeAfter = last[s.mail[i].CaseNumber]
	}
	return s.Orders.letters.Put(s.tx, s.mail...)
}

// keepFiles tells the door of files of which every case is over.
func (s *session) keepFiles(over []*life) error {
	if s.keeper == nil {
		return nil
	}
	seen := map[int64]bool{}
	for _, l := range over {
		if seen[l.File] {
			continue
		}
		seen[l.File] = true
		if err := s.keepFile(l.File); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) keepFile(file int64) error {
	var left, cases, documents int64
	var last calendar.Day
	err := s.tx.QueryRow(`SELECT COUNT(*) FROM (SELECT 1 AS one FROM paymentorder_case
		WHERE file = $1 AND purge_after IS NULL LIMIT 1) AS waiting`, file).Scan(&left)
	if err != nil || left > 0 {
		return err
	}
	err = s.tx.QueryRow(`SELECT COUNT(*), MAX(c.purge_after), MAX(f.documents) FROM paymentorder_file f
		JOIN paymentorder_case c ON c.file = f.file WHERE f.file = $1`, file).Scan(&cases, &last, &documents)
	if err != nil || cases != documents {
		return err
	}
	return s.keeper.KeepUntil(s.tx, file, last)
}
