package filing

import (
	"errors"
	"fmt"
	"time"

	"filtjanst/layout"
)

// ToTree returns the content as a document tree of the transaction, as every
// form and JSON are written from. Values that are empty or zero are left out,
// but for numbers that the transaction requires.
func ToTree(tx Transaction, c Content) (*layout.Tree, error) {
	k, err := contentKind(tx)
	if err != nil {
		return nil, err
	}
	t := layout.NewTree(k.vocabulary, layout.DocumentGroup)
	return t, k.content.put(&treeWriter{t: t}, c)
}

// FromTree is the inverse of ToTree; the transaction is that of the tree's
// vocabulary. today settles the century of identity numbers of ten digits.
// Numbers that do not pass are left out of the content and told in the error.
func FromTree(t *layout.Tree, today time.Time) (Content, error) {
	k, err := contentKind(Transaction(t.Vocabulary().Name()))
	if err != nil {
		return nil, err
	}
	r := treeReader{t: t, today: today}
	return k.content.take(&r), errors.Join(r.errs...)
}

func contentKind(tx Transaction) (*kind, error) {
	k, ok := kinds()[tx]
	if !ok || k.content == nil {
		return nil, fmt.Errorf("filing: files of %s hold no documents of their own", tx)
	}
	return k, nil
}
