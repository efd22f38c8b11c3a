package filtjanst_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unmasked are the places where an identity number may leave its mask, and how
// often each does (DESIGN decision 17). One more is a decision about personal
// data: write the reason here.
var unmasked = map[string]int{
	"identity/number.go":             1, // FullShort of a foreign number
	"filing/tree_write.go":           1, // into a file, for its recipient
	"authority/paymentorder/rows.go": 1, // into the register of cases
	"authority/portfolio/debtors.go": 1, // to find the cases of a debtor
	"authority/notice/put.go":        1, // into the register of letters
	"authority/notice/person.go":     1, // into a letter, for a party of the case

	"authority/enforcement/register_rows.go": 1, // into the register of cases

	"authority/restructuring/stored.go": 1, // into the register of restructurings
	"authority/extract/answers.go":      1, // into the log of look-ups, and to find a person in the registers

	"filer/ledger/claim.go": 1, // into a keyed digest, in the filer's own book
}

func TestFullIsUsedWhereItIsMeantTo(t *testing.T) {
	t.Parallel()
	found := map[string]int{}
	for file := range allImports(t) {
		if n := usesOfFull(t, file, nil); n > 0 {
			found[file] = n
		}
	}
	if diff := cmp.Diff(unmasked, found); diff != "" {
		t.Errorf("identity numbers leave their mask elsewhere than agreed (-agreed +found):\n%s", diff)
	}
}

// usesOfFull counts where a file names Full or FullShort of anything, called or
// handed on as a method value.
func usesOfFull(t *testing.T, file string, src any) (n int) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		use, ok := node.(*ast.SelectorExpr)
		if ok && (use.Sel.Name == "Full" || use.Sel.Name == "FullShort") {
			n++
		}
		return true
	})
	return n
}

func TestUsesOfFull(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`a.Masked()`:                     0,
		`a.Full(); b.c.FullShort(today)`: 2,
		`f := a.Full; f()`:               1,
		`Full(a)`:                        0,
	} {
		if got := usesOfFull(t, "x.go", "package x\nfunc f() { "+body+" }"); got != want {
			t.Errorf("%s: %d, want %d", body, got, want)
		}
	}
}
