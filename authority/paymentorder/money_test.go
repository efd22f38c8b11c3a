package paymentorder_test

import (
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/store"
	"filtjanst/money"
)

// checkMoney holds what stands in a case against what was filed: for each
// respondent and part, what is claimed now and what was lowered is the share of
// the application; and what is granted is what the pairs of the verdict say.
func (b *bench) checkMoney(number string) {
	b.Helper()
	c, _ := b.caseOf(number)
	known := map[string]bool{}
	for _, s := range paymentorder.States().States {
		known[s.Name] = true
	}
	type of struct{ respondent, part int64 }
	amounts, accrued, decided := map[of]money.Amount{}, map[of]money.Amount{}, map[of]bool{}
	granted := map[[2]int64]money.Amount{} // verdict, respondent
	for _, s := range c.States {
		if !known[string(s.State)] || s.Amount < 0 || s.Accrued < 0 || s.State.Open() && s.Verdict != 0 {
			b.Errorf("case %s: %+v", number, s)
		}
		at := of{s.Respondent, s.Part}
		amounts[at] += s.Amount
		accrued[at] += s.Accrued
		decided[at] = decided[at] || s.Verdict != 0
		if s.Verdict != 0 {
			granted[[2]int64{s.Verdict, s.Respondent}] += s.Amount + s.Accrued
		}
	}
	b.read(func(r store.Reader) error {
		for row, err := range store.Each(r.Query(`SELECT s.respondent, s.part, d.amount, d.accrued FROM paymentorder_reduction d
			JOIN paymentorder_state s ON s.id = d.state_id WHERE s.case_id = $1`, c.ID)) {
			if err != nil {
				return err
			}
			var at of
			var amount, interest int64
			if err := row.Scan(&at.respondent, &at.part, &amount, &interest); err != nil {
				return err
			}
			amounts[at] += ore(amount)
			accrued[at] += ore(interest)
		}
		return nil
	})
	for k, p := range c.Application.Parts {
		var sum money.Amount
		for r := range c.Application.Respondents {
			at := of{int64(r + 1), int64(k + 1)}
			got := amounts[at]
			if share := share(&c, r, p.Interest.Accrued); !decided[at] && accrued[at] != share {
				b.Errorf("case %s, %+v: accrued interest of %v where %v was filed", number, at, accrued[at], share)
			}
			if sum += got; c.Application.Joint && got != p.Amount {
				b.Errorf("case %s, respondent %d, part %d: %v of %v", number, r+1, k+1, got, p.Amount)
			}
		}
		if !c.Application.Joint && sum != p.Amount {
			b.Errorf("case %s, part %d: shares of %v make %v", number, k+1, p.Amount, sum)
		}
	}
	b.checkVerdicts(number, granted)
	if c.Open() == !c.Closed.IsZero() {
		b.Errorf("case %s is %s and closed on %s", number, c.State(), c.Closed)
	}
}

// share is what a respondent is liable for.
func share(c *paymentorder.Case, respondent int, amount money.Amount) money.Amount {
	if n := len(c.Application.Respondents); n > 1 && !c.Application.Joint {
		return amount.Split(n)[respondent]
	}
	return amount
}

func (b *bench) checkVerdicts(number string, granted map[[2]int64]money.Amount) {
	b.Helper()
	counted := map[int64]int{}
	totals := map[int64]money.Amount{}
	for _, v := range b.verdictsOf(number) {
		var sum, interest money.Amount
		for _, p := range v.Parts {
			sum, interest = sum+p.Amount+p.Accrued, interest+p.Accrued
		}
		if sum != v.Total || interest != v.Interest || sum == 0 {
			b.Errorf("verdict %s: parts make %v with interest %v, it says %v and %v", v.VerdictNumber, sum, interest, v.Total, v.Interest)
		}
		counted[v.ID], totals[v.ID] = len(v.Respondents), v.Total
		for i, r := range v.Respondents {
			if v.SetAside[i] < 0 || v.SetAside[i] > v.Total || v.Enforced != (r.EnforcementCase != "") {
				b.Errorf("verdict %s: %+v", v.VerdictNumber, v)
			}
		}
	}
	for at, sum := range granted {
		if counted[at[0]]--; sum != totals[at[0]] {
			b.Errorf("case %s: pairs of respondent %d make %v of the verdict's %v", number, at[1], sum, totals[at[0]])
		}
	}
	for id, left := range counted {
		if left != 0 {
			b.Errorf("verdict %d has %d respondents too many", id, left)
		}
	}
}

// checkOutgoing holds what waits to be sent against the verdicts.
func (b *bench) checkOutgoing() {
	b.Helper()
	lines := b.count(`SELECT COALESCE(SUM(lines), 0) FROM paymentorder_outgoing WHERE transaction_name = 'bf.verdict'`)
	if n := b.count(`SELECT COUNT(*) FROM paymentorder_verdict`); n != lines {
		b.Errorf("%d verdicts, %d lines wait", n, lines)
	}
}
