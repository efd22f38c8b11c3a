package filtjanst_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filtjanst/filing"
)

var codeInText = regexp.MustCompile(`\b[FDW][0-9]{3}\b`)

// unmet are codes that no test names, and why.
var unmet = map[string]string{
	"F104": "every own profile describes both forms, or its names say one",
	"F232": "a profile would have to permit a file without documents",
	"F233": "more than any number of documents adds up to",
	"F273": "met by its kind in permit",
	"D327": "more than any claims add up to",
	"D354": "met as a cell of the table state × act",
}

// A code that is documented is given by the program, and met by a test. Those of
// a fault of layout or identity are given by the fault's name.
func TestEveryCodeIsGivenAndMet(t *testing.T) {
	t.Parallel()
	given, met := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		testing := strings.HasSuffix(path, "_test.go") || strings.Contains(path, "/testdata/")
		source := strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".txtar") || strings.HasSuffix(path, ".txt")
		if d.IsDir() || !source {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, code := range codeInText.FindAllString(string(text), -1) {
			if testing {
				met[code] = true
			} else {
				given[code] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range filing.Codes() {
		code := string(c.Code)
		if !given[code] && len(c.Faults) == 0 {
			t.Errorf("nothing gives %s: %s", code, c.English)
		}
		if _, named := unmet[code]; !met[code] && !named && len(c.Faults) == 0 {
			t.Errorf("no test meets %s: %s", code, c.English)
		}
	}
}
