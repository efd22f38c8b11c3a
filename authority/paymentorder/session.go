package paymentorder

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// reserved is what was set aside for one transaction. It is copied for each run
// of the transaction, so that both give the same rows.
type reserved struct {
	events, pairs, verdicts, letters store.Aside
	enforce                          Opening
	crediting                        Crediting
}

// session is one transaction over some cases: who acts, when, and the cases
// that were taken under guard.
type session struct {
	*Orders
	tx     store.Tx // nil where nothing is written
	reader store.Reader
	day    calendar.Day
	at     time.Time
	by     service.Officer
	file   int64
	text   string // in the officer's or filer's words, for the events
	reserved

	lives  []*life
	held   []holding
	given  []*verdict
	forced map[int64]calendar.Day // verdicts that have gained legal force, and when
	weak   []int64                // verdicts that have not gained it after all
	undone []undone               // that a court has set aside
	paid   []Paid                 // on joint debts that are enforced already
	mail   []notice.Letter        // letters to be put
	tells  map[int64]bool         // codes that get bf.event
	ways   map[way]notice.Choice
	hidden map[identity.Number]bool // respondents with protected data, where asked for
}

// looking begins a session that judges and writes nothing. Within a transaction
// that may write it takes what it looks at under guard.
func (o *Orders) looking(r store.Reader, f service.File) *session {
	s := &session{Orders: o, reader: r, day: calendar.Of(f.Arrived), file: f.ID, tells: map[int64]bool{}, ways: map[way]notice.Choice{}}
	s.tx, _ = r.(store.Tx)
	return s
}

// frame is what a session is before its transaction begins.
type frame struct {
	day  calendar.Day
	at   time.Time
	file int64
	reserved
}

// within begins a session in a transaction.
func (o *Orders) within(tx store.Tx, f frame) *session {
	return &session{Orders: o, tx: tx, reader: tx, day: f.day, at: f.at, file: f.file, reserved: f.reserved,
		tells: map[int64]bool{}, ways: map[way]notice.Choice{}}
}

// frame begins what happens now.
func (o *Orders) frame() frame {
	now := o.clock.Now()
	return frame{day: calendar.Of(now), at: now}
}

// need is how much is set aside: for so many cases with so many pairs, and so
// many respondents against whom a verdict may be given. decided counts those who
// have one, where not all is decided.
type need struct{ cases, pairs, debtors, decided int }

// events bounds the events of one case in one session: each of its pairs may
// pass a few edges, and the case itself a few words more.
func (n need) events() int { return 6*n.cases + 4*n.pairs + 4 }

// reserve sets aside what the session may need. Verdicts are given only where
// verdicts is set.
func (o *Orders) reserve(ctx context.Context, n need, verdicts bool) (r reserved, err error) {
	if r.events, err = store.SetAside(ctx, n.events(), o.events.NewIDs); err != nil {
		return r, err
	}
	if r.pairs, err = store.SetAside(ctx, n.pairs+1, o.pairs.Next); err != nil {
		return r, err
	}
	if o.letters != nil {
		if r.letters, err = store.SetAside(ctx, lettersOf(n), o.letters.NewIDs); err != nil {
			return r, err
		}
	}
	if r.crediting, err = o.prepareCredit(ctx, n); err != nil || !verdicts {
		return r, err
	}
	if r.verdicts, err = store.SetAside(ctx, n.debtors, o.verdicts.Next); err != nil {
		return r, err
	}
	if o.enforcer != nil && n.debtors > 0 {
		r.enforce, err = o.enforcer.Opening(ctx, n.debtors)
	}
	return r, err
}

// needOf counts the pairs of different cases.
func (o *Orders) needOf(ctx context.Context, cases ...int64) (need, error) {
	n := need{cases: len(cases)}
	err := o.db.Read(ctx, func(r store.Reader) error {
		sizes, err := pairsOf(r, cases)
		n.pairs, n.debtors, n.decided = 0, 0, 0
		for _, size := range sizes {
			n.pairs, n.debtors, n.decided = n.pairs+size.pairs, n.debtors+size.served, n.decided+size.decided
		}
		return err
	})
	return n, err
}

// size is how many pairs a case has, and how many respondents that are served,
// or have a verdict while not all is decided.
type size struct{ pairs, served, decided int }

// pairsOf counts the pairs of each case.
func pairsOf(r store.Reader, cases []int64) (map[int64]size, error) {
	sizes := map[int64]size{}
	for some := range store.Chunks(cases) {
		places, args := store.Among(1, some)
		rows := store.Each(r.Query(`SELECT case_id, COUNT(*), COUNT(DISTINCT CASE WHEN state = 'served' THEN respondent END),
			COUNT(DISTINCT CASE WHEN verdict_id <> 0 THEN respondent END), COUNT(CASE WHEN verdict_id = 0 THEN 1 END)
			FROM paymentorder_state WHERE case_id IN (`+places+`) GROUP BY case_id`, args...))
		for row, err := range rows {
			if err != nil {
				return nil, fmt.Errorf("paymentorder: count pairs: %w", err)
			}
			var id int64
			var n size
			var undecided int
			if err := row.Scan(&id, &n.pairs, &n.served, &n.decided, &undecided); err != nil {
				return nil, err
			}
			if undecided == 0 {
				n.decided = 0
			}
			sizes[id] = n
		}
	}
	return sizes, nil
}

// guard takes cases under guard: nobody else changes them until the commit. Those
// taken before in the session are returned as they stand; absent ones are left
// out.
func (s *session) guard(cases []int64) (map[int64]*life, error) {
	found := map[int64]*life{}
	for _, l := range s.lives {
		found[l.ID] = l
	}
	var missing []int64
	for _, id := range cases {
		if found[id] == nil {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	for some := range store.Chunks(slices.Compact(missing)) {
		places, args := store.Among(1, some)
		if err := s.lock(places, args); err != nil {
			return nil, err
		}
		lives, err := readLives(s.reader, `c.id IN (`+places+`)`, args)
		if err == nil && len(lives) > 0 {
			err = readDetails(s.reader, lives)
		}
		if err != nil {
			return nil, fmt.Errorf("paymentorder: read cases under guard: %w", err)
		}
		for _, l := range lives {
			if l.before, err = s.due(l); err != nil {
				return nil, err
			}
			l.filed, l.over = true, !l.any(open) && !l.any(decided)
			found[l.ID] = l
		}
		s.lives = append(s.lives, lives...)
	}
	return found, nil
}

// entered is the day on which the session writes, which may be later than the
// one on which it acts.
func (s *session) entered() calendar.Day {
	if s.at.IsZero() {
		return s.day
	}
	return calendar.Of(s.at)
}

func (s *session) lock(places string, args []any) error {
	if s.tx == nil {
		return nil
	}
	statement := `UPDATE paymentorder_case SET changes = changes + 1, touched = $` + strconv.Itoa(len(args)+1) + ` WHERE id IN (` + places + `)`
	if _, err := s.tx.Exec(statement, append(slices.Clip(args), s.entered())...); err != nil {
		return fmt.Errorf("paymentorder: take cases under guard: %w", err)
	}
	return nil
}

// tell tells whether the code gets bf.event.
func (s *session) tell(codeID int64) (bool, error) {
	if s.extension == nil {
		return false, nil
	}
	on, known := s.tells[codeID]
	if known {
		return on, nil
	}
	on, err := s.extension(s.tx, codeID, filing.BFEvent)
	s.tells[codeID] = on
	return on, err
}
