package restructuring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/notice"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func TestClaimPeriod(t *testing.T) {
	each(t, func(r *room) {
		r.clock.Set(evening("2026-03-10"))
		for name, tt := range map[string]struct {
			announced, last string
			extended        bool
		}{
			"one month":                    {"2026-03-02", "2026-04-02", false},
			"two months":                   {"2026-02-26", "2026-04-27", true}, // the 26th is a Sunday
			"ends on Good Friday":          {"2026-03-03", "2026-04-07", false},
			"the month lacks the day":      {"2026-01-31", "2026-03-02", false}, // 28 February is a Saturday
			"ends on a Sunday, to working": {"2026-02-22", "2026-03-23", false},
		} {
			o := r.opening()
			o.Announced, o.Extended = day(tt.announced), tt.extended
			o.Decided = o.Announced
			if m := r.open(o); m.LastDay != day(tt.last) {
				r.Errorf("%s: announced %s, last day %s, want %s", name, tt.announced, m.LastDay, tt.last)
			}
		}
	})
}

// The period ends when its last day is over, and the day moves when it is
// extended; it is extended once.
func TestPeriodEndsAndIsExtended(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		r.pass(m.LastDay)
		r.must(r.matters.Extend(r.Context(), officer, m.Number))
		r.refused(r.matters.Extend(r.Context(), officer, m.Number), "already_extended")
		longer := r.matter(m.Number)
		if longer.LastDay != day("2026-05-04") || !longer.Extended { // 2 May is a Saturday
			r.Errorf("extended to %s", longer.LastDay)
		}
		r.pass(longer.LastDay)
		if got := r.matter(m.Number).State; got != restructuring.ClaimPeriod {
			r.Errorf("on its last day: %s", got)
		}
		r.pass(longer.LastDay.AddDays(1))
		if got := r.matter(m.Number).State; got != restructuring.Preparing {
			r.Errorf("the day after: %s", got)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	each(t, func(r *room) {
		taken := r.open(r.opening())
		for code, edit := range map[string]func(o *restructuring.Opening){
			"bad_debtor":   func(o *restructuring.Opening) { o.Debtor.Identity = filingtest.Number("16556000016") },
			"bad_days":     func(o *restructuring.Opening) { o.Announced = begun.AddDays(1) },
			"bad_creditor": func(o *restructuring.Opening) { o.Creditors = []filing.Party{{Name: "Utan adress"}} },
			"bad_number":   func(o *restructuring.Opening) { o.MatterNumber = "ETT-ALLDELES-FÖR-LÅNGT-NUMMER" },
			"known_matter": func(o *restructuring.Opening) { o.MatterNumber = taken.Number },
			"already_open": func(o *restructuring.Opening) { o.Debtor.Identity = taken.Debtor.Identity },
		} {
			o := r.opening()
			edit(&o)
			_, err := r.matters.Open(r.Context(), officer, o)
			r.refused(err, code)
		}
		_, err := r.matters.Open(r.Context(), service.Officer{}, r.opening())
		r.refused(err, "no_officer")
		if n := r.count(`SELECT COUNT(*) FROM restructuring_matter`); n != 1 || len(r.enforcer.told) != 1 {
			r.Errorf("%d matters, enforcement was told %v", n, r.enforcer.told)
		}
		r.must(r.matters.Close(r.Context(), officer, taken.Number, restructuring.CauseRejected))
		o := r.opening()
		o.Debtor.Identity = taken.Debtor.Identity
		if m := r.open(o); m.Number != "SKS-2026-000002" {
			r.Errorf("the second matter is %s", m.Number)
		}
	})
}

func TestKnownCreditorsAreCalled(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		o.Creditors = []filing.Party{creditor(1), creditor(2)}
		m := r.open(o)
		if n := r.sent(notice.CreditorCall, m.Number); n != 2 {
			r.Errorf("%d calls", n)
		}
		r.read(func(rd store.Reader) error {
			known, err := r.matters.KnownCreditors(rd, m.ID)
			if diff := cmp.Diff(o.Creditors, known); diff != "" {
				r.Errorf("known creditors (-want +got):\n%s", diff)
			}
			return err
		})
		if diff := cmp.Diff([]string{"opened"}, r.enforcer.told); diff != "" {
			r.Error(diff)
		}
	})
}

// After a week the story tells that nobody has been called, unless somebody has.
func TestCallIsDue(t *testing.T) {
	each(t, func(r *room) {
		silent, later, known := r.open(r.opening()), r.open(r.opening()), r.opening()
		known.Creditors = []filing.Party{creditor(1)}
		atOnce := r.open(known)
		r.pass(begun.AddDays(7))
		r.must(r.matters.Call(r.Context(), officer, later.Number, creditor(2)))
		r.refused(r.matters.Call(r.Context(), officer, later.Number, filing.Party{Name: "Utan adress"}), "bad_creditor")
		r.pass(begun.AddDays(8))
		for _, m := range []restructuring.Matter{silent, later, atOnce} {
			edge := service.Edge{From: string(restructuring.ClaimPeriod), Event: "call_due", To: string(restructuring.ClaimPeriod)}
			if got := r.happened(m.ID, edge); got != (m.ID == silent.ID) {
				r.Errorf("matter %s: told %t", m.Number, got)
			}
		}
		if n := r.sent(notice.CreditorCall, later.Number); n != 1 {
			r.Errorf("%d calls", n)
		}
	})
}

