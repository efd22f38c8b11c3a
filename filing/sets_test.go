package filing_test

import (
	"os"
	"testing"

	"filtjanst/filing"
)

// sets are the profile sets that must all pass the same tests: the own one and
// one that puts the same facts elsewhere, in other records, elements, codes,
// dates and encodings.
func sets(t testing.TB) []*filing.Set {
	t.Helper()
	return []*filing.Set{filing.Own(), otherSet(t)}
}

func otherSet(t testing.TB) *filing.Set {
	t.Helper()
	set, err := filing.LoadSet(os.DirFS("testdata/othersets"))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// ownFile returns a file of the own set as it stands in the repository.
func ownFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("profiles/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
