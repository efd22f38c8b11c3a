package filing

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"filtjanst/calendar"
	"filtjanst/layout"
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

// ByName returns the set of the name.
func (s Sets) ByName(name string) (*Set, bool) {
	i := slices.IndexFunc(s, func(set *Set) bool { return set.Name() == name })
	if i < 0 {
		return nil, false
	}
	return s[i], true
}

// Names are those of the sets, in their order.
func (s Sets) Names() []string {
	names := make([]string, len(s))
	for i, set := range s {
		names[i] = set.Name()
	}
	return names
}

// StatedCode reads the party code at the beginning of a file, with the first set
// that can; "" if none can. With it [Sets.For] chooses where nothing else tells the
// code.
func (s Sets) StatedCode(head []byte) string {
	for _, set := range s {
		tx, form, ok := set.Identify(head)
		if !ok {
			continue
		}
		l, _ := set.Layout(tx)
		r := l.NewReader(bytes.NewReader(head), form, layout.Options{})
		_ = r.Next(layout.NewTree(l.Vocabulary(), layout.DocumentGroup)) // the head ends anywhere
		file := r.File()
		if k := file.Vocabulary().FindKey("file.party_code"); k != layout.None && file.Text(file.Top(), k) != "" {
			return file.Text(file.Top(), k)
		}
	}
	return ""
}

// SetFolders are the folders of a directory that hold a profile set each: those
// just below it, if they have manifests and it has none, else itself.
func SetFolders(fsys fs.FS) []string {
	below, _ := fs.Glob(fsys, "*/"+manifestName) // the pattern is right
	if _, err := fs.Stat(fsys, manifestName); err == nil || len(below) == 0 {
		return []string{"."}
	}
	for i, manifest := range below {
		below[i] = path.Dir(manifest)
	}
	return below
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
