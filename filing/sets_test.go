package filing_test

import (
	"testing"

	"filtjanst/filing"
)

// sets are the profile sets that must all pass the same tests.
func sets(t testing.TB) []*filing.Set {
	t.Helper()
	return []*filing.Set{filing.Own()}
}
