package filing_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// TestSchemasAndReadersAgree gives xmllint our schema and files of every
// transaction, whole and with one element lost: what the reader takes the
// schema takes, and what the schema refuses the reader refuses.
func TestSchemasAndReadersAgree(t *testing.T) {
	t.Parallel()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	for _, set := range sets(t) {
		for _, tx := range set.Transactions() {
			if mustLayout(t, set, tx).Has(filing.XMLForm) {
				t.Run(set.Name()+"/"+string(tx), func(t *testing.T) {
					t.Parallel()
					agree(t, xmllint, set, tx)
				})
			}
		}
	}
}

func agree(t *testing.T, xmllint string, set *filing.Set, tx filing.Transaction) {
	t.Helper()
	schema, err := mustLayout(t, set, tx).XSD()
	if err != nil {
		t.Fatal(err)
	}
	file, err := filingtest.File(set, tx, filing.XMLForm, 21, 40)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	save(t, filepath.Join(dir, "schema.xsd"), schema)
	names := []string{"whole.xml"}
	save(t, filepath.Join(dir, "whole.xml"), file)
	accepted := map[string]bool{"whole.xml": true}
	for name, mangled := range withoutElements(string(file)) {
		names = append(names, name)
		save(t, filepath.Join(dir, name), []byte(mangled))
		v, _, err := filing.Check(strings.NewReader(mangled), set, filing.Expect{Transaction: tx, Today: filingtest.Today})
		if err != nil {
			t.Fatal(err)
		}
		accepted[name] = !faultyForm(v)
	}
	cmd := exec.CommandContext(t.Context(), xmllint, append([]string{"--noout", "--nonet", "--schema", "schema.xsd"}, names...)...)
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput()
	for _, name := range names {
		if valid := strings.Contains("\n"+string(out), "\n"+name+" validates\n"); valid != accepted[name] {
			t.Errorf("%s: the schema takes it: %v, the reader: %v\n%s", name, valid, accepted[name], about(string(out), name))
		}
	}
}

func save(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func about(out, name string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, name) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// withoutElements is the file without the first element of each name that
// holds a value alone.
func withoutElements(file string) map[string]string {
	all := map[string]string{}
	for i := 0; i < len(file); i++ {
		if file[i] != '<' || file[i+1] == '/' || file[i+1] == '?' {
			continue
		}
		name, _, _ := strings.Cut(file[i+1:], ">")
		if strings.ContainsAny(name, " /") || all[name+".xml"] != "" {
			continue
		}
		end := "</" + name + ">"
		value, _, found := strings.Cut(file[i+len(name)+2:], end)
		if !found || strings.Contains(value, "<") {
			continue
		}
		all[name+".xml"] = file[:i] + file[i+len(name)+2+len(value)+len(end):]
	}
	return all
}

// faultyForm tells of a verdict with faults that the layout found.
func faultyForm(v filing.Verdict) bool {
	for code := range v.Counts {
		if info, _ := filing.Explain(string(code)); len(info.Faults) > 0 && !strings.HasPrefix(info.Faults[0], "identity:") {
			return true
		}
	}
	return false
}
