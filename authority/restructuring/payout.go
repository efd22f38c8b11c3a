package restructuring

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Collected is what a debtor has paid in since the last payout.
type Collected struct {
	Received money.Amount // with interest on it
	Interest money.Amount // part of Received
}

// Payout is one yearly payout (årlig utbetalning).
type Payout struct {
	Year     int64 // from 1
	Day      calendar.Day
	Received money.Amount
	Interest money.Amount
	Fee      money.Amount // the debtor's yearly fee, taken out first (SKSF §12)
	Rest     money.Amount // that no creditor can take; it is the debtor's
	Final    bool
	Lines    []PayoutLine
}

// PaidOut is what the payout gives the creditors in all, with interest.
func (p Payout) PaidOut() money.Amount { return p.Received - p.Fee - p.Rest }

// PayoutLine is what a payout gives one claim.
type PayoutLine struct {
	ReportID int64
	Position int64
	Amount   money.Amount // with interest
	Interest money.Amount // part of Amount
	State    LineState
	Since    calendar.Day
}

// LineState is what became of the money of a line.
type LineState string

// The states of a line.
const (
	Paid LineState = "paid" // to the account
	Held LineState = "held" // no usable account
	Lost LineState = "lost" // three months after the last payout (SKSL §41 a)
)

// PayOut takes the debtor's yearly fee out of what was received, divides the
// rest among the claims of the plan, pro rata and to the öre, and sends each
// creditor the notice of it (SKSL §41, SKSF §§12, 18).
// While the plan runs there is one in a calendar year; the first after its end
// is the last.
func (m *Matters) PayOut(ctx context.Context, by service.Officer, matter string, c Collected) error {
	if c.Interest < 0 || c.Received < c.Interest {
		return service.Refuse("bad_amount", "Räntan ska vara en del av det mottagna.", "The interest must be a part of what was received.")
	}
	return m.do(ctx, by, matter, "", nil, func(a *act) error {
		p, proposal, err := a.divide(c)
		if err != nil {
			return err
		}
		if err := a.keepPayout(p); err != nil {
			return err
		}
		if err := a.movePayout(p); err != nil {
			return err
		}
		return a.sendPayout(p, proposal)
	})
}

// divide makes the payout: by the claims of the plan, none more than its claim
// in all.
func (a *act) divide(c Collected) (Payout, Proposal, error) {
	if a.State != Plan && a.State != PlanOver {
		return Payout{}, Proposal{}, wrongState(a.Matter)
	}
	earlier, err := a.room.Payouts(a.tx, a.ID)
	if err != nil {
		return Payout{}, Proposal{}, err
	}
	p := Payout{Year: int64(len(earlier) + 1), Day: a.day, Received: c.Received, Interest: c.Interest, Final: a.State == PlanOver}
	if n := len(earlier); n > 0 && !p.Final && earlier[n-1].Day.Year() == a.day.Year() {
		return p, Proposal{}, service.Refuse("paid_this_year", "Utbetalning har redan gjorts i år.", "There has been a payout this year already.")
	}
	proposal, _, err := a.room.Proposal(a.tx, a.Matter)
	if err != nil {
		return p, proposal, err
	}
	if p.Fee, err = a.yearlyFee(p, earlier); err != nil {
		return p, proposal, err
	}
	reports, err := a.room.Reports(a.tx, a.ID)
	if err == nil {
		err = p.divide(proposal, earlier, accounts(reports))
	}
	return p, proposal, err
}

// accounts tells which reports can be paid.
func accounts(reports []Report) map[int64]bool {
	can := map[int64]bool{}
	for _, r := range reports {
		can[r.ID] = r.HasAccount()
	}
	return can
}

// claimAt is one claim of a report.
type claimAt struct{ report, position int64 }

func (p *Payout) divide(proposal Proposal, earlier []Payout, account map[int64]bool) error {
	given := map[claimAt]money.Amount{}
	for _, e := range earlier {
		for _, l := range e.Lines {
			given[claimAt{l.ReportID, l.Position}] += l.Amount
		}
	}
	weights, caps := make([]money.Amount, len(proposal.Lines)), make([]money.Amount, len(proposal.Lines))
	for i, l := range proposal.Lines {
		weights[i], caps[i] = l.Claim, l.Claim-given[claimAt{l.ReportID, l.Position}]
	}
	parts, rest, err := (p.Received - p.Fee).ProRataWithin(weights, caps)
	if err != nil {
		return err
	}
	p.Rest = rest
	interest, err := p.interestOf(parts)
	if err != nil {
		return err
	}
	for i, l := range proposal.Lines {
		if parts[i] == 0 {
			continue
		}
		state := Held
		if account[l.ReportID] {
			state = Paid
		}
		p.Lines = append(p.Lines, PayoutLine{
			ReportID: l.ReportID, Position: l.Position, Amount: parts[i], Interest: interest[i], State: state, Since: p.Day,
		})
	}
	return nil
}

// interestOf is the part of each that is interest; what is left over has its
// part too. The fee is taken out of what the debtor paid in, and out of the
// interest on it only where that does not suffice.
func (p *Payout) interestOf(parts []money.Amount) ([]money.Amount, error) {
	left := p.Received - p.Fee
	if left == 0 {
		return make([]money.Amount, len(parts)), nil
	}
	split, err := min(p.Interest, left).ProRata([]money.Amount{p.PaidOut(), p.Rest})
	if err != nil || p.PaidOut() == 0 {
		return make([]money.Amount, len(parts)), err
	}
	return split[0].ProRata(parts)
}

// movePayout takes the matter along once the payout is kept: the last one
// completes it, unless money is held for creditors without an account.
func (a *act) movePayout(p Payout) error {
	f := fact{amount: p.Received, text: fmt.Sprintf("utbetalning %d", p.Year)}
	if !p.Final {
		return a.move(paidOut, f)
	}
	held, err := a.held()
	if err != nil {
		return err
	}
	if held == 0 {
		return errors.Join(a.moveClaims(completed), a.move(finallyPaid, f))
	}
	return errors.Join(a.move(finallyHeld, f), a.waitForAccounts())
}

// sendPayout tells each creditor what was paid in all, its own part, and, where
// it has no account, until when the money waits (SKSF §§7 a, 18).
func (a *act) sendPayout(p Payout, proposal Proposal) error {
	forfeited, err := a.accountTime()
	if err != nil {
		return err
	}
	own := map[int64]PayoutLine{}
	for _, l := range p.Lines {
		sum := own[l.ReportID]
		sum.Amount += l.Amount
		sum.Interest += l.Interest
		own[l.ReportID] = sum
	}
	return a.toCreditors(sums(proposal.Lines), func(r Report, s Share) (notice.Message, notice.Facts) {
		facts := notice.Facts{
			"paid": notice.Date(p.Day), "total": notice.Amount(p.PaidOut()),
			"own": notice.Amount(own[r.ID].Amount), "interest": notice.Amount(own[r.ID].Interest), "fee": notice.Amount(p.Fee),
			"distribution": notice.Table(notice.AmountRow("Fordran i planen", s.Claim), notice.AmountRow("Andel enligt beslutet", s.Share)),
		}
		if r.HasAccount() {
			facts["account"] = notice.Text(account(r.Payee))
		} else {
			facts["forfeited"] = notice.Date(forfeited)
		}
		return notice.PayoutNotice, facts
	})
}
