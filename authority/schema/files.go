package schema

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"filtjanst/authority/store"
)

//go:embed migrations/*.sql
var embedded embed.FS

// dialects gives the tokens of a migration their text on each engine.
var dialects = map[store.Engine]*strings.Replacer{
	// INTEGER PRIMARY KEY is the row's own number: no second tree for the key.
	store.SQLite: strings.NewReplacer(
		"{{id}}", "INTEGER PRIMARY KEY",
		"{{text}}", "TEXT",
		"{{bytes}}", "BLOB",
		"{{keyed}}", "WITHOUT ROWID",
	),
	// The C collation orders as SQLite does, and its indexes outlive the
	// server's language library.
	store.Postgres: strings.NewReplacer(
		"{{id}}", "BIGINT PRIMARY KEY",
		"{{text}}", `TEXT COLLATE "C"`,
		"{{bytes}}", "BYTEA",
		"{{keyed}}", "",
	),
}

// file is one migration, rendered for an engine.
type file struct {
	version      int64
	name         string // NNNNN_room.sql
	text         string
	readableFrom int64 // 0: says nothing
	late         bool
}

type files []file

var (
	fileName     = regexp.MustCompile(`^(\d{5})_[a-z0-9_]+\.sql$`)
	readableLine = regexp.MustCompile(`(?m)^-- filtjanst: readable_from=(\d+)$`)
	lateLine     = regexp.MustCompile(`(?m)^-- filtjanst: late$`)
	anyToken     = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// load reads and renders the migrations, in order.
func load(source fs.FS, engine store.Engine) (files, error) {
	names, err := fs.Glob(source, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	list := make(files, 0, len(names))
	for _, name := range names {
		f, err := read(source, name, engine)
		if err != nil {
			return nil, fmt.Errorf("schema: %s: %w", name, err)
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b file) int { return cmp.Compare(a.version, b.version) })
	return list, nil
}

func read(source fs.FS, name string, engine store.Engine) (file, error) {
	m := fileName.FindStringSubmatch(path.Base(name))
	if m == nil {
		return file{}, fmt.Errorf("its name is not of the form 00010_room.sql")
	}
	raw, err := fs.ReadFile(source, name)
	if err != nil {
		return file{}, err
	}
	f := file{name: path.Base(name), text: dialects[engine].Replace(string(raw))}
	if unknown := anyToken.FindString(f.text); unknown != "" {
		return file{}, fmt.Errorf("unknown token %s", unknown)
	}
	if f.version, err = strconv.ParseInt(m[1], 10, 64); err != nil {
		return file{}, err
	}
	f.late = lateLine.MatchString(f.text)
	if m := readableLine.FindStringSubmatch(f.text); m != nil {
		f.readableFrom, err = strconv.ParseInt(m[1], 10, 64)
	}
	return f, err
}

// state is the schema row once all files are applied.
func (list files) state() State {
	var s State
	for _, f := range list {
		s.Version = max(s.Version, f.version)
		s.ReadableFrom = max(s.ReadableFrom, f.readableFrom)
	}
	return s
}

// need is the version a database must have for this program.
func (list files) need() int64 {
	var n int64
	for _, f := range list {
		if !f.late {
			n = f.version
		}
	}
	return n
}

// Digest tells two sequences of migrations for an engine apart.
func Digest(engine store.Engine) (string, error) {
	list, err := load(embedded, engine)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, f := range list {
		fmt.Fprintf(sum, "%s %d\n%s", f.name, len(f.text), f.text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}
