package filing

import (
	"io/fs"

	"filtjanst/calendar"
	"filtjanst/layout"
)

// Set is one edition of profiles: for each transaction that it knows, how its
// file looks and what is asked of it. It is immutable and safe for use by many
// goroutines.
type Set struct {
	manifest manifest
	files    []setFile
	digest   string
	layouts  map[Transaction]*layout.Layout
	policies map[Transaction]Policy
}

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

// LoadSet reads a set from a directory: set.toml and one TOML description per
// transaction below it. All faults are told at once, with file and line.
func LoadSet(fsys fs.FS) (*Set, error) { return nil, errNotWired }

// Name returns the name of the set.
func (s *Set) Name() string { return s.manifest.Name }

// ValidFrom returns the first day on which files are read with the set.
func (s *Set) ValidFrom() calendar.Day { return s.manifest.from }

// Digest returns the SHA-256 of the set's files, lower-case hex.
func (s *Set) Digest() string { return s.digest }

// Layout returns the description of the transaction.
func (s *Set) Layout(tx Transaction) (*layout.Layout, bool) {
	l, ok := s.layouts[tx]
	return l, ok
}
