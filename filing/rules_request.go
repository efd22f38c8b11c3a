package filing

import (
	"hash/maphash"

	"filtjanst/identity"
	"filtjanst/layout"
)

// debtRequestRule: for collection, only of persons under collection (R60).
func debtRequestRule(v *layout.Vocabulary) func(*run) {
	purpose, stated := v.MustKey("document.purpose"), v.MustKey("document.under_collection")
	return func(r *run) {
		r.personAsked()
		t, top := r.doc, r.doc.Top()
		if RequestPurpose(t.Symbol(top, purpose)) == PurposeCollection && t.Num(top, stated) == 0 {
			r.at("D501", t, top, stated)
		}
	}
}

// procurementRequestRule: the period runs forward (R76).
func procurementRequestRule(v *layout.Vocabulary) func(*run) {
	from, to := v.MustKey("document.period_from"), v.MustKey("document.period_to")
	return func(r *run) {
		r.personAsked()
		r.period("D508", r.doc.Top(), from, to)
	}
}

// personAsked remembers whom a question is about: nobody is asked for twice in
// a file.
func (r *run) personAsked() {
	if who, _, known := r.askedFor(); known {
		r.persons.addHash(maphash.Comparable(r.persons.seed, who))
	}
}

// askedFor is whom the question at hand is about; false where its number does
// not hold.
func (r *run) askedFor() (who identity.Number, at layout.KeyID, known bool) {
	t, top, at := r.doc, r.doc.Top(), r.keys.person
	if at == layout.None || !t.Given(top, at) {
		return who, at, false
	}
	kind := ""
	if r.keys.personKind != layout.None {
		kind = t.Symbol(top, r.keys.personKind)
	}
	who, err := readIdentity(kind, t.Text(top, at), r.today.Time())
	return who, at, err == nil
}
