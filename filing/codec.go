package filing

import (
	"errors"
	"fmt"
	"time"

	"filtjanst/layout"
)

// ApplicationToTree returns the application as a document tree of the
// vocabulary of BFApplication, as every form and JSON are written from. Values
// that are empty or zero are left out, but for amounts and totals.
func ApplicationToTree(a *Application) (*layout.Tree, error) {
	v, _ := VocabularyOf(BFApplication)
	t := layout.NewTree(v, layout.DocumentGroup)
	return t, putApplication(t, a)
}

// ApplicationFromTree is the inverse of ApplicationToTree. today settles the
// century of identity numbers of ten digits. Numbers that do not pass are left
// out of the application and told in the error.
func ApplicationFromTree(t *layout.Tree, today time.Time) (*Application, error) {
	if name := t.Vocabulary().Name(); name != string(BFApplication) {
		return nil, fmt.Errorf("filing: a document of %s is no application for a payment order", name)
	}
	r := treeReader{t: t, today: today}
	return r.application(), errors.Join(r.errs...)
}
