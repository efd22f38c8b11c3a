package filing_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"filtjanst/filing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestWorkedExampleKeepsItsBytes: whoever changes the own profile changes what
// filers' programs must write, and should see it.
func TestWorkedExampleKeepsItsBytes(t *testing.T) {
	t.Parallel()
	for f, name := range map[filing.Form]string{filing.TextForm: "testdata/worked.txt", filing.XMLForm: "testdata/worked.xml"} {
		got := write(t, filing.Own(), f, worked())
		if *update {
			if err := os.WriteFile(name, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is now\n%s", name, got)
		}
	}
}

// TestSchemasAcceptWhatIsWritten asks another program than our own reader.
func TestSchemasAcceptWhatIsWritten(t *testing.T) {
	t.Parallel()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	for _, set := range sets(t) {
		dir := t.TempDir()
		l, _ := set.Layout(filing.BFApplication)
		schema, err := l.XSD()
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{"schema.xsd": schema, "file.xml": write(t, set, filing.XMLForm, worked())} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.CommandContext(t.Context(), xmllint, "--noout", "--nonet", "--schema", "schema.xsd", "file.xml")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", set.Name(), err, out)
		}
	}
}
