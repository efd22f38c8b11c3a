package enforcement_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

func verdict(number string, debtors ...int) enforcement.FromVerdict {
	v := enforcement.FromVerdict{VerdictNumber: number, PaymentOrderCase: "2026-0000001", Reference: "V" + number, CodeID: 7, MainCodeID: 7, Code: "ABC",
		Day: calendar.MustDay("2026-03-02"), Applicants: []filing.Party{company()}, Joint: true,
		Parts: []filing.GrantedPart{
			{Part: 1, Type: filing.Capital, Amount: 2000_00, Accrued: 20_00, Interest: filing.Interest{Kind: filing.InterestAct, From: calendar.MustDay("2026-01-01")}},
			{Part: 3, Type: filing.ApplicationFee, Amount: 300_00},
		}}
	for _, n := range debtors {
		v.Respondents = append(v.Respondents, debtor(n).Respondent)
	}
	return v
}

func (b *bench) enforce(all ...enforcement.FromVerdict) (numbers [][]string) {
	b.Helper()
	open, err := b.room.Opening(b.Context(), 10)
	b.must(err)
	b.must(b.db.Do(b.Context(), func(tx store.Tx) (err error) {
		numbers, err = open(tx, all)
		return err
	}))
	return numbers
}

func TestVerdictsBecomeCases(t *testing.T) {
	each(t, func(b *bench) {
		numbers := b.enforce(verdict("1", 1, 2), verdict("2", 3))
		if len(numbers) != 2 || len(numbers[0]) != 2 || len(numbers[1]) != 1 {
			b.Fatalf("numbers %v", numbers)
		}
		lines := b.sent()[filing.VEConfirmation]
		var got []string
		for _, l := range lines {
			c := l.(*filing.ConfirmedEnforcement)
			got = append(got, fmt.Sprintf("%s %s %s %s %s", c.Reference, c.CaseNumber, c.State, c.LinkGroup, c.Fee))
		}
		want := []string{
			"V1 " + numbers[0][0] + " registered " + numbers[0][0] + " 600,00",
			"V1 " + numbers[0][1] + " registered " + numbers[0][0] + " 0,00",
			"V2 " + numbers[1][0] + " registered  600,00",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			b.Error(diff)
		}
	})
}

// A court sets a part of a verdict aside after it has been paid.
func TestVerdictSetAsideInPart(t *testing.T) {
	each(t, func(b *bench) {
		number := b.enforce(verdict("1", 1))[0][0]
		b.must(b.room.Receive(b.Context(), officer, number, 1000_00, b.today(), ""))
		b.sleep(14)
		b.sent()
		b.do(b.room.SetAside(b.Context(), officer, []enforcement.Overturned{{Case: number, Parts: []enforcement.OverturnedPart{
			{Part: 3, Amount: 300_00}, {Part: 1, Amount: 500_00, Accrued: 5_00}}}}))
		b.must(b.room.Withdraw(b.Context(), officer, number))
		final := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		b.addsUp(final)
		if final.TakenBack == 0 || final.Reduced != 805_00 {
			b.Errorf("final account %+v", final)
		}
	})
}

// What is set aside of one debtor's verdict after the debt was paid in full goes
// back to him if he paid it; the verdicts against the others stand.
func TestPaidVerdictSetAsideInPart(t *testing.T) {
	each(t, func(b *bench) {
		numbers := b.enforce(verdict("1", 1, 2))[0]
		b.must(b.room.Receive(b.Context(), officer, numbers[0], 4000_00, b.today(), ""))
		paid := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		overturn := func(number string) []filing.Content {
			b.do(b.room.SetAside(b.Context(), officer, []enforcement.Overturned{{Case: number,
				Parts: []enforcement.OverturnedPart{{Part: 1, Amount: 500_00}}}}))
			return b.sent()[filing.VEFinalAccount]
		}
		if again := overturn(numbers[1]); len(again) != 0 {
			b.Errorf("the debtor who paid stands for the whole debt, but %+v", again[0])
		}
		again := overturn(numbers[0])
		if len(again) != 1 {
			b.Fatalf("%d new final accounts", len(again))
		}
		final := again[0].(*filing.FinalAccount)
		b.addsUp(final)
		if final.CaseNumber != numbers[0] || final.TakenBack != 500_00 || final.PaidOut != paid.PaidOut-500_00 || final.Remaining != 0 {
			b.Errorf("paid with %+v, then %+v", paid, final)
		}
	})
}

