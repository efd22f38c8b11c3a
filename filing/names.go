package filing

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"filtjanst/calendar"
)

// The tokens of a name template.
const (
	codeToken     = "{code}"
	shortDayToken = "{yymmdd}"
	dayToken      = "{yyyymmdd}"
	dashedToken   = "{yyyy-mm-dd}"
	seqToken      = "{seq}"
)

const shortDayForm = "060102"

// FileName writes the name of a file exactly as the set says; generation "" is
// the profile's default. A transaction or generation that the set has no
// template for is an error.
func (s *Set) FileName(tx Transaction, n NameFacts, generation string) (string, error) {
	p, ok := s.profiles[tx]
	if !ok {
		return "", fmt.Errorf("filing: profile set %q does not describe %s", s.manifest.Name, tx)
	}
	names := p.layout.Names()
	if generation == "" {
		generation = names.Default
	}
	template, ok := names.Templates[generation]
	if !ok {
		return "", fmt.Errorf("filing: %s has no names of generation %q; it has %v", tx, generation, slices.Sorted(maps.Keys(names.Templates)))
	}
	day := n.Day.Time()
	return strings.NewReplacer(
		codeToken, n.Code, shortDayToken, day.Format(shortDayForm), dayToken, day.Format("20060102"),
		dashedToken, n.Day.String(), seqToken, strconv.FormatInt(n.Sequence, 10),
	).Replace(template), nil
}

// ETransportName is the name under which e-transport lists a file: the
// profile's name, the id in the outbox and the day (decision 13).
func ETransportName(profileName string, outboxID int64, day calendar.Day) string {
	return fmt.Sprintf("%s.%d.%s.etr", profileName, outboxID, day.Time().Format(shortDayForm))
}

// MatchName tells what a name may stand for, tolerantly (R53): case, the
// separators ".", "_" and "-", letters with and without dots and rings, known
// suffixes and further groups of digits at the end do not matter. Readings
// that leave less of the name unexplained come first.
func (s *Set) MatchName(name string) []NameMatch {
	given := nameTokens(baseName(name))
	var all []rankedMatch
	for _, t := range s.names {
		if code, rest, ok := matchTokens(t.tokens, given); ok {
			all = append(all, rankedMatch{NameMatch{t.transaction, strings.ToUpper(code), t.generation}, rest})
		}
	}
	slices.SortStableFunc(all, func(a, b rankedMatch) int { return a.rest - b.rest })
	matches := make([]NameMatch, len(all))
	for i, m := range all {
		matches[i] = m.NameMatch
	}
	return matches
}

type rankedMatch struct {
	NameMatch
	rest int // groups of the name that the template does not explain
}

// nameTemplate is what the names of a transaction's files have in them.
type nameTemplate struct {
	transaction Transaction
	generation  string
	tokens      []nameToken
}

// nameTemplates are those of a set, in the order in which readings of a name are
// told.
func (s *Set) nameTemplates() []nameTemplate {
	var all []nameTemplate
	for _, tx := range s.Transactions() {
		templates := s.profiles[tx].layout.Names().Templates
		for _, generation := range slices.Sorted(maps.Keys(templates)) {
			all = append(all, nameTemplate{tx, generation, templateTokens(templates[generation])})
		}
	}
	return all
}

// nameToken is a group of a name, with how it is compared.
type nameToken struct {
	text, folded string
	number       bool
}

func baseName(name string) string { return name[strings.LastIndexAny(name, `/\`)+1:] }

// isSuffix tells what transport and systems append, wherever it ends up once
// more is appended after it.
func isSuffix(token string) bool {
	return slices.Contains([]string{"etr", "txt", "dat", "xml"}, strings.ToLower(token))
}

func nameTokens(name string) []nameToken {
	groups := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("._- ", r) })
	tokens := make([]nameToken, 0, len(groups))
	for i, group := range groups {
		if i == 0 || !isSuffix(group) {
			tokens = append(tokens, nameToken{group, foldName(group), isNumberGroup(group)})
		}
	}
	return tokens
}

// templateTokens are the groups of a template that a name cannot lack: the
// code and the words, and a date before the code, which could be taken for it.
func templateTokens(template string) []nameToken {
	before, after, _ := strings.Cut(template, codeToken)
	tokens := nameTokens(strings.NewReplacer(shortDayToken, dayToken, dashedToken, dayToken, seqToken, dayToken).Replace(before))
	const number = "0"
	fixed := strings.NewReplacer(shortDayToken, number, dayToken, number, dashedToken, number, seqToken, number).Replace(after)
	words := slices.DeleteFunc(nameTokens(codeToken+fixed), func(t nameToken) bool { return t.number })
	return append(tokens, words...)
}

// matchTokens compares group by group. What is left of the name must be digits
// or a date.
func matchTokens(template, given []nameToken) (code string, rest int, ok bool) {
	for _, token := range template {
		if token.text == dayToken {
			given = afterDate(given)
			continue
		}
		i := 0
		for i < len(given) && given[i].number && token.text != codeToken {
			i++ // a date or serial before the word
		}
		if i == len(given) {
			return "", 0, false
		}
		if token.text == codeToken {
			code = given[i].text
		} else if token.folded != given[i].folded {
			return "", 0, false
		}
		given = given[i+1:]
	}
	for _, left := range given {
		if !left.number {
			return "", 0, false
		}
	}
	return code, len(given), code != ""
}

// afterDate is what follows a date of one group or, with hyphens, of three.
func afterDate(given []nameToken) []nameToken {
	if len(given) > 3 && len(given[0].text) == 4 && len(given[1].text) == 2 && len(given[2].text) == 2 {
		return given[3:]
	}
	return given[min(1, len(given)):]
}

// isNumberGroup tells a serial or a date, with or without the letter D before
// it.
func isNumberGroup(s string) bool {
	digits := strings.TrimPrefix(strings.TrimPrefix(s, "D"), "d")
	if digits == "" {
		return false
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return false
		}
	}
	return true
}

// sameFold compares without regard to case and to the dots and rings of Å, Ä
// and Ö, also where a system decomposed them.
func sameFold(a, b string) bool { return foldName(a) == foldName(b) }

func foldName(s string) string { return undotted.Replace(strings.ToLower(s)) }

var undotted = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "\u030a", "", "\u0308", "")
