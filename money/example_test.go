package money_test

import (
	"fmt"
	"time"

	"filtjanst/money"
	"filtjanst/statute"
)

func ExampleLate() {
	from := time.Date(2026, time.July, 1, 0, 0, 0, 0, time.UTC)
	to := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	interest, err := money.Late(statute.Default(), statute.LateInterestAddition, 449*money.Krona, from, to, money.BothDays)
	fmt.Println(interest.Amount, interest.Days, interest.Assumed(), err)
	// Output: 17,96 146 true <nil>
}

func ExampleParse() {
	amount, err := money.Parse("1.348,00")
	fmt.Println(amount, err)
	_, err = money.Parse("1.348")
	fmt.Println(err)
	// Output:
	// 1348,00 <nil>
	// money: "1.348": the separators of the amount are not clear; write 1348,00
}
