package main

import (
	"testing"

	"filtjanst/filing"
)

// Every description of our own set has an example in each of its forms.
func TestEveryDescriptionHasExamples(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	for _, tx := range set.Transactions() {
		shown, err := examples(set, tx)
		if err != nil {
			t.Errorf("%s: %v", tx, err)
		}
		l, _ := set.Layout(tx)
		if len(shown) < len(l.Forms()) {
			t.Errorf("%s has %d examples in %d forms", tx, len(shown), len(l.Forms()))
		}
	}
}
