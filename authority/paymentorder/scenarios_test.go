package paymentorder_test

import (
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"

	"github.com/google/go-cmp/cmp"
)

// officerScenarios play what follows from an officer's act.
func officerScenarios() map[string]func(*bench) string {
	on := func(reach func(*bench) string, act func(b *bench, number string) error) func(*bench) string {
		return func(b *bench) string {
			n := reach(b)
			b.must(act(b, n))
			return n
		}
	}
	registered := func(b *bench) string { return b.lodge(claim(1)) }
	ordered := func(b *bench) string { return b.ordered(claim(1)) }
	served := func(b *bench) string { return b.served(claim(1)) }
	decided := func(b *bench) string { return b.decided(claim(1)) }
	reopened := func(b *bench) string { return b.reopened(claim(1)) }
	failed := on(ordered, func(b *bench, n string) error { return b.orders.ServiceFailed(b.Context(), by, n, 1, []string{"brev"}) })
	dismiss := func(b *bench, n string) error {
		return b.orders.Dismiss(b.Context(), by, n, 0, "Kravet är inte förfallet.")
	}
	died := func(b *bench, n string) error { return b.orders.NoteDeath(b.Context(), by, n, 1) }
	offer := func(accepted bool) func(*bench, string) error {
		return func(b *bench, n string) error { return b.orders.ServiceOffer(b.Context(), by, n, 0, accepted) }
	}
	late := func(b *bench, n string) error {
		b.clock.Set(calendar.Today(b.clock).AddDays(16).At(12, 0))
		return b.orders.Object(b.Context(), by, n, paymentorder.Objection{Respondent: 1})
	}
	lateReopening := func(b *bench, n string) error {
		b.pass(40)
		return b.orders.RequestReopening(b.Context(), by, n, 1, "Provköpings tingsrätt", 0)
	}
	stay := func(b *bench, n string) error { return b.orders.Stay(b.Context(), by, n, 0) }
	return map[string]func(*bench) string{
		"registered order_to_complete completion_requested": func(b *bench) string { return b.incomplete() },
		"completion_requested completed registered": on((*bench).incomplete, func(b *bench, n string) error {
			return b.orders.Complete(b.Context(), by, n)
		}),
		"completion_requested not_completed dismissed": func(b *bench) string { n := b.incomplete(); b.pass(20); return n },
		"registered dismiss dismissed":                 on(registered, dismiss),
		"completion_requested dismiss dismissed":       on((*bench).incomplete, dismiss),
		"ordered dismiss dismissed":                    on(ordered, dismiss),
		"served dismiss dismissed":                     on(served, dismiss),
		"ordered service_reminded ordered": on(ordered, func(b *bench, n string) error {
			return b.orders.RemindOfService(b.Context(), by, n, 0, 0)
		}),
		"ordered service_failed ordered":                       failed,
		"ordered service_accepted ordered":                     on(failed, offer(true)),
		"ordered service_declined dismissed":                   on(failed, offer(false)),
		"served late_objection served":                         on(served, late),
		"registered respondent_died awaiting_estate":           on(registered, died),
		"completion_requested respondent_died awaiting_estate": on((*bench).incomplete, died),
		"ordered respondent_died awaiting_estate":              on(ordered, died),
		"served respondent_died awaiting_estate":               on(served, died),
		"awaiting_estate estate_not_named dismissed":           func(b *bench) string { n := b.dead(b.lodge(claim(1))); b.pass(70); return n },
		"awaiting_estate estate_named ordered": on(func(b *bench) string { return b.dead(b.lodge(claim(1))) }, func(b *bench, n string) error {
			return b.orders.NameEstate(b.Context(), by, n, 1, filing.Party{Name: "Dödsboets företrädare", Street: "Box 3", PostalCode: "12345", Town: "Provköping"})
		}),
		"contested transfer_requested transferred": on(func(b *bench) string { return b.contested(claim(1)) }, func(b *bench, n string) error {
			return b.orders.RequestTransfer(b.Context(), by, n, 0, 0, "Provköpings tingsrätt", 0)
		}),
		"verdict reopening_late verdict": on(decided, func(b *bench, n string) error {
			b.clock.Set(calendar.Today(b.clock).AddDays(40).At(12, 0))
			return b.orders.RequestReopening(b.Context(), by, n, 1, "Provköpings tingsrätt", 0)
		}),
		"legal_force reopening_requested reopening": on(decided, func(b *bench, n string) error {
			verdict := b.verdictsOf(n)[0].Date
			b.pass(40)
			return b.orders.RequestReopening(b.Context(), by, n, 1, "Provköpings tingsrätt", verdict.AddMonths(1))
		}),
		"legal_force reopening_late legal_force": on(decided, lateReopening),
		"verdict late_writing verdict": on(decided, func(b *bench, n string) error {
			return b.orders.TakeWriting(b.Context(), by, n, 1, "Jag bestrider.", false, "", 0)
		}),
		"reopening stay_ordered reopening": on(reopened, stay),
		"reopening stay_lifted reopening": on(on(reopened, stay), func(b *bench, n string) error {
			return b.orders.LiftStay(b.Context(), by, n, 0)
		}),
		"reopening set_aside set_aside": on(reopened, func(b *bench, n string) error {
			return b.orders.SetAside(b.Context(), by, n, 0, 0, 0)
		}),
		"reopening verdict_stands verdict": on(reopened, func(b *bench, n string) error {
			return b.orders.VerdictStands(b.Context(), by, n, 0)
		}),
	}
}

