package enforcement_test

import (
	"context"
	"slices"
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

func setAside(e *enforcement.Enforcements, ctx context.Context, by service.Officer, number string) error {
	return e.TitleSetAside(ctx, by, number, enforcement.Ruling{})
}

func (s *scene) repay(amount money.Amount) error {
	return s.room.Repay(s.Context(), officer, s.number, amount, s.today())
}

// playRepaid pays out one of two claims, lets it be set aside where the edge
// begins, and has the applicant pay some of it back.
func playRepaid(s *scene) {
	a := application(s.reference, s.debtor)
	a.Debts[0].Interest = filing.Interest{}
	a.Debts = append(a.Debts, filing.Debt{Type: filing.Capital, Amount: 1000_00, DueDate: calendar.MustDay("2025-12-01")})
	a.Total = 2180_00
	s.beginWith(a)
	s.receive(600_00 + 1180_00)
	s.plainAct((*enforcement.Enforcements).Account)
	s.bring(s.from())
	s.do(s.room.SetAside(s.Context(), officer, []enforcement.Overturned{{Case: s.number, Parts: []enforcement.OverturnedPart{{Part: 1, Amount: 1000_00}}}}))
	s.must(s.repay(1_00))
}

// What has been paid out on a title that is set aside is demanded of the
// applicant, and noted if it does not come in time (UB 3:22).
func TestWhatWasPaidOutIsDemandedBack(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		p.receive(1000_00)
		p.must(p.room.Account(p.Context(), officer, p.number))
		p.came()
		ruling := enforcement.Ruling{Court: "Exempelstads tingsrätt", Day: p.in(-3)}
		p.must(p.room.TitleSetAside(p.Context(), officer, p.number, ruling))
		words := p.wantLetters("set aside", "ve.repayment_demand applicant post")
		// of 1000 kr the fee has taken 600
		p.wantWords(words, "400,00 kr", "Exempelstads tingsrätt", "27 februari 2026", "bankgiro 991-2346", p.number, "23 mars 2026")
		p.must(p.room.TitleSetAside(p.Context(), officer, p.number, ruling))
		p.wantLetters("set aside again")

		p.wantRefusal("more than is owed", p.repay(400_01), "paid_amount")
		p.wantRefusal("nothing", p.repay(0), "paid_amount")
		p.wantRefusal("tomorrow", p.room.Repay(p.Context(), officer, p.number, 1_00, p.in(1)), "future_day")
		p.must(p.repay(150_00))
		p.sleep(21)
		if kinds := p.told(p.number); slices.Contains(kinds, "repayment_overdue") {
			p.Errorf("late on the last day: %v", kinds)
		}
		p.sleep(1)
		if kinds := p.told(p.number); !slices.Contains(kinds, "repayment_overdue") {
			p.Errorf("not late the day after: %v", kinds)
		}
		p.must(p.repay(250_00))
		p.wantRefusal("when all is paid", p.repay(1_00), "paid_amount")
	})
}

// What the authority holds goes back without a demand, and what is set aside of
// one debtor is demanded in his case alone.
func TestWhatIsNotDemandedBack(t *testing.T) {
	eachPost(t, func(p *post) {
		p.started(application("A", 1))
		p.receive(1000_00)
		p.came()
		p.must(setAside(p.room, p.Context(), officer, p.number))
		p.wantLetters("not paid out yet")
		p.wantRefusal("nothing to pay back", p.repay(1_00), "paid_amount")

		p.started(application("B", 2, 3))
		p.receive(1000_00)
		p.must(p.room.Account(p.Context(), officer, p.number))
		p.came()
		p.do(p.room.SetAside(p.Context(), officer, []enforcement.Overturned{{Case: p.number, Parts: []enforcement.OverturnedPart{{Part: 1, Amount: 1000_00}}}}))
		p.wantWords(p.wantLetters("in part", "ve.repayment_demand applicant post"), "av domstol", "2 mars 2026")
		p.must(p.repay(1_00))
		if kinds := p.told(p.find("B")[1].Number); slices.Contains(kinds, "repayment_demanded") {
			p.Errorf("the other debtor's case: %v", kinds)
		}
	})
}
