package main

import (
	"testing"

	"filtjanst/filing"
	"filtjanst/layout"
)

// Facts of a CSV file stand in columns named as they are, beside columns of
// the format itself.
func TestNoFactIsNamedAsAColumnOfTheFormat(t *testing.T) {
	t.Parallel()
	for _, info := range filing.Catalogue() {
		v, ok := filing.VocabularyOf(info.Transaction)
		if !ok {
			continue
		}
		for k := range layout.KeyID(v.NumKeys()) {
			switch v.Key(k).Name {
			case documentColumn, groupColumn, extraColumn:
				t.Errorf("%s: %s has the name of a column of the format", info.Transaction, v.KeyPath(k))
			}
		}
	}
}
