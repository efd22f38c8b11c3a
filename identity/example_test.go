package identity_test

import (
	"errors"
	"fmt"
	"time"

	"filtjanst/identity"
)

func ExampleParse() {
	today := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	n, err := identity.Parse("900602-2397", today)
	fmt.Println(n, n.Kind(), err)
	_, err = identity.Parse("900602-2398", today)
	fmt.Println(errors.Is(err, identity.FaultCheckDigit), err)
	// Output:
	// 1990****-**** person <nil>
	// true identity: identity number of the form "######-####": the check digit does not fit; compare the number with its source
}

func ExampleParseBankgiro() {
	b, err := identity.ParseBankgiro("9912346")
	fmt.Println(b, err)
	// Output: 991-2346 <nil>
}