func TestEnforcementIsTold(t *testing.T) {
	each(t, func(r *room) {
		ctx := r.Context()
		for _, tt := range []struct {
			state restructuring.State
			do    func(n string) error
			want  []string
		}{
			{restructuring.Preparing, func(n string) error { return r.matters.Close(ctx, officer, n, restructuring.CauseDeath) }, []string{"opened", "ended"}},
			{restructuring.Plan, func(n string) error { return r.matters.Lapse(ctx, officer, n, restructuring.CauseBankruptcy) }, []string{"opened", "granted", "ended"}},
			{restructuring.Plan, func(n string) error { return r.matters.Close(ctx, officer, n, restructuring.CauseRejected) }, []string{"opened", "granted"}},
			{restructuring.Plan, func(n string) error { return r.matters.Lapse(ctx, officer, n, restructuring.CauseWithdrawn) }, []string{"opened", "granted"}},
		} {
			r.enforcer.told = nil
			_ = tt.do(r.reach(tt.state)) // the last two are refused
			if diff := cmp.Diff(tt.want, r.enforcer.told); diff != "" {
				r.Errorf("%s (-want +got):\n%s", tt.state, diff)
			}
		}
	})
}

// Extracts see where a person's restructuring stands.
func TestViewForExtracts(t *testing.T) {
	each(t, func(r *room) {
		for state, want := range map[restructuring.State]string{
			restructuring.Ready: "opened", restructuring.Plan: "granted", restructuring.PlanOver: "granted",
		} {
			n := r.reach(state)
			r.checkStage(n, want)
			if state == restructuring.PlanOver {
				r.must(r.matters.Lapse(r.Context(), officer, n, restructuring.CauseDeath))
				r.checkStage(n, "ended")
			}
		}
	})
}

func (r *room) checkStage(number, want string) {
	r.Helper()
	m := r.matter(number)
	days := map[string]calendar.Day{"opened": m.Decided, "granted": m.Granted, "ended": m.Closed}
	r.read(func(rd store.Reader) error {
		var stage string
		var date, opened calendar.Day
		err := rd.QueryRow(`SELECT stage, date, opened FROM restructuring_persons WHERE number = $1`, number).Scan(&stage, &date, &opened)
		if stage != want || date != days[want] || opened != m.Decided {
			r.Errorf("%s: %s on %s, opened %s; want %s", m.State, stage, date, opened, want)
		}
		return err
	})
}

// A creditor without address is reached by its filer, if that has one.
func TestLettersToTheFiler(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		abroad, lost := claim(m, 1, 100), claim(m, 2, 100)
		abroad.Creditor.PostalCode, abroad.Creditor.Country = "", "NO"
		lost.Creditor.PostalCode, lost.Creditor.Town = "", ""
		r.report(abroad, lost)
		r.pass(m.LastDay.AddDays(1))
		r.must(r.matters.Propose(r.Context(), officer, m.Number, restructuring.Terms{Distributed: 10}))
		got := map[notice.Role]int64{}
		for _, role := range []notice.Role{notice.Creditor, notice.Filer} {
			got[role] = r.count(`SELECT COUNT(*) FROM notice_letter WHERE case_number = $1 AND role = $2`, m.Number, string(role))
		}
		if diff := cmp.Diff(map[notice.Role]int64{notice.Creditor: 1, notice.Filer: 1}, got); diff != "" {
			r.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The letters to creditors show no address of a protected debtor, and one of a
// protected creditor is forwarded, though no address of it is known.
func TestProtectedDebtorAndCreditor(t *testing.T) {
	each(t, func(r *room) {
		o := r.opening()
		o.Debtor.Street = "Hemliga gränd 13"
		m := r.open(o)
		secret, plain := claim(m, 1, 100), claim(m, 2, 100)
		secret.Creditor = filing.Party{Name: "Borgenären", Identity: person(60)}
		r.report(secret, plain)
		r.must(r.db.Do(r.Context(), func(tx store.Tx) error {
			for _, who := range []filing.Party{o.Debtor, secret.Creditor} {
				if err := r.letters.Protect(tx, notice.Protection{Person: who.Identity}, officer, r.clock.Now()); err != nil {
					return err
				}
			}
			return nil
		}))
		r.pass(m.LastDay.AddDays(1))
		r.must(r.matters.Propose(r.Context(), officer, m.Number, restructuring.Terms{Distributed: 10}))
		for query, want := range map[string]int64{
			`SELECT COUNT(*) FROM notice_person WHERE role = 'debtor' AND protected AND street = ''`: 2,
			`SELECT COUNT(*) FROM notice_person WHERE street LIKE 'Hemliga%'`:                        0,
			`SELECT COUNT(*) FROM notice_letter WHERE role = 'creditor' AND route = 'forwarded'`:     1,
			`SELECT COUNT(*) FROM notice_letter WHERE role = 'creditor' AND route = 'post'`:          1,
		} {
			if got := r.count(query); got != want {
				r.Errorf("%s: %d, want %d", query, got, want)
			}
		}
	})
}
