package notice

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// A batch that is none, lacks its list or would write elsewhere is refused.
func TestReadBatchOfOtherThings(t *testing.T) {
	t.Parallel()
	for name, archive := range map[string][]byte{
		"no archive":  []byte("%PDF-1.7"),
		"no list":     zipped(t, "1.pdf", "%PDF-"),
		"broken list": zipped(t, ListName, `{"id":1}`+"\n{"),
	} {
		if _, err := ReadBatch(archive); err == nil {
			t.Errorf("%s is read as a batch", name)
		}
	}
	batch, err := ReadBatch(zipped(t, "../1.pdf", "%PDF-", ListName, ""))
	if err != nil {
		t.Fatal(err)
	}
	for file, err := range batch.Files() {
		if err == nil || !strings.Contains(err.Error(), "may not be called") {
			t.Errorf("%s is given: %v", file.Name, err)
		}
	}
}

// zipped is an archive of files: name, content, name, content.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		if err := add(archive, files[i], []byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
