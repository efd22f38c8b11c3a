package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rooms is the prefix of each room's tables.
var rooms = map[string]string{
	"blob":          "blob_",
	"clock":         "clock_",
	"console":       "console_",
	"enforcement":   "enforcement_",
	"evening":       "evening_",
	"extract":       "extract_",
	"fee":           "fee_",
	"gateway":       "gateway_",
	"intake":        "intake_",
	"journal":       "journal_",
	"notice":        "notice_",
	"outbox":        "outbox_",
	"party":         "party_",
	"paymentorder":  "paymentorder_",
	"permit":        "permit_",
	"portfolio":     "portfolio_",
	"profile":       "profile_",
	"restructuring": "restructuring_",
	"sandbox":       "sandbox_",
	"schema":        "schema_",
	"service":       "service_",
	"store":         "store_",
	"supervision":   "supervision_",
}

// readers names, for each view, the rooms besides its own that may read it. A
// view others read is a promise: list it here when you document it.
var readers = map[string][]string{
	"enforcement_accounts": {"extract"},
	"enforcement_debtors":  {"portfolio"},
	"enforcement_debts":    {"extract"},
	"enforcement_touched":  {"extract"},
	"enforcement_measures": {"extract"},
	"paymentorder_credit":  {"extract"},
	"paymentorder_touched": {"extract"},
	"notice_protected":     {"extract"},
	"paymentorder_debtors": {"portfolio"},

	"restructuring_persons": {"extract"},
}

// exempt are folders that may name any table, with the reason.
var exempt = map[string]string{
	"bench": "loads the same rows into the same tables by bulk, as a floor to measure against",
	"e2e":   "looks into the database from outside",
}

// item is a table and perhaps its alias. Keywords stand in capitals here, which
// is how an alias and the next clause are told apart.
const item = `[a-z0-9_]+(?:\s+(?:AS\s+)?[a-z][a-z0-9_]*)?`

var (
	created = regexp.MustCompile(`CREATE\s+(?:UNIQUE\s+)?(TABLE|VIEW|INDEX)\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z0-9_]+)`)
	notOf   = regexp.MustCompile(`(?:EXTRACT\s*\(\s*\w+|DISTINCT)\s+FROM`) // no table follows
	named   = regexp.MustCompile(`\b(?:FROM|INTO|UPDATE|JOIN|USING|TABLE)\s+(?:ONLY\s+)?(` + item + `(?:\s*,\s*` + item + `)*)`)
)

// ownerOf is the room whose prefix the name bears, or "".
func ownerOf(name string) string {
	for room, prefix := range rooms {
		if strings.HasPrefix(name, prefix) {
			return room
		}
	}
	return ""
}

// sqlNames are the names in the place of a table or view that bear a room's
// prefix.
func sqlNames(text string) []string {
	var names []string
	for _, m := range named.FindAllStringSubmatch(notOf.ReplaceAllString(text, ""), -1) {
		for _, table := range strings.Split(m[1], ",") {
			if name := strings.Fields(table)[0]; ownerOf(name) != "" {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// foreign are the names a room may not use.
func foreign(room string, names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool {
		return ownerOf(name) == room || slices.Contains(readers[name], room)
	})
}

// literals are the strings of a Go file and where they begin. A sum of strings
// is one, and the table of a CopyIn counts as SQL.
func literals(t *testing.T, path string, src any) map[token.Position]string {
	t.Helper()
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[token.Position]string{}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "CopyIn" && len(n.Args) > 0 {
				found[files.Position(n.Lparen)] = "INTO " + textOf(n.Args[0])
			}
		case *ast.BinaryExpr:
			found[files.Position(n.Pos())] = textOf(n)
			return false
		case *ast.BasicLit:
			found[files.Position(n.Pos())] = textOf(n)
		}
		return true
	})
	return found
}

// textOf is the text of an expression of strings; what is not known while
// compiling is a question mark.
func textOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return text
		}
	case *ast.ParenExpr:
		return textOf(e.X)
	case *ast.BinaryExpr:
		return textOf(e.X) + textOf(e.Y)
	case *ast.CallExpr:
		var all strings.Builder
		for _, arg := range e.Args {
			all.WriteString(" " + textOf(arg))
		}
		return all.String()
	}
	return "?"
}

// roomOf is the room a file of the module belongs to; its path is slashed and
// relative to the root.
func roomOf(file string) string {
	parts := strings.Split(file, "/")
	if parts[0] == "authority" && len(parts) > 2 {
		return parts[1]
	}
	return parts[0]
}

func TestOnlyItsRoomNamesATable(t *testing.T) {
	t.Parallel()
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (exempt[name] != "" || name != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for at, text := range literals(t, filepath.FromSlash(name), src) {
			for _, table := range foreign(roomOf(name), sqlNames(text)) {
				t.Errorf("%s: names %s, which is %s's; ask it for a Go method or a documented view", at, table, ownerOf(table))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheRuleItself(t *testing.T) {
	t.Parallel()
	tests := []struct {
		room, source string
		want         []string
	}{
		{"party", "`SELECT id FROM party_code`", []string{}},
		{"permit", "`SELECT id FROM party_code`", []string{"party_code"}},
		{"permit", "`SELECT 1 FROM permit_grant, party_code c`", []string{"party_code"}},
		{"permit", "`INSERT INTO\n\tparty_new (a) VALUES (1)`", []string{"party_new"}},
		{"permit", "`UPDATE party_code SET permit_grant = 1`", []string{"party_code"}},
		{"permit", `"DELETE " + "FROM " + "party_code"`, []string{"party_code"}},
		{"permit", `"DELETE FROM " + f("party_code")`, []string{"party_code"}},
		{"permit", `tx.CopyIn("party_code", "x")`, []string{"party_code"}},
		{"permit", "`SELECT g.party_code, party_code FROM permit_grant AS g WHERE party_code = $1`", []string{}},
		{"permit", "`INSERT INTO permit_grant (party_code) SELECT c.id FROM permit_x x JOIN party_code c ON TRUE`", []string{"party_code"}},
		{"permit", "`SELECT EXTRACT(EPOCH FROM clock_timestamp()), a IS DISTINCT FROM party_code`", []string{}},
		{"filing", `key("party_code")`, []string{}},
		{"permit", `"a party_codes b"`, []string{}},
		{"cmd", "`JOIN permit_grant g ON g.id`", []string{"permit_grant"}},
	}
	for _, tt := range tests {
		got := []string{}
		for _, text := range literals(t, "x.go", "package x\nvar _ = "+tt.source) {
			got = append(got, foreign(tt.room, sqlNames(text))...)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.room, tt.source, diff)
		}
	}
}
