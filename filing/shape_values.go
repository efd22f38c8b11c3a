package filing

import (
	"time"

	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/layout"
	"filtjanst/money"
)

// named begins a key.
func named(name, swedish, english string, traits ...func(*layout.Key)) layout.Key {
	k := layout.Key{Name: name, Swedish: swedish, English: english}
	for _, trait := range traits {
		trait(&k)
	}
	return k
}

// Traits of keys.
func required(k *layout.Key)  { k.Required = true }
func sensitive(k *layout.Key) { k.Sensitive = true }
func lines(k *layout.Key)     { k.Lines = true }
func digits(k *layout.Key)    { k.Kind = layout.Digits }

// free marks what people write, and what stands for it: names, addresses,
// reasons, own references. No number, code or amount is free. What the
// authority sends is fitted to its form there rather than refused.
func free(k *layout.Key) { k.Free = true }

// stringOf is a text; "" is left out.
func stringOf[T any](key layout.Key, at func(*T) *string) member[T] {
	return value[T]{
		key:     key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) { w.text(n, k, *at(from)) },
		taking:  func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = r.t.Text(n, k) },
	}
}

// sentenceOf is a text without line ends of its own, which a form may break
// into lines.
func sentenceOf[T any](key layout.Key, at func(*T) *string) member[T] {
	key.Lines, key.Free = true, true
	m := stringOf(key, at).(value[T])
	m.taking = func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = unwrapped(r.t.Text(n, k)) }
	return m
}

// symbolOf is a code with our own symbols; "" is left out.
func symbolOf[T any, S ~string](key layout.Key, at func(*T) *S, symbols ...S) member[T] {
	key.Kind = layout.Code
	for _, s := range symbols {
		key.Symbols = append(key.Symbols, string(s))
	}
	return value[T]{
		key:     key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) { w.symbol(n, k, string(*at(from))) },
		taking:  func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = S(r.t.Symbol(n, k)) },
	}
}

// flagOf is yes or no; no is left out.
func flagOf[T any](key layout.Key, at func(*T) *bool) member[T] {
	key.Kind = layout.Flag
	return value[T]{
		key:     key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) { w.flag(n, k, *at(from)) },
		taking:  func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = r.flag(n, k) },
	}
}

// numberOf is a whole number; 0 is left out unless the key is required.
func numberOf[T any, N ~int64 | ~int](key layout.Key, at func(*T) *N) member[T] {
	key.Kind = layout.Integer
	return numeric(key, at)
}

// amountOf is an amount in öre; 0 is left out unless the key is required.
func amountOf[T any](key layout.Key, at func(*T) *money.Amount) member[T] {
	key.Kind = layout.Amount
	return numeric(key, at)
}

// amountWith is an amount that is written, 0 too, where the other fact stands.
func amountWith[T any](key layout.Key, at func(*T) *money.Amount, stands func(*T) bool) member[T] {
	m := amountOf(key, at).(value[T])
	m.putting = func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) {
		if a := *at(from); a != 0 || stands(from) {
			w.t.SetNum(n, k, int64(a))
		}
	}
	return m
}

// rateOf is a rate of interest; 0 is left out.
func rateOf[T any](key layout.Key, at func(*T) *money.Rate) member[T] {
	key.Kind = layout.Rate
	return numeric(key, at)
}

func numeric[T any, N ~int64 | ~int](key layout.Key, at func(*T) *N) member[T] {
	always := key.Required
	return value[T]{
		key: key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) {
			if v := int64(*at(from)); v != 0 || always {
				w.t.SetNum(n, k, v)
			}
		},
		taking: func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = N(r.t.Num(n, k)) },
	}
}

// givenOf is a number that may be absent, which is not the same as 0.
func givenOf[T any, N ~int64](key layout.Key, kind layout.Kind, at func(*T) **N) member[T] {
	key.Kind = kind
	return value[T]{
		key: key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) {
			if v := *at(from); v != nil {
				w.t.SetNum(n, k, int64(*v))
			}
		},
		taking: func(r *treeReader, n layout.Node, k layout.KeyID, into *T) {
			if r.t.Has(n, k) {
				v := N(r.t.Num(n, k))
				*at(into) = &v
			}
		},
	}
}

// dateOf is a day; none is left out.
func dateOf[T any](key layout.Key, at func(*T) *calendar.Day) member[T] {
	key.Kind = layout.Date
	return value[T]{
		key:     key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) { setDay(w.t, n, k, *at(from)) },
		taking:  func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = dayOf(r.t, n, k) },
	}
}

// momentOf is a moment, to the second, as a clock in Stockholm shows it.
func momentOf[T any](key layout.Key, at func(*T) *time.Time) member[T] {
	key.Kind = layout.DateTime
	return value[T]{
		key: key,
		putting: func(w *treeWriter, n layout.Node, k layout.KeyID, from *T) {
			w.t.SetNum(n, k, stockholmSeconds(*at(from)))
		},
		taking: func(r *treeReader, n layout.Node, k layout.KeyID, into *T) { *at(into) = stockholmTime(r.t.Num(n, k)) },
	}
}

// identityOf is an identity number with its kind, under the names
// prefix_identity_kind and prefix_identity; an empty prefix leaves them bare.
func identityOf[T any](prefix, swedish, english string, at func(*T) *identity.Number, traits ...func(*layout.Key)) member[T] {
	if prefix != "" {
		prefix += "_"
	}
	value := named(prefix+"identity", swedish, english, append(traits, sensitive)...)
	kind := named(prefix+"identity_kind", "Slag av identitetsnummer", "Kind of identity number")
	kind.Kind, kind.Symbols = layout.Code, identityKinds()
	return identityMember[T]{kind: kind, value: value, at: at}
}

type identityMember[T any] struct {
	kind, value layout.Key
	at          func(*T) *identity.Number
}

func (m identityMember[T]) declare(g *layout.Group) { g.Keys = append(g.Keys, m.kind, m.value) }

func (m identityMember[T]) bind(v *layout.Vocabulary, path string) bound[T] {
	return &boundIdentity[T]{
		kind: v.MustKey(path + "." + m.kind.Name), value: v.MustKey(path + "." + m.value.Name), at: m.at,
	}
}

type boundIdentity[T any] struct {
	kind, value layout.KeyID
	at          func(*T) *identity.Number
}

func (b *boundIdentity[T]) put(w *treeWriter, n layout.Node, from *T) {
	if number := *b.at(from); !number.IsZero() {
		w.identity(n, b.kind, b.value, number)
	}
}

func (b *boundIdentity[T]) take(r *treeReader, n layout.Node, into *T) {
	*b.at(into) = r.identity(n, b.kind, b.value)
}

// Symbols of identity_kind.
const (
	swedishNumber  = "swedish"
	birthDate      = "birth_date"
	foreignPerson  = "foreign_person"
	foreignCompany = "foreign_organisation"
	otherNumber    = "other"
)

func identityKinds() []string {
	return []string{swedishNumber, birthDate, foreignPerson, foreignCompany, otherNumber}
}
