package filing

import (
	"slices"
	"strings"

	"filtjanst/calendar"
)

// Sets is the profile sets of an installation.
type Sets []*Set

// For returns the set with which a file of the party code is read on the day.
// Of the sets valid by then, one that names the code goes before one for all,
// and the younger before the older; false if none is valid.
func (s Sets) For(partyCode string, day calendar.Day) (*Set, bool) {
	var best *Set
	for _, set := range s {
		if set.manifest.from > day || !set.serves(partyCode) {
			continue
		}
		if best == nil || set.before(best) {
			best = set
		}
	}
	return best, best != nil
}

// ByDigest returns the set of the digest.
func (s Sets) ByDigest(digest string) (*Set, bool) {
	i := slices.IndexFunc(s, func(set *Set) bool { return set.digest == digest })
	if i < 0 {
		return nil, false
	}
	return s[i], true
}

func (s *Set) serves(partyCode string) bool {
	return len(s.manifest.Filers) == 0 ||
		slices.ContainsFunc(s.manifest.Filers, func(code string) bool { return strings.EqualFold(code, partyCode) })
}

func (s *Set) before(other *Set) bool {
	if mine, others := len(s.manifest.Filers) > 0, len(other.manifest.Filers) > 0; mine != others {
		return mine
	}
	return s.manifest.from > other.manifest.from
}
