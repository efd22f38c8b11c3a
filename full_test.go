package filtjanst_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unmasked are the places where an identity number may leave its mask, and how
// often each does (DESIGN decision 17). One more is a decision about personal
// data: write the reason here.
var unmasked = map[string]int{
	"identity/number.go":         1, // FullShort of a foreign number
	"filing/tree_write.go":       1, // into a file, for its recipient
	"authority/store/values.go":  1, // into a column, by the rooms of registered
	"authority/notice/person.go": 1, // into a letter, for a party of the case

	"filer/ledger/claim.go": 1, // into a keyed digest, in the filer's own book
}

// registered are the rooms that keep identity numbers in columns, or look for
// them there.
var registered = map[string]string{
	"authority/paymentorder":  "the register of cases",
	"authority/enforcement":   "the register of cases",
	"authority/restructuring": "the register of restructurings",
	"authority/notice":        "the register of letters",
	"authority/extract":       "the log of look-ups, and to find a person in the registers",
	"authority/portfolio":     "to find the cases of a debtor",
}

func TestFullIsUsedWhereItIsMeantTo(t *testing.T) {
	t.Parallel()
	found := map[string]int{}
	for file := range allImports(t) {
		if n := uses(t, file, nil, isFull); n > 0 {
			found[file] = n
		}
	}
	if diff := cmp.Diff(unmasked, found); diff != "" {
		t.Errorf("identity numbers leave their mask elsewhere than agreed (-agreed +found):\n%s", diff)
	}
}

func TestIdentitiesAreStoredWhereTheyAreMeantTo(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	for file := range allImports(t) {
		if dir := path.Dir(file); uses(t, file, nil, isStoredIdentity) > 0 {
			found[dir] = true
			if registered[dir] == "" {
				t.Errorf("%s puts identity numbers in columns: name the room and the reason", file)
			}
		}
	}
	for dir := range registered {
		if !found[dir] {
			t.Errorf("%s puts no identity number in a column: take it out", dir)
		}
	}
}

// isFull tells whether Full or FullShort of anything is named, called or handed
// on as a method value.
func isFull(s *ast.SelectorExpr) bool { return s.Sel.Name == "Full" || s.Sel.Name == "FullShort" }

func isStoredIdentity(s *ast.SelectorExpr) bool {
	of, ok := s.X.(*ast.Ident)
	return ok && of.Name == "store" && s.Sel.Name == "Identity"
}

// uses counts the selectors in a file that are what is asked for.
func uses(t *testing.T, file string, src any, is func(*ast.SelectorExpr) bool) (n int) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		if s, ok := node.(*ast.SelectorExpr); ok && is(s) {
			n++
		}
		return true
	})
	return n
}

func TestUses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][2]int{
		`a.Masked()`:                     {0, 0},
		`a.Full(); b.c.FullShort(today)`: {2, 0},
		`f := a.Full; f()`:               {1, 0},
		`Full(a)`:                        {0, 0},
		`f(store.Identity(n))`:           {0, 1},
		`g := store.Identity`:            {0, 1},
		`p.Identity; a.store.Identity`:   {0, 0},
	} {
		src := "package x\nfunc f() { " + body + " }"
		if got := [2]int{uses(t, "x.go", src, isFull), uses(t, "x.go", src, isStoredIdentity)}; got != want {
			t.Errorf("%s: %d, want %d", body, got, want)
		}
	}
}
