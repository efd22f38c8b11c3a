package notice

import (
	"regexp"
	"slices"
	"strings"

	"filtjanst/calendar"
)

// withheld stands where an address was taken out.
const withheld = "[skyddad uppgift]"

// leastSecret is the length in bytes below which a word of an address gives
// nothing away and would be found everywhere.
const leastSecret = 3

// withhold returns the letter without any address of a protected person: not
// in its place, and not in what others have written. A person that stands in
// the letter twice is protected in both places if in one, and a party who lives
// with a protected person loses the address too; only a recipient keeps its own.
func withhold(l Letter) Letter {
	all := l.persons()
	spread(all)
	hidden := secretsOf(all)
	if len(hidden.places) == 0 && !anyProtected(all) {
		return l
	}
	for i := range all {
		if all[i].Protected || i > 0 && hidden.sharedBy(all[i]) {
			all[i] = all[i].withoutAddress()
		}
	}
	l.Recipient, l.Parties = all[0], all[1:]
	l.Reference = hidden.strike(l.Reference)
	facts := make(Facts, len(l.Facts))
	for name, f := range l.Facts {
		facts[name] = hidden.from(f)
	}
	l.Facts = facts
	return l
}

// persons are the recipient and the parties, in new places.
func (l Letter) persons() []Person { return append([]Person{l.Recipient}, l.Parties...) }

func anyProtected(all []Person) bool {
	return slices.ContainsFunc(all, func(p Person) bool { return p.Protected })
}

// spread marks everyone who is the same as a protected person.
func spread(all []Person) {
	for _, p := range all {
		if !p.Protected || p.Identity.IsZero() {
			continue
		}
		for i := range all {
			all[i].Protected = all[i].Protected || all[i].Identity == p.Identity
		}
	}
}

// protecting makes those protected who are so on the day of the letter.
func (l Letter) protecting(of protected) Letter { return l.protectingOn(l.Day, of) }

func (l Letter) protectingOn(day calendar.Day, of protected) Letter {
	if len(of) == 0 {
		return l
	}
	all := l.persons()
	for i := range all {
		all[i].Protected = all[i].Protected || of.on(day, all[i])
	}
	l.Recipient, l.Parties = all[0], all[1:]
	return l
}

func (p Person) withoutAddress() Person {
	p.Address = Address{}
	return p
}

// secrets are the addresses to hide.
type secrets struct {
	streets []string
	places  []*regexp.Regexp // streets, care of, postal codes: from every text
	towns   []*regexp.Regexp // from what parties have written
}

func secretsOf(all []Person) secrets {
	var s secrets
	for _, p := range all {
		if !p.Protected {
			continue
		}
		if key := addressKey(p); key != "" {
			s.streets = append(s.streets, key)
		}
		s.places = append(s.places, postalPattern(p.Address)...)
		s.places = append(s.places, wordsPattern(p.Street)...)
		s.places = append(s.places, wordsPattern(p.CareOf)...)
		s.towns = append(s.towns, wordsPattern(p.Town)...)
	}
	return s
}

var blanks = regexp.MustCompile(`[\s\p{Z},.]+`)

// addressKey tells two ways of writing one street apart from two streets.
func addressKey(p Person) string {
	return strings.ToLower(strings.Trim(blanks.ReplaceAllString(p.Street, " "), " "))
}

func (s secrets) sharedBy(p Person) bool {
	key := addressKey(p)
	return key != "" && slices.Contains(s.streets, key)
}

// wordsPattern finds the words in a row however they are spaced and cased, with
// whatever is written together with the first and last.
func wordsPattern(text string) []*regexp.Regexp {
	words := strings.Fields(blanks.ReplaceAllString(text, " "))
	if len(strings.Join(words, "")) < leastSecret {
		return nil
	}
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	const part = `[\pL\pN]*`
	return []*regexp.Regexp{regexp.MustCompile(`(?i)` + part + strings.Join(words, `[\s\p{Z},.]*`) + part)}
}

// swedishCode is a Swedish postal code without its blank.
var swedishCode = regexp.MustCompile(`^\d{5}$`)

// postalPattern finds the postal code with or without its blank, and the town
// after it. Digits of a longer number are not it: an amount stays whole.
func postalPattern(a Address) []*regexp.Regexp {
	code := blanks.ReplaceAllString(a.PostalCode, "")
	if !swedishCode.MatchString(code) {
		return wordsPattern(a.PostalCode)
	}
	end := `\b`
	if town := strings.Fields(blanks.ReplaceAllString(a.Town, " ")); len(town) > 0 {
		for i := range town {
			town[i] = regexp.QuoteMeta(town[i])
		}
		end = `(?:[\s\p{Z},.]*` + strings.Join(town, `[\s\p{Z}]+`) + `|\b)`
	}
	pattern := `\b` + code[:3] + `[\s\p{Z}]?` + code[3:] + end
	return []*regexp.Regexp{regexp.MustCompile(`(?i)` + pattern)}
}

func (s secrets) strike(text string) string { return replace(text, s.places) }

func (s secrets) strikeAll(text string) string { return replace(s.strike(text), s.towns) }

func replace(text string, all []*regexp.Regexp) string {
	for _, p := range all {
		text = p.ReplaceAllLiteralString(text, withheld)
	}
	return text
}

// from returns the fact without the secrets.
func (s secrets) from(f Fact) Fact {
	switch f.Kind {
	case KindText:
		f.Text = s.strike(f.Text)
	case KindQuote:
		f.Text = s.strikeAll(f.Text)
	case KindList:
		f.Items = slices.Clone(f.Items)
		for i := range f.Items {
			f.Items[i] = s.strikeAll(f.Items[i])
		}
	case KindTable:
		f.Rows = slices.Clone(f.Rows)
		for i, r := range f.Rows {
			f.Rows[i].Label = s.strike(r.Label)
			f.Rows[i].Value = s.strike(r.Value)
		}
	}
	return f
}
