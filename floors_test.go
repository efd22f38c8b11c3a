package filtjanst_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "filtjanst"

// floors is the house: a package imports lower floors only. A package that is
// not named belongs to the folder above it.
var floors = map[string]int{
	"calendar": 0, "identity": 0, "layout": 0, "money": 0, "shs": 0, "statute": 0,
	"authority/blob": 1, "authority/store": 1, "authority/schema": 1, "filing": 1,
	"authority/clock": 2, "authority/store/storetest": 2, "authority/journal": 2, "authority/party": 2, "authority/service": 2, "filer": 2,
	"authority/fee": 3, "authority/notice": 3, "authority/outbox": 3, "authority/permit": 3,
	"authority/enforcement": 4, "authority/extract": 4, "authority/paymentorder": 4, "authority/restructuring": 4,
	"authority/evening": 5, "authority/intake": 5, "authority/portfolio": 5, "authority/supervision": 5,
	"authority/console": 6, "authority/gateway": 6,
	"authority": 7,
	"sandbox":   8,
	"bench":     9, "cmd": 9, "e2e": 9,
}

// exceptions are imports within a floor, with the reason.
var exceptions = map[[2]string]string{
	{"money", "statute"}:                    "interest follows numbers of law that change by date",
	{"authority/schema", "authority/store"}: "migrations run over the store's connection",
}

// within are packages that belong to one room: they may import each other.
func within(a, b string) bool { return room(a) == room(b) }

// room is the longest folder named in the table, or the package itself. The
// rooms of authority must all be named.
func room(pkg string) string {
	for dir := pkg; dir != "."; dir = path.Dir(dir) {
		if _, ok := floors[dir]; ok && (dir != "authority" || pkg == dir) {
			return dir
		}
	}
	return pkg
}

// fault tells what is wrong with one package importing another; "" if nothing.
func fault(from, to string) string {
	if from == "" || within(from, to) {
		return ""
	}
	a, known := floors[room(from)]
	if !known {
		return fmt.Sprintf("%s has no floor: add it to the table", from)
	}
	b, known := floors[room(to)]
	if !known {
		return fmt.Sprintf("%s has no floor: add it to the table", to)
	}
	if _, named := exceptions[[2]string{room(from), room(to)}]; named || b < a {
		return ""
	}
	return fmt.Sprintf("%s (floor %d) imports %s (floor %d)", from, a, to, b)
}

func TestFloors(t *testing.T) {
	t.Parallel()
	used := map[[2]string]bool{}
	for file, imports := range allImports(t) {
		from := path.Dir(file)
		for _, to := range imports {
			if f := fault(from, to); f != "" {
				t.Errorf("%s: %s", file, f)
			}
			used[[2]string{room(from), room(to)}] = true
		}
	}
	for pair, reason := range exceptions {
		if !used[pair] {
			t.Errorf("the exception of %s for %s (%s) is not used: take it out", pair[0], pair[1], reason)
		}
	}
}

// allImports are the module's own packages that each file imports, tests left
// out: a test may set up what it needs.
func allImports(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := fs.WalkDir(os.DirFS("."), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(file):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		all[file], err = importsOf(file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func skipped(dir string) bool {
	return dir != "." && strings.HasPrefix(path.Base(dir), ".") || path.Base(dir) == "testdata"
}

func importsOf(file string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var own []string
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if pkg, ok := strings.CutPrefix(name, module+"/"); ok {
			own = append(own, pkg)
		}
	}
	return own, nil
}

func TestFault(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		from, to string
		wrong    bool
	}{
		{"filing", "layout", false},
		{"layout", "filing", true},
		{"money", "statute", false},
		{"statute", "money", true},
		{"authority/intake", "authority/evening", true},
		{"authority/intake", "authority/store", false},
		{"authority/store", "authority/schema", true},
		{"authority", "authority/gateway", false},
		{"authority/gateway", "authority", true},
		{"shs/tlsauth", "shs", false},
		{"shs", "shs/tlsauth", false},
		{"cmd/filtjanst", "sandbox", false},
		{"sandbox", "cmd/filtjanst", true},
		{"util", "layout", true},
		{"authority/drawer", "layout", true},
		{"authority/store/storetest", "authority/schema", false},
	} {
		if got := fault(test.from, test.to); (got != "") != test.wrong {
			t.Errorf("%s imports %s: %q", test.from, test.to, got)
		}
	}
}

// No package takes in what has no better name.
func TestNoDrawerPackages(t *testing.T) {
	t.Parallel()
	drawers := []string{"util", "utils", "common", "helpers", "types", "models", "misc"}
	for file := range allImports(t) {
		if slices.Contains(drawers, path.Base(path.Dir(file))) {
			t.Errorf("%s: call the package by what it is for", file)
		}
	}
}
