package layout

import (
	"fmt"
	"strings"
)

// Kind is the kind of value that a key holds.
type Kind uint8

// The kinds of value. Num gives what Tree.Num returns for the kind.
const (
	Text     Kind = iota // characters; no number
	Digits               // text of ASCII digits only, leading zeros kept
	Integer              // Num: the number
	Amount               // Num: öre
	Rate                 // Num: ten-thousandths of a percent (10 % = 100 000)
	Date                 // Num: days since 1970-01-01
	DateTime             // Num: seconds since 1970-01-01T00:00:00, local time in Stockholm
	Code                 // Num: index into Key.Symbols
	Flag                 // Num: 0 or 1
)

var kindNames = [...]string{"text", "digits", "integer", "amount", "rate", "date", "datetime", "code", "flag"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Key is one fact that a group can hold.
type Key struct {
	Name      string   // last part of the path, snake_case English
	Kind      Kind     //
	Required  bool     // the service cannot do without it
	Lines     bool     // text of several lines; a repeated record or element adds a line
	Free      bool     // free text, such as a name: a fitting writer writes it as well as the form can
	Sensitive bool     // never shown in an error (identity numbers, addresses, names)
	Symbols   []string // Kind Code: our own symbols, in order
	Swedish   string   // title for people
	English   string
}

// Group is a set of keys that occur together, and its sub-groups.
type Group struct {
	Name     string // last part of the path; "file" and "document" at the top
	Min, Max int    // occurrences within the parent; Max 0 means no limit
	Swedish  string
	English  string
	Keys     []Key
	Groups   []*Group
}

// GroupID and KeyID are handles of a vocabulary: resolved once, then used
// without names. The zero values are the file group and its first key; an
// unresolved handle is negative.
type (
	GroupID int32
	KeyID   int32
)

// None is the handle of nothing.
const None = -1

// Vocabulary is the tree of keys of one transaction. It is immutable and safe
// for use by many goroutines.
type Vocabulary struct {
	name   string
	groups []groupEntry
	keys   []keyEntry
	slots  []int32          // by key: its place among the values of its group; apart, since reading needs nothing else
	byPath map[string]int32 // groups as "document.respondent/", keys as "document.respondent.name"
}

type groupEntry struct {
	*Group
	path     string
	parent   GroupID
	firstKey KeyID
}

type keyEntry struct {
	Key
	path  string
	group GroupID
}

// The two top groups, the same in every vocabulary: FileGroup holds what
// is said once (start and end record), DocumentGroup what is said for each
// document (handling).
const (
	FileGroup     GroupID = 0
	DocumentGroup GroupID = 1
)

// NewVocabulary builds the vocabulary of one transaction from its two top
// groups. document may be nil for a file without documents, such as a cover
// note. A name used twice among siblings is an error.
func NewVocabulary(name string, file, document *Group) (*Vocabulary, error) {
	v := &Vocabulary{name: name, byPath: map[string]int32{}}
	if document == nil {
		document = &Group{}
	}
	f, d := *file, *document
	f.Name, d.Name = "file", "document"
	// Both tops stand first, so that their handles are constants.
	v.groups = append(v.groups, groupEntry{Group: &f, path: "file", parent: None}, groupEntry{Group: &d, path: "document", parent: None})
	for id := range GroupID(2) {
		if err := v.add(id); err != nil {
			return nil, fmt.Errorf("vocabulary %s: %w", name, err)
		}
	}
	return v, nil
}

func (v *Vocabulary) add(id GroupID) error {
	g := v.groups[id]
	if err := v.enter(g.path+"/", int32(id)); err != nil {
		return err
	}
	v.groups[id].firstKey = KeyID(len(v.keys))
	for slot, k := range g.Keys {
		path := g.path + "." + k.Name
		if err := v.enter(path, int32(len(v.keys))); err != nil {
			return err
		}
		v.keys = append(v.keys, keyEntry{Key: k, path: path, group: id})
		v.slots = append(v.slots, int32(slot))
	}
	for _, sub := range g.Groups {
		if _, taken := v.byPath[g.path+"."+sub.Name]; taken {
			return fmt.Errorf("%s.%s is both a key and a group", g.path, sub.Name)
		}
		child := GroupID(len(v.groups))
		v.groups = append(v.groups, groupEntry{Group: sub, path: g.path + "." + sub.Name, parent: id})
		if err := v.add(child); err != nil {
			return err
		}
	}
	return nil
}

func (v *Vocabulary) enter(path string, id int32) error {
	if _, taken := v.byPath[path]; taken {
		return fmt.Errorf("%s is named twice", strings.TrimSuffix(path, "/"))
	}
	v.byPath[path] = id
	return nil
}

// Name returns the name given to NewVocabulary.
func (v *Vocabulary) Name() string { return v.name }

// FindKey returns the handle of the key at the path, such as
// "document.respondent.identity", or None.
func (v *Vocabulary) FindKey(path string) KeyID {
	if id, ok := v.byPath[path]; ok {
		return KeyID(id)
	}
	return None
}

// FindGroup returns the handle of the group at the path, such as
// "document.respondent", or None.
func (v *Vocabulary) FindGroup(path string) GroupID {
	if id, ok := v.byPath[path+"/"]; ok {
		return GroupID(id)
	}
	return None
}

// MustKey is FindKey for paths written in code; an unknown path is a
// programming error and panics at start.
func (v *Vocabulary) MustKey(path string) KeyID {
	id := v.FindKey(path)
	if id == None {
		panic(fmt.Sprintf("layout: vocabulary %s has no key %q", v.name, path))
	}
	return id
}

// MustGroup is FindGroup for paths written in code.
func (v *Vocabulary) MustGroup(path string) GroupID {
	id := v.FindGroup(path)
	if id == None {
		panic(fmt.Sprintf("layout: vocabulary %s has no group %q", v.name, path))
	}
	return id
}

// Key returns what the vocabulary says of the key.
func (v *Vocabulary) Key(k KeyID) Key { return v.keys[k].Key }

// KeyPath returns the path of the key.
func (v *Vocabulary) KeyPath(k KeyID) string { return v.keys[k].path }

// GroupOf returns the group that holds the key.
func (v *Vocabulary) GroupOf(k KeyID) GroupID { return v.keys[k].group }

// Group returns what the vocabulary says of the group.
func (v *Vocabulary) Group(g GroupID) *Group { return v.groups[g].Group }

// GroupPath returns the path of the group.
func (v *Vocabulary) GroupPath(g GroupID) string { return v.groups[g].path }

// Parent returns the group above, or None for the two tops.
func (v *Vocabulary) Parent(g GroupID) GroupID { return v.groups[g].parent }

// Keys returns the handle of the first key of the group and how many there
// are; their handles follow each other.
func (v *Vocabulary) Keys(g GroupID) (first KeyID, n int) {
	return v.groups[g].firstKey, len(v.groups[g].Keys)
}

// Groups returns how many groups there are; their handles are 0 to n-1.
func (v *Vocabulary) Groups() int { return len(v.groups) }

// NumKeys returns how many keys there are; their handles are 0 to n-1.
func (v *Vocabulary) NumKeys() int { return len(v.keys) }

// HasDocuments tells whether files of this vocabulary hold documents.
func (v *Vocabulary) HasDocuments() bool {
	d := v.groups[DocumentGroup]
	return len(d.Keys)+len(d.Group.Groups) > 0
}