func TestManualRegistration(t *testing.T) {
	each(t, func(b *bench) {
		numbers, err := b.room.Register(b.Context(), officer, party.Code{ID: 7, MainID: 7, Code: "ABC"}, unlodged("P", 1))
		b.must(err)
		if len(numbers) != 1 || b.state(numbers[0]) != enforcement.AwaitingTitle {
			b.Fatalf("numbers %v", numbers)
		}
		b.must(b.room.Lodge(b.Context(), officer, numbers[0], enforcement.LacksTitle))
		if got := b.state(numbers[0]); got != enforcement.Registered {
			b.Errorf("state %s", got)
		}
		_, err = b.room.Register(b.Context(), officer, party.Code{ID: 7, MainID: 7, Code: "ABC"}, &filing.EnforcementApplication{})
		if _, refused := service.RefusedAs(err); !refused {
			b.Errorf("registered without parties: %v", err)
		}
	})
}

func TestActsAreRefused(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1))
		number := b.one("A").Number
		for name, err := range map[string]error{
			"nobody":        b.room.Start(b.Context(), service.Officer{}, number),
			"unknown":       b.room.Start(b.Context(), officer, "U-2026-0099999"),
			"wrong state":   b.room.Resume(b.Context(), officer, number),
			"not stayed":    b.room.LiftStayOf(b.Context(), officer, number),
			"no money":      b.room.Receive(b.Context(), officer, number, 0, b.today(), ""),
			"money to come": b.room.Receive(b.Context(), officer, number, 100, b.in(1), ""),
			"no demand":     b.room.DiscontinueUnpaid(b.Context(), officer, number),
			"bad reason":    b.room.End(b.Context(), officer, number, filing.FinalPaid),
		} {
			if _, refused := service.RefusedAs(err); !refused {
				b.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Every act of the table can be called by its names.
func TestActsTable(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1))
		number := b.one("A").Number
		given := map[string]map[string]string{
			"order_completion": {"what": "chain"}, "lodge": {}, "start": {}, "investigate": {"result": "assets_missing", "planned": b.in(60).String()},
			"resume": {}, "earnings": {"kind": "new", "amount": "500", "employer": "Arbetsgivaren AB"},
			"receive": {"amount": "700", "day": b.today().String()}, "account": {}, "demand_fees": {},
			"pay_fees": {"amount": "600", "day": b.today().String()}, "ask_advance": {"amount": "100"}, "order_stay": {}, "lift_stay": {},
			"bankruptcy": {}, "bankruptcy_ended": {}, "block": {"blocked": "yes"}, "died": {}, "estate_known": {"agent": "Dödsbodelägare"}, "withdraw": {},
		}
		order := []string{"order_completion", "lodge", "start", "investigate", "resume", "earnings", "demand_fees", "pay_fees", "receive", "account", "ask_advance",
			"order_stay", "lift_stay", "bankruptcy", "bankruptcy_ended", "block", "died", "estate_known", "withdraw"}
		acts := map[string]service.Act{}
		for _, a := range b.room.Acts() {
			if acts[a.Name].Name != "" || a.Swedish == "" || a.English == "" || a.Basis == "" {
				b.Errorf("act %+v", a)
			}
			acts[a.Name] = a
		}
		for _, name := range order {
			v, err := service.NewValues(acts[name], given[name], b.today())
			b.must(err)
			if _, err := acts[name].Run(b.Context(), officer, number, v); err != nil {
				b.Errorf("%s: %v", name, err)
			}
		}
		if got := b.state(number); got != enforcement.Closed {
			b.Errorf("state %s", got)
		}
	})
}

