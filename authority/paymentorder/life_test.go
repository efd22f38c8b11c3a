package paymentorder_test

import (
	"slices"
	"testing"
	"time"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// Every act can be called by its table, with nothing but texts.
func TestActsByTable(t *testing.T) {
	court := map[string]string{"court": "Provköpings tingsrätt"}
	steps := []struct {
		act   string
		reach func(*bench) string
		given map[string]string
	}{
		{"order_to_complete", nil, map[string]string{"deficiencies": "grund; ränta", "days": "10"}},
		{"complete", (*bench).incomplete, nil},
		{"dismiss", nil, map[string]string{"ground": "Hinder."}},
		{"presume_unfounded", nil, map[string]string{"part": "1", "amount": "100,50"}},
		{"order", nil, map[string]string{"days": "14"}},
		{"withdraw", nil, map[string]string{"respondent": "1"}},
		{"reduce", nil, map[string]string{"part": "1", "measure": "by", "amount": "10.00", "paid": "2026-03-01"}},
		{"serve", func(b *bench) string { return b.ordered(claim(1)) }, map[string]string{"day": "2026-03-03"}},
		{"remind_of_service", func(b *bench) string { return b.ordered(claim(1)) }, map[string]string{"days": "7"}},
		{"service_failed", func(b *bench) string { return b.ordered(claim(1)) }, map[string]string{"attempts": "brev; stämningsman"}},
		{"service_offer", func(b *bench) string {
			n := b.ordered(claim(1))
			b.must(b.orders.ServiceFailed(b.Context(), by, n, 0, nil))
			return n
		}, map[string]string{"accepted": "yes"}},
		{"object", func(b *bench) string { return b.served(claim(1)) }, map[string]string{"respondent": "1", "reasons": "Fel vara."}},
		{"request_transfer", func(b *bench) string { return b.contested(claim(1)) }, court},
		{"tell_guardian", func(b *bench) string { return b.lodge(minor(1)) },
			map[string]string{"office": "Överförmyndaren i Exempelstad", "postal_code": "11122", "town": "Exempelstad"}},
		{"death", nil, map[string]string{"respondent": "1"}},
		{"name_estate", func(b *bench) string { return b.dead(b.lodge(claim(1))) },
			map[string]string{"respondent": "1", "name": "Företrädaren", "street": "Box 7", "postal_code": "12345", "town": "Provköping"}},
		{"request_reopening", func(b *bench) string { return b.decided(claim(1)) }, court},
		{"take_writing", func(b *bench) string { return b.decided(claim(1)) }, map[string]string{"respondent": "1", "clear": "no", "text": "Nej."}},
		{"stay", func(b *bench) string { return b.reopened(claim(1)) }, nil},
		{"lift_stay", func(b *bench) string {
			n := b.reopened(claim(1))
			b.must(b.orders.Stay(b.Context(), by, n, 0))
			return n
		}, nil},
		{"verdict_stands", func(b *bench) string { return b.reopened(claim(1)) }, nil},
		{"set_aside", func(b *bench) string { return b.reopened(claim(1)) }, map[string]string{"part": "1"}},
		{"change_address", nil, map[string]string{"respondent": "1", "street": "Nygatan 1", "postal_code": "54321", "town": "Nystad"}},
		{"protect", nil, map[string]string{"respondent": "1", "protected": "yes"}},
		{"block", nil, map[string]string{"blocked": "yes"}},
		{"stop", nil, nil},
	}
	each(t, func(b *bench) {
		left := map[string]service.Act{}
		for _, a := range b.orders.Acts() {
			if a.Name == "" || a.Swedish == "" || a.English == "" || a.Basis == "" || left[a.Name].Do != nil {
				b.Errorf("act %+v is not whole", a)
			}
			left[a.Name] = a
		}
		for _, step := range steps {
			a, there := left[step.act]
			if !there {
				b.Errorf("there is no act %s", step.act)
				continue
			}
			delete(left, step.act)
			b.clock.Set(arrived.Add(10 * time.Hour))
			number := "4711" // an application file that is not here yet
			switch {
			case step.reach != nil:
				number = step.reach(b)
			case step.act != "stop":
				number = b.lodge(claim(1))
			}
			v, err := service.NewValues(a, step.given, calendar.Today(b.clock))
			b.must(err)
			if err := a.Do(b.Context(), by, number, v); err != nil {
				b.Errorf("%s: %v", step.act, err)
			}
			if step.act == "stop" {
				continue
			}
			if story := b.story(number); !slices.ContainsFunc(story, func(e service.Event) bool { return e.By == by }) {
				b.Errorf("%s: nobody did it: %+v", step.act, story)
			}
		}
		for name := range left {
			b.Errorf("the act %s was not tried", name)
		}
	})
}

func TestActsAreRefused(t *testing.T) {
	each(t, func(b *bench) {
		ctx, number := b.Context(), b.lodge(claim(1))
		b.refusedWith(b.orders.Complete(ctx, by, number), "wrong_state")
		b.refusedWith(b.orders.Complete(ctx, by, "2026-9999999"), "unknown_case")
		b.refusedWith(b.orders.Complete(ctx, service.Officer{Reason: "x"}, number), "no_officer")
		b.refusedWith(b.orders.IssueOrder(ctx, by, number, 0, 30, false), "time_too_long")
		b.refusedWith(b.orders.NoteDeath(ctx, by, number, 2), "unknown_respondent")
		b.must(b.orders.IssueOrder(ctx, by, number, 0, 30, true))
		b.refusedWith(b.orders.ServiceOffer(ctx, by, number, 1, true), "no_offer")
		b.refusedWith(b.orders.Serve(ctx, by, number, 1, calendar.Today(b.clock).AddDays(1)), "bad_day")
		b.must(b.orders.Serve(ctx, by, number, 1, 0))
		c, _ := b.caseOf(number)
		if c.States[0].Until != calendar.MustDay("2026-04-01") {
			b.Errorf("thirty days from 2 March end on %s", c.States[0].Until)
		}
		b.refusedWith(b.orders.Object(ctx, by, number, paymentorder.Objection{Respondent: 1, Amount: 5}), "part_needed")
		b.refusedWith(b.orders.Object(ctx, by, number, paymentorder.Objection{Respondent: 1, Part: 9}), "unknown_part")
		late := b.contested(claim(1))
		b.clock.Set(b.clock.Now().AddDate(0, 0, 40))
		b.refusedWith(b.orders.RequestTransfer(ctx, by, late, 0, 0, "Provköpings tingsrätt", 0), "too_late")
		b.refusedWith(b.orders.Withdraw(ctx, by, b.decided(claim(1)), 0), "D342")
	})
}

// A late objection before the verdict is noted; by the setting it counts.
func TestLateObjection(t *testing.T) {
	each(t, func(b *bench) {
		for counts, want := range map[bool]paymentorder.State{false: paymentorder.VerdictGiven, true: paymentorder.Contested} {
			late := newBench(b, b.db, "", func(c *paymentorder.Config) { c.LateObjectionCounts = counts })
			late.files = b.count(`SELECT COALESCE(MAX(file), 0) FROM paymentorder_file`)
			number := late.served(claim(1))
			late.clock.Set(calendar.Today(late.clock).AddDays(14).At(12, 0))
			late.must(late.orders.Object(b.Context(), by, number, paymentorder.Objection{Respondent: 1}))
			late.pass(1)
			late.wantStates(number, want, want)
		}
	})
}

// A protected address stands in no letter of any of the person's cases, and none
// is taken by file.
func TestProtectedIdentity(t *testing.T) {
	each(t, func(b *bench) {
		number := b.ordered(claim(1))
		secret := func() int64 {
			return b.count(`SELECT COUNT(*) FROM notice_person WHERE role = 'respondent' AND street <> ''`)
		}
		if secret() == 0 {
			b.Fatal("no letter has the address")
		}
		b.must(b.orders.Protect(b.Context(), by, number, 1, true))
		b.must(b.orders.Serve(b.Context(), by, number, 1, 0))
		b.pass(16)
		if n := secret(); n != 0 {
			b.Errorf("the address stands in %d letters", n)
		}
		if n := b.count(`SELECT COUNT(*) FROM notice_letter WHERE role = 'respondent' AND route = 'forwarded'`); n < 2 {
			b.Errorf("%d letters are forwarded", n)
		}
		address := &filing.Party{Name: "x", Street: "Nygatan 1", PostalCode: "54321", Town: "Nystad"}
		j := b.changes(&filing.PartyChange{CaseKey: filing.CaseKey{CaseNumber: number, Respondent: claim(1).Respondents[0].Identity},
			Kind: filing.ChangedAddress, OfRespondent: true, Party: address})
		if len(j.Errors) != 1 || j.Errors[0].Code != "D359" {
			b.Errorf("%+v", j)
		}
		b.ordered(claim(1)) // another case of the same person
		if n := secret(); n != 0 {
			b.Errorf("the address stands in %d letters of another case", n)
		}
		b.must(b.orders.Protect(b.Context(), by, number, 1, false))
		if err := b.orders.Protect(b.Context(), by, number, 1, false); err == nil {
			b.Error("a protection that is lifted was lifted")
		}
		b.ordered(claim(1))
		if n := secret(); n != 2 { // to the person, and where the letter names it
			b.Errorf("the address stands in %d places of the letter put since the protection was lifted", n)
		}
	})
}

// changes settles a file of changes of party data.
func (b *bench) changes(all ...filing.Content) (j service.Judgement) {
	b.Helper()
	b.files++
	f := service.File{ID: 1_000_000 + b.files, PartyCode: "ABC", CodeID: 7, MainCodeID: 7, Transaction: "xx.party_change", Arrived: b.clock.Now()}
	var docs []service.Document
	for i, c := range all {
		docs = append(docs, service.Document{Number: int64(i + 1), Content: c})
	}
	b.must(b.db.Do(b.Context(), func(tx store.Tx) (err error) {
		j, err = b.orders.VerifyPartyChange(tx, f, docs)
		return err
	}))
	for _, e := range j.Errors {
		docs = slices.DeleteFunc(docs, func(d service.Document) bool { return int(d.Number) == e.Document })
	}
	if len(docs) > 0 {
		work, err := b.orders.ApplyPartyChange(b.Context(), f, docs)
		b.must(err)
		b.must(b.db.Do(b.Context(), work))
	}
	return j
}

func TestPartyChanges(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(1)
		number := b.lodge(a)
		debtor := filing.CaseKey{CaseNumber: number, Respondent: a.Respondents[0].Identity}
		buyer := a.Applicants[0]
		buyer.Name, buyer.Identity = "Köparen AB", filingtest.Number("16559999000")
		sale := &filing.Assignment{From: filing.Person{Identity: a.Applicants[0].Identity, Name: a.Applicants[0].Name},
			To: filing.Person{Identity: buyer.Identity, Name: buyer.Name}, Date: calendar.Today(b.clock)}
		wrong := *sale
		wrong.From.Identity = a.Respondents[0].Identity
		j := b.changes(
			&filing.PartyChange{CaseKey: debtor, Kind: filing.ChangedAddress, OfRespondent: true, Party: &filing.Party{Street: "Nygatan 1", PostalCode: "54321", Town: "Nystad"}},
			&filing.PartyChange{CaseKey: debtor, Kind: filing.ChangedWorkplace, OfRespondent: true, Workplace: "Provfabriken"},
			&filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedRepresentative, Representative: &filing.Party{Name: "Nytt ombud", Town: "Provköping"}},
			&filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedPayee, Payee: &filing.Payee{Name: "Banken", Kind: filing.PayToPlusgiro, Account: "42"}},
			&filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedCreditor, Assignment: &wrong, NewCreditor: &buyer},
			&filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedCreditor, Assignment: sale, NewCreditor: &buyer},
			&filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedPayee, Payee: &filing.Payee{Name: "Banken", Kind: filing.PayToPlusgiro, Account: "67"}},
			&filing.PartyChange{CaseKey: key("2026-9999999"), Kind: filing.ChangedName, Party: &buyer},
			&filing.PartyChange{CaseKey: debtor, Kind: filing.ChangedName, OfRespondent: true},
			&filing.PartyChange{CaseKey: debtor, Kind: filing.ChangedAddress, OfRespondent: true, Party: &buyer},
			&filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedName, Party: &buyer},
		)
		got := map[int]filing.Code{}
		for _, e := range j.Errors {
			got[e.Document] = e.Code
		}
		for document, code := range map[int]filing.Code{5: "D358", 7: "D351", 8: "D401", 9: "D357", 10: "D347", 11: "D348"} {
			if got[document] != code {
				b.Errorf("document %d: %s, want %s", document, got[document], code)
			}
		}
		c, _ := b.caseOf(number)
		app := c.Application
		if r := app.Respondents[0]; r.Town != "Nystad" || r.Name == "" || r.Workplace != "Provfabriken" {
			b.Errorf("respondent %+v", r)
		}
		if app.Representative == nil || app.Representative.Name != "Nytt ombud" || app.Payee.Account != "42" || app.Applicants[0].Name != "Köparen AB" {
			b.Errorf("%+v", app)
		}
	})
}
