package filing

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"filtjanst/calendar"
	"filtjanst/layout"

	"github.com/pelletier/go-toml/v2"
)

// Set is one edition of profiles: for each transaction that it knows, how its
// file looks and what is asked of it. It is immutable and safe for use by many
// goroutines.
type Set struct {
	manifest manifest
	files    []setFile // sorted by name
	digest   string
	profiles map[Transaction]*profile
	names    []nameTemplate
	codes    map[Form][]ownCode
	days     sync.Map // lawDay to *dayRules, as far as asked for
}

// profile is one transaction of a set.
type profile struct {
	layout *layout.Layout
	policy Policy
	fields map[Form]map[layout.KeyID]string // names of fields and elements, for errors
}

const manifestName = "set.toml"

type manifest struct {
	Name      string   `toml:"name"`
	ValidFrom string   `toml:"valid_from"`
	Status    string   `toml:"status"` // own | official
	Filers    []string `toml:"filers"` // party codes the set is for; none = all
	Swedish   string   `toml:"sv"`
	English   string   `toml:"en"`

	from calendar.Day
}

type setFile struct {
	name string
	data []byte
}

//go:embed profiles
var ownFiles embed.FS

var readOwn = sync.OnceValue(func() *Set {
	sub, err := fs.Sub(ownFiles, "profiles")
	if err != nil {
		panic(err) // the directory is embedded
	}
	set, err := LoadSet(sub)
	if err != nil {
		panic("filing: the own profiles: " + err.Error()) // found by the first test that runs
	}
	return set
})

// Own returns the set of this project, which is in the binary.
func Own() *Set { return readOwn() }

// LoadSet reads a set from a directory: set.toml and one TOML description per
// transaction, in it or below it. All faults are told at once, with file and
// line. Files of other kinds are left alone.
func LoadSet(fsys fs.FS) (*Set, error) {
	var files []setFile
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".toml" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files = append(files, setFile{name, data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("filing: read profile set: %w", err)
	}
	return newSet(files)
}

func newSet(files []setFile) (*Set, error) {
	slices.SortFunc(files, func(a, b setFile) int { return strings.Compare(a.name, b.name) })
	s := &Set{files: files, profiles: map[Transaction]*profile{}, digest: digestOf(files)}
	var faults []error
	found := false
	for _, f := range files {
		if f.name == manifestName {
			found = true
			faults = append(faults, s.manifest.read(f))
			continue
		}
		faults = append(faults, s.addProfile(f))
	}
	if !found {
		faults = append(faults, fmt.Errorf("%s is missing; it names the set and the day from which it is valid", manifestName))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	s.names, s.codes = s.nameTemplates(), s.ownCodes()
	return s, nil
}

// digestOf covers names and contents; lengths keep them apart.
func digestOf(files []setFile) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%d %s %d\n", len(f.name), f.name, len(f.data))
		h.Write(f.data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (m *manifest) read(f setFile) error {
	d := toml.NewDecoder(bytes.NewReader(f.data)).DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return tomlFault(f.name, err)
	}
	if m.Name == "" {
		return fmt.Errorf("%s: name is missing", f.name)
	}
	if m.Status != "own" && m.Status != "official" {
		return fmt.Errorf("%s: status is %q, wants own or official", f.name, m.Status)
	}
	from, err := calendar.ParseDay(m.ValidFrom)
	if err != nil {
		return fmt.Errorf("%s: valid_from: %w", f.name, err)
	}
	m.from = from
	return nil
}

// tomlFault gives file and line where the decoder knows them.
func tomlFault(name string, err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		row, _ := strict.Errors[0].Position()
		return fmt.Errorf("%s:%d: unknown key %s", name, row, strings.Join(strict.Errors[0].Key(), "."))
	}
	if at, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, _ := at.Position()
		return fmt.Errorf("%s:%d: %w", name, row, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (s *Set) addProfile(f setFile) error {
	var head struct {
		Transaction Transaction `toml:"transaction"`
	}
	if err := toml.Unmarshal(f.data, &head); err != nil {
		return tomlFault(f.name, err)
	}
	v, ok := VocabularyOf(head.Transaction)
	if !ok {
		return fmt.Errorf("%s: transaction is %q, which has no vocabulary in this edition", f.name, head.Transaction)
	}
	if _, taken := s.profiles[head.Transaction]; taken {
		return fmt.Errorf("%s: the transaction %s is described twice", f.name, head.Transaction)
	}
	l, err := layout.Parse(f.name, f.data, v)
	if err != nil {
		return err
	}
	policy, err := readPolicy(l)
	if err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	s.profiles[head.Transaction] = &profile{layout: l, policy: policy, fields: fieldNames(f.data, v)}
	return nil
}

// Name returns the name of the set.
func (s *Set) Name() string { return s.manifest.Name }

// Status is "own" or "official"; an own set must be shown as such.
func (s *Set) Status() string { return s.manifest.Status }

// Title says in Swedish and English what the set is.
func (s *Set) Title() (swedish, english string) { return s.manifest.Swedish, s.manifest.English }

// ValidFrom returns the first day on which files are read with the set.
func (s *Set) ValidFrom() calendar.Day { return s.manifest.from }

// Digest returns the SHA-256 of the set's files, lower-case hex.
func (s *Set) Digest() string { return s.digest }

// Layout returns the description of the transaction.
func (s *Set) Layout(tx Transaction) (*layout.Layout, bool) {
	p, ok := s.profiles[tx]
	if !ok {
		return nil, false
	}
	return p.layout, true
}

// Policy returns what the set asks of the transaction besides its layout.
func (s *Set) Policy(tx Transaction) (Policy, bool) {
	p, ok := s.profiles[tx]
	if !ok {
		return Policy{}, false
	}
	return p.policy, true
}

// Files returns the names of the files the set was read from, sorted.
func (s *Set) Files() []string {
	names := make([]string, len(s.files))
	for i, f := range s.files {
		names[i] = f.name
	}
	return names
}

// Transactions returns the transactions that the set describes, sorted.
func (s *Set) Transactions() []Transaction { return slices.Sorted(maps.Keys(s.profiles)) }