type deadlineKey struct {
	subject int64
	kind    string
}

// reminders are the deadlines on which persons are reminded of service.
func reminders(r store.Reader, b *bench) map[deadlineKey]string {
	b.Helper()
	all := map[deadlineKey]string{}
	for row, err := range store.Each(r.Query(`SELECT st.case_id, p.identity, st.since FROM paymentorder_state st
		JOIN paymentorder_party p ON p.case_id = st.case_id AND p.position = st.respondent AND p.role = 'respondent'
		JOIN paymentorder_respondent s ON s.case_id = st.case_id AND s.position = st.respondent
		WHERE st.state = 'ordered' AND st.until IS NULL AND NOT s.estate AND s.service_failed IS NULL AND s.reminded IS NULL`)) {
		b.must(err)
		var id int64
		var full string
		var ordered calendar.Day
		b.must(row.Scan(&id, &full, &ordered))
		who, err := store.ParseIdentity(full)
		b.must(err)
		at := deadlineKey{id, "reminder"}
		if due := ordered.AddDays(10).String(); who.IsNatural() && (all[at] == "" || due < all[at]) {
			all[at] = due
		}
	}
	return all
}

// checkDeadlines holds the deadlines that stand against the states of all cases.
func (b *bench) checkDeadlines() {
	b.Helper()
	kinds := map[paymentorder.State]string{
		paymentorder.Registered: "order", paymentorder.CompletionRequested: "completion", paymentorder.Ordered: "service",
		paymentorder.Served: "answer", paymentorder.Contested: "transfer", paymentorder.AwaitingEstate: "estate",
		paymentorder.VerdictGiven: "reopening",
	}
	var want, got map[deadlineKey]string
	b.read(func(r store.Reader) error {
		want, got = reminders(r, b), map[deadlineKey]string{}
		for row, err := range store.Each(r.Query(`SELECT case_id, state, until FROM paymentorder_state WHERE until IS NOT NULL`)) {
			if err != nil {
				return err
			}
			var id int64
			var state paymentorder.State
			var until calendar.Day
			if err := row.Scan(&id, &state, &until); err != nil {
				return err
			}
			at := deadlineKey{id, kinds[state]}
			if due := until.AddDays(1).String(); want[at] == "" || due < want[at] {
				want[at] = due
			}
		}
		all, err := service.Deadlines{}.Due(r, calendar.MustDay("2999-01-01"), service.Deadline{}, 100_000)
		for _, d := range all {
			got[deadlineKey{d.Subject, d.Kind}] = d.Due.String()
		}
		return err
	})
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(deadlineKey{})); diff != "" {
		b.Errorf("deadlines do not follow from the states: %s", diff)
	}
}
