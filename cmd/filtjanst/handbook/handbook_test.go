package handbook

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"filtjanst/filing"

	"github.com/google/go-cmp/cmp"
)

const docsDir = "../../../docs"

func TestGeneratedDocumentsAreFresh(t *testing.T) {
	t.Parallel()
	for _, d := range Documents(filing.Own()) {
		t.Run(d.Path, func(t *testing.T) {
			t.Parallel()
			var want bytes.Buffer
			if err := d.Write(&want); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(docsDir, d.Path))
			if err != nil || !bytes.Equal(got, want.Bytes()) {
				t.Errorf("docs/%s is stale (%v); run go generate ./cmd/filtjanst", d.Path, err)
			}
		})
	}
}

func TestNoDocumentIsLeftOver(t *testing.T) {
	t.Parallel()
	var want []string
	for _, d := range Documents(filing.Own()) {
		want = append(want, filepath.Join(docsDir, d.Path))
	}
	got, err := filepath.Glob(filepath.Join(docsDir, "layouts", "*"))
	if err != nil {
		t.Fatal(err)
	}
	want = slices.DeleteFunc(want, func(path string) bool { return filepath.Dir(path) == docsDir })
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/layouts holds other files than are generated (-generated +there):\n%s", diff)
	}
}
