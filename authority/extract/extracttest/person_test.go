package extracttest_test

import (
	"testing"

	"filtjanst/authority/extract/extracttest"
	"filtjanst/identity"
)

// All test persons are different, pass their check, and are marked as made up.
func TestPersons(t *testing.T) {
	t.Parallel()
	seen := make(map[identity.Number]bool, extracttest.MaxPersons)
	for n := range extracttest.MaxPersons {
		p := extracttest.Person(n)
		if !p.IsTest() || seen[p] {
			t.Fatalf("person %d is no test person of its own", n)
		}
		seen[p] = true
	}
}