func TestStatusByPages(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1), application("B", 2, 3))
		b.must(b.room.Receive(b.Context(), officer, b.one("A").Number, 700_00, b.today(), ""))
		b.sleep(30)
		var all []filing.CaseStatus
		b.read(func(r store.Reader) error {
			all = nil
			for after := int64(0); ; {
				page, next, err := b.room.Status(r, service.CasesOf{CodeID: 7, Day: b.today(), After: after, Limit: 2})
				if err != nil {
					return err
				}
				all = append(all, page...)
				if after = next; next == 0 {
					return nil
				}
			}
		})
		if len(all) != 3 || all[0].PaidOut != 100_00 || all[0].Fees != 600_00 || all[2].Remaining <= 1190_00 || all[1].Respondent.Name == "" {
			b.Errorf("status %+v", all)
		}
		b.read(func(r store.Reader) error {
			for reference, want := range map[string]int{"A": 1, "B": 2, "C": 0} {
				found, _, err := b.room.Status(r, service.CasesOf{CodeID: 7, Reference: reference, Day: b.today(), Limit: 10})
				if err != nil || len(found) != want {
					b.Errorf("own reference %s finds %d cases: %v", reference, len(found), err)
				}
			}
			return nil
		})
		b.must(b.room.Block(b.Context(), officer, all[1].CaseNumber, true))
		b.read(func(r store.Reader) (err error) {
			all, _, err = b.room.Status(r, service.CasesOf{CodeID: 7, Day: b.today(), Limit: 10})
			return err
		})
		if len(all) != 2 {
			b.Errorf("with one blocked, %d are told of", len(all))
		}
	})
}

func TestPurge(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1), application("B", 2, 3))
		for _, number := range []string{b.one("A").Number, b.find("B")[0].Number} {
			b.must(b.room.Withdraw(b.Context(), officer, number))
		}
		for _, keep := range []struct {
			day  string
			gone int64
		}{{"2031-12-31", 0}, {"2032-01-01", 1}} {
			n, err := b.room.Purge(b.Context(), calendar.MustDay(keep.day))
			b.must(err)
			if n != keep.gone {
				b.Errorf("%d gone on %s", n, keep.day)
			}
		}
		if len(b.find("A")) != 0 || len(b.find("B")) != 2 {
			b.Errorf("left: %v, %v", b.find("A"), b.find("B"))
		}
	})
}

// Cases are deleted in one transaction with the word of it to those who have
// extracts, or not at all.
func TestPurgeIsTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		told, refuse := 0, errors.New("cannot be told")
		b := newBench(t, open(), enforcement.Config{Disclosure: service.Disclosure{
			Unnamed: func(store.Tx) error { told++; return refuse },
		}})
		b.open(application("A", 1))
		b.must(b.room.Withdraw(b.Context(), officer, b.one("A").Number))
		today := calendar.MustDay("2032-01-01")
		if n, err := b.room.Purge(b.Context(), today); n != 0 || !errors.Is(err, refuse) || len(b.find("A")) != 1 {
			t.Errorf("%d deleted, untold: %v", n, err)
		}
		told, refuse = 0, nil
		for _, want := range []int{1, 1} {
			if _, err := b.room.Purge(b.Context(), today); err != nil || told != want {
				t.Errorf("told %d times, want %d: %v", told, want, err)
			}
		}
	})
}

func moneyAmount(ore int64) money.Amount { return money.Amount(ore) }

// An application on paper is registered for a code by the act of that name.
func TestRegisterAct(t *testing.T) {
	each(t, func(b *bench) {
		b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
			parties := party.New(b.db)
			if err := parties.AddOrganisation(tx, party.Organisation{Number: "5560000167", Name: "Provbolaget AB"}); err != nil {
				return err
			}
			return parties.AddCode(tx, party.Code{ID: 7, Code: "ABC", Organisation: "5560000167"})
		}))
		act := b.room.Acts()[0]
		given := map[string]string{"code": "ABC", "reference": "P1", "applicant": "Provbolaget AB", "applicant_number": "5560000167",
			"debtor": "Gäldenär", "debtor_number": person(1).Full(), "title": "judgment", "title_number": "T 1-26", "issuer": "Tingsrätten",
			"title_date": "2026-01-15", "capital": "1000", "costs": "100", "interest": "interest_act", "interest_from": "2026-01-01"}
		try := func() (string, error) {
			v, err := service.NewValues(act, given, b.today())
			b.must(err)
			return act.Run(b.Context(), officer, "", v)
		}
		number, err := try()
		b.must(err)
		if c := b.one("P1"); c.State != enforcement.AwaitingTitle || c.Title != "T 1-26" || c.Number != number {
			b.Errorf("begun as %q: case %+v", number, c)
		}
		given["code"] = "XYZ"
		_, err = try()
		b.wantRefusal("an unknown code", err, "unknown_code")
	})
}
