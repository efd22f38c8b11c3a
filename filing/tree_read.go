package filing

import (
	"time"

	"filtjanst/identity"
	"filtjanst/layout"
)

// A treeReader takes typed values out of a tree. Identity numbers that do not
// pass are left out and told in errs.
type treeReader struct {
	t     *layout.Tree
	today time.Time
	errs  []error
}

func (r *treeReader) flag(n layout.Node, k layout.KeyID) bool { return r.t.Num(n, k) != 0 }

func (r *treeReader) identity(n layout.Node, kind, value layout.KeyID) identity.Number {
	text := r.t.Text(n, value)
	if text == "" {
		return identity.Number{}
	}
	number, err := readIdentity(r.t.Symbol(n, kind), text, r.today)
	if err != nil {
		r.errs = append(r.errs, err)
	}
	return number
}

// readIdentity reads a number of the kind; "" and "swedish" are Swedish ones.
func readIdentity(kind, text string, today time.Time) (identity.Number, error) {
	if kind == "" || kind == swedishNumber {
		return identity.Rules{Today: today}.Parse(text)
	}
	return identity.NewForeign(foreignKinds[kind], text)
}

var foreignKinds = map[string]identity.ForeignKind{
	birthDate:      identity.BirthDate,
	foreignPerson:  identity.ForeignPerson,
	foreignCompany: identity.ForeignOrganisation,
	otherNumber:    identity.OtherIdentification,
}
