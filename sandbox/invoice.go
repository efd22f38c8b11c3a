package sandbox

import (
	"fmt"
	"math/rand/v2"

	"filtjanst/calendar"
	"filtjanst/money"
	"filtjanst/statute"
)

// agreedRate is the rate of the claims that carry agreed interest: 12 %.
const agreedRate money.Rate = 12 * statute.RateUnit

// The costs of a generated claim, in öre, as law.md §3 caps them.
const (
	reminderFee      money.Amount = 60 * money.Krona
	collectionCost   money.Amount = 180 * money.Krona
	lateCompensation money.Amount = 450 * money.Krona
	applicationFee   money.Amount = 300 * money.Krona
	ownWork          money.Amount = 380 * money.Krona
)

// invoiceRow writes one invoice of the case as a row of the export.
func (c Claims) invoiceRow(r *rand.Rand, k claim) ([]string, error) {
	due := k.demand.AddDays(-20 - r.IntN(300))
	capital := k.branch.capital(r)
	interest, err := c.interest(k, capital, due.AddDays(1))
	if err != nil {
		return nil, err
	}
	row := append([]string{k.reference, k.client.Number, k.client.Name, "", k.debtor[0]}, k.debtor[1:]...)
	row = append(row, fmt.Sprintf("%010d", r.IntN(1_000_000_000)), due.AddDays(-30).String(), due.String(), capital.Decimal(','))
	row = append(row, interestCells(k, due.AddDays(1), interest, c.Today)...)
	row = append(row, c.costCells(r, k)...)
	return append(row, k.demand.String(), k.demand.AddDays(14).String(), due.AddMonths(36).String(), "J", pick(r, k.branch.Grounds)), nil
}

func (c Claims) interest(k claim, capital money.Amount, from calendar.Day) (money.Amount, error) {
	var i money.Interest
	var err error
	if k.agreed != 0 {
		i, err = money.Fixed(capital, k.agreed, from.Time(), c.Today.Time(), money.BothDays)
	} else {
		i, err = money.Late(statute.Default(), statute.LateInterestAddition, capital, from.Time(), c.Today.Time(), money.BothDays)
	}
	return i.Amount, err
}

func interestCells(k claim, from calendar.Day, accrued money.Amount, to calendar.Day) []string {
	kind, rate := "RL6", ""
	if k.agreed != 0 {
		kind, rate = "AVTAL", "12,00"
	}
	return []string{kind, rate, from.String(), accrued.Decimal(','), to.String()}
}

// costCells are reminder fee, demand, late-payment compensation, application
// fee and own work. Between businesses the compensation absorbs the first two
// (IKL §5).
func (c Claims) costCells(r *rand.Rand, k claim) []string {
	reminder := ""
	if r.Float64() < c.Mix.Reminder {
		reminder = reminderFee.Decimal(',')
	}
	if k.business {
		return []string{"", "", lateCompensation.Decimal(','), applicationFee.Decimal(','), ownWork.Decimal(',')}
	}
	return []string{reminder, collectionCost.Decimal(','), "", applicationFee.Decimal(','), ownWork.Decimal(',')}
}
