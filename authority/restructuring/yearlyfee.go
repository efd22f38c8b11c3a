package restructuring

import (
	"fmt"

	"filtjanst/money"
	"filtjanst/statute"
)

// yearlyFee is what the payout takes for the debtor's yearly fee (årsavgift,
// SKSF §12): the fee of its year and what earlier payouts lacked of theirs, as
// far as the money goes. How it is taken is not in the law read (I).
func (a *act) yearlyFee(p Payout, earlier []Payout) (money.Amount, error) {
	var owed money.Amount
	for _, year := range append(earlier, p) {
		fee, _, err := a.room.statute.Amount(statute.RestructuringFee, year.Day.Time())
		if err != nil {
			return 0, fmt.Errorf("restructuring: the yearly fee of matter %s: %w", a.Number, err)
		}
		owed += money.Amount(fee) - year.Fee
	}
	return min(max(owed, 0), p.Received), nil
}
